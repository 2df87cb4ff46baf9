"""Resource classes of block parts: by written rules, smoothed, and overridden by persons, with the reason of each."""

import numpy as np

from scandia.resource.classify_evidence import gather_evidence
from scandia.resource.classify_override import override_mask
from scandia.resource.classify_rules import CODES, FEWEST_HOLES, ORDER, Barrier, evaluate
from scandia.resource.classify_smooth import smooth_classes
from scandia.resource.classify_words import NO_PART, NO_RULE, NOT_ESTIMATED, OVERRIDE, SMOOTHED
from scandia.vocabulary import Class

DIMS = ("domain", "z", "y", "x")
SPACING = "drill_spacing"


def classify(parts, classification, variable, *, composites=None, untrusted=(), mine_grid=None, solids=None):
    """Block parts with their class and the reason of it, a new Dataset.

    Parameters
    ----------
    parts : Dataset
        Estimated block parts, with the diagnostics ``<variable>_pass``, ``_holes`` and others that the rules read.
    classification : Classification
        Rules from the most to the least certain class, smoothing, overrides.
    variable : str
        Estimated analyte whose diagnostics the rules read.
    composites : DataFrame, optional
        hole, domain, x, y, z and the variable, where rules ask for holes around a part; with it the drill spacing is stored.
    untrusted : sequence of str
        Holes that do not count for higher classes, see `classify_holes.untrusted_holes`.
    mine_grid : MineGrid, optional
        For overrides with world coordinates.
    solids : dict of int to Mesh, optional
        Solids of the overrides by their place, local coordinates.

    Returns
    -------
    Dataset
        int8 over ``(domain, z, y, x)``: ``class`` and ``class_by_rules`` (before smoothing and overrides), a `vocabulary.Class`;
        ``class_smoothed`` (before overrides); ``class_rule``, the number of the rule of the domain from 1, 0 where none holds;
        ``class_reason``: that number, 0 (part without an estimate), 126 (smoothing), 80 and on (overrides), 127 (no rule holds),
        -1 (the block has no part in this domain). ``class_barred``, int16: the conditions that bar the part from the next class
        by the rules, bits of `classify_rules.Barrier`. ``drill_spacing``, m, where composites are given.

    Raises
    ------
    SettingError
        Rules out of order.
    InputError
        A diagnostic is missing, or an override takes in no block.

    Notes
    -----
    A part estimated from fewer than two holes is UNCLASSIFIED under any rules, smoothing and override. A missing diagnostic fails
    every limit on it.
    """
    evidence, spacing = gather_evidence(parts, classification, variable, composites, untrusted)
    present = parts["fraction"].values > 0
    estimated = present & np.isfinite(parts[variable].values)
    found = [
        evaluate(classification.rules_of(name), given, estimated[place])
        for place, (name, given) in enumerate(zip(parts["domain"].values.tolist(), evidence, strict=True))
    ]
    number, barred = (np.stack(arrays) for arrays in zip(*found, strict=True))
    by_rules = _classes_of(number, parts["domain"].values.tolist(), classification)
    lawful = estimated & (parts[f"{variable}_holes"].values >= FEWEST_HOLES)
    smoothed = _smooth(by_rules, lawful, classification.smoothing)
    reasons = np.where(present, np.where(estimated, np.where(number > 0, number, NO_RULE), NOT_ESTIMATED), NO_PART)
    reasons = np.where(smoothed != by_rules, SMOOTHED, reasons)
    final = smoothed.copy()
    for place, one in enumerate(classification.overrides):
        inside = override_mask(parts, one, mine_grid, (solids or {}).get(place)) & lawful
        final[inside], reasons[inside] = CODES[one.resource_class], OVERRIDE + place
    added = {
        "class": (DIMS, final, class_attributes("resource class")),
        "class_by_rules": (DIMS, by_rules, class_attributes("resource class by the rules, before smoothing and overrides")),
        "class_smoothed": (DIMS, smoothed, class_attributes("resource class after smoothing, before overrides")),
        "class_rule": (DIMS, number, {"long_name": "number of the rule that holds, 0 where none does"}),
        "class_reason": (DIMS, reasons.astype(np.int8), reason_attributes(classification)),
        "class_barred": (DIMS, barred, barrier_attributes()),
    }
    if spacing is not None:
        words = {"long_name": "drill spacing by the nearest holes", "units": "m"}
        added[SPACING] = (DIMS, np.where(present & np.isfinite(spacing), spacing, np.nan), words)
    return parts.assign(added)


def _classes_of(number, names, classification):
    """Class codes of rule numbers by domain."""
    classes = np.empty(number.shape, dtype=np.int8)
    for place, name in enumerate(names):
        codes = [Class.UNCLASSIFIED, *(CODES[rule.resource_class] for rule in classification.rules_of(name))]
        classes[place] = np.array(codes, dtype=np.int8)[number[place]]
    return classes


def _smooth(classes, lawful, smoothing):
    """Classes after smoothing, domain by domain; parts of one hole neither change nor count."""
    if smoothing is None:
        return classes.copy()
    codes = np.array([CODES[name] for name in ORDER], dtype=np.int8)
    ranks = np.argsort(codes)[classes]  # codes are 0 to 3, so their places invert them
    return np.stack([codes[smooth_classes(rank, own, smoothing)] for rank, own in zip(ranks, lawful, strict=True)])


def class_attributes(words):
    """CF attributes of a class."""
    codes = np.array([member.value for member in Class], dtype=np.int8)
    meanings = " ".join(member.name.lower() for member in Class)
    return {"long_name": words, "flag_values": codes, "flag_meanings": meanings}


def reason_attributes(classification):
    """CF attributes of the reason of a class."""
    meanings = {NO_PART: "no_part", NOT_ESTIMATED: "no_estimate"}
    if classification.domains:
        most = max(len(rules) for rules in (classification.rules, *classification.domains.values()))
        meanings |= {number: f"rule_{number}_of_the_domain" for number in range(1, most + 1)}
    else:
        meanings |= {number: f"rule_{number}_{rule.resource_class}" for number, rule in enumerate(classification.rules, start=1)}
    meanings |= {
        OVERRIDE + place: f"override_{place + 1}_{one.resource_class}" for place, one in enumerate(classification.overrides)
    }
    if classification.smoothing is not None:
        meanings[SMOOTHED] = "smoothed"
    meanings[NO_RULE] = "no_rule_holds"
    return {
        "long_name": "what gave the resource class",
        "flag_values": np.array(list(meanings), dtype=np.int8),
        "flag_meanings": " ".join(meanings.values()),
    }


def barrier_attributes():
    """CF attributes of the conditions that bar a part from the next class."""
    return {
        "long_name": "conditions that bar the part from the next class by the rules",
        "flag_masks": np.array([barrier.value for barrier in Barrier], dtype=np.int16),
        "flag_meanings": " ".join(barrier.name.lower() for barrier in Barrier),
    }
