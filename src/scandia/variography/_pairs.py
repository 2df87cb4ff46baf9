"""Compiled loops over pairs of points: sums by lag along one direction in space, or down the holes."""

from math import sqrt

import numpy as np

from scandia.compiled import cached

CELLS_PER_REACH = 2  # buckets across the bandwidth; 1 tests more pairs in vain, 4 visits more buckets than it saves
ROUNDING = 1e-12  # share by which angle and bandwidth are widened, so that points on the edge are in on any machine


def directional_sums(coordinates, values, holes, frame, lower, upper, lag, angle, bandwidth):
    """Per lag, sums over the pairs along the third row of ``frame``: pairs, hole pairs ``(k,)``, sums ``(k, 4)``.

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
        Half width of the cylinder, m.

    Returns
    -------
    pairs, hole_pairs : int64 array (k,)
        Each pair once, as the vector that runs along the direction; distinct pairs of holes.
    sums : array (k, 4)
        Of the distance, half the squared difference, the value at the head (the end of that vector) and at its tail.

    Notes
    -----
    Points lie in buckets across the direction and in order along it, so only a run of each bucket near the cone is read. The
    order of summation is that of the points; memory is linear in them and in the hole pairs found.
    """
    values, holes, lower, upper = _plain(values, holes, lower, upper)
    turned = np.ascontiguousarray(coordinates @ np.asarray(frame, dtype=float).T)
    farthest = float(np.max(upper))
    steep = angle >= 90.0
    reach = farthest if steep else min(bandwidth, farthest * np.sin(np.deg2rad(angle)))
    reach = min(reach, bandwidth) * (1.0 + ROUNDING) + ROUNDING
    origin, cell, count, bucket = _buckets(turned, reach / CELLS_PER_REACH)
    order = np.lexsort((turned[:, 2], bucket))  # stable: equal places stay in the order of the points
    starts = np.searchsorted(bucket[order], np.arange(count[0] * count[1] + 1))
    squared_cosine = 0.0 if steep else np.cos(np.deg2rad(angle)) ** 2 * (1.0 - ROUNDING)
    slope = 0.0 if steep else (1.0 - 1e-9) / np.tan(np.deg2rad(angle))
    spread = max(np.max(upper / lag - np.arange(len(upper))), np.max(np.arange(len(lower)) - lower / lag)) + 1e-9
    geometry = np.array(
        [origin[0], origin[1], cell, reach, farthest, bandwidth**2 * (1.0 + ROUNDING), squared_cosine, slope, lag, spread]
    )
    tables = turned, values, holes, order, turned[order], values[order], holes[order], starts, count, geometry, lower, upper
    pairs, sums = np.zeros(len(lower), np.int64), np.zeros((len(lower), 4))
    keys, found = _directional(*tables, pairs, sums, np.zeros((holes.max() + 1, len(lower)), np.bool_))
    return pairs, _distinct(keys[:found], len(lower)), sums


def downhole_sums(depths, values, holes, lower, upper):
    """Per lag, sums over the pairs within one hole by distance along it: pairs, holes ``(k,)`` and sums ``(k, 4)``.

    Parameters
    ----------
    depths : array (n,)
        Mid-depths, m, sorted by hole and depth.
    values, holes, lower, upper
        As in `directional_sums`. The head of a pair is its deeper end; hole_pairs counts the holes that have such a pair.
    """
    pairs, supported, latest = np.zeros(len(lower), np.int64), np.zeros(len(lower), np.int64), np.full(len(lower), -1, np.int64)
    sums = np.zeros((len(lower), 4))
    _downhole(
        np.array(depths, dtype=float), *_plain(values, holes, lower, upper), float(np.max(upper)), pairs, supported, latest, sums
    )
    return pairs, supported, sums


def _plain(values, holes, lower, upper):
    """One layout and type for each array, as a copy: pandas hands out read-only ones, for which Numba would compile again."""
    limits = np.array(lower, dtype=float), np.array(upper, dtype=float)
    return np.array(values, dtype=float), np.array(holes, dtype=np.int64), *limits


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


