"""Tables of the classes: by rule, by what barred the next class, by what moved them, by depth and by data."""

from operator import add

import numpy as np
import pandas as pd

from scandia.blockmodel.slabs import place_of, slabs
from scandia.exact import ExactSum, exact_sum, exact_sums, merge, merged, ratio
from scandia.resource.classify import SPACING
from scandia.resource.classify_rules import CODES, ORDER
from scandia.resource.classify_words import NO_PART, NOT_ESTIMATED, SMOOTHED, barrier_words, reason_words
from scandia.vocabulary import DOMAIN, TONNAGE

NAMES = {code.value: name for name, code in CODES.items()}
DEPTHS = (0.0, 50.0, 100.0, 150.0, 200.0, 300.0, 400.0, 600.0, 1000.0)  # m below the ground, and beyond
COUNTS = {"holes used": (1, 2, 3, 4, 5, 7), "samples used": (1, 5, 10, 15, 20, 30)}
DEPTH, SPACED = "depth below ground (m)", "drill spacing (m)"
SPACINGS = (0.0, 25.0, 50.0, 75.0, 100.0, 150.0, 200.0)  # m


def class_tables(parts, classification, variable, ground=None):
    """`class_table`, `reason_table`, `move_table` and `group_table` of classified parts, a tuple."""
    return (
        class_table(parts, classification, variable),
        reason_table(parts, classification),
        move_table(parts, classification),
        group_table(parts, variable, ground),
    )


def class_table(parts, classification, variable):
    """One row per class, domain and reason: parts, tonnage (t) and share of the estimated metal of ``variable``, a DataFrame.

    The reason is in words; parts without an estimate have their own rows, so the tonnage of every part in a domain is counted.
    """
    found, whole = {}, ExactSum()
    for slab in slabs(parts, ["fraction", "class", "class_reason", TONNAGE, variable]):
        for domain, own in _domains(slab):
            tonnage, grades = own[TONNAGE].values, own[variable].values
            known = np.isfinite(grades)
            metal = np.where(known, tonnage * grades, 0.0)
            whole += exact_sum(metal[own["fraction"].values > 0])
            codes = (own["class"].values, own["class_reason"].values)
            for key, sums in _by_codes(codes, {TONNAGE: tonnage, "metal": metal}, np.ones(known.shape, dtype=bool)):
                merge(found.setdefault((domain, *key), {}), sums)
    total, rows = float(whole), []
    for name in ORDER:
        for domain in map(str, parts[DOMAIN].values):
            for number, text in reason_words(classification, domain).items():
                sums = found.get((domain, CODES[name], number))
                if number != NO_PART and sums:
                    share = float(sums["metal"]) / total if total > 0 else float("nan")
                    rows.append((name, domain, text, sums["parts"], float(sums[TONNAGE]), share))
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
    found = {str(name): {} for name in parts[DOMAIN].values}
    for slab in slabs(parts, ["fraction", "class_rule", "class_barred", "class_reason", TONNAGE]):
        for domain, own in _domains(slab):
            estimated = (own["fraction"].values > 0) & (own["class_reason"].values != NOT_ESTIMATED)
            codes = (own["class_rule"].values, own["class_barred"].values)
            for key, sums in _by_codes(codes, {TONNAGE: own[TONNAGE].values}, estimated):
                merge(found[domain].setdefault(key, {}), sums)
    rows = []
    for domain, by_code in found.items():
        rules = classification.rules_of(domain)
        for number in [*range(1, len(rules) + 1), 0]:
            own = {barred: sums for (rule, barred), sums in by_code.items() if rule == number}
            following, words = barrier_words(rules, number)
            before = 0
            for barrier, text in words.items():
                missed = {barred: sums for barred, sums in own.items() if barred & barrier}
                first = [sums for barred, sums in missed.items() if not barred & before]
                alone = [sums for barred, sums in missed.items() if barred == barrier]
                before |= int(barrier)
                if missed:
                    name = rules[number - 1].resource_class if number else "unclassified"
                    several = [merged(group) for group in (missed.values(), first, alone)]
                    tonnes = [float(sums.get(TONNAGE, 0.0)) for sums in several]
                    rows.append((name, domain, following, text, several[0]["parts"], *tonnes))
    columns = ["class", DOMAIN, "next_class", "condition", "parts", TONNAGE, "first_tonnage", "alone_tonnage"]
    return pd.DataFrame(rows, columns=columns)


