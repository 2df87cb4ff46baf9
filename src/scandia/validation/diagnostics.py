"""What the estimate says of itself, domain by domain: gaps, negative grades and weights, slope and efficiency."""

from math import fsum

import numpy as np
import pandas as pd

from scandia.validation.bias import sure_mask, sure_words
from scandia.validation.means import ALL, weighted_mean
from scandia.vocabulary import Reason

MEANS = ("negative_weights", "slope", "efficiency", "samples", "holes")
COLUMNS = (
    *("domain", "variable", "parts", "estimated_parts", "tonnage", "unestimated_tonnage", "unestimated"),
    *("negative_estimates", "negative_volume", "least", *MEANS),
    *("negative_weight_blocks", "sure", "sure_classes", "judged_slope", "judged_efficiency"),
)


def diagnostics(parts, variables):
    """One row per domain that was to be estimated (and all of them) and variable, DataFrame.

    Parameters
    ----------
    parts : Dataset
        Estimated block parts with their diagnostics.
    variables : sequence of str

    Returns
    -------
    DataFrame
        domain, variable, parts and estimated_parts (numbers), tonnage and unestimated_tonnage (t), unestimated (share of the
        tonnage), negative_estimates (parts), negative_volume (share of the estimated volume), least (lowest estimate);
        negative_weights, slope, efficiency, samples and holes (volume-weighted means); negative_weight_blocks (share of the
        volume with any); sure (Measured and Indicated parts, number); sure_classes (whichever of the two there is, in words);
        judged_slope and judged_efficiency: means over these, over all parts where there are none.
    """
    rows = []
    for variable in variables:
        if f"{variable}_reason" not in parts:
            continue
        asked = (parts["fraction"].values > 0) & (parts[f"{variable}_reason"].values >= Reason.ESTIMATED)
        names = [str(name) for i, name in enumerate(parts["domain"].values) if asked[i].any()]
        for name in [*names, ALL] if names else []:
            where = asked if name == ALL else asked & (parts["domain"].values == name)[:, None, None, None]
            rows.append({"domain": name, "variable": variable, **_row(parts, variable, where)})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(parts, variable, where):
    estimate, fraction, tonnage = (parts[name].values for name in (variable, "fraction", "tonnage"))
    done = where & np.isfinite(estimate)
    lost, total = fsum(tonnage[where & ~done]), fsum(tonnage[where])
    negative, sure = done & (np.where(done, estimate, 0.0) < 0), done & sure_mask(parts)
    judged = sure if sure.any() else done
    volume = fsum(fraction[done])
    return {
        "parts": int(where.sum()),
        "estimated_parts": int(done.sum()),
        "tonnage": total,
        "unestimated_tonnage": lost,
        "unestimated": lost / total if total > 0 else float("nan"),
        "negative_estimates": int(negative.sum()),
        "negative_volume": fsum(fraction[negative]) / volume if volume > 0 else float("nan"),
        "least": float(estimate[done].min()) if done.any() else float("nan"),
        **{name: _mean(parts, f"{variable}_{name}", done) for name in MEANS},
        "negative_weight_blocks": _share(parts, f"{variable}_negative_weights", done),
        "sure": int(sure.sum()),
        "sure_classes": sure_words(parts, sure),
        "judged_slope": _mean(parts, f"{variable}_slope", judged),
        "judged_efficiency": _mean(parts, f"{variable}_efficiency", judged),
    }


def _mean(parts, name, where):
    """Volume-weighted mean of a diagnostic over the parts that have it."""
    if name not in parts:
        return float("nan")
    known = where & np.isfinite(parts[name].values)
    return weighted_mean(parts[name].values[known], parts["fraction"].values[known])


def _share(parts, name, where):
    """Share of the volume whose diagnostic is below zero."""
    if name not in parts:
        return float("nan")
    known = where & np.isfinite(parts[name].values)
    return weighted_mean(parts[name].values[known] < 0, parts["fraction"].values[known])