@cached()
def _directional(
    turned,
    values,
    holes,
    order,
    sorted_turned,
    sorted_values,
    sorted_holes,
    starts,
    count,
    geometry,
    lower,
    upper,
    pairs,
    sums,
    seen,
):
    """Keys of the pairs of holes found; adds to ``pairs`` and ``sums``. ``seen`` (holes, lags) is all false between calls."""
    origin_u, origin_v, cell, reach, farthest, squared_band, squared_cosine, slope, lag, spread = geometry
    lags = len(lower)
    touched, touched_count = np.empty(seen.size, np.int64), 0
    keys, key_count = np.empty(1024, np.int64), 0
    squared_farthest, squared_reach = farthest * farthest, reach * reach
    around = int(reach / cell) + 1
    for i in range(len(values)):
        if i > 0 and holes[i] != holes[i - 1]:
            keys, key_count = _collect(keys, key_count, seen, touched, touched_count, holes[i - 1])
            touched_count = 0
        u, v, w, value = turned[i, 0], turned[i, 1], turned[i, 2], values[i]
        middle_u = min(int((u - origin_u) / cell), count[0] - 1)
        middle_v = min(int((v - origin_v) / cell), count[1] - 1)
        for bucket_u in range(max(0, middle_u - around), min(count[0], middle_u + around + 1)):
            away_u = _away(u, origin_u + bucket_u * cell, cell)
            for bucket_v in range(max(0, middle_v - around), min(count[1], middle_v + around + 1)):
                away_v = _away(v, origin_v + bucket_v * cell, cell)
                squared_away = away_u * away_u + away_v * away_v
                if squared_away > squared_reach or squared_away > squared_farthest:
                    continue
                bucket = bucket_u * count[1] + bucket_v
                stop = starts[bucket + 1]
                last = w + sqrt(squared_farthest - squared_away)
                j = _first_from(sorted_turned, starts[bucket], stop, w + slope * sqrt(squared_away))
                while j < stop and sorted_turned[j, 2] <= last:
                    along = sorted_turned[j, 2] - w
                    across_u, across_v = sorted_turned[j, 0] - u, sorted_turned[j, 1] - v
                    squared_across = across_u * across_u + across_v * across_v
                    squared = squared_across + along * along
                    inside = squared_across <= squared_band and along * along >= squared_cosine * squared
                    if inside and (along > 0.0 or order[j] > i):  # level pairs point along the order of the points
                        distance = sqrt(squared)
                        position = distance / lag
                        for k in range(max(0, int(np.ceil(position - spread))), min(lags, int(position + spread) + 1)):
                            if lower[k] <= distance < upper[k]:
                                head, hole = sorted_values[j], sorted_holes[j]
                                pairs[k] += 1
                                sums[k, 0] += distance
                                sums[k, 1] += 0.5 * (head - value) ** 2
                                sums[k, 2] += head
                                sums[k, 3] += value
                                if not seen[hole, k]:
                                    seen[hole, k] = True
                                    touched[touched_count] = hole * lags + k
                                    touched_count += 1
                    j += 1
    keys, key_count = _collect(keys, key_count, seen, touched, touched_count, holes[-1])
    return keys, key_count


@cached()
def _away(position, start, size):
    """Distance of a position from the stretch that begins at ``start``; the stretch is widened by rounding."""
    spare = size * 1e-9
    if position < start - spare:
        return start - spare - position
    if position > start + size + spare:
        return position - start - size - spare
    return 0.0


@cached()
def _first_from(sorted_turned, start, stop, bound):
    """First index in a bucket whose place along the direction is not below a bound."""
    while start < stop:
        middle = (start + stop) // 2
        if sorted_turned[middle, 2] < bound:
            start = middle + 1
        else:
            stop = middle
    return start


@cached()
def _collect(keys, key_count, seen, touched, touched_count, hole):
    """Keys with those of one hole's partners added, each pair of holes under one key; clears what was seen."""
    hole_count, lags = seen.shape
    if key_count + touched_count > len(keys):
        longer = np.empty(2 * (key_count + touched_count), np.int64)
        for k in range(key_count):  # a slice would cost seconds of compilation, for its error messages
            longer[k] = keys[k]
        keys = longer
    for t in range(touched_count):
        partner, k = touched[t] // lags, touched[t] % lags
        seen[partner, k] = False
        keys[key_count] = (min(hole, partner) * hole_count + max(hole, partner)) * lags + k
        key_count += 1
    return keys, key_count


@cached()
def _downhole(depths, values, holes, lower, upper, farthest, pairs, supported, latest, sums):
    """Nothing; adds to ``pairs``, ``supported`` (holes) and ``sums``; ``latest`` is the last hole of each lag, -1 for none."""
    lags = len(lower)
    for i in range(len(values)):
        j = i + 1
        while j < len(values) and holes[j] == holes[i] and depths[j] - depths[i] < farthest:
            distance = depths[j] - depths[i]
            for k in range(lags):
                if lower[k] <= distance < upper[k]:
                    pairs[k] += 1
                    sums[k, 0] += distance
                    sums[k, 1] += 0.5 * (values[j] - values[i]) ** 2
                    sums[k, 2] += values[j]
                    sums[k, 3] += values[i]
                    if latest[k] != holes[i]:
                        latest[k] = holes[i]
                        supported[k] += 1
            j += 1
