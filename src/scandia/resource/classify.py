"""Resource classes of block parts by written rules, with the rule that gave each."""

from math import fsum

import numpy as np
import pandas as pd

from scandia.errors import InputError, SettingError
from scandia.vocabulary import Class

FEWEST_HOLES = 2  # never a class from one hole, whatever the rules say
NO_PART, NOT_ESTIMATED, NO_RULE = -1, 0, 127  # class_reason where no rule gave the class; rules count from 1
ORDER = ("measured", "indicated", "inferred", "unclassified")
CODES = {member.name.lower(): member for member in Class}
LIMITED = ("pass", "holes", "mean_distance", "slope")


def classify(parts, classification, variable):
    """Block parts with ``class`` and ``class_reason``, int8 ``(domain, z, y, x)``: the first rule whose limits all hold decides.

    Parameters
    ----------
    parts : Dataset
        Estimated block parts, with ``<variable>_pass``, ``_holes``, ``_mean_distance`` and ``_slope``.
    classification : Classification
        Rules from the most to the least certain class.
    variable : str
        Estimated analyte whose diagnostics the rules read.

    Returns
    -------
    Dataset
        A new dataset. ``class`` is a `vocabulary.Class`; ``class_reason`` the number of the rule from 1, or 0 (part without an
        estimate), 127 (no rule holds), -1 (the block has no part in this domain).

    Raises
    ------
    SettingError
        Rules out of order: a class that is more certain than the rule before it would never be reached as meant.
    InputError
        A diagnostic is missing.

    Notes
    -----
    A part estimated from fewer than two holes is UNCLASSIFIED under any rules. A missing diagnostic fails every limit on it.
    """
    _check_order(classification.rules)
    given = {name: _values(parts, f"{variable}_{name}") for name in LIMITED}
    present = parts["fraction"].values > 0
    estimated = present & np.isfinite(_values(parts, variable))
    classes = np.full(present.shape, Class.UNCLASSIFIED, dtype=np.int8)
    reasons = np.where(present, np.where(estimated, NO_RULE, NOT_ESTIMATED), NO_PART).astype(np.int8)
    for number, rule in enumerate(classification.rules, start=1):
        holds = estimated & (reasons == NO_RULE) & _holds(rule, given)
        classes[holds] = CODES[rule.resource_class]
        reasons[holds] = number
    dims = ("domain", "z", "y", "x")
    meaning = _reason_attributes(classification)
    return parts.assign({"class": (dims, classes, _class_attributes()), "class_reason": (dims, reasons, meaning)})


def class_table(parts, classification, variable):
    """One row per class, domain and rule: parts, tonnage (t) and share of the estimated metal of ``variable``, a DataFrame.

    The rule is in words; parts without an estimate have their own rows, so the tonnage of every part in a domain is counted.
    """
    classes, reasons = parts["class"].values, parts["class_reason"].values
    tonnage, grades = parts["tonnage"].values, parts[variable].values
    total = fsum((tonnage * grades)[np.isfinite(grades) & (parts["fraction"].values > 0)])
    words = reason_words(classification)
    rows = []
    for name in ORDER:
        for i, domain in enumerate(parts["domain"].values):
            for number, text in words.items():
                where = (classes[i] == CODES[name]) & (reasons[i] == number)
                if number == NO_PART or not where.any():
                    continue
                metal = fsum((tonnage[i] * grades[i])[where & np.isfinite(grades[i])])
                share = metal / total if total > 0 else float("nan")
                rows.append((name, str(domain), text, int(where.sum()), fsum(tonnage[i][where]), share))
    return pd.DataFrame(rows, columns=["class", "domain", "rule", "parts", "tonnage", "metal_share"])


def reason_words(classification):
    """Code of ``class_reason`` to its meaning in words, in the order of the rules, as a dict."""
    rules = {number: f"rule {number}: {rule_words(rule)}" for number, rule in enumerate(classification.rules, start=1)}
    return {**rules, NO_RULE: "no rule holds", NOT_ESTIMATED: "no estimate", NO_PART: "no part of the block in this domain"}


def rule_words(rule):
    """One rule as a phrase, such as "indicated if pass <= 2, holes >= 3, mean distance <= 60 m"."""
    limits = [
        f"pass <= {rule.max_pass}",
        f"holes >= {max(rule.min_holes, FEWEST_HOLES)}",
        f"mean distance <= {rule.max_distance:g} m",
    ]
    if rule.min_slope is not None:
        limits.append(f"slope >= {rule.min_slope:g}")
    return f"{rule.resource_class} if {', '.join(limits)}"


def _check_order(rules):
    ranks = [ORDER.index(rule.resource_class) for rule in rules]
    if ranks != sorted(ranks):
        given = ", ".join(rule.resource_class for rule in rules)
        message = f"the rules give {given}; order them from the most certain class (measured) to the least (inferred)"
        raise SettingError(message)


def _holds(rule, given):
    holds = (given["pass"] >= 1) & (given["pass"] <= rule.max_pass)
    holds &= given["holes"] >= max(rule.min_holes, FEWEST_HOLES)
    holds &= given["mean_distance"] <= rule.max_distance
    if rule.min_slope is not None:
        holds &= given["slope"] >= rule.min_slope
    return holds


def _values(parts, name):
    if name not in parts:
        message = f"the block model has no {name}; classification needs an estimate and its {', '.join(LIMITED)}"
        raise InputError(message)
    return parts[name].values


def _class_attributes():
    codes = np.array([member.value for member in Class], dtype=np.int8)
    meanings = " ".join(member.name.lower() for member in Class)
    return {"long_name": "resource class", "flag_values": codes, "flag_meanings": meanings}


def _reason_attributes(classification):
    meanings = {NO_PART: "no_part", NOT_ESTIMATED: "no_estimate"}
    meanings |= {number: f"rule_{number}_{rule.resource_class}" for number, rule in enumerate(classification.rules, start=1)}
    meanings[NO_RULE] = "no_rule_holds"
    return {
        "long_name": "rule that gave the resource class",
        "flag_values": np.array(list(meanings), dtype=np.int8),
        "flag_meanings": " ".join(meanings.values()),
    }
