"""Eight targets at once, whose samples have been chosen: what the kernels read and write, distances and inverse distance."""

from typing import NamedTuple

import numpy as np

from scandia.kriging._buffers import behind, kernel
from scandia.kriging._covariance import turn, turn_all
from scandia.kriging._lanes import LANES, choose_where_above, fma, least, load, root, splat, store

COINCIDENT = 1e-6  # m: a sample and a point closer than this are one place, where the nugget vanishes
VARIANCE, LAGRANGE, NEAREST, MEAN, NEGATIVE = range(5)  # rows of Results.number
SAMPLES, HOLES, PASS, REASON = range(4)  # rows of Results.code


class Samples(NamedTuple):
    """Samples in their canonical order, positions against one origin."""

    position: np.ndarray  # (n, 3) m
    hole: np.ndarray  # (n,) number of the hole
    group: np.ndarray  # (n,) a target leaves out the samples of its own group
    value: np.ndarray  # (n, variables)
    clamped: np.ndarray  # (n, variables) what a high grade counts for beyond its ellipsoid; none: (0, 0)
    dropped: np.ndarray  # (n,) whether a sample is left out beyond that ellipsoid; none: (0,)
    drift: np.ndarray  # (n, external drifts)


class Targets(NamedTuple):
    """Targets, positions against the same origin."""

    centre: np.ndarray  # (m, 3) m
    group: np.ndarray  # (m,)
    rotation: np.ndarray  # (m, 3, 3) axes of each target's own ellipsoid, by rows; all alike: (0, 3, 3)
    drift: np.ndarray  # (m, external drifts)
    inside: np.ndarray  # (m, points) whether a discretisation point counts; all: (0, 0)


class Plan(NamedTuple):
    """What is estimated from the samples chosen, and how."""

    offset: np.ndarray  # (points, 3) discretisation points against the centre, m
    block: float  # mean covariance within a block
    kriged: bool  # whether a system is solved at all
    unbiased: bool  # weights sum to one: ordinary kriging and kriging with a drift
    axes: np.ndarray  # (drift axes,) of linear drift: 0 x, 1 y, 2 z
    spread: float  # m, of the samples, or of the search if that is less: the unit of coordinates in a linear drift
    mean: np.ndarray  # (variables,) known means of simple kriging, else 0
    only_positive: bool  # negative weights are set to zero and the others rescaled
    exponent: float  # of the inverse distance
    ranges: np.ndarray  # (s, 3) of the structures, m
    radii: np.ndarray  # (passes, 3) of the passes, m
    axis: np.ndarray  # (passes, 3, 3) rotation of the passes
    high: np.ndarray  # (variables, 3) radii of the high grades' ellipsoids, m


class Chosen(NamedTuple):
    """Targets whose samples have been chosen, one row each."""

    number: np.ndarray  # (k, max samples) sample numbers
    count: np.ndarray  # (k,) samples of each
    target: np.ndarray  # (k,) number of the target
    turn: np.ndarray  # (k,) number of the pass


class Results(NamedTuple):
    """One column per target; target 0 of a piece of work stands in column ``base``. What nobody asked for has no columns."""

    base: int
    estimate: np.ndarray  # (variables, m)
    nearest: np.ndarray  # (variables, m)
    inverse_distance: np.ndarray  # (variables, m)
    number: np.ndarray  # (5, m) variance, Lagrange multiplier, nearest and mean distance, sum of negative weights
    code: np.ndarray  # (4, m) samples, holes, pass, reason
    block: np.ndarray  # (m,) covariance within each block, where blocks have points or axes of their own
    chosen: np.ndarray  # (m, max samples) sample numbers, for auditors
    weight: np.ndarray  # (m, max samples) their weights
    cross: np.ndarray  # (m, max samples) their covariances with the target


class Eight(NamedTuple):
    """Working space of eight targets; flat arrays of lanes."""

    own: np.ndarray  # (8,) set of samples in each lane
    row: np.ndarray  # (8,) row of `Chosen`
    count: np.ndarray  # (8,) samples of each
    target: np.ndarray  # (8,) number of the target
    column: np.ndarray  # (8,) its column of the results
    turn: np.ndarray  # (8,) number of the pass
    local: np.ndarray  # samples against the first one, m
    at: np.ndarray  # (structures) the same in the frame of each structure
    first: np.ndarray  # that first sample against the target, m
    delta: np.ndarray  # samples against the target, m
    along: np.ndarray  # the same along the axes of the search, m
    mask: np.ndarray  # 1 where a lane has such a sample
    frame: np.ndarray  # (structures) nine numbers each
    axes: np.ndarray  # nine numbers
    offset: np.ndarray  # (structures, points) discretisation points in the frame of each structure
    share: np.ndarray  # (points) share of each point; empty where all blocks are alike
    matrix: np.ndarray  # see _system
    inverse: np.ndarray
    cross: np.ndarray
    reduced: np.ndarray
    weights: np.ndarray
    value: np.ndarray
    normal: np.ndarray
    constraint: np.ndarray
    multiplier: np.ndarray
    good: np.ndarray  # 1 in the lanes whose system has a solution
    out: np.ndarray  # one number a lane


