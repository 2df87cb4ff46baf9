"""Compiled choice of samples: the filters of one pass, in their order, for one target among the candidates of its tile.

Order of the filters: left out (cross-validation); high grades only within their own ellipsoid; on or inside the search ellipsoid;
sorted by distance, ties by sample order; at most ``max_per_hole`` of each hole; at most ``max_per_octant`` of each octant; at
most ``max_samples``. Each filter sees only what the one before left. Then ``min_samples``, ``min_holes``, ``min_octants``.
"""

from typing import NamedTuple

import numpy as np

from scandia.kriging._buffers import kernel, large_kernel
from scandia.kriging._search import (
    MASK,
    NEVER,
    count_up_to,
    distance_of,
    keep_up_to,
    key_of_square,
    key_within,
    largest_up_to,
    smallest,
    smallest_above,
    square_of,
)
from scandia.vocabulary import Reason

MIN_SAMPLES, MAX_SAMPLES, MAX_PER_HOLE, MIN_HOLES, MAX_PER_OCTANT, MIN_OCTANTS = range(6)  # columns of Buckets.limits
ESTIMATED, TOO_FEW_SAMPLES = int(Reason.ESTIMATED), int(Reason.TOO_FEW_SAMPLES)  # plain numbers: Numba knows no enumeration
TOO_FEW_HOLES, TOO_FEW_OCTANTS = int(Reason.TOO_FEW_HOLES), int(Reason.TOO_FEW_OCTANTS)
OCTANTS = 8
LEAPS, STEPS = 8, 3  # counts before selection by exchange takes over; samples that are stepped over one by one


class Choice(NamedTuple):
    """What is chosen for a target, and the working space for it."""

    numbers: np.ndarray  # (max samples + 1,) samples chosen, in the order of the candidates
    seen: np.ndarray  # (holes,) samples of each hole; all 0 between calls
    best: np.ndarray  # (8 times most per octant or, if that is more, most per hole) nearest keys of a hole or of each octant
    holes: np.ndarray  # (1,) holes among the candidates
    listed: np.ndarray  # (holes,) their numbers
    begin: np.ndarray  # (holes + 1,) first candidate of each


@kernel
def is_limited(limits):
    """Whether holes or octants have a say in the choice."""
    return limits[MAX_PER_HOLE] > 0 or limits[MAX_PER_OCTANT] > 0 or limits[MIN_OCTANTS] > 0


@kernel
def choose(candidates, count, limits, bound, choice):
    """Samples found, octants among them, and distance beyond which no sample could change the choice.

    The samples stand in ``choice``. ``bound`` is a distance within which enough samples are expected; the choice does not
    depend on it.
    """
    bound = min(bound, 1.0)
    if is_limited(limits):
        return take_within_limits(candidates, count, limits, choice)
    while True:
        last, found = threshold(candidates.key, count, key_within(bound), limits[MAX_SAMPLES], candidates.near)
        if found == limits[MAX_SAMPLES] or bound == 1.0:
            break
        bound = 1.0
    done = 0
    for c in range(count):
        choice.numbers[done] = candidates.number[c]
        done += candidates.key[c] <= last
        if done == found:
            break
    return found, 0, distance_of(last) if found == limits[MAX_SAMPLES] else 1.0


@large_kernel
def threshold(keys, count, reach, limit, near):
    """Key of the last of the ``limit`` nearest samples up to ``reach``, or of all if there are fewer, and their number.

    False position by counting: a few counts come close and single steps do the rest; a count is one pass without a branch.
    Selection by exchange was four times slower.
    """
    high, above = reach, count_up_to(keys, count, reach)
    low, below = np.int64(-1), 0  # 0 is the key of the first sample where the target coincides with it
    if above <= limit:
        return largest_up_to(keys, count, reach), above
    for _ in range(LEAPS):
        if above - limit <= STEPS or limit - below <= STEPS:
            break
        share = (limit - below + 0.5) / (above - below)
        middle = key_of_square(square_of(max(low, 0)) * (1.0 - share) + square_of(high) * share)
        middle = min(max(middle, low + 1), high - 1)
        found = count_up_to(keys, count, middle)
        if found >= limit:
            high, above = middle, found
        else:
            low, below = middle, found
    if above - limit <= STEPS:
        last = largest_up_to(keys, count, high)
        for _ in range(above - limit):
            last = largest_up_to(keys, count, last - 1)
        return last, limit
    if limit - below <= STEPS:
        last = low
        for _ in range(limit - below):
            last = smallest_above(keys, count, last)
        return last, limit
    return smallest(near, keep_up_to(keys, count, high, near), limit - 1), limit


