"""The chapters of the report as data: what stands in each, in which order, and how it is captioned."""
