"""Compiled choice of samples for tiles of neighbouring targets: one scan for candidates, a choice for each target.

What a target gets depends on nothing but the target: a choice counts only if every sample that could change it was a candidate,
else the scan is widened.
"""

import math
from typing import NamedTuple

import numpy as np

from scandia.kriging._buffers import behind, buffers, kernel, large_kernel
from scandia.kriging._choose import ESTIMATED, MAX_PER_HOLE, MAX_PER_OCTANT, MIN_OCTANTS, Choice, choose, is_limited, verdict
from scandia.kriging._eight import HOLES, PASS, REASON, SAMPLES
from scandia.kriging._holes import group_by_hole
from scandia.kriging._search import (
    MASK,
    NEVER,
    SLACK,
    Candidates,
    find_octants,
    into_frame,
    key_within,
    note_places,
    order_by_distance,
    order_by_turned_distance,
    scan,
)

WIDER = 1.5  # factor by which a scan that found too little is widened
LEAST = 1e-3  # radius from which a scan is widened: the last tile may have needed none at all
SPARE = 1.1  # factor by which a scan reaches farther than the last tile needed


class Tile(NamedTuple):
    """Working space of one tile."""

    pending: np.ndarray  # (most,) targets without a choice so far
    place: np.ndarray  # (3 most,) their coordinates in the frame of the pass
    centre: np.ndarray  # (3,)
    half: np.ndarray  # (3,) half the box around the targets
    prunes: np.ndarray  # (1,) 1 where candidates may go before a target is looked at; else 0
    turned: np.ndarray  # (9,) matrix from the frame of the buckets to the target's own ellipsoid
    guess: np.ndarray  # (passes + 1,) distance that settled the last tile; the last one is for nearest neighbours


class Space(NamedTuple):
    """Working space of one thread."""

    candidates: Candidates
    choice: Choice
    tile: Tile


@kernel
def _open_tile(tile, pending, number, turn, samples, buckets, targets, candidates, choice):
    """Radius and count of the first scan for the pending targets of a tile, whose coordinates and box are written down."""
    frame, centre = buckets.frame[number], tile.centre
    for i in range(pending):
        into_frame(frame, targets.centre[tile.pending[i]], tile.place, 3 * i)
    for axis in range(3):
        low, high = np.inf, -np.inf
        for i in range(pending):
            low, high = min(low, tile.place[3 * i + axis]), max(high, tile.place[3 * i + axis])
        centre[axis], tile.half[axis] = 0.5 * (low + high), 0.5 * (high - low)
    radius = (min(SPARE * tile.guess[turn], 1.0) + _half_width(tile, pending)) * (1.0 + 2.0 * SLACK)
    tile.guess[turn] = 0.0
    tile.prunes[0] = _measures_alike(tile, pending, samples, targets)
    return radius, _look_around(tile, number, radius, buckets.limits[turn], samples, buckets, candidates, choice)


@large_kernel
def _look_around(tile, number, radius, limits, samples, buckets, candidates, choice):
    """Count of the candidates within ``radius`` of a tile's centre; hole by hole where there is a limit by hole."""
    count = scan(buckets, number, tile.centre, radius, candidates)
    if limits[MAX_PER_HOLE] > 0:
        count = group_by_hole(candidates, count, tile, limits[MAX_PER_HOLE], samples.hole, choice)
    if is_limited(limits):
        note_places(candidates, count)
    return count


@kernel
def _measures_alike(tile, pending, samples, targets):
    """1 where all targets of a tile see all its candidates, at distances in one frame; else 0."""
    if targets.rotation.shape[0] > 0 or samples.dropped.shape[0] > 0:
        return 0
    for i in range(pending):
        if targets.group[tile.pending[i]] >= 0:
            return 0
    return 1


@kernel
def _half_width(tile, pending):
    """Largest distance from a tile's centre to its targets."""
    most = 0.0
    for i in range(pending):
        most = max(most, _length(behind(tile.place, 3 * i), tile.centre))
    return most


@kernel
def _length(a, b):
    """Distance between two points."""
    u, v, w = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    return math.sqrt(u * u + v * v + w * w)


@kernel
def _settle(tile, i, number, turn, radius, count, limits, samples, buckets, targets, plan, candidates, choice):
    """Samples and octants found for a tile's ``i``-th target, and the scan that settled it: its radius and count."""
    place, target = behind(tile.place, 3 * i), tile.pending[i]
    away = _length(place, tile.centre)
    bound = tile.guess[turn] + _length(place, behind(tile.place, 3 * max(i - 1, 0))) if i > 0 else radius
    while True:
        _order(tile, target, place, number, count, limits, samples, targets, plan, candidates)
        found, octants, settled = choose(candidates, count, limits, bound, choice)
        needed = (settled + away) * (1.0 + SLACK)
        if needed <= radius:
            break
        radius = SPARE * needed if settled < 1.0 else min(WIDER * max(radius, LEAST), needed)
        count = _look_around(tile, number, radius, limits, samples, buckets, candidates, choice)
    tile.guess[turn] = max(tile.guess[turn], settled)
    return found, octants, radius, count