@kernel
def take_within_limits(candidates, count, limits, choice):
    """What `choose` says, with limits by hole or octant. Candidates stand hole by hole where there is a limit by hole."""
    near, reach, limit, settled = candidates.near, key_within(1.0), limits[MAX_SAMPLES], 1.0
    if limits[MAX_PER_HOLE] > 0:
        kept = keep_nearest_of_holes(candidates, limits[MAX_PER_HOLE], reach, choice)
    else:
        kept = keep_up_to(candidates.key, count, reach, near)
    if limits[MAX_PER_OCTANT] > 0:
        kept, settled = keep_nearest_of_octants(candidates, kept, limits[MAX_PER_OCTANT], choice)
    last, found = threshold(near, kept, reach, limit, candidates.spare)
    octants = list_chosen(candidates, count, kept, last, choice)
    return found, octants, min(distance_of(last) if found == limit else 1.0, settled)


@kernel
def keep_nearest_of_holes(candidates, most, reach, choice):
    """Count of the keys in ``near``: the ``most`` nearest up to ``reach`` of each hole."""
    kept = 0
    for h in range(choice.holes[0]):
        clear(choice.best, 0, most)
        for c in range(choice.begin[h], choice.begin[h + 1]):
            insert(choice.best, 0, most, candidates.key[c])
        for i in range(most):
            candidates.near[kept] = choice.best[i]
            kept += choice.best[i] <= reach
    return kept


@kernel
def keep_nearest_of_octants(candidates, kept, most, choice):
    """Count of the keys in ``near``, the ``most`` nearest of each octant; and the distance within which every octant is full."""
    best, near, left, settled = choice.best, candidates.near, 0, 0.0
    clear(best, 0, OCTANTS * most)
    for k in range(kept):
        insert(best, most * candidates.octant[candidates.where[near[k] & MASK]], most, near[k])
    for octant in range(OCTANTS):
        for i in range(octant * most, octant * most + most):
            near[left] = best[i]
            left += best[i] != NEVER
        last = best[octant * most + most - 1]
        settled = max(settled, distance_of(last) if last != NEVER else 1.0)
    return left, settled


@kernel
def clear(best, first, most):
    """Nothing; empties a list of ``most`` keys that begins at ``first``."""
    for i in range(first, first + most):
        best[i] = NEVER


@kernel
def insert(best, first, most, key):
    """Nothing; offers a key to a list of the ``most`` smallest, ascending from ``first`` on. No branch depends on the keys."""
    for i in range(first, first + most):
        held = best[i]
        best[i], key = min(held, key), max(held, key)


@kernel
def list_chosen(candidates, count, kept, last, choice):
    """Octants among the keys up to the ``last`` one, which go to the choice in the candidates' order: equal sets are alike."""
    near, mark, done, octants = candidates.near, candidates.mark, 0, 0
    for k in range(kept):
        mark[candidates.where[near[k] & MASK]] = near[k] <= last
    for c in range(count):
        choice.numbers[done] = candidates.number[c]
        octants |= mark[c] << candidates.octant[c]
        done += mark[c]
        mark[c] = 0
    found = 0
    for octant in range(OCTANTS):
        found += (octants >> octant) & 1
    return found


@kernel
def verdict(found, octants, limits, hole, choice):
    """Reason and holes of a choice: whether it has samples, holes and octants enough."""
    holes = 0
    for i in range(found):
        own = hole[choice.numbers[i]]
        holes += choice.seen[own] == 0
        choice.seen[own] = 1
    for i in range(found):
        choice.seen[hole[choice.numbers[i]]] = 0
    if found < limits[MIN_SAMPLES]:
        return TOO_FEW_SAMPLES, holes
    if holes < limits[MIN_HOLES]:
        return TOO_FEW_HOLES, holes
    if octants < limits[MIN_OCTANTS]:
        return TOO_FEW_OCTANTS, holes
    return ESTIMATED, holes
