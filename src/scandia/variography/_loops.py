"""Compiled loops over pairs of points; all in one file, because the cache of compiled code looks at no other."""

from math import sqrt

import numpy as np

from scandia.compiled import cached

BLOCK = 8192  # points whose pairs are summed in one go; blocks are added in their order, so that threads change no bit
HALF_SQUARE, RELATIVE, HALF_ABSOLUTE, ROOT, PRODUCT, ABSOLUTE = range(6)  # what is summed of a pair's two values, see `_add`
SUMS = 7  # weighted sums: distance, measure, head, tail, weight, squared head, squared tail


@cached(nogil=True)
def directional_loop(
    first, end, turned, values, weights, holes, order, sorted_turned, sorted_values, sorted_weights, sorted_holes, starts, count,
    geometry, lower, upper, measure, pairs, sums, seen, gathered, place,
):  # fmt: skip
    """Keys of the pairs of holes found; adds to ``pairs`` and ``sums``. ``seen`` (holes, lags) is all false between holes."""
    origin_u, origin_v, cell, reach, farthest, squared_band, wide, flat, squared_cosine, slope, lag, spread = geometry
    lags = len(lower)
    touched, touched_count = np.empty(seen.size, np.int64), 0
    keys, key_count = np.empty(1024, np.int64), 0
    squared_farthest, squared_reach = farthest * farthest, reach * reach
    around = int(reach / cell) + 1
    for i in range(first, end):
        if i > first and holes[i] != holes[i - 1]:
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
                    inside = inside and abs(across_u) <= wide and abs(across_v) <= flat
                    if inside and (along > 0.0 or order[j] > i):  # level pairs point along the order of the points
                        distance, weight = sqrt(squared), weights[i] * sorted_weights[j]
                        position = distance / lag
                        for k in range(max(0, int(np.ceil(position - spread))), min(lags, int(position + spread) + 1)):
                            if lower[k] <= distance < upper[k]:
                                pairs[k] += 1
                                _add(sums, k, measure, distance, sorted_values[j], value, weight, gathered, place)
                                hole = sorted_holes[j]
                                if not seen[hole, k]:  # here, because a function of its own takes half as long again
                                    seen[hole, k] = True
                                    touched[touched_count] = hole * lags + k
                                    touched_count += 1
                    j += 1
    keys, key_count = _collect(keys, key_count, seen, touched, touched_count, holes[end - 1])
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
def _add(sums, k, measure, distance, head, tail, weight, gathered, place):
    """Nothing; adds one pair to the sums of a lag, and its difference to those gathered, if there is room for any."""
    difference = head - tail
    if measure == HALF_SQUARE:
        found = 0.5 * difference * difference
    elif measure == RELATIVE:  # half the squared difference as a share of the pair's mean
        found = 2.0 * difference * difference / ((head + tail) * (head + tail)) if head + tail != 0.0 else 0.0
    elif measure == HALF_ABSOLUTE:
        found = 0.5 * abs(difference)
    elif measure == ROOT:
        found = sqrt(abs(difference))
    elif measure == PRODUCT:
        found = head * tail
    else:
        found = abs(difference)
    sums[k, 0] += weight * distance
    sums[k, 1] += weight * found
    sums[k, 2] += weight * head
    sums[k, 3] += weight * tail
    sums[k, 4] += weight
    sums[k, 5] += weight * head * head
    sums[k, 6] += weight * tail * tail
    if len(gathered) > 0:
        gathered[place[k]] = difference
        place[k] += 1


@cached()
def downhole_loop(
    depths, values, weights, holes, lower, upper, farthest, measure, pairs, supported, latest, sums, gathered, place
):
    """Nothing; adds to ``pairs``, ``supported`` (holes) and ``sums``; ``latest`` is the last hole of each lag, -1 for none."""
    lags = len(lower)
    for i in range(len(values)):
        j = i + 1
        while j < len(values) and holes[j] == holes[i] and depths[j] - depths[i] < farthest:
            distance = depths[j] - depths[i]
            for k in range(lags):
                if lower[k] <= distance < upper[k]:
                    pairs[k] += 1
                    _add(sums, k, measure, distance, values[j], values[i], weights[i] * weights[j], gathered, place)
                    if latest[k] != holes[i]:
                        latest[k] = holes[i]
                        supported[k] += 1
            j += 1


@cached(nogil=True)
def map_loop(first, turned, values, weights, size, cells, thickness, measure, pairs, sums, gathered, place):
    """Nothing; adds the pairs of a block of points with those after them across the plane."""
    side = 2 * cells + 1
    reach = (cells + 0.5) * size
    for i in range(first, min(first + BLOCK, len(values))):
        u, v, w = turned[i, 0], turned[i, 1], turned[i, 2]
        j = i + 1
        while j < len(values) and turned[j, 2] - w <= thickness:
            along_u, along_v, away = turned[j, 0] - u, turned[j, 1] - v, turned[j, 2] - w
            if -reach < along_u < reach and -reach < along_v < reach:
                head, tail = values[j], values[i]
                if along_u < 0.0 or (along_u == 0.0 and along_v < 0.0):  # the vector that runs along the first axis
                    along_u, along_v, head, tail = -along_u, -along_v, tail, head
                cell_u, cell_v = int(along_u / size + 0.5), int(along_v / size + cells + 0.5)
                k = (cells + cell_u) * side + min(max(cell_v, 0), side - 1)
                distance = (along_u * along_u + along_v * along_v + away * away) ** 0.5
                pairs[k] += 1
                _add(sums, k, measure, distance, head, tail, weights[i] * weights[j], gathered, place)
            j += 1
