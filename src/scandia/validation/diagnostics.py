"""What the estimate says of itself, domain by domain: gaps, negative grades and weights, slope and efficiency."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scandia.blockmodel.slabs import slabs
from scandia.exact import exact_sum, merge, merged, ratio
from scandia.validation.bias import count_sure, sure_mask, sure_words
from scandia.validation.means import ALL, products
from scandia.vocabulary import CLASS, Reason

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
        found = {name: sums for name, sums in _gather(parts, variable).items() if sums["parts"]}
        for name in [*found, ALL] if found else []:
            sums = merged(found.values()) if name == ALL else found[name]
            rows.append({"domain": name, "variable": variable, **_row(sums)})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _gather(parts, variable):
    """Domain to sums of its parts that were to be estimated, a dict of dicts."""
    found = {str(name): {} for name in parts["domain"].values}
    names = ["fraction", "tonnage", CLASS, variable, f"{variable}_reason", *(f"{variable}_{name}" for name in MEANS)]
    for slab in slabs(parts, names):
        sure = sure_mask(slab)
        for place, name in enumerate(found):
            merge(found[name], _sums(slab.isel(domain=place), variable, sure[place]))
    return found


def _sums(parts, variable, sure):
    """Numbers, tonnes, volumes and diagnostics x volume of the parts of one domain in a slab, a dict."""
    estimate, fraction, tonnage = (parts[name].values for name in (variable, "fraction", "tonnage"))
    where = (fraction > 0) & (parts[f"{variable}_reason"].values >= Reason.ESTIMATED)
    done = where & np.isfinite(estimate)
    negative, sure = done & (np.where(done, estimate, 0.0) < 0), done & sure
    sums = {
        "parts": int(where.sum()),
        "estimated_parts": int(done.sum()),
        "tonnage": exact_sum(tonnage[where]),
        "unestimated_tonnage": exact_sum(tonnage[where & ~done]),
        "negative_estimates": int(negative.sum()),
        "negative_volume": exact_sum(fraction[negative]),
        "volume": exact_sum(fraction[done]),
        "least": _Least(float(estimate[done].min(initial=np.inf))),
        "sure": int(sure.sum()),
        **count_sure(parts, sure),
    }
    for name in MEANS:
        values = parts[f"{variable}_{name}"].values if f"{variable}_{name}" in parts else np.full(done.shape, np.nan)
        for key, chosen in ((name, done), (f"sure_{name}", sure)):
            known = chosen & np.isfinite(values)
            sums[key], sums[f"{key}_volume"] = exact_sum(products(values[known], fraction[known])), exact_sum(fraction[known])
            sums[f"{key}_below"] = exact_sum(fraction[known & (np.where(known, values, 0.0) < 0)])
    return sums


@dataclass(frozen=True)
class _Least:
    """The smallest of some values; the sum of two is the smaller one."""

    value: float

    def __add__(self, other):
        return min(self, other, key=lambda one: one.value)


def _row(sums):
    lost, total = float(sums["unestimated_tonnage"]), float(sums["tonnage"])
    judged = "sure_" if sums["sure"] else ""
    return {
        "parts": sums["parts"],
        "estimated_parts": sums["estimated_parts"],
        "tonnage": total,
        "unestimated_tonnage": lost,
        "unestimated": lost / total if total > 0 else float("nan"),
        "negative_estimates": sums["negative_estimates"],
        "negative_volume": ratio(sums, "negative_volume", "volume"),
        "least": sums["least"].value if sums["estimated_parts"] else float("nan"),
        **{name: ratio(sums, name, f"{name}_volume") for name in MEANS},
        "negative_weight_blocks": ratio(sums, "negative_weights_below", "negative_weights_volume"),
        "sure": sums["sure"],
        "sure_classes": sure_words(sums),
        "judged_slope": ratio(sums, f"{judged}slope", f"{judged}slope_volume"),
        "judged_efficiency": ratio(sums, f"{judged}efficiency", f"{judged}efficiency_volume"),
    }
