"""Confidence and significance: of a mean against a certified value, of a drift, of a difference of pairs."""

import numpy as np
from scipy import stats


def mean_interval(values, significance):
    """Confidence limits of the mean, Student's t with n - 1 degrees of freedom; NaN below two values."""
    values = np.asarray(values, dtype=float)
    if len(values) < 2:
        return np.nan, np.nan
    reach = stats.t.ppf(1.0 - significance / 2.0, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return float(values.mean() - reach), float(values.mean() + reach)


def drift(z, minimum):
    """Change of the fitted line from the first to the last of ``z`` in order of analysis, and its p value (two-sided t).

    Least squares on the place in the order; NaN for fewer than ``minimum`` results, or where all are equal.
    """
    z = np.asarray(z, dtype=float)
    if len(z) < minimum or np.ptp(z) == 0:
        return np.nan, np.nan
    line = stats.linregress(np.arange(len(z)), z)
    return float(line.slope * (len(z) - 1)), float(line.pvalue)


def carry_over(preceding, blank, minimum):
    """Share of the sample before that a blank takes over, and the p value of a rising rank correlation.

    The share is the slope of least squares; the test is Spearman's, one-sided, so that one rich sample does not decide it. NaN
    for fewer than ``minimum`` blanks with both, or where either does not vary.
    """
    both = np.isfinite(preceding) & np.isfinite(blank)
    preceding, blank = np.asarray(preceding, dtype=float)[both], np.asarray(blank, dtype=float)[both]
    if len(blank) < minimum or np.ptp(blank) == 0 or np.ptp(preceding) == 0:
        return np.nan, np.nan
    slope = stats.linregress(preceding, blank).slope
    return float(slope), float(stats.spearmanr(preceding, blank, alternative="greater").pvalue)


def paired_tests(first, second):
    """P values of Student's paired t and of Wilcoxon's signed ranks; NaN where there are fewer than 3 pairs or no difference."""
    difference = np.asarray(second, dtype=float) - np.asarray(first, dtype=float)
    if len(difference) < 3 or not difference.any():
        return np.nan, np.nan
    flat = np.ptp(difference) == 0
    student = 0.0 if flat else float(stats.ttest_1samp(difference, 0.0).pvalue)
    return student, float(stats.wilcoxon(difference[difference != 0]).pvalue)
