"""The model against a known truth: totals, local errors, honesty of the kriging variance, and domains taken for one another."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.validation.confusion import domain_confusion
from scandia.validation.inventory import above_cutoff, add_sums, inventory_row, pure_grades
from scandia.validation.means import ALL, ESTIMATORS
from scandia.validation.scores import ERROR_SCORES, INTERVAL_SCORES, error_scores, interval_scores, standardise
from scandia.validation.truth_classes import class_totals, conditional_bias, paired
from scandia.vocabulary import Class

LOCAL_SHARE = 0.5  # both volumes at least this: the block is compared
WHOLE_SHARE = 0.999  # both volumes at least this: the block variance is that of a whole block, and can be judged
DECILES = 10
EVERYWHERE, ESTIMATED = "everywhere", "estimated blocks"


def compare_truth(parts, truth, variables, cutoffs, *, variable=None):
    """Tables that set the block model beside the truth on the same grid, as a dict of DataFrames.

    Parameters
    ----------
    parts : Dataset
        Estimated block parts; with ``<variable>_polygonal`` of every variable, that estimate is judged beside the others.
    truth : Dataset
        Same layout and grid: fraction, density, tonnage and the variables; domains are matched by name.
    variables : sequence of str
        Analytes.
    cutoffs : sequence of float
        Cut-offs beside 0, in the unit of their variable.
    variable : str, optional
        Variable of the cut-offs; the first one when not given.

    Returns
    -------
    dict of str to DataFrame
        totals : scope ("everywhere", or "estimated blocks": the blocks in which the model estimated anything), domain, cutoff,
            variable, and of tonnage (t), grade and metal (t): model, ``true_``, ``_error`` (model / truth - 1).
        local : domain, variable, estimator, n and scores, over parts that fill half a block in model and truth.
        uncertainty : variable, by (all, domain, class, decile of kriging variance), group, n, kriging_variance and
            squared_error (means), and interval scores, over parts that fill the block in both.
        confusion : domain, true_domain, volume (m3), share of the model domain's volume, see `domain_confusion`.
        blocks : one row per part that fills half a block in both, with estimates, truth (``<v>_true``) and variance.
        classes, conditional : only of classified parts, see `truth_classes`.
    """
    _check_same_grid(parts, truth)
    compared = compared_estimators(parts, variables)
    blocks = _blocks(parts, truth, variables, compared)
    lead, cuts = variable or variables[0], sorted({0.0, *map(float, cutoffs)})
    classified = {}
    if "class" in parts:
        classified["classes"] = class_totals(parts, truth, variables, lead, cuts, compared)
        classified["conditional"] = conditional_bias(blocks, variables, compared)
    return classified | {
        "totals": _global(parts, truth, variables, lead, cuts),
        "local": _local(blocks, variables, compared),
        "uncertainty": _uncertainty(blocks, variables),
        "confusion": domain_confusion(parts, truth),
        "blocks": blocks,
    }


def compared_estimators(parts, variables):
    """Name to suffix of the estimators that the parts hold of every variable, a dict: the polygonal one where it was made."""
    made = all(f"{variable}_polygonal" in parts for variable in variables)
    return ESTIMATORS | ({"polygonal": "_polygonal"} if made else {})


def _check_same_grid(parts, truth):
    for axis in ("z", "y", "x"):
        if not np.array_equal(parts[axis].values, truth[axis].values):
            message = f"model and truth have different {axis} of block centres; make the truth on the grid of the model"
            raise InputError(message)


def _global(parts, truth, variables, lead, cutoffs):
    pure = pure_grades(parts, variables)
    if pure_grades(truth, variables) != pure:
        message = "model and truth carry grades in different units; make both in the same"
        raise InputError(message)
    modelled = (parts["fraction"].values > 0) & np.isfinite(parts[lead].values)
    present = truth["fraction"].values > 0
    names = [str(name) for i, name in enumerate(parts["domain"].values) if modelled[i].any()]
    rows = []
    for scope, seen in ((EVERYWHERE, present), (ESTIMATED, present & modelled.any(axis=0))):
        for cutoff in cutoffs:
            model = {name: _sums(parts, name, modelled, variables, lead, cutoff) for name in names}
            true = {name: _sums(truth, name, seen, variables, lead, cutoff) for name in names}
            if names:
                model[ALL], true[ALL] = add_sums(list(model.values())), add_sums(list(true.values()))
            for name in model:
                both = inventory_row(model[name], pure), inventory_row(true[name], pure)
                row = {"scope": scope, "domain": name, "cutoff": cutoff}
                rows += [{**row, "variable": variable, **paired(*both, variable)} for variable in variables]
    return pd.DataFrame(rows)


def _sums(dataset, name, mask, variables, lead, cutoff):
    places = np.flatnonzero(dataset["domain"].values == name)
    where = mask[places]  # a domain that the truth does not know has no place, and sums to nothing
    grades = {variable: dataset[variable].values[places][where] for variable in dict.fromkeys([lead, *variables])}
    return above_cutoff(dataset["tonnage"].values[places][where], grades, lead=lead, cutoff=cutoff)


def _blocks(parts, truth, variables, estimators):
    names = [str(name) for name in parts["domain"].values]
    known = [str(name) for name in truth["domain"].values]
    shared = [(here, known.index(name)) for here, name in enumerate(names) if name in known]
    if not shared:
        message = f"model and truth share no domain: the model has {', '.join(names)}, the truth {', '.join(known)}"
        raise InputError(message)
    return pd.concat([_domain_blocks(parts, truth, variables, estimators, *places) for places in shared], ignore_index=True)


def _domain_blocks(parts, truth, variables, estimators, here, there):
    fraction, true_fraction = parts["fraction"].values[here], truth["fraction"].values[there]
    where = (fraction >= LOCAL_SHARE) & (true_fraction >= LOCAL_SHARE)
    table = {"domain": str(parts["domain"].values[here])}
    table |= {axis: parts[axis].values[place] for axis, place in zip(("z", "y", "x"), np.nonzero(where), strict=True)}
    table |= {"fraction": fraction[where], "true_fraction": true_fraction[where]}
    if "class" in parts:
        table["class"] = parts["class"].values[here][where]
    for variable in variables:
        for suffix in (*estimators.values(), "_variance"):
            table[variable + suffix] = parts[variable + suffix].values[here][where]
        table[f"{variable}_true"] = truth[variable].values[there][where]
    return pd.DataFrame(table)


def _local(blocks, variables, estimators):
    rows = []
    for variable in variables:
        used = [variable + suffix for suffix in (*estimators.values(), "_true")]
        paired = blocks[np.isfinite(blocks[used].to_numpy(dtype=float)).all(axis=1)]
        for domain in [*dict.fromkeys(paired["domain"]), ALL]:
            chosen = paired if domain == ALL else paired[paired["domain"] == domain]
            for estimator, suffix in estimators.items():
                scores = error_scores(chosen[variable + suffix], chosen[f"{variable}_true"])
                rows.append({"domain": domain, "variable": variable, "estimator": estimator, "n": len(chosen), **scores})
    return pd.DataFrame(rows, columns=["domain", "variable", "estimator", "n", *ERROR_SCORES])


def _uncertainty(blocks, variables):
    whole = blocks[(blocks["fraction"] >= WHOLE_SHARE) & (blocks["true_fraction"] >= WHOLE_SHARE)]
    rows = []
    for variable in variables:
        used = whole[[variable, f"{variable}_true", f"{variable}_variance"]].to_numpy(dtype=float)
        judged = np.isfinite(used).all(axis=1)
        estimate, true, variance = used[judged].T
        standardised = standardise(estimate - true, variance)
        for by, labels, groups in _groupings(whole[judged], variance):
            for group in groups:
                where = labels == group
                means = {"kriging_variance": variance[where].mean(), "squared_error": ((estimate - true)[where] ** 2).mean()}
                row = {"variable": variable, "by": by, "group": str(group), "n": int(where.sum())}
                rows.append(row | means | interval_scores(standardised[where]))
    return pd.DataFrame(rows, columns=["variable", "by", "group", "n", "kriging_variance", "squared_error", *INTERVAL_SCORES])


def _groupings(chosen, variance):
    """Group the errors: a name, the label of each row, and the labels in the order of the table."""
    if chosen.empty:
        return
    yield ALL, np.full(len(chosen), ALL), [ALL]
    yield "domain", chosen["domain"].to_numpy(), list(dict.fromkeys(chosen["domain"]))
    if "class" in chosen:
        names = {code.value: code.name.lower() for code in Class}
        labels = np.array([names[code] for code in chosen["class"]])
        order = ("measured", "indicated", "inferred", "unclassified")
        yield "class", labels, [name for name in order if (labels == name).any()]
    deciles = 1 + np.searchsorted(np.quantile(variance, np.arange(1, DECILES) / DECILES), variance, side="left")
    yield "decile", deciles, sorted(set(deciles.tolist()))
