"""Compiled search: the nearest samples of a point in an ellipsoid, by a scan of buckets from near to far."""

import math
from typing import NamedTuple

import numpy as np
from numba import njit

# Squared distances are rounded to 26 binary digits (4e-9 of the distance), so that samples at equal distance tie in spite of
# rounding errors and the order of samples decides. One integer holds distance and order: 62 - 26 bits of a number that is not
# above 1 and 26 bits of the sample. Rounding to a share of the search radius was tried: it cannot tell samples apart where
# somebody gives an endless radius.
SHIFT = 26
HALF = 1 << (SHIFT - 1)
MASK = (1 << SHIFT) - 1
MOST_SAMPLES = MASK + 1


class Buckets(NamedTuple):
    """Samples sorted into cubic cells of each pass's isotropic frame; passes lie one after another in the flat arrays."""

    frame: np.ndarray  # (passes, 3, 3) isotropic frame: the ellipsoid is the unit sphere
    limits: np.ndarray  # (passes, 4) min samples, max samples, max per hole, min holes
    edge: np.ndarray  # (passes,) edge of a cell
    lower: np.ndarray  # (passes, 3) lower corner of the cells
    count: np.ndarray  # (passes, 3) cells along each axis
    first: np.ndarray  # (passes,) place of a pass's first cell in `start`
    start: np.ndarray  # (cells + passes,) first place of each cell in `member`
    member: np.ndarray  # (passes, n) sample numbers by cell
    place: np.ndarray  # (passes, n, 3) their coordinates in the frame, in the order of `member`
    stencil: np.ndarray  # (steps, 3) cells around a point, nearest first
    bound: np.ndarray  # (steps,) smallest rounded distance that a sample of such a cell can have
    stencil_first: np.ndarray  # (passes + 1,) places of the passes in `stencil`


@njit(nogil=True)
def rounded(square):
    """Integer that orders squared distances as their rounded values do."""
    return (np.float64(square).view(np.int64) + HALF) >> SHIFT


@njit(nogil=True)
def insert(keys, count, limit, key, per_hole, hole):
    """Count of kept keys after the offer of one more; ``keys[:count]`` stays ascending.

    At most ``per_hole`` (0: any number) of one hole and at most ``limit`` in all are kept, the nearest first. An evicted key
    never has to come back, because the kept ones only ever improve: so the samples may be offered in any order.
    """
    if count == limit and key >= keys[count - 1]:
        return count
    if per_hole > 0:
        own = hole[key & MASK]
        same, last = 0, 0
        for i in range(count):
            if hole[keys[i] & MASK] == own:
                same += 1
                last = i
        if same >= per_hole:
            if key >= keys[last]:
                return count
            count -= 1
            for i in range(last, count):
                keys[i] = keys[i + 1]
    if count == limit:
        count -= 1
    i = count
    while i > 0 and keys[i - 1] > key:
        keys[i] = keys[i - 1]
        i -= 1
    keys[i] = key
    return count + 1


@njit(nogil=True)
def nearest(buckets, number, point, hole, group, left_out, limit, per_hole, keys):
    """Count of samples found by pass ``number`` around ``point``; their keys stand in ``keys``, nearest first.

    Filters, in order: inside or on the ellipsoid; by distance, ties by sample order; ``per_hole``; ``limit``.
    Samples whose ``group`` is ``left_out`` are not there.
    """
    frame, edge = buckets.frame[number], buckets.edge[number]
    u = frame[0, 0] * point[0] + frame[0, 1] * point[1] + frame[0, 2] * point[2]
    v = frame[1, 0] * point[0] + frame[1, 1] * point[1] + frame[1, 2] * point[2]
    w = frame[2, 0] * point[0] + frame[2, 1] * point[1] + frame[2, 2] * point[2]
    column = np.int64(math.floor((u - buckets.lower[number, 0]) / edge))
    row = np.int64(math.floor((v - buckets.lower[number, 1]) / edge))
    layer = np.int64(math.floor((w - buckets.lower[number, 2]) / edge))
    columns, rows, layers = buckets.count[number, 0], buckets.count[number, 1], buckets.count[number, 2]
    first, start, member, place = buckets.first[number], buckets.start, buckets.member, buckets.place
    reach = rounded(1.0)
    found = 0
    for step in range(buckets.stencil_first[number], buckets.stencil_first[number + 1]):
        if buckets.bound[step] > reach:
            break
        i = column + buckets.stencil[step, 0]
        j = row + buckets.stencil[step, 1]
        k = layer + buckets.stencil[step, 2]
        if i < 0 or j < 0 or k < 0 or i >= columns or j >= rows or k >= layers:
            continue
        cell = first + (k * rows + j) * columns + i
        for m in range(start[cell], start[cell + 1]):
            du, dv, dw = place[number, m, 0] - u, place[number, m, 1] - v, place[number, m, 2] - w
            square = rounded(du * du + dv * dv + dw * dw)
            if square > reach or group[member[number, m]] == left_out:
                continue
            found = insert(keys, found, limit, (square << SHIFT) | member[number, m], per_hole, hole)
            if found == limit:
                reach = keys[found - 1] >> SHIFT
    return found
