"""Global bias: the mean of the block model against the declustered composites and the nearest-neighbour model."""

import numpy as np
import pandas as pd

from scandia.validation.means import ALL, ESTIMATORS, domain_volumes, estimated_mask, pooled_weights, weighted_mean

PASS, WARN, FAIL, UNJUDGED = "pass", "warn", "fail", "not judged"


def global_bias(composites, parts, variables, settings):
    """One row per estimated domain (and all of them) and variable: means at zero cut-off, biases and a verdict.

    Parameters
    ----------
    composites : DataFrame
        Declustered composites: domain, length, weight and the variables.
    parts : Dataset
        Estimated block parts.
    variables : sequence of str
        Estimated analytes.
    settings : Validation
        ``bias_warning`` and ``bias_failure``, shares.

    Returns
    -------
    DataFrame
        domain, variable, composites (number), parts (number), naive (mean weighted by length), declustered (by declustering
        weight x length), estimate, nearest and inverse_distance (volume-weighted block means over the same parts),
        bias_declustered and bias_nearest (estimate / reference - 1), verdict.

    Notes
    -----
    The verdict takes the larger of the two biases, by size: pass below ``bias_warning``, warn below ``bias_failure``, else fail;
    "not judged" where a reference is missing or not positive. Composites carry no density, so blocks are weighted by volume.
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
            rows.append({"domain": domain, "variable": variable, **_means(chosen, parts, where, variable)})
    return pd.DataFrame([{**row, **_judge(row, settings)} for row in rows], columns=COLUMNS)


COLUMNS = [
    *("domain", "variable", "composites", "parts", "naive", "declustered", *ESTIMATORS),
    *("bias_declustered", "bias_nearest", "verdict"),
]


def _means(composites, parts, where, variable):
    fraction = parts["fraction"].values[where]
    blocks = {name: weighted_mean(parts[variable + suffix].values[where], fraction) for name, suffix in ESTIMATORS.items()}
    return {
        "composites": len(composites),
        "parts": int(where.sum()),
        "naive": weighted_mean(composites[variable], composites["length"]),
        "declustered": weighted_mean(composites[variable], composites["pooled"]),
        **blocks,
    }


def _judge(row, settings):
    biases = {f"bias_{name}": _bias(row["estimate"], row[name]) for name in ("declustered", "nearest")}
    worst = np.max(np.abs(list(biases.values())))  # NaN where either is
    return {**biases, "verdict": verdict(worst, settings)}


def verdict(bias, settings):
    """Word for the size of a bias: pass, warn or fail by the settings' limits; "not judged" where it is NaN."""
    if np.isnan(bias):
        return UNJUDGED
    if abs(bias) < settings.bias_warning:
        return PASS
    return WARN if abs(bias) < settings.bias_failure else FAIL


def _bias(estimate, reference):
    return estimate / reference - 1.0 if reference > 0 else float("nan")