@kernel
def fill_frames(eight, model, targets, plan):
    """Nothing; frames and discretisation points of the structures: once where all targets have one, else for each eight."""
    points = plan.offset.shape[0]
    for s in range(model.kind.shape[0]):
        for i in range(9):
            for lane in range(LANES):
                if targets.rotation.shape[0] > 0:
                    number = targets.rotation[eight.target[lane], i // 3, i % 3] / plan.ranges[s, i // 3]
                else:
                    number = model.frame[s, i // 3, i % 3]
                eight.frame[LANES * (9 * s + i) + lane] = number
        for p in range(points):
            x, y, z = splat(plan.offset[p, 0]), splat(plan.offset[p, 1]), splat(plan.offset[p, 2])
            u, v, w = turn(eight.frame, 9 * LANES * s, x, y, z)
            store(behind(eight.offset, 3 * LANES * points * s), 3 * LANES * p, u)
            store(behind(eight.offset, 3 * LANES * points * s), 3 * LANES * p + LANES, v)
            store(behind(eight.offset, 3 * LANES * points * s), 3 * LANES * p + 2 * LANES, w)


@kernel
def fill_shares(eight, targets):
    """Nothing; writes the share of each discretisation point of blocks that have points of their own."""
    for lane in range(LANES):
        inside, count = targets.inside[eight.target[lane]], 0
        for p in range(inside.shape[0]):
            count += inside[p]
        share = 1.0 / max(count, 1)
        for p in range(inside.shape[0]):
            eight.share[LANES * p + lane] = share if inside[p] else 0.0


@kernel
def fill_equal_shares(eight, plan):
    """Nothing; writes one share for all discretisation points, where blocks have axes of their own but all points."""
    for p in range(plan.offset.shape[0]):
        store(eight.share, LANES * p, splat(1.0 / plan.offset.shape[0]))


@kernel
def fill_sets(eight, chosen, sets, first, count):
    """Nothing; eight sets from place ``first`` on; where there are fewer, the last once more, without samples."""
    for lane in range(LANES):
        own = sets.order[min(first + lane, count - 1)]
        eight.own[lane] = own
        eight.count[lane] = chosen.count[sets.first[own]] if first + lane < count else 0


@kernel
def fill_targets(eight, chosen, sets, number, base):
    """Lanes in use: the targets of this ``number`` of each set; where a set has fewer, its last once more."""
    used = 0
    for lane in range(LANES):
        own = eight.own[lane]
        used += eight.count[lane] > 0 and number < sets.size[own]
        row = sets.row[sets.begin[own] + min(number, sets.size[own] - 1)]
        eight.row[lane], eight.target[lane], eight.turn[lane] = row, chosen.target[row], chosen.turn[row]
        eight.column[lane] = base + chosen.target[row]
    return used


@kernel
def gather(eight, chosen, size, sets, samples):
    """Samples of the lane that has most, and whether others have fewer; positions against the first sample, and masks."""
    most, fewest = 0, eight.count[0]
    for lane in range(LANES):
        most, fewest = max(most, eight.count[lane]), min(fewest, eight.count[lane])
    for lane in range(LANES):
        count, row = eight.count[lane], sets.first[eight.own[lane]]
        start = samples.position[chosen.number[size * row]]
        x, y, z = start[0], start[1], start[2]
        for i in range(count):
            at, place = samples.position[chosen.number[size * row + i]], 3 * LANES * i + lane
            eight.local[place] = at[0] - x
            eight.local[place + LANES] = at[1] - y
            eight.local[place + 2 * LANES] = at[2] - z
            eight.mask[LANES * i + lane] = 1.0
        for i in range(count, most):
            place = 3 * LANES * i + lane
            eight.local[place] = eight.local[place + LANES] = eight.local[place + 2 * LANES] = 0.0
            eight.mask[LANES * i + lane] = 0.0
    return most, fewest < most


@kernel
def place_targets(eight, chosen, size, most, samples, targets, plan):
    """Nothing; positions of the samples against each target, along x, y, z and along the axes of its search.

    A sample at the target is exactly at no distance: the two differences to the first sample are one number with two signs.
    """
    for lane in range(LANES):
        centre, start = targets.centre[eight.target[lane]], samples.position[chosen.number[size * eight.row[lane]]]
        for axis in range(3):
            eight.first[LANES * axis + lane] = start[axis] - centre[axis]
        for i in range(9):
            if targets.rotation.shape[0] > 0:
                eight.axes[LANES * i + lane] = targets.rotation[eight.target[lane], i // 3, i % 3]
            else:
                eight.axes[LANES * i + lane] = plan.axis[eight.turn[lane], i // 3, i % 3]
    x, y, z = load(eight.first, 0), load(eight.first, LANES), load(eight.first, 2 * LANES)
    for i in range(most):
        place = 3 * LANES * i
        store(eight.delta, place, load(eight.local, place) + x)
        store(eight.delta, place + LANES, load(eight.local, place + LANES) + y)
        store(eight.delta, place + 2 * LANES, load(eight.local, place + 2 * LANES) + z)
    turn_all(eight.axes, 0, eight.delta, most, eight.along)


@kernel
def squared_length(array, i):
    """Squared length of the ``i``-th triple of lanes."""
    place = 3 * LANES * i
    x, y, z = load(array, place), load(array, place + LANES), load(array, place + 2 * LANES)
    return fma(x, x, fma(y, y, z * z))


@kernel
def keep(out, column, used, value, row):
    """Nothing; writes a number of each lane in use to the ``column`` of a row of results."""
    store(out, 0, value)
    for lane in range(used):
        row[column[lane]] = out[lane]


@kernel
def measure_distances(eight, used, most, results):
    """Nothing; true distances, m, to the nearest sample used, and their mean."""
    nearest, total, count = splat(np.inf), splat(0.0), splat(0.0)
    for i in range(most):
        mask, distance = load(eight.mask, LANES * i), root(squared_length(eight.delta, i))
        nearest = choose_where_above(mask, splat(0.0), least(distance, nearest), nearest)
        total, count = fma(mask, distance, total), count + mask
    keep(eight.out, eight.column, used, nearest, results.number[NEAREST])
    keep(eight.out, eight.column, used, total / count, results.number[MEAN])
