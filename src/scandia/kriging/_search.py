"""Compiled search: candidates of a tile of neighbouring targets by one scan of buckets, and the keys that order them."""

import math
from typing import NamedTuple

import numpy as np

from scandia.kriging._buffers import kernel

# Squared distances are rounded to 26 binary digits (4e-9 of the distance), so that samples at equal distance tie in spite of
# rounding errors and the order of samples decides. One integer holds distance and order: 62 - 26 bits of a number that is not
# above 1 and 26 bits of the sample. Rounding to a share of the search radius was tried: it cannot tell samples apart where
# somebody gives an endless radius.
SHIFT = 26
HALF = 1 << (SHIFT - 1)
MASK = (1 << SHIFT) - 1
MOST_SAMPLES = MASK + 1
NEVER = np.iinfo(np.int64).max
ROUNDING = 1e-12  # share of the target's coordinates by which a sample there could seem to be beside it
SLACK = 1e-6  # share of a distance by which rounding could betray the triangle inequality


class Buckets(NamedTuple):
    """Samples sorted into cubic cells of each pass's isotropic frame; passes lie one after another in the flat arrays."""

    frame: np.ndarray  # (passes, 3, 3) isotropic frame: the ellipsoid is the unit sphere, or lies within it where it turns
    limits: np.ndarray  # (passes + 1, 6) see arrange.LIMITS; the last ones are those of a nearest neighbour
    alike: np.ndarray  # (passes,) whether the last pass orders samples as this one does
    edge: np.ndarray  # (passes,) edge of a cell
    lower: np.ndarray  # (passes, 3) lower corner of the cells
    count: np.ndarray  # (passes, 3) cells along each axis
    first: np.ndarray  # (passes,) place of a pass's first cell in `start`
    start: np.ndarray  # (cells + passes,) first place of each cell in `member`
    member: np.ndarray  # (passes, n) sample numbers by cell
    place: np.ndarray  # (passes, 3, n) their coordinates in the frame, in the order of `member`


class Candidates(NamedTuple):
    """Samples near a tile, in the order of the buckets or of holes and buckets, which no tile can change."""

    x: np.ndarray  # (n,) coordinates in the frame of the buckets
    y: np.ndarray  # (n,)
    z: np.ndarray  # (n,)
    number: np.ndarray  # (n,) sample numbers
    key: np.ndarray  # (n,) distance and number for the target at hand
    octant: np.ndarray  # (n,) octant around the target at hand
    near: np.ndarray  # (n,) keys that a filter has left
    mark: np.ndarray  # (n,) 1 for those chosen; all 0 between calls
    where: np.ndarray  # (n,) place among the candidates of each sample that is one
    place: np.ndarray  # (n,) candidates hole by hole
    owner: np.ndarray  # (n,) their holes
    spare: np.ndarray  # (n,)
    room: np.ndarray  # (n,) spare numbers


@kernel
def rounded(square):
    """Integer that orders squared distances as their rounded values do."""
    return (np.float64(square).view(np.int64) + HALF) >> SHIFT


@kernel
def key_of_square(square):
    """Largest key of a sample whose squared distance, as a share of the search radius, is not above ``square``."""
    return (rounded(square) << SHIFT) | MASK


@kernel
def key_within(distance):
    """Largest key of a sample not farther than ``distance``, a share of the search radius."""
    return key_of_square(distance * distance)


@kernel
def square_of(key):
    """Squared distance, as a share of the search radius, that a key holds."""
    return np.int64((key >> SHIFT) << SHIFT).view(np.float64)


@kernel
def distance_of(key):
    """Distance, as a share of the search radius, that a key holds."""
    return math.sqrt(square_of(key))


@kernel
def into_frame(frame, point, out, place):
    """Nothing; the point in the frame goes to three numbers of ``out``."""
    for i in range(3):
        out[place + i] = frame[i, 0] * point[0] + frame[i, 1] * point[1] + frame[i, 2] * point[2]


@kernel
def cell_along(lower, edge, count, value):
    """Cell, from -1 to the count, in which a coordinate falls along an axis."""
    return np.int64(min(max(math.floor((value - lower) / edge), -1.0), np.float64(count)))


@kernel
def scan(buckets, number, centre, radius, candidates):
    """Count of the samples of pass ``number`` within ``radius`` of the tile's ``centre``, both in the frame; all are listed."""
    reach = radius * (1.0 + SLACK)
    square, found = reach * reach, 0
    columns, rows = buckets.count[number, 0], buckets.count[number, 1]
    place, member, start = buckets.place[number], buckets.member[number], buckets.start
    lower, edge, layers = buckets.lower[number], buckets.edge[number], buckets.count[number, 2]
    first_column = max(cell_along(lower[0], edge, columns, centre[0] - reach), 0)
    last_column = min(cell_along(lower[0], edge, columns, centre[0] + reach), columns - 1)
    first_row = max(cell_along(lower[1], edge, rows, centre[1] - reach), 0)
    last_row = min(cell_along(lower[1], edge, rows, centre[1] + reach), rows - 1)
    first_layer = max(cell_along(lower[2], edge, layers, centre[2] - reach), 0)
    last_layer = min(cell_along(lower[2], edge, layers, centre[2] + reach), layers - 1)
    if first_column > last_column:
        return 0
    for layer in range(first_layer, last_layer + 1):
        above = gap(lower[2], edge, layer, centre[2])
        for row in range(first_row, last_row + 1):
            beside = gap(lower[1], edge, row, centre[1])
            if above * above + beside * beside > square:
                continue
            cell = buckets.first[number] + (layer * rows + row) * columns
            for m in range(start[cell + first_column], start[cell + last_column + 1]):
                u, v, w = place[0, m] - centre[0], place[1, m] - centre[1], place[2, m] - centre[2]
                candidates.x[found], candidates.y[found], candidates.z[found] = place[0, m], place[1, m], place[2, m]
                candidates.number[found] = member[m]
                found += u * u + v * v + w * w <= square
    return found


