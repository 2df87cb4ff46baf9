"""Compiled grouping of a tile's candidates by hole, without those that no target of the tile can choose."""

import numpy as np

from scandia.kriging._buffers import kernel
from scandia.kriging._choose import clear, insert
from scandia.kriging._search import MASK, SHIFT, SLACK, rounded, square_from


@kernel
def group_by_hole(candidates, count, tile, most, hole, choice):
    """Count of the candidates that are left, hole by hole; what cannot be among the ``most`` nearest of a hole goes if it may."""
    sort_by_hole(candidates, count, hole, choice)
    left, first = 0, 0
    for h in range(choice.holes[0]):
        end = choice.begin[h + 1]
        choice.begin[h] = left
        if tile.prunes[0] != 0 and end - first > most:
            left = keep_possible(candidates, first, end, left, tile, most, choice)
        else:
            for k in range(first, end):
                candidates.place[left] = candidates.place[k]
                left += 1
        first = end
    choice.begin[choice.holes[0]] = left
    arrange(candidates, left)
    return left


@kernel
def sort_by_hole(candidates, count, hole, choice):
    """Nothing; ``place`` lists the candidates hole by hole in the order of the holes, each in the order it had."""
    seen, listed, begin, owner, holes = choice.seen, choice.listed, choice.begin, candidates.owner, 0
    for c in range(count):
        own = owner[c] = hole[candidates.number[c]]
        listed[holes] = own
        holes += seen[own] == 0
        seen[own] += 1
    ascend(listed, holes)
    begin[0] = 0
    for h in range(holes):
        begin[h + 1] = begin[h] + seen[listed[h]]
        seen[listed[h]] = begin[h]
    for c in range(count):
        candidates.place[seen[owner[c]]] = c
        seen[owner[c]] += 1
    for h in range(holes):
        seen[listed[h]] = 0
    choice.holes[0] = holes


@kernel
def ascend(numbers, count):
    """Nothing; brings a few numbers into ascending order."""
    for k in range(1, count):
        number, i = numbers[k], k
        while i > 0 and numbers[i - 1] > number:
            numbers[i] = numbers[i - 1]
            i -= 1
        numbers[i] = number


@kernel
def keep_possible(candidates, first, end, left, tile, most, choice):
    """End of the list after the samples of one hole that a target in the tile's box can find among the ``most`` nearest.

    A sample ``s`` goes if each of the ``most`` samples ``r`` that are nearest to the centre ``c`` is nearer than it to every
    point ``t`` of the box: ``|s - t|^2 - |r - t|^2 = |s - c|^2 - |r - c|^2 - 2 (t - c) (s - r)``, by more than rounding.
    """
    place, half, best = candidates.place, tile.half, choice.best
    clear(best, 0, most)
    for k in range(first, end):
        square = square_from(candidates, place[k], tile.centre)
        insert(best, 0, most, (rounded(square) << SHIFT) | place[k])
    farthest, room = 0.0, SLACK * (half[0] * half[0] + half[1] * half[1] + half[2] * half[2])
    low_x, low_y, low_z, high_x, high_y, high_z = np.inf, np.inf, np.inf, -np.inf, -np.inf, -np.inf
    for i in range(most):
        c = best[i] & MASK
        x, y, z = candidates.x[c], candidates.y[c], candidates.z[c]
        farthest = max(farthest, square_from(candidates, c, tile.centre))
        low_x, low_y, low_z = min(low_x, x), min(low_y, y), min(low_z, z)
        high_x, high_y, high_z = max(high_x, x), max(high_y, y), max(high_z, z)
    for k in range(first, end):
        c = place[k]
        x, y, z = candidates.x[c], candidates.y[c], candidates.z[c]
        shift = half[0] * max(x - low_x, high_x - x) + half[1] * max(y - low_y, high_y - y) + half[2] * max(z - low_z, high_z - z)
        square = square_from(candidates, c, tile.centre)
        place[left] = c
        left += square - farthest <= 2.0 * shift + SLACK * square + room
    return left


@kernel
def arrange(candidates, count):
    """Nothing; brings the listed candidates into the order of the list."""
    for k in range(count):
        candidates.owner[k] = candidates.number[candidates.place[k]]
    for k in range(count):
        candidates.number[k] = candidates.owner[k]
    permute(candidates.x, candidates.place, candidates.room, count)
    permute(candidates.y, candidates.place, candidates.room, count)
    permute(candidates.z, candidates.place, candidates.room, count)


@kernel
def permute(numbers, place, room, count):
    """Nothing; ``numbers`` in the order of the list, by way of ``room``."""
    for k in range(count):
        room[k] = numbers[place[k]]
    for k in range(count):
        numbers[k] = room[k]
