"""Scores of estimates against what they estimate, and of kriging variances against the errors that were made."""

from math import sqrt

import numpy as np
from scipy.special import ndtri

LEVELS = (50, 80, 90, 95)  # central normal intervals, %
ERROR_SCORES = ("mean_error", "relative_bias", "rmse", "correlation", "slope")
INTERVAL_SCORES = ("standardised_mean", "standardised_variance", *(f"coverage_{level}" for level in LEVELS))


def error_scores(estimate, truth):
    """Scores of paired estimates and true values ``(n,)`` without missing values, as a dict.

    Returns
    -------
    dict
        mean_error (estimate - truth), relative_bias (mean error / mean truth), rmse, correlation, slope (of the regression of
        truth on estimate: 1 is conditionally unbiased, below 1 says that high estimates are too high). NaN where undefined.
    """
    estimate, truth = np.asarray(estimate, dtype=float), np.asarray(truth, dtype=float)
    if len(truth) == 0:
        return dict.fromkeys(ERROR_SCORES, float("nan"))
    error = estimate - truth
    mean = float(truth.mean())
    spread, true_spread = estimate - estimate.mean(), truth - mean
    together, own, true_own = (float(np.sum(a * b)) for a, b in ((spread, true_spread), (spread, spread), (true_spread,) * 2))
    # means of equal values miss them by a last bit: what is left of the spread then is rounding, not variance
    varies, true_varies = (np.ptp(values) > 0 for values in (estimate, truth))
    return {
        "mean_error": float(error.mean()),
        "relative_bias": float(error.mean()) / mean if mean != 0 else float("nan"),
        "rmse": float(np.sqrt(np.mean(error**2))),
        "correlation": together / sqrt(own * true_own) if varies and true_varies else float("nan"),
        "slope": together / own if varies else float("nan"),
    }


def standardise(error, variance):
    """Errors divided by the kriging standard deviation ``(n,)``; NaN where the variance is missing or not positive."""
    error, variance = np.asarray(error, dtype=float), np.asarray(variance, dtype=float)
    positive = variance > 0
    return np.where(positive, error / np.sqrt(np.where(positive, variance, 1.0)), np.nan)


def interval_scores(standardised):
    """Mean and variance about 0 of standardised errors ``(n,)`` and the shares within central normal intervals, as a dict.

    Returns
    -------
    dict
        standardised_mean; standardised_variance, the mean of the squares, which is squared error over kriging variance;
        coverage_50 to coverage_95. Honest variances give 0, 1, and 0.50, 0.80, 0.90 and 0.95. NaN without any error; missing
        errors are left out.

    Notes
    -----
    The variance is about 0, where honest errors have their mean. About the mean of the errors themselves it would fall below 1
    wherever they are correlated, as those of neighbouring blocks are, and a bias would be no part of it.
    """
    standardised = np.asarray(standardised, dtype=float)
    standardised = standardised[np.isfinite(standardised)]
    if len(standardised) == 0:
        return dict.fromkeys(INTERVAL_SCORES, float("nan"))
    scores = {
        "standardised_mean": float(standardised.mean()),
        "standardised_variance": float(np.mean(standardised**2)),
    }
    for level in LEVELS:
        scores[f"coverage_{level}"] = float(np.mean(np.abs(standardised) <= ndtri(0.5 + level / 200)))
    return scores
