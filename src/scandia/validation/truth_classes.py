"""Classes and estimators against a known truth: what each says above a cut-off, and how its high and low grades hold."""

import numpy as np
import pandas as pd

from scandia.validation.inventory import above_cutoff, inventory_row, pure_grades
from scandia.validation.means import ALL
from scandia.validation.scores import ERROR_SCORES, error_scores
from scandia.vocabulary import CLASS, DOMAIN, TONNAGE, Class

CLASS_ORDER = ("measured", "indicated", "inferred", "unclassified")
CODES = {member.name.lower(): member.value for member in Class}


def class_totals(parts, truth, variables, lead, cutoffs, estimators):
    """Tonnes, grade and metal of each class above each cut-off beside the truth of the same parts of blocks, a DataFrame.

    Parameters
    ----------
    parts, truth : Dataset
        On one grid; parts are classified, domains are matched by name.
    variables : sequence of str
    lead : str
        Variable of the cut-offs.
    cutoffs : sequence of float
    estimators : dict of str to str
        Name of each estimator to the suffix of its variables.

    Returns
    -------
    DataFrame
        class, estimator, cutoff, variable, and of tonnage (t), grade and metal (t): model, ``true_`` and ``_error``. The model
        is cut by its own grade, the truth by the true one, over the parts that an estimate gave the class.
    """
    pure = pure_grades(truth, variables)
    known = truth[DOMAIN].values.tolist()
    own = [name for name in parts[DOMAIN].values.tolist() if name in known]  # a domain that the truth lacks stands in the totals
    parts, places = parts.sel({DOMAIN: own}), [known.index(name) for name in own]
    tonnes, true_tonnes = parts[TONNAGE].values, truth[TONNAGE].values[places]
    present = (parts["fraction"].values > 0) & np.isfinite(parts[lead].values)
    rows = []
    for name in CLASS_ORDER:
        chosen = present & (parts[CLASS].values == CODES[name])
        if not chosen.any():
            continue
        there = chosen & (truth["fraction"].values[places] > 0)
        true = {v: truth[v].values[places][there] for v in variables}
        for cutoff in cutoffs:
            sums = above_cutoff(true_tonnes[there], true, lead=lead, cutoff=cutoff)
            for estimator, suffix in estimators.items():
                grades = {v: parts[v + suffix].values[chosen] for v in variables}
                both = above_cutoff(tonnes[chosen], grades, lead=lead, cutoff=cutoff), sums
                row = {CLASS: name, "estimator": estimator, "cutoff": cutoff}
                model, truly = (inventory_row(one, pure) for one in both)
                rows += [{**row, "variable": v, **paired(model, truly, v)} for v in variables]
    return pd.DataFrame(rows)


def paired(model, true, variable):
    """Tonnage, grade and metal of two rows of `inventory.inventory_row`: model, ``true_`` and ``_error`` (model / truth - 1)."""
    row = {}
    for name, key in (("tonnage", "tonnage"), ("grade", variable), ("metal", f"{variable}_metal")):
        row |= {name: model[key], f"true_{name}": true[key]}
        row[f"{name}_error"] = model[key] / true[key] - 1.0 if true[key] != 0 else float("nan")
    return row


def conditional_bias(blocks, variables, estimators):
    """Regression of the true block grade on each estimate by class, a DataFrame.

    Parameters
    ----------
    blocks : DataFrame
        class, and by variable v its estimates (``v`` with a suffix) and ``v_true``, one row per part of a block.
    variables : sequence of str
    estimators : dict of str to str
        Name to suffix.

    Returns
    -------
    DataFrame
        variable, class (and "all"), estimator, n, intercept (unit of the variable) and the scores of `scores.error_scores`. A
        slope of 1 with intercept 0 says that blocks estimated at a grade have that grade on average; below 1, blocks estimated
        high are not as high.
    """
    names = {code: name for name, code in CODES.items()}
    labels = blocks[CLASS].map(names)
    rows = []
    for variable in variables:
        used = [variable + suffix for suffix in (*estimators.values(), "_true")]
        known = np.isfinite(blocks[used].to_numpy(dtype=float)).all(axis=1)
        for group in (*CLASS_ORDER, ALL):
            chosen = blocks[known & ((labels == group).to_numpy() if group != ALL else True)]
            for name, suffix in estimators.items() if len(chosen) else ():
                estimate, true = (chosen[variable + end].to_numpy(dtype=float) for end in (suffix, "_true"))
                scores = error_scores(estimate, true)
                intercept = true.mean() - scores["slope"] * estimate.mean()
                rows.append(
                    {"variable": variable, CLASS: group, "estimator": name, "n": len(chosen), "intercept": intercept} | scores
                )
    return pd.DataFrame(rows, columns=["variable", CLASS, "estimator", "n", "intercept", *ERROR_SCORES])
