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
    count_up_to,
    cube_of,
    distance_of,
    keep_up_to,
    key_within,
    largest_up_to,
    smallest,
    smallest_above,
)

MIN_SAMPLES, MAX_SAMPLES, MAX_PER_HOLE, MIN_HOLES, MAX_PER_OCTANT, MIN_OCTANTS = range(6)  # columns of Buckets.limits
ESTIMATED, TOO_FEW_SAMPLES, TOO_FEW_HOLES, SINGULAR, TOO_FEW_OCTANTS = 0, 3, 4, 5, 6  # vocabulary.Reason, unknown to Numba
OCTANTS = 8
LEAPS, STEPS = 8, 3  # counts before selection by exchange takes over; samples that are stepped over one by one


class Choice(NamedTuple):
    """What is chosen for a target, and the working space for it."""

    keys: np.ndarray  # (max samples + 1,) keys of the samples chosen, in the order of the candidates
    seen: np.ndarray  # (holes,) samples of each hole; all 0 between calls
    of_hole: np.ndarray  # (holes, most per hole) nearest keys of each hole, ascending
    of_octant: np.ndarray  # (8, most per octant) nearest keys of each octant, ascending
    filled: np.ndarray  # (8,) how many of them


@kernel
def choose(candidates, count, limits, bound, hole, choice):
    """Samples found, octants among them, and the distance beyond which no further sample could change the choice.

    Their keys stand in ``choice``. ``bound`` is a distance within which enough samples are expected; the choice does not depend
    on it.
    """
    limited = limits[MAX_PER_HOLE] > 0 or limits[MAX_PER_OCTANT] > 0 or limits[MIN_OCTANTS] > 0
    while True:
        reach, octants = key_within(min(bound, 1.0)), 0
        if limited:
            found, octants, settled = take_within_limits(candidates, count, limits, reach, hole, choice)
        else:
            found, settled = take_nearest(candidates.key, count, reach, limits[MAX_SAMPLES], candidates.near, choice.keys)
        if settled < 1.0 or bound >= 1.0:
            return found, octants, settled
        bound = 1.0


@kernel
def take_nearest(keys, count, reach, limit, near, chosen):
    """Samples found and the settled distance: the ``limit`` nearest of the keys up to ``reach``, in their order."""
    last, found = threshold(keys, count, reach, limit, near)
    done = 0
    for c in range(count):
        chosen[done] = keys[c]
        done += keys[c] <= last
        if done == found:
            break
    return found, distance_of(last) if found == limit else 1.0


@large_kernel
def threshold(keys, count, reach, limit, near):
    """Key of the last of the ``limit`` nearest samples up to ``reach``, or of all if there are fewer, and their number.

    Halving by counting: the number of samples grows as the cube of the distance, so a few counts come close and single steps do
    the rest; a count is one pass without a branch. Selection by exchange was four times slower.
    """
    high, above = reach, count_up_to(keys, count, reach)
    low, below = np.int64(-1), 0  # 0 is the key of the first sample where the target coincides with it
    if above <= limit:
        return largest_up_to(keys, count, reach), above
    for _ in range(LEAPS):
        if above - limit <= STEPS or limit - below <= STEPS:
            break
        share = (limit - below + 0.5) / (above - below)
        near_cube, far_cube = cube_of(max(low, np.int64(0))), cube_of(high)
        middle = key_within((near_cube + share * (far_cube - near_cube)) ** (1.0 / 3.0))
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
def take_within_limits(candidates, count, limits, reach, hole, choice):
    """Samples found, octants among them and the settled distance, with limits by hole or octant."""
    near, place, limit, per_octant = candidates.near, candidates.place, limits[MAX_SAMPLES], limits[MAX_PER_OCTANT]
    kept = 0
    for c in range(count):
        near[kept], place[kept] = candidates.key[c], c
        kept += candidates.key[c] <= reach
    if limits[MAX_PER_HOLE] > 0:
        kept = keep_by_hole(candidates, kept, limits[MAX_PER_HOLE], hole, choice)
    farthest = 1.0
    if per_octant > 0:
        kept, farthest = keep_by_octant(candidates, kept, per_octant, choice)
    last, found = threshold(near, kept, key_within(1.0), limit, candidates.spare)
    done, octants = 0, 0
    for k in range(kept):
        if near[k] <= last:
            choice.keys[done] = near[k]
            octants |= 1 << candidates.octant[place[k]]
            done += 1
    count_of_octants = 0
    for o in range(OCTANTS):
        count_of_octants += (octants >> o) & 1
    return found, count_of_octants, min(distance_of(last) if found == limit else 1.0, farthest)


@kernel
def keep_by_hole(candidates, kept, most, hole, choice):
    """Count of what is left: the ``most`` nearest of each hole."""
    near, place, owner, seen, best = candidates.near, candidates.place, candidates.spare, choice.seen, choice.of_hole
    for k in range(kept):
        own = owner[k] = hole[near[k] & MASK]
        seen[own] = offer(best, own * most, seen[own], most, near[k])
    left = 0
    for k in range(kept):
        near[left], place[left] = near[k], place[k]
        left += near[k] <= best[owner[k] * most + seen[owner[k]] - 1]
    for k in range(kept):
        seen[owner[k]] = 0
    return left


@kernel
def keep_by_octant(candidates, kept, most, choice):
    """Count of what is left, the ``most`` nearest of each octant, and the distance that settles it if all octants are full."""
    near, place, filled, best = candidates.near, candidates.place, choice.filled, choice.of_octant
    for octant in range(OCTANTS):
        filled[octant] = 0
    for k in range(kept):
        own = candidates.octant[place[k]]
        filled[own] = offer(best, own * most, filled[own], most, near[k])
    left, farthest = 0, 0.0
    for k in range(kept):
        own = candidates.octant[place[k]]
        near[left], place[left] = near[k], place[k]
        left += near[k] <= best[own * most + filled[own] - 1]
    for octant in range(OCTANTS):
        farthest = max(farthest, distance_of(best[octant * most + most - 1]) if filled[octant] == most else 1.0)
    return left, farthest


@kernel
def offer(best, first, filled, most, key):
    """Count of keys of one hole or octant after the offer of one more; they stay ascending in ``best`` from ``first`` on."""
    if filled == most:
        if key > best[first + most - 1]:
            return filled
        filled -= 1
    i = first + filled
    while i > first and best[i - 1] > key:
        best[i] = best[i - 1]
        i -= 1
    best[i] = key
    return filled + 1


@kernel
def verdict(found, octants, limits, hole, choice):
    """Reason and holes of a choice: whether it has samples, holes and octants enough."""
    holes = 0
    for i in range(found):
        own = hole[choice.keys[i] & MASK]
        holes += choice.seen[own] == 0
        choice.seen[own] = 1
    for i in range(found):
        choice.seen[hole[choice.keys[i] & MASK]] = 0
    if found < limits[MIN_SAMPLES]:
        return TOO_FEW_SAMPLES, holes
    if holes < limits[MIN_HOLES]:
        return TOO_FEW_HOLES, holes
    if octants < limits[MIN_OCTANTS]:
        return TOO_FEW_OCTANTS, holes
    return ESTIMATED, holes
