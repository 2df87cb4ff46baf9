"""Global bias: the mean of the block model against the declustered composites and the nearest-neighbour model."""

import numpy as np
import pandas as pd

from scandia.validation.means import ALL, ESTIMATORS, domain_volumes, estimated_mask, pooled_weights, weighted_mean
from scandia.vocabulary import CLASS, Class

SURE = (Class.MEASURED, Class.INDICATED)
COLUMNS = [
    *("domain", "variable", "composites", "parts", "naive", "declustered", *ESTIMATORS),
    *("bias_declustered", "bias_nearest", "bias_inverse_distance", "sure_classes", "sure_parts", "sure_estimate"),
    *("sure_nearest", "bias_sure"),
]


def global_bias(composites, parts, variables):
    """One row per estimated domain (and all of them) and variable: means at zero cut-off and biases.

    Parameters
    ----------
    composites : DataFrame
        Declustered composites: domain, length, weight and the variables.
    parts : Dataset
        Estimated block parts; with classes, or without.
    variables : sequence of str
        Estimated analytes.

    Returns
    -------
    DataFrame
        domain, variable, composites (number), parts (number), naive (mean weighted by length), declustered (by declustering
        weight x length), estimate, nearest and inverse_distance (volume-weighted block means over the same parts),
        bias_declustered, bias_nearest and bias_inverse_distance (estimate / reference - 1); sure_classes (Measured, Indicated or
        both, whichever there is, in words), sure_parts, sure_estimate, sure_nearest and bias_sure: the same against the nearest
        neighbour over the parts of these classes alone.

    Notes
    -----
    A bias is NaN where its reference is missing or not positive. Composites carry no density, so blocks are weighted by volume.
    In the row "all" the composites of each domain weigh as much as the volume estimated from them. Domains without a single
    estimated part have no row.
    """
    rows = []
    for variable in variables:
        mask = estimated_mask(parts, variable)
        volumes = domain_volumes(parts, mask)
        weighted = pooled_weights(composites, variable, volumes)
        for domain in [*volumes, ALL]:
            chosen = weighted if domain == ALL else weighted[weighted["domain"] == domain]
            where = mask if domain == ALL else mask & (parts["domain"].values == domain)[:, None, None, None]
            row = {"domain": domain, "variable": variable, **_means(chosen, parts, where, variable)}
            rows.append(row | _biases(row))
    return pd.DataFrame(rows, columns=COLUMNS)


def sure_mask(parts):
    """Parts ``(domain, z, y, x)`` that are Measured or Indicated; none where there are no classes yet."""
    if CLASS not in parts:
        return parts["fraction"].values < 0
    return pd.Series(parts[CLASS].values.ravel()).isin(SURE).to_numpy().reshape(parts[CLASS].shape)


def sure_words(parts, sure):
    """Which of Measured and Indicated the parts of a mask of `sure_mask` hold, in words; empty where none."""
    if not sure.any():
        return ""
    there = np.unique(parts[CLASS].values[sure])
    return " and ".join(code.name.capitalize() for code in SURE if code in there)


def _means(composites, parts, where, variable):
    fraction, sure = parts["fraction"].values[where], where & sure_mask(parts)
    blocks = {name: weighted_mean(parts[variable + suffix].values[where], fraction) for name, suffix in ESTIMATORS.items()}
    certain = parts["fraction"].values[sure]
    return {
        "composites": len(composites),
        "parts": int(where.sum()),
        "naive": weighted_mean(composites[variable], composites["length"]),
        "declustered": weighted_mean(composites[variable], composites["pooled"]),
        **blocks,
        "sure_classes": sure_words(parts, sure),
        "sure_parts": int(sure.sum()),
        "sure_estimate": weighted_mean(parts[variable].values[sure], certain),
        "sure_nearest": weighted_mean(parts[f"{variable}_nearest"].values[sure], certain),
    }


def _biases(row):
    against = {f"bias_{name}": _bias(row["estimate"], row[name]) for name in ("declustered", "nearest", "inverse_distance")}
    return against | {"bias_sure": _bias(row["sure_estimate"], row["sure_nearest"])}


def _bias(estimate, reference):
    return estimate / reference - 1.0 if reference > 0 else float("nan")
