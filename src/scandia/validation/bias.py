"""Global bias: the mean of the block model against the declustered composites and the nearest-neighbour model."""

import numpy as np
import pandas as pd

from scandia.blockmodel.slabs import slabs
from scandia.exact import exact_sum, merge, merged, ratio
from scandia.validation.means import (
    ALL,
    ESTIMATORS,
    domain_volumes,
    estimate_names,
    estimated_mask,
    pooled_weights,
    products,
    weighted_mean,
)
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
        found = _gather(parts, variable)
        volumes = domain_volumes(found)
        weighted = pooled_weights(composites, variable, volumes)
        for domain in [*volumes, ALL]:
            chosen = weighted if domain == ALL else weighted[weighted["domain"] == domain]
            sums = merged(found.values()) if domain == ALL else found[domain]
            row = {"domain": domain, "variable": variable, **_means(chosen, sums, variable)}
            rows.append(row | _biases(row))
    return pd.DataFrame(rows, columns=COLUMNS)


def sure_mask(parts):
    """Parts ``(domain, z, y, x)`` of a slab that are Measured or Indicated; none where there are no classes yet."""
    if CLASS not in parts:
        return np.zeros(parts["fraction"].shape, dtype=bool)
    return np.isin(parts[CLASS].values, [int(code) for code in SURE])


def count_sure(parts, sure):
    """Measured and Indicated among the parts of a slab that a mask of `sure_mask` holds, a dict of class to number."""
    return {code: int(np.count_nonzero(parts[CLASS].values[sure] == code)) if CLASS in parts else 0 for code in SURE}


def sure_words(sums):
    """Which of Measured and Indicated were counted by `count_sure`, in words; empty where none."""
    return " and ".join(code.name.capitalize() for code in SURE if sums.get(code))


def _gather(parts, variable):
    """Domain to sums of its estimated parts, a dict of dicts."""
    found = {str(name): {} for name in parts["domain"].values}
    for slab in slabs(parts, ["fraction", CLASS, *estimate_names(parts, variable)]):
        mask, sure = estimated_mask(slab, variable), sure_mask(slab)
        for place, name in enumerate(found):
            own = slab.isel(domain=place)
            merge(found[name], _sums(own, variable, mask[place], mask[place] & sure[place]))
    return found


def _sums(parts, variable, where, certain):
    """Numbers, volumes and grade x volume of the parts of one domain that are estimated, and of those that are also sure."""
    fraction = parts["fraction"].values
    values = {name: parts[variable + suffix].values for name, suffix in ESTIMATORS.items()}
    return {
        "parts": int(where.sum()),
        "volume": exact_sum(fraction[where]),
        **{name: exact_sum(products(grade[where], fraction[where])) for name, grade in values.items()},
        "sure_parts": int(certain.sum()),
        "sure_volume": exact_sum(fraction[certain]),
        **{f"sure_{name}": exact_sum(products(values[name][certain], fraction[certain])) for name in ("estimate", "nearest")},
        **count_sure(parts, certain),
    }


def _means(composites, sums, variable):
    return {
        "composites": len(composites),
        "parts": sums["parts"],
        "naive": weighted_mean(composites[variable], composites["length"]),
        "declustered": weighted_mean(composites[variable], composites["pooled"]),
        **{name: ratio(sums, name, "volume") for name in ESTIMATORS},
        "sure_classes": sure_words(sums),
        "sure_parts": sums["sure_parts"],
        "sure_estimate": ratio(sums, "sure_estimate", "sure_volume"),
        "sure_nearest": ratio(sums, "sure_nearest", "sure_volume"),
    }


def _biases(row):
    against = {f"bias_{name}": _bias(row["estimate"], row[name]) for name in ("declustered", "nearest", "inverse_distance")}
    return against | {"bias_sure": _bias(row["sure_estimate"], row["sure_nearest"])}


def _bias(estimate, reference):
    return estimate / reference - 1.0 if reference > 0 else float("nan")
