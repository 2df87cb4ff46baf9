"""Block models, holes and composites for other programs: one module per format, each says what it cannot hold."""
