"""The rule table: which rule gives a part its class, and which conditions bar it from the next class."""

from enum import IntFlag

import numpy as np

from scandia.errors import SettingError
from scandia.vocabulary import Class

FEWEST_HOLES = 2  # never a class from one hole, whatever the rules say
ORDER = ("measured", "indicated", "inferred", "unclassified")
CODES = {member.name.lower(): member for member in Class}


class Barrier(IntFlag):
    """Conditions of a rule that a part does not keep; a part may miss several."""

    ONE_HOLE = 1
    PASS = 2
    HOLES = 4
    DISTANCE = 8
    HOLES_WITHIN = 16
    SPACING = 32
    SLOPE = 64
    EFFICIENCY = 128
    PRODUCTION = 256


def check_order(rules):
    """None; SettingError where a class that is more certain than that of the rule before it would never be reached as meant."""
    ranks = [ORDER.index(rule.resource_class) for rule in rules]
    if ranks != sorted(ranks):
        given = ", ".join(rule.resource_class for rule in rules)
        message = f"the rules give {given}; order them from the most certain class (measured) to the least (inferred)"
        raise SettingError(message)


def missed(rule, given):
    """`Barrier` of the conditions of a rule that parts miss, int16 of the shape of the diagnostics; 0 where the rule holds.

    Parameters
    ----------
    rule : ClassRule
    given : Evidence
        What is known of the parts of one domain.
    """
    barred = np.zeros(given.holes.shape, dtype=np.int16)
    for barrier, holds in _conditions(rule, given):
        barred |= np.where(holds, 0, barrier).astype(np.int16)
    return barred


def _conditions(rule, given):
    """Barrier and where its condition holds; what is missing fails every limit on it."""
    yield Barrier.ONE_HOLE, given.holes >= FEWEST_HOLES
    if rule.max_pass is not None:
        yield Barrier.PASS, (given.search_pass >= 1) & (given.search_pass <= rule.max_pass)
    yield Barrier.HOLES, given.holes >= rule.min_holes
    if rule.max_distance is not None:
        yield Barrier.DISTANCE, given.mean_distance <= rule.max_distance
    distances = given.distances(rule.resource_class)
    for within in rule.holes_within:
        yield Barrier.HOLES_WITHIN, distances[within.count - 1] <= within.distance
    if rule.max_spacing is not None:
        yield Barrier.SPACING, given.spacing(rule.resource_class) <= rule.max_spacing
    if rule.min_slope is not None:
        yield Barrier.SLOPE, given.slope >= rule.min_slope
    if rule.min_efficiency is not None:
        yield Barrier.EFFICIENCY, given.efficiency >= rule.min_efficiency
    if rule.production is not None:
        yield Barrier.PRODUCTION, given.error(rule.production) <= rule.production.error


def evaluate(rules, given, estimated):
    """Number of the rule that gives each part its class (from 1; 0 none), and the barriers to the next class, two arrays.

    Parameters
    ----------
    rules : sequence of ClassRule
    given : Evidence
    estimated : array of bool
        Only these parts are looked at.

    Notes
    -----
    The next class is that of the nearest rule above the one that holds with a more certain class; where several rules lead to it,
    the last of them is the nearest. A part of the most certain class that the rules name is barred by nothing.
    """
    check_order(rules)
    misses = [missed(rule, given) for rule in rules]
    number = np.zeros(estimated.shape, dtype=np.int8)
    for place, barred in reversed(list(enumerate(misses, start=1))):
        number[estimated & (barred == 0)] = place
    barriers = np.zeros(estimated.shape, dtype=np.int16)
    for place in range(len(rules) + 1):
        above = next_rule(rules, place)
        if above is not None:
            chosen = estimated & (number == place)
            barriers[chosen] = misses[above][chosen]
    return number, barriers


def next_rule(rules, number):
    """Index of the rule that leads to the next class from rule ``number`` (from 1; 0: from no class); None at the top."""
    higher = len(rules) if number == 0 else number - 1
    own = None if number == 0 else rules[number - 1].resource_class
    return next((place for place in reversed(range(higher)) if rules[place].resource_class != own), None)