def move_table(parts, classification):
    """What smoothing and overrides moved: step, domain, before, after, parts, tonnage (t), reason, a DataFrame.

    The rows "total" of each step give the tonnes of a class before and after it, whether or not it moved any.
    """
    steps = [("smoothing", "class_by_rules", "class_smoothed"), ("overrides", "class_smoothed", "class")]
    asked = {"smoothing": classification.smoothing is not None, "overrides": bool(classification.overrides)}
    rows, words = [], reason_words(classification)
    for step, before, after in [one for one in steps if asked[one[0]]]:
        found = _moves(parts, before, after)
        for domain in map(str, parts[DOMAIN].values):
            moved = {}
            for (own, start, end, reason), sums in found.items():
                if own == domain and start != end:
                    merge(moved.setdefault((start, end, SMOOTHED if step == "smoothing" else reason), {}), sums)
            for (start, end, reason), sums in sorted(moved.items(), key=lambda one: one[0]):
                tonnes = float(sums[TONNAGE])
                rows.append((step, domain, NAMES[start], NAMES[end], sums["parts"], tonnes, words[reason]))
        for name in ORDER:
            old, new = (merged(sums for key, sums in found.items() if key[place] == CODES[name]) for place in (1, 2))
            tonnes = [float(sums.get(TONNAGE, 0.0)) for sums in (old, new)]
            if any(tonnes):
                rows.append((step, "total", name, name, new.get("parts", 0), tonnes[1], f"{tonnes[0]:,.0f} t before"))
    return pd.DataFrame(rows, columns=["step", DOMAIN, "before", "after", "parts", TONNAGE, "reason"])


def _moves(parts, before, after):
    """Domain, class before and after, and reason of the class, to the sums of the parts that have them, a dict of dicts."""
    found = {}
    for slab in slabs(parts, ["fraction", before, after, "class_reason", TONNAGE]):
        for domain, own in _domains(slab):
            codes = [own[name].values for name in (before, after, "class_reason")]
            for key, sums in _by_codes(codes, {TONNAGE: own[TONNAGE].values}, own["fraction"].values > 0):
                merge(found.setdefault((domain, *key), {}), sums)
    return found


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
    found, totals = {}, {}
    counts = {name: f"{variable}_{diagnostic}" for name, diagnostic in (("holes used", "holes"), ("samples used", "samples"))}
    for slab in slabs(parts, ["fraction", "class", TONNAGE, variable, *counts.values(), SPACING]):
        over = None if ground is None else np.asarray(ground)[place_of(slab, parts)[2:]]
        for _, own in _domains(slab):
            present = (own["fraction"].values > 0) & np.isfinite(own[variable].values)
            for (code,), sums in _by_codes([own["class"].values], {TONNAGE: own[TONNAGE].values}, present):
                merge(totals.setdefault(code, {}), sums)
            for by, (value, edges) in _groups(own, counts, over).items():
                grouped = present & (value < np.inf)  # NaN is in no group
                codes = (own["class"].values, np.searchsorted(edges, value, side="right"))
                for key, sums in _by_codes(codes, {TONNAGE: own[TONNAGE].values}, grouped):
                    merge(found.setdefault((by, *key), {}), sums)
    rows = []
    for by, edges in _edges(counts).items():
        for name in ORDER:
            for place, (low, high) in enumerate(zip((-np.inf, *edges), (*edges, np.inf), strict=True)):
                sums = found.get((by, CODES[name], place))
                if sums:
                    share = ratio({"own": sums[TONNAGE], **totals[CODES[name]]}, "own", TONNAGE)
                    rows.append((by, low, high, name, sums["parts"], float(sums[TONNAGE]), share))
    return pd.DataFrame(rows, columns=["by", "from", "to", "class", "parts", TONNAGE, "share"])


def _edges(counts):
    """What parts are grouped by, in the order of the table, to the lower ends of the groups but the first."""
    return {DEPTH: DEPTHS, **{name: COUNTS[name] for name in counts}, SPACED: SPACINGS}


def _groups(own, counts, ground):
    """What parts are grouped by to the value of each part of one domain in a slab, and the edges of the groups, a dict."""
    edges, values = _edges(counts), {}
    if ground is not None:
        depth = ground - own["z"].values[:, None, None]
        values[DEPTH] = np.broadcast_to(depth, own["fraction"].shape)
    values |= {name: own[column].values for name, column in counts.items() if column in own}
    if SPACING in own:
        values[SPACED] = own[SPACING].values
    return {name: (value, edges[name]) for name, value in values.items()}


def _domains(slab):
    """Name and parts of each domain of a slab, a generator."""
    for place, name in enumerate(map(str, slab[DOMAIN].values)):
        yield name, slab.isel({DOMAIN: place})


def _by_codes(codes, values, where):
    """Codes that parts have together, a tuple, and the number and sums of the parts that have them, a generator.

    Parameters
    ----------
    codes : sequence of array of int
    values : dict of str to array
        What is added up.
    where : array of bool
        Which parts count.
    """
    chosen = [np.asarray(code[where], dtype=np.int64) for code in codes]
    if not chosen[0].size:
        return
    lowest = [int(code.min()) for code in chosen]
    widths = [int(code.max()) - low + 1 for code, low in zip(chosen, lowest, strict=True)]
    mixed = np.ravel_multi_index([code - low for code, low in zip(chosen, lowest, strict=True)], widths)
    counts = np.bincount(mixed)
    there = np.flatnonzero(counts)
    groups = np.searchsorted(there, mixed)
    sums = {name: exact_sums(value[where], groups, len(there)) for name, value in values.items()}
    for place, key in enumerate(zip(*(one.tolist() for one in np.unravel_index(there, widths)), strict=True)):
        own = {name: several[place] for name, several in sums.items()}
        yield tuple(map(add, key, lowest)), {"parts": int(counts[there[place]]), **own}
