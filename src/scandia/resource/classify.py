"""Resource classes of block parts: by written rules, smoothed, and overridden by persons, with the reason of each."""

import numpy as np

from scandia.blockmodel.slabs import place_of, slabs
from scandia.resource.classify_evidence import READ, gather_evidence, production_errors
from scandia.resource.classify_override import override_mask, refuse_empty
from scandia.resource.classify_rules import CODES, FEWEST_HOLES, ORDER, Barrier, evaluate
from scandia.resource.classify_smooth import smooth_classes
from scandia.resource.classify_words import NO_PART, NO_RULE, NOT_ESTIMATED, OVERRIDE, SMOOTHED
from scandia.vocabulary import Class

DIMS = ("domain", "z", "y", "x")
SPACING = "drill_spacing"
CLASSED = ("class", "class_by_rules", "class_smoothed", "class_rule", "class_reason", "class_barred", SPACING)


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
    every limit on it. What the rules read is taken slab by slab; the arrays that are added are whole.
    """
    by_rules = _by_rules(parts, classification, variable, composites, untrusted)
    classes, lawful, reasons = by_rules["class_by_rules"], by_rules.pop("lawful"), by_rules["class_reason"]
    smoothed = _smooth(classes, lawful, classification.smoothing)
    reasons[smoothed != classes] = SMOOTHED
    final = smoothed.copy()
    _override(parts, classification.overrides, mine_grid, solids or {}, lawful, final, reasons)
    words = {
        "class": class_attributes("resource class"),
        "class_by_rules": class_attributes("resource class by the rules, before smoothing and overrides"),
        "class_smoothed": class_attributes("resource class after smoothing, before overrides"),
        "class_rule": {"long_name": "number of the rule that holds, 0 where none does"},
        "class_reason": reason_attributes(classification),
        "class_barred": barrier_attributes(),
        SPACING: {"long_name": "drill spacing by the nearest holes", "units": "m"},
    }
    arrays = {"class": final, "class_smoothed": smoothed, **by_rules}
    return parts.assign({name: (DIMS, arrays[name], words[name]) for name in CLASSED if name in arrays})


def _by_rules(parts, classification, variable, composites, untrusted):
    """Arrays ``(domain, z, y, x)`` by name, before smoothing and overrides, and ``lawful``, the parts of two holes and more."""
    kinds = {"class_rule": np.int8, "class_barred": np.int16, "class_by_rules": np.int8, "class_reason": np.int8, "lawful": bool}
    kinds |= {} if composites is None else {SPACING: float}
    arrays = {name: np.empty(parts["fraction"].shape, dtype=kind) for name, kind in kinds.items()}
    errors = production_errors(parts, classification, variable)
    names = parts["domain"].values.tolist()
    for slab in slabs(parts, ["fraction", variable, *(f"{variable}_{name}" for name in READ.values())]):
        place = place_of(slab, parts)
        around = {production: error[place] for production, error in errors.items()}
        evidence, spacing = gather_evidence(slab, classification, variable, composites, untrusted, around)
        present = slab["fraction"].values > 0
        estimated = present & np.isfinite(slab[variable].values)
        found = [
            evaluate(classification.rules_of(name), given, estimated[domain])
            for domain, (name, given) in enumerate(zip(names, evidence, strict=True))
        ]
        number, barred = (np.stack(several) for several in zip(*found, strict=True))
        arrays["class_rule"][place], arrays["class_barred"][place] = number, barred
        arrays["class_by_rules"][place] = _classes_of(number, names, classification)
        arrays["lawful"][place] = estimated & (slab[f"{variable}_holes"].values >= FEWEST_HOLES)
        reasons = np.where(present, np.where(estimated, np.where(number > 0, number, NO_RULE), NOT_ESTIMATED), NO_PART)
        arrays["class_reason"][place] = reasons
        if spacing is not None:
            arrays[SPACING][place] = np.where(present & np.isfinite(spacing), spacing, np.nan)
    return arrays


def _override(parts, overrides, mine_grid, solids, lawful, classes, reasons):
    """Nothing; gives classes and reasons, whole arrays, what persons decided; InputError of one that takes in no block."""
    taken = dict.fromkeys(range(len(overrides)), False)
    for slab in slabs(parts, ["fraction"]) if overrides else ():
        place = place_of(slab, parts)
        for number, one in enumerate(overrides):
            mask = override_mask(slab, one, mine_grid, solids.get(number))
            taken[number] |= bool(mask.any())
            inside = mask & lawful[place]
            classes[place][inside], reasons[place][inside] = CODES[one.resource_class], OVERRIDE + number
    for number, one in enumerate(overrides):
        if not taken[number]:
            refuse_empty(one)


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
    places = np.argsort(codes).astype(np.int8)  # codes are 0 to 3, so their places invert them
    return np.stack([codes[smooth_classes(places[one], own, smoothing)] for one, own in zip(classes, lawful, strict=True)])


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
