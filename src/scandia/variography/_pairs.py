"""Sums over pairs of points by lag, along one direction in space or down the holes: what the compiled loops are given."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from scandia.variography._loops import BLOCK, HALF_SQUARE, SUMS, directional_loop, downhole_loop

CELLS_PER_REACH = 2  # buckets across the bandwidth; 1 tests more pairs in vain, 4 visits more buckets than it saves
ROUNDING = 1e-12  # share by which angle and bandwidth are widened, so that points on the edge are in on any machine


def directional_sums(
    coordinates, values, holes, frame, lower, upper, lag, angle, bandwidth, *,
    vertical_bandwidth=None, measure=HALF_SQUARE, weights=None, gather=False, threads=1,
):  # fmt: skip
    """Per lag, sums over the pairs along the third row of ``frame``: pairs, hole pairs ``(k,)``, sums ``(k, 7)``, differences.

    Parameters
    ----------
    coordinates : array (n, 3)
        Points, m, sorted by hole.
    values : array (n,)
        Without NaN.
    holes : array (n,)
        Integer codes from 0, ascending.
    frame : array (3, 3)
        Right-handed unit vectors as rows; pairs are sought along the last.
    lower, upper : array (k,)
        Distances of each lag, ``lower <= h < upper``; lag ``k`` lies around ``k * lag``.
    lag : float
        Spacing of the lags, m.
    angle : float
        Half angle of the cone, degrees.
    bandwidth : float
        Half width of the cylinder, m; with a vertical bandwidth, of a box along the first row of the frame.
    vertical_bandwidth : float, optional
        Half width of that box along the second row of the frame, m.
    measure : int
        What is summed of each pair: `HALF_SQUARE` and so on.
    weights : array (n,), optional
        A pair weighs the product of its points' weights; all points weigh 1 without.
    gather : bool
        Whether the differences themselves are wanted.
    threads : int

    Returns
    -------
    pairs, hole_pairs : int64 array (k,)
        Each pair once, as the vector that runs along the direction; distinct pairs of holes.
    sums : array (k, 7)
        Weighted, of: the distance, the measure, the value at the head (the end of that vector) and at its tail, 1, and the
        squares of head and tail.
    differences : list of array
        Differences (head - tail) of each lag, in the order of the points; None unless they are gathered.

    Notes
    -----
    Points lie in buckets across the direction and in order along it, so only a run of each bucket near the cone is read. The
    order of summation is that of the points, in fixed blocks; memory is linear in them and in the hole pairs found, and without
    ``gather`` does not grow with the pairs.
    """
    values, weights, holes, lower, upper = _plain(values, weights, holes, lower, upper)
    turned = np.ascontiguousarray(coordinates @ np.asarray(frame, dtype=float).T)
    geometry, reach = _geometry(turned, lower, upper, lag, angle, bandwidth, vertical_bandwidth)
    origin, cell, count, bucket = _buckets(turned, reach / CELLS_PER_REACH)
    geometry[:3] = origin[0], origin[1], cell
    order = np.lexsort((turned[:, 2], bucket))  # stable: equal places stay in the order of the points
    starts = np.searchsorted(bucket[order], np.arange(count[0] * count[1] + 1))
    points = turned, values, weights, holes
    tables = *points, order, *(array[order] for array in points), starts, count, geometry, lower, upper, measure

    def sums_of(first, gathered, place):
        pairs, sums = np.zeros(len(lower), np.int64), np.zeros((len(lower), SUMS))
        seen = np.zeros((holes.max() + 1, len(lower)), np.bool_)
        stop = min(first + BLOCK, len(values))
        keys, found = directional_loop(first, stop, *tables, pairs, sums, seen, gathered, place)
        return pairs, keys[:found], sums

    nothing = np.empty(0), np.zeros(len(lower), np.int64)
    parts = in_blocks(lambda first: sums_of(first, *nothing), len(values), threads)
    pairs, sums = sum(part[0] for part in parts), sum(part[2] for part in parts)
    keys = np.concatenate([part[1] for part in parts])
    differences = _gather(sums_of, [part[0] for part in parts], len(values)) if gather else None
    return pairs, _distinct(keys, len(lower)), sums, differences


def downhole_sums(depths, values, holes, lower, upper, *, measure=HALF_SQUARE, weights=None, gather=False):
    """Per lag, sums over the pairs within one hole by distance along it; returns as `directional_sums`.

    Parameters
    ----------
    depths : array (n,)
        Mid-depths, m, sorted by hole and depth.
    values, holes, lower, upper, measure, weights, gather
        As in `directional_sums`. The head of a pair is its deeper end; hole_pairs counts the holes that have such a pair.
    """
    values, weights, holes, lower, upper = _plain(values, weights, holes, lower, upper)
    supported = np.zeros(len(lower), np.int64)

    def sums_of(_, gathered, place):
        pairs, sums, latest = np.zeros(len(lower), np.int64), np.zeros((len(lower), SUMS)), np.full(len(lower), -1, np.int64)
        supported[:] = 0
        arrays = np.array(depths, dtype=float), values, weights, holes, lower, upper
        downhole_loop(*arrays, float(np.max(upper)), measure, pairs, supported, latest, sums, gathered, place)
        return pairs, None, sums

    pairs, _, sums = sums_of(0, np.empty(0), np.zeros(len(lower), np.int64))
    return pairs, supported, sums, _gather(sums_of, [pairs], 1) if gather else None


def in_blocks(work, count, threads):
    """Results of ``work(first)`` for the first points of all blocks, in their order."""
    firsts = range(0, max(count, 1), BLOCK)
    if threads <= 1 or len(firsts) == 1:
        return [work(first) for first in firsts]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, firsts))


def _gather(sums_of, pairs, count):
    """Differences of each lag, by a second pass that knows how many there are."""
    found = []
    for first, own in zip(range(0, count, BLOCK), pairs, strict=True):
        place = np.concatenate([[0], np.cumsum(own)])
        gathered = np.empty(place[-1])
        sums_of(first, gathered, place[:-1].copy())
        found.append(np.split(gathered, place[1:-1]))
    return [np.concatenate(parts) for parts in zip(*found, strict=True)]


def _geometry(turned, lower, upper, lag, angle, bandwidth, vertical_bandwidth):
    """What the loop over pairs measures by ``(12,)``, its first three places still free, and its reach."""
    farthest, steep = float(np.max(upper)), angle >= 90.0
    box = vertical_bandwidth is not None
    band = float(np.hypot(bandwidth, vertical_bandwidth)) if box else bandwidth
    reach = farthest if steep else min(band, farthest * np.sin(np.deg2rad(angle)))
    reach = min(reach, band) * (1.0 + ROUNDING) + ROUNDING
    squared_cosine = 0.0 if steep else np.cos(np.deg2rad(angle)) ** 2 * (1.0 - ROUNDING)
    slope = 0.0 if steep else (1.0 - 1e-9) / np.tan(np.deg2rad(angle))
    spread = max(np.max(upper / lag - np.arange(len(upper))), np.max(np.arange(len(lower)) - lower / lag)) + 1e-9
    wide, flat = (bandwidth * (1.0 + ROUNDING), vertical_bandwidth * (1.0 + ROUNDING)) if box else (np.inf, np.inf)
    squared_band = np.inf if box else bandwidth**2 * (1.0 + ROUNDING)
    measures = [0.0, 0.0, 0.0, reach, farthest, squared_band, wide, flat, squared_cosine, slope, lag, spread]
    return np.array(measures), reach


def _plain(values, weights, holes, lower, upper):
    """One layout and type for each array, as a copy: pandas hands out read-only ones, for which Numba would compile again."""
    weights = np.ones(len(values)) if weights is None else np.array(weights, dtype=float)
    limits = np.array(lower, dtype=float), np.array(upper, dtype=float)
    return np.array(values, dtype=float), weights, np.array(holes, dtype=np.int64), *limits


def _buckets(turned, cell):
    """Origin, size, counts and index of square buckets across the direction, never many more buckets than points."""
    origin, extent = turned[:, :2].min(axis=0), np.ptp(turned[:, :2], axis=0)
    cell = max(cell, float(np.max(extent)) / 4096.0, float(np.sqrt(np.prod(extent) / (4.0 * len(turned) + 16.0))))
    count = (extent // cell).astype(np.int64) + 1
    place = np.minimum(((turned[:, :2] - origin) // cell).astype(np.int64), count - 1)
    return origin, cell, count, place[:, 0] * count[1] + place[:, 1]


def _distinct(keys, lags):
    """Count of distinct hole pairs per lag, from keys of which the last digit, to the base of the lags, is the lag."""
    return np.bincount(np.unique(keys) % lags, minlength=lags).astype(np.int64)
