"""Tables of the classes: by rule, by what barred the next class, by what moved them, by depth and by data."""

from math import fsum

import numpy as np
import pandas as pd

from scandia.resource.classify import SPACING
from scandia.resource.classify_rules import CODES, ORDER
from scandia.resource.classify_words import NO_PART, NOT_ESTIMATED, SMOOTHED, barrier_words, reason_words
from scandia.vocabulary import DOMAIN, TONNAGE

NAMES = {code.value: name for name, code in CODES.items()}
DEPTHS = (0.0, 50.0, 100.0, 150.0, 200.0, 300.0, 400.0, 600.0, 1000.0)  # m below the ground, and beyond
COUNTS = {"holes used": (1, 2, 3, 4, 5, 7), "samples used": (1, 5, 10, 15, 20, 30)}
SPACINGS = (0.0, 25.0, 50.0, 75.0, 100.0, 150.0, 200.0)  # m


def class_table(parts, classification, variable):
    """One row per class, domain and reason: parts, tonnage (t) and share of the estimated metal of ``variable``, a DataFrame.

    The reason is in words; parts without an estimate have their own rows, so the tonnage of every part in a domain is counted.
    """
    classes, reasons = parts["class"].values, parts["class_reason"].values
    tonnage, grades = parts[TONNAGE].values, parts[variable].values
    total = fsum((tonnage * grades)[np.isfinite(grades) & (parts["fraction"].values > 0)])
    rows = []
    for name in ORDER:
        for i, domain in enumerate(parts[DOMAIN].values.tolist()):
            for number, text in reason_words(classification, domain).items():
                where = (classes[i] == CODES[name]) & (reasons[i] == number)
                if number == NO_PART or not where.any():
                    continue
                metal = fsum((tonnage[i] * grades[i])[where & np.isfinite(grades[i])])
                share = metal / total if total > 0 else float("nan")
                rows.append((name, domain, text, int(where.sum()), fsum(tonnage[i][where]), share))
    return pd.DataFrame(rows, columns=["class", DOMAIN, "rule", "parts", TONNAGE, "metal_share"])


def reason_table(parts, classification):
    """Which conditions bar parts from the next class, by class (of the rules), domain and condition, a DataFrame.

    Returns
    -------
    DataFrame
        class, domain, next_class, condition, parts and tonnage (t) that miss it, first_tonnage (it is the first that they miss,
        so that these add up to the tonnes of the class that are barred) and alone_tonnage (they miss nothing else: what a wider
        limit would lift).
    """
    numbers, barred, tonnage = parts["class_rule"].values, parts["class_barred"].values, parts[TONNAGE].values
    estimated = (parts["fraction"].values > 0) & (parts["class_reason"].values != NOT_ESTIMATED)
    rows = []
    for place, domain in enumerate(parts[DOMAIN].values.tolist()):
        rules = classification.rules_of(domain)
        for number in [*range(1, len(rules) + 1), 0]:
            own = estimated[place] & (numbers[place] == number)
            following, words = barrier_words(rules, number)
            before = 0
            for barrier, text in words.items():
                missed = own & ((barred[place] & barrier) != 0)
                first = missed & ((barred[place] & before) == 0)
                alone = missed & (barred[place] == barrier)
                before |= int(barrier)
                if missed.any():
                    name = rules[number - 1].resource_class if number else "unclassified"
                    sums = [fsum(tonnage[place][where]) for where in (missed, first, alone)]
                    rows.append((name, domain, following, text, int(missed.sum()), *sums))
    columns = ["class", DOMAIN, "next_class", "condition", "parts", TONNAGE, "first_tonnage", "alone_tonnage"]
    return pd.DataFrame(rows, columns=columns)


def move_table(parts, classification):
    """What smoothing and overrides moved: step, domain, before, after, parts, tonnage (t), reason, a DataFrame.

    The rows "total" of each step give the tonnes of a class before and after it, whether or not it moved any.
    """
    steps = [("smoothing", "class_by_rules", "class_smoothed"), ("overrides", "class_smoothed", "class")]
    asked = {"smoothing": classification.smoothing is not None, "overrides": bool(classification.overrides)}
    rows = []
    for step, before, after in [one for one in steps if asked[one[0]]]:
        old, new, tonnage = parts[before].values, parts[after].values, parts[TONNAGE].values
        present, reasons = parts["fraction"].values > 0, parts["class_reason"].values
        words = reason_words(classification)
        for place, domain in enumerate(parts[DOMAIN].values.tolist()):
            moved = present[place] & (old[place] != new[place])
            code = np.full(moved.shape, SMOOTHED) if step == "smoothing" else reasons[place]
            for start, end, reason in sorted(set(zip(old[place][moved], new[place][moved], code[moved], strict=True))):
                where = moved & (old[place] == start) & (new[place] == end) & (code == reason)
                told = (step, domain, NAMES[int(start)], NAMES[int(end)], int(where.sum()), fsum(tonnage[place][where]))
                rows.append((*told, words[int(reason)]))
        for name in ORDER:
            sums = [fsum(tonnage[present & (values == CODES[name])]) for values in (old, new)]
            if any(sums):
                rows.append(
                    (step, "total", name, name, int((present & (new == CODES[name])).sum()), sums[1], f"{sums[0]:,.0f} t before")
                )
    return pd.DataFrame(rows, columns=["step", DOMAIN, "before", "after", "parts", TONNAGE, "reason"])


def group_table(parts, variable, ground=None):
    """Classes by depth below the ground, by holes and samples used, and by drill spacing, a DataFrame.

    Parameters
    ----------
    parts : Dataset
        Classified.
    variable : str
        Whose holes and samples are counted.
    ground : array (y, x), optional
        Elevation of the ground over the columns of blocks, m; without it there are no rows by depth.

    Returns
    -------
    DataFrame
        by, from, to (of the group: from <= value < to; the last is open), class, parts, tonnage (t), share of the tonnes of the
        class. Depths are those of the centres of blocks.
    """
    present = (parts["fraction"].values > 0) & np.isfinite(parts[variable].values)
    values = {}
    if ground is not None:
        depth = np.asarray(ground)[None] - parts["z"].values[:, None, None]
        values["depth below ground (m)"] = (np.broadcast_to(depth, present.shape), DEPTHS)
    for name, diagnostic in (("holes used", "holes"), ("samples used", "samples")):
        if f"{variable}_{diagnostic}" in parts:
            values[name] = (parts[f"{variable}_{diagnostic}"].values, COUNTS[name])
    if SPACING in parts:
        values["drill spacing (m)"] = (parts[SPACING].values, SPACINGS)
    rows = []
    for by, (value, edges) in values.items():
        for name in ORDER:
            own = present & (parts["class"].values == CODES[name])
            total = fsum(parts[TONNAGE].values[own])
            for low, high in zip((-np.inf, *edges), (*edges, np.inf), strict=True):
                where = own & (value >= low) & (value < high)
                if where.any():
                    tonnes = fsum(parts[TONNAGE].values[where])
                    rows.append((by, low, high, name, int(where.sum()), tonnes, tonnes / total if total > 0 else float("nan")))
    return pd.DataFrame(rows, columns=["by", "from", "to", "class", "parts", TONNAGE, "share"])
