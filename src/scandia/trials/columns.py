"""Columns of the scores of a trial, a row per seed and measure."""

COLUMNS = ["seed", "variogram", "estimator", "group", "cutoff", "measure", "value", "weight"]
