"""A second, deliberately plain path from raw tables to blocks: NumPy and pandas only, nothing of the engine, nothing compiled."""
