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

    keys: np.ndarray  # (max samples + 1,) keys of the samples chosen, in an order that depends on them alone
    seen: np.ndarray  # (holes,) samples of each hole; all 0 between calls
    of_hole: np.ndarray  # (holes, most per hole) nearest keys of each hole, ascending
    of_octant: np.ndarray  # (8, most per octant) nearest keys of each octant, ascending
    filled: np.ndarray  # (8,) how many of them


@kernel
def choose(candidates, count, limits, bound, hole, choice):
    """Samples found, octants among them, distance of the farthest, and distance beyond which no sample could change the choice.

    The samples' keys stand in ``choice``. ``bound`` is a distance within which enough samples are expected; the choice does not
    depend on it.
    """
    bound = min(bound, 1.0)
    if limits[MAX_PER_HOLE] > 0 or limits[MAX_PER_OCTANT] > 0 or limits[MIN_OCTANTS] > 0:
        return take_within_limits(candidates, count, limits, bound, hole, choice)
    while True:
        last, found = threshold(candidates.key, count, key_within(bound), limits[MAX_SAMPLES], candidates.near)
        if found == limits[MAX_SAMPLES] or bound == 1.0:
            break
        bound = 1.0
    done = 0
    for c in range(count):
        choice.keys[done] = candidates.key[c]
        done += candidates.key[c] <= last
        if done == found:
            break
    return found, 0, distance_of(last), distance_of(last) if found == limits[MAX_SAMPLES] else 1.0


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
def take_within_limits(candidates, count, limits, bound, hole, choice):
    """What `choose` says, with limits by hole or octant.

    Samples up to ``bound`` come first. Where they do not settle it, those beyond are offered too, but for samples whose hole is
    full already, or, where holes have no limit, whose octant is: nearer samples shut them out.
    """
    near, reach, limit = key_within(bound), key_within(1.0), limits[MAX_SAMPLES]
    for octant in range(OCTANTS):
        choice.filled[octant] = 0
    listed = 0
    for c in range(count):
        candidates.near[listed], candidates.place[listed] = candidates.key[c], c
        listed += candidates.key[c] <= near
    owned = listed
    kept = keep_within_limits(candidates, 0, listed, 0, limits, hole, choice)
    settled = ring_of_octants(limits, choice)
    if kept < limit and settled == 1.0 and bound < 1.0:
        first, listed = kept, list_open(candidates, count, kept, near, reach, limits, hole, choice)
        kept = keep_within_limits(candidates, first, listed, owned, limits, hole, choice)
        owned += listed - first
        settled = ring_of_octants(limits, choice)
    if limits[MAX_PER_HOLE] > 0:
        for k in range(owned):
            choice.seen[candidates.owner[k]] = 0
    last, found = threshold(candidates.near, kept, reach, limit, candidates.spare)
    octants = list_chosen(candidates, kept, last, choice)
    return found, octants, distance_of(last), min(distance_of(last) if found == limit else 1.0, settled)


@kernel
def list_open(candidates, count, kept, near, reach, limits, hole, choice):
    """End of the list after the candidates beyond ``near`` and up to ``reach`` that no full hole or octant shuts out."""
    per_hole, per_octant = limits[MAX_PER_HOLE], limits[MAX_PER_OCTANT]
    for c in range(count):
        key = candidates.key[c]
        if per_hole > 0:
            is_open = choice.seen[hole[candidates.number[c]]] < per_hole
        else:
            is_open = choice.filled[candidates.octant[c]] < per_octant or per_octant == 0
        candidates.near[kept], candidates.place[kept] = key, c
        kept += is_open and key > near and key <= reach
    return kept


@kernel
def keep_within_limits(candidates, first, listed, owned, limits, hole, choice):
    """End of what the limits by hole and octant leave of the list from ``first`` on; its holes are noted from ``owned`` on."""
    near, place, owner, seen = candidates.near, candidates.place, candidates.owner, choice.seen
    most = limits[MAX_PER_HOLE]
    if most > 0:
        for k in range(first, listed):
            own = owner[owned + k - first] = hole[near[k] & MASK]
            seen[own] = offer(choice.of_hole, own * most, seen[own], most, near[k])
        left = first
        for k in range(first, listed):
            own = owner[owned + k - first]
            near[left], place[left] = near[k], place[k]
            left += near[k] <= choice.of_hole[own * most + seen[own] - 1]
        listed = left
    most = limits[MAX_PER_OCTANT]
    if most > 0:
        filled, best = choice.filled, choice.of_octant
        for k in range(first, listed):
            own = candidates.octant[place[k]]
            filled[own] = offer(best, own * most, filled[own], most, near[k])
        left = first
        for k in range(first, listed):
            own = candidates.octant[place[k]]
            near[left], place[left] = near[k], place[k]
            left += near[k] <= best[own * most + filled[own] - 1]
        listed = left
    return listed


@kernel
def ring_of_octants(limits, choice):
    """Distance that settles the choice because every octant is full by then; 1 if one is not, or octants have no limit."""
    most, farthest = limits[MAX_PER_OCTANT], 0.0
    if most == 0:
        return 1.0
    for octant in range(OCTANTS):
        full = choice.filled[octant] == most
        farthest = max(farthest, distance_of(choice.of_octant[octant * most + most - 1]) if full else 1.0)
    return farthest


@kernel
def list_chosen(candidates, kept, last, choice):
    """Octants among the listed samples up to the ``last`` one, which go to the choice from near to far."""
    done, octants = 0, 0
    for k in range(kept):
        key = candidates.near[k]
        if key <= last:
            octants |= 1 << candidates.octant[candidates.place[k]]
            i = done
            while i > 0 and choice.keys[i - 1] > key:
                choice.keys[i] = choice.keys[i - 1]
                i -= 1
            choice.keys[i] = key
            done += 1
    count = 0
    for octant in range(OCTANTS):
        count += (octants >> octant) & 1
    return count


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