@kernel
def _order(tile, target, place, number, count, limits, samples, targets, plan, candidates):
    """Nothing; writes the keys of the candidates of one target, those that are left out behind all others."""
    if targets.rotation.shape[0] > 0:
        radii = plan.radii[number]
        for row in range(3):
            for column in range(3):
                scale = max(radii[0], radii[1], radii[2]) / radii[row]
                tile.turned[3 * row + column] = targets.rotation[target, row, column] * scale
        order_by_turned_distance(candidates, count, place, tile.turned)
    else:
        order_by_distance(candidates, count, place)
    if limits[MAX_PER_OCTANT] > 0 or limits[MIN_OCTANTS] > 0:
        find_octants(candidates, count, place, tile.turned)
    if samples.dropped.shape[0] > 0:
        _drop_high_grades(target, number, count, samples, targets, plan, candidates)
    group = targets.group[target]
    if group >= 0:
        for c in range(count):
            if samples.group[candidates.number[c]] == group:
                candidates.key[c] = NEVER


@kernel
def _drop_high_grades(target, number, count, samples, targets, plan, candidates):
    """Nothing; high grades that lie beyond their own ellipsoid are left out."""
    axis = targets.rotation[target] if targets.rotation.shape[0] > 0 else plan.axis[number]
    centre = targets.centre[target]
    for c in range(count):
        sample = candidates.number[c]
        if samples.dropped[sample]:
            total = 0.0
            for row in range(3):
                length = 0.0
                for column in range(3):
                    length += axis[row, column] * (samples.position[sample, column] - centre[column])
                total += (length / plan.high[0, row]) ** 2
            if total > 1.0:
                candidates.key[c] = NEVER


@kernel
def _name_nearest(candidates, count, samples, results, target):
    """Nothing; writes the values of the nearest candidate on or in the ellipsoid, if there is one."""
    least = NEVER
    for c in range(count):
        least = min(least, candidates.key[c])
    if least <= key_within(1.0):
        for k in range(samples.value.shape[1]):
            results.nearest[k, results.base + target] = samples.value[least & MASK, k]


@kernel
def _without_nearest(tile, order, begin, end, buckets, results):
    """Count of a tile's targets whose nearest neighbour is unknown: a pass of another shape than the last has served them."""
    last, pending = buckets.frame.shape[0] - 1, 0
    for place in range(begin, end):
        done = results.code[PASS, results.base + order[place]] - 1
        if done >= 0 and done != last and buckets.alike[done] == 0:
            tile.pending[pending] = order[place]
            pending += 1
    return pending


def make_choose_range(stamp):
    """Function, to be compiled, that chooses samples for tiles; ``stamp`` tells the cache of the sources behind it.

    It returns the count of the targets ``order[start[t] : start[t + 1]]`` of the tiles ``first`` to ``last`` that are in
    ``chosen`` now. The others have their reason in ``results``, and all have their nearest neighbour: the round behind the last
    pass looks for those.
    """

    def choose_range(order, start, first, last, samples, buckets, targets, plan, results, space, chosen):
        candidates, choice, tile = buffers(space.candidates), buffers(space.choice), buffers(space.tile)
        chosen, size = buffers(chosen), chosen.number.shape[1]
        passes, done, named = buckets.frame.shape[0], 0, results.nearest.shape[0] > 0
        for t in range(first, last if stamp > 0 else first):
            pending = start[t + 1] - start[t]
            for i in range(pending):
                tile.pending[i] = order[start[t] + i]
            for turn in range(passes + 1):
                number = min(turn, passes - 1)
                limits = buckets.limits[turn]
                if turn == passes:
                    pending = _without_nearest(tile, order, start[t], start[t + 1], buckets, results) if named else 0
                if pending == 0:
                    continue
                radius, count = _open_tile(tile, pending, number, turn, samples, buckets, targets, candidates, choice)
                left = 0
                for i in range(pending):
                    found, octants, radius, count = _settle(
                        tile, i, number, turn, radius, count, limits, samples, buckets, targets, plan, candidates, choice
                    )
                    if named and (number == passes - 1 or buckets.alike[number] == 1):
                        _name_nearest(candidates, count, samples, results, tile.pending[i])
                    if turn < passes and _keep_choice(
                        tile, i, number, found, octants, limits, samples, choice, results, chosen, done, size
                    ):
                        done += 1
                    else:
                        tile.pending[left] = tile.pending[i]
                        left += 1
                pending = left
        return done

    return choose_range


@kernel
def _keep_choice(tile, i, number, found, octants, limits, samples, choice, results, chosen, row, size):
    """Whether the choice for a tile's ``i``-th target is good enough; it goes to a row of ``chosen`` then."""
    target = tile.pending[i]
    column = results.base + target
    reason, holes = verdict(found, octants, limits, samples.hole, choice)
    results.code[REASON, column] = reason
    if reason != ESTIMATED:
        return False
    results.code[SAMPLES, column], results.code[HOLES, column], results.code[PASS, column] = found, holes, number + 1
    for k in range(found):
        chosen.number[size * row + k] = choice.numbers[k]
    chosen.count[row], chosen.target[row], chosen.turn[row] = found, target, number
    return True