@kernel
def gap(lower, edge, cell, value):
    """Distance along an axis from a coordinate to a layer of cells, 0 inside it; a little less, for rounding."""
    low = lower + edge * cell
    return max(low - value, value - low - edge, 0.0) * (1.0 - SLACK)


@kernel
def square_from(candidates, c, point):
    """Squared distance of a candidate from a point, in the frame of the buckets."""
    u, v, w = candidates.x[c] - point[0], candidates.y[c] - point[1], candidates.z[c] - point[2]
    return u * u + v * v + w * w


@kernel
def note_places(candidates, count):
    """Nothing; writes down which candidate each sample is."""
    for c in range(count):
        candidates.where[candidates.number[c]] = c


@kernel
def order_by_distance(candidates, found, target):
    """Nothing; writes the keys of the candidates around a target, given in the frame of the buckets."""
    x, y, z = candidates.x, candidates.y, candidates.z
    for c in range(found):
        u, v, w = x[c] - target[0], y[c] - target[1], z[c] - target[2]
        candidates.key[c] = (rounded(u * u + v * v + w * w) << SHIFT) | candidates.number[c]


@kernel
def order_by_turned_distance(candidates, found, target, turned):
    """Nothing; the same with the target's own ellipsoid, ``turned`` (3, 3) from the frame of the buckets."""
    x, y, z = candidates.x, candidates.y, candidates.z
    for c in range(found):
        u, v, w = x[c] - target[0], y[c] - target[1], z[c] - target[2]
        p = turned[0] * u + turned[1] * v + turned[2] * w
        q = turned[3] * u + turned[4] * v + turned[5] * w
        r = turned[6] * u + turned[7] * v + turned[8] * w
        candidates.key[c] = (rounded(p * p + q * q + r * r) << SHIFT) | candidates.number[c]


@kernel
def find_octants(candidates, found, target, turned):
    """Nothing; writes the octant 0 to 7 of each candidate in the ellipsoid's axes; a sample on a plane counts as beyond it.

    The plane is as thick as a share of the sample's distance: a share of the search radius would swallow the nearest samples.
    """
    x, y, z = candidates.x, candidates.y, candidates.z
    rounding = -ROUNDING * (abs(target[0]) + abs(target[1]) + abs(target[2]))
    for c in range(found):
        u, v, w = x[c] - target[0], y[c] - target[1], z[c] - target[2]
        p = turned[0] * u + turned[1] * v + turned[2] * w
        q = turned[3] * u + turned[4] * v + turned[5] * w
        r = turned[6] * u + turned[7] * v + turned[8] * w
        plane = rounding - SLACK * (abs(p) + abs(q) + abs(r))
        candidates.octant[c] = (p >= plane) + 2 * (q >= plane) + 4 * (r >= plane)


@kernel
def count_up_to(keys, count, bound):
    """Number of keys not above ``bound``."""
    found = 0
    for c in range(count):
        found += keys[c] <= bound
    return found


@kernel
def largest_up_to(keys, count, bound):
    """Largest key not above ``bound``; 0 if there is none."""
    largest = np.int64(0)
    for c in range(count):
        largest = max(largest, keys[c] if keys[c] <= bound else np.int64(0))
    return largest


@kernel
def smallest_above(keys, count, bound):
    """Smallest key above ``bound``."""
    least = np.int64(NEVER)
    for c in range(count):
        least = min(least, keys[c] if keys[c] > bound else np.int64(NEVER))
    return least


@kernel
def keep_up_to(key, count, bound, near):
    """Count of the keys not above ``bound``; they are copied to ``near``."""
    kept = 0
    for c in range(count):
        near[kept] = key[c]
        kept += key[c] <= bound
    return kept


@kernel
def smallest(keys, count, rank):
    """Key number ``rank`` (from 0) in ascending order; the keys are reordered."""
    low, high = 0, count - 1
    while low < high:
        middle = keys[(low + high) >> 1]
        i, j = low, high
        while i <= j:
            while keys[i] < middle:
                i += 1
            while keys[j] > middle:
                j -= 1
            if i <= j:
                keys[i], keys[j] = keys[j], keys[i]
                i += 1
                j -= 1
        if rank <= j:
            high = j
        elif rank >= i:
            low = i
        else:
            break
    return keys[rank]
