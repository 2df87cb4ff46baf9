"""Density on a fitted line, with the limits of a single measurement; NumPy only, so that pictures load nothing heavy."""

import numpy as np


def predict_density(row, grade):
    """Density on the line at a grade, and the limits between which a single measurement lies with the line's confidence, t/m3.

    ``s t sqrt(1 + 1/n + (g - mean)^2 / S)`` on both sides, t of n - 2 degrees of freedom.

    Parameters
    ----------
    row : mapping
        A row of `density_regression.regress_density`.
    grade : array_like
    """
    grade = np.asarray(grade, dtype=float)
    middle = row["intercept"] + row["slope"] * grade
    spread = np.sqrt(1.0 + 1.0 / row["pairs"] + (grade - row["grade_mean"]) ** 2 / row["grade_squares"])
    reach = row["t"] * row["residual_deviation"] * spread
    return middle, middle - reach, middle + reach
