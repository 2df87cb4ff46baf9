"""Weighted statistics and correlations of the grades of each group."""

from itertools import combinations

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.statistics.weighted import (
    weighted_correlation,
    weighted_mean,
    weighted_quantile,
    weighted_skewness,
    weighted_variance,
    weights_of,
)

QUANTILES = {"p10": 0.10, "p25": 0.25, "median": 0.50, "p75": 0.75, "p90": 0.90, "p95": 0.95, "p99": 0.99}
METHODS = ("pearson", "spearman")


def summarise(frame, analytes, by="domain", weight="length"):
    """Weighted statistics, one row per group and analyte, in sorted order of the groups.

    Parameters
    ----------
    frame : DataFrame
        Samples, intervals or composites.
    analytes : list of str
        Columns to describe.
    by : str or list of str
        Columns that make the groups, such as ``"domain"`` or ``["domain", "campaign"]``.
    weight : str, list of str or None
        Column of weights, several that are multiplied, or none.

    Returns
    -------
    DataFrame
        The columns of ``by``, analyte, n (values with a positive weight), missing (rows without value or weight), censored (share
        of the values below detection, NaN where the table does not say), weight_sum, mean, deviation, cv, minimum, p10, p25,
        median, p75, p90, p95, p99, maximum, skewness. Moments and quantiles as `statistics.weighted` defines them.

    Raises
    ------
    InputError
        A column is missing.
    """
    by = [by] if isinstance(by, str) else list(by)
    _require_columns(frame, [*by, *analytes])
    weights = pd.Series(weights_of(frame, weight), index=frame.index)
    rows = []
    for key, group in frame.groupby(by, sort=True, dropna=False):
        label = dict(zip(by, key, strict=True))
        rows += [label | {"analyte": name} | _describe(group, name, weights.loc[group.index]) for name in analytes]
    return pd.DataFrame(rows)


def correlations(frame, analytes, by="domain", weight="length"):
    """Correlation of every pair of analytes in every group: the columns of ``by``, method, first, second, n, correlation.

    Parameters
    ----------
    frame, analytes, by, weight
        As in `summarise`.

    Notes
    -----
    Pearson's and Spearman's, on the rows that have both values and a positive weight. Spearman's is the weighted Pearson
    correlation of the ranks, equal values sharing their mean rank.
    """
    by = [by] if isinstance(by, str) else list(by)
    _require_columns(frame, [*by, *analytes])
    weights = pd.Series(weights_of(frame, weight), index=frame.index)
    rows = []
    for key, group in frame.groupby(by, sort=True, dropna=False):
        label = dict(zip(by, key, strict=True))
        for method in METHODS:
            for first, second in combinations(analytes, 2):
                pair = _correlate(group[first], group[second], weights.loc[group.index], ranked=method == "spearman")
                rows.append(label | {"method": method, "first": first, "second": second} | pair)
    return pd.DataFrame(rows, columns=[*by, "method", "first", "second", "n", "correlation"])


def _describe(group, analyte, weights):
    values, weights = group[analyte].to_numpy(dtype=float), weights.to_numpy()
    known = ~np.isnan(values) & (weights > 0.0)
    values, weights = values[known], weights[known]
    mean, deviation = weighted_mean(values, weights), np.sqrt(weighted_variance(values, weights))
    flag = f"{analyte}_censored"
    censored = group.loc[known, flag].astype(float).mean() if flag in group.columns else np.nan
    return {
        "n": int(known.sum()),
        "missing": int((~known).sum()),
        "censored": censored,
        "weight_sum": float(weights.sum()),
        "mean": mean,
        "deviation": deviation,
        "cv": deviation / mean if mean > 0.0 else np.nan,
        "minimum": values.min() if len(values) else np.nan,
        **dict(zip(QUANTILES, weighted_quantile(values, weights, list(QUANTILES.values())), strict=True)),
        "maximum": values.max() if len(values) else np.nan,
        "skewness": weighted_skewness(values, weights),
    }


def _correlate(first, second, weights, *, ranked):
    known = (first.notna() & second.notna() & (weights > 0.0)).to_numpy()
    pair = [series.to_numpy(dtype=float)[known] for series in (first, second)]
    if ranked:
        pair = [pd.Series(values).rank().to_numpy() for values in pair]
    return {"n": int(known.sum()), "correlation": weighted_correlation(*pair, weights.to_numpy()[known])}


def _require_columns(frame, names):
    missing = [name for name in names if name not in frame.columns]
    if missing:
        message = f"no column {', '.join(missing)}; the table has {', '.join(map(str, frame.columns))}"
        raise InputError(message)
