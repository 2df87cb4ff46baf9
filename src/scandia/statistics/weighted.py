"""Mean, moments, quantiles and correlation of weighted values: the one definition of each."""

import numpy as np

from scandia.errors import InputError


def weighted_mean(values, weights):
    """Mean ``sum(w v) / sum(w)``; NaN without values."""
    total = np.sum(weights)
    return float(np.sum(weights * values) / total) if total > 0.0 else np.nan


def weighted_variance(values, weights):
    """Variance ``sum(w (v - m)^2) / sum(w)`` about the weighted mean, without n - 1; NaN without values."""
    return weighted_mean((values - weighted_mean(values, weights)) ** 2, weights)


def weighted_skewness(values, weights):
    """Third central moment over the cube of the standard deviation; NaN where all values are equal."""
    variance = weighted_variance(values, weights)
    if not variance > 0.0:
        return np.nan
    return weighted_mean((values - weighted_mean(values, weights)) ** 3, weights) / variance**1.5


def weighted_quantile(values, weights, shares):
    """Quantiles ``(q,)`` of weighted values ``(n,)`` without NaN.

    Notes
    -----
    Sorted values stand at the middle of their weight, ``(W_k - w_k / 2) / W_n`` with the cumulative weight ``W_k``; between them
    the quantile is linear, beyond the first and last it is theirs. With equal weights this is Hazen's rule
    (``numpy.quantile(method="hazen")``).
    """
    values, weights = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    positive = weights > 0.0
    values, weights = values[positive], weights[positive]
    if not len(values):
        return np.full(np.shape(shares), np.nan)
    order = np.lexsort((weights, values))  # equal values by weight: else the order of the rows would show
    cumulative = np.cumsum(weights[order])
    return np.interp(shares, (cumulative - weights[order] / 2.0) / cumulative[-1], values[order])


def weighted_correlation(first, second, weights):
    """Pearson's correlation of two weighted variables; NaN where one of them does not vary or fewer than three pairs stand."""
    if len(first) < 3:
        return np.nan
    spread = weighted_variance(first, weights) * weighted_variance(second, weights)
    if not spread > 0.0:
        return np.nan
    centred = (first - weighted_mean(first, weights)) * (second - weighted_mean(second, weights))
    return float(np.clip(weighted_mean(centred, weights) / np.sqrt(spread), -1.0, 1.0))


def weights_of(frame, weight):
    """Weights ``(n,)`` of a table: ones, one column, or the product of several columns.

    Parameters
    ----------
    frame : DataFrame
        Samples or composites.
    weight : str, list of str or None
        Column or columns, such as ``"length"`` or ``["length", "weight"]``; None weighs all rows alike.

    Raises
    ------
    InputError
        A column is missing or holds negative weights.
    """
    names = [] if weight is None else [weight] if isinstance(weight, str) else list(weight)
    missing = [name for name in names if name not in frame.columns]
    if missing:
        message = f"no column {', '.join(missing)} to weigh by; the table has {', '.join(map(str, frame.columns))}"
        raise InputError(message)
    product = np.ones(len(frame))
    for name in names:
        product = product * frame[name].to_numpy(dtype=float)
    if np.any(product < 0.0):
        message = f"weights in {', '.join(names)} are negative ({np.nanmin(product):g}); they must be 0 or more"
        raise InputError(message)
    return product
