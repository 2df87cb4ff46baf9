"""Precision of pairs: reduced major axis, and Thompson and Howarth's groups."""

import numpy as np
import pandas as pd
from scipy import stats

GROUP = 11  # pairs of a group, after Thompson and Howarth
MINIMUM_PAIRS = 50  # fewer give no line
MEDIAN_TO_DEVIATION = 1.0 / (np.sqrt(2.0) * stats.norm.ppf(0.75))  # 1.048


def reduced_major_axis(first, second, *, significance):
    """Dict: slope, intercept and r of the reduced major axis of ``second`` on ``first``, with confidence limits of both.

    Notes
    -----
    ``slope = s_y / s_x`` with the sign of r; its limits are ``slope (sqrt(B + 1) -+ sqrt(B))`` with
    ``B = F (1 - r^2) / (n - 2)``, F of 1 and n - 2 degrees of freedom [1]_. Each limit of the intercept goes with one of the
    slope, through the means. NaN below three pairs, or where one side does not vary.

    References
    ----------
    .. [1] Jolicoeur, P. & Mosimann, J. E. (1968). Intervalles de confiance pour la pente de l'axe majeur d'une distribution
       normale bidimensionnelle. Biométrie-Praximétrie 9; McArdle, B. H. (1988). Canadian Journal of Zoology 66.
    """
    names = ("slope", "slope_low", "slope_high", "intercept", "intercept_low", "intercept_high", "r")
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if len(first) < 3 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return dict.fromkeys(names, np.nan)
    r = float(np.clip(np.corrcoef(first, second)[0, 1], -1.0, 1.0))
    slope = float(np.sign(r) * second.std(ddof=1) / first.std(ddof=1))
    ratio = stats.f.ppf(1.0 - significance, 1, len(first) - 2) * (1.0 - r**2) / (len(first) - 2)
    low, high = sorted(slope * (np.sqrt(ratio + 1.0) + sign * np.sqrt(ratio)) for sign in (-1.0, 1.0))
    x, y = first.mean(), second.mean()
    ends = sorted((y - low * x, y - high * x))
    return dict(zip(names, map(float, (slope, low, high, y - slope * x, *ends, r)), strict=True))


def thompson_howarth(first, second):
    """Groups of 11 pairs sorted by their mean: group, pairs, mean, median_difference, deviation (of one analysis).

    Notes
    -----
    ``deviation = 1.048 median |a - b|``, which is that of one analysis where errors are normal [1]_. A last group of fewer
    than 11 pairs is left out, and so is everything below 50 pairs: an empty table.

    References
    ----------
    .. [1] Thompson, M. & Howarth, R. J. (1976). Duplicate analysis in geochemical practice. Analyst 101, 690-698.
    """
    columns = ["group", "pairs", "mean", "median_difference", "deviation"]
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if len(first) < MINIMUM_PAIRS:
        return pd.DataFrame(columns=columns)
    mean, difference = (first + second) / 2.0, np.abs(first - second)
    order = np.lexsort([difference, mean])[: len(mean) // GROUP * GROUP].reshape(-1, GROUP)
    median = np.median(difference[order], axis=1)
    rows = [
        np.arange(1, len(order) + 1),
        np.full(len(order), GROUP),
        mean[order].mean(axis=1),
        median,
        MEDIAN_TO_DEVIATION * median,
    ]
    return pd.DataFrame(dict(zip(columns, rows, strict=True)))


def precision_line(groups):
    """Intercept and slope of the deviation of one analysis against the mean, least squares of the groups; NaN below three."""
    if len(groups) < 3 or np.ptp(groups["mean"].to_numpy()) == 0:
        return np.nan, np.nan
    line = stats.linregress(groups["mean"], groups["deviation"])
    return float(line.intercept), float(line.slope)
