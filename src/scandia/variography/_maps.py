"""Sums over pairs of points that fill a variogram map: one pass for the vectors of all directions in a plane."""

import numpy as np

from scandia.variography._loops import HALF_SQUARE, SUMS, map_loop
from scandia.variography._pairs import in_blocks


def map_sums(coordinates, values, frame, size, cells, thickness, *, measure=HALF_SQUARE, weights=None, threads=1):
    """Per cell of separation vectors, pairs ``(2c + 1, 2c + 1)`` and sums ``(2c + 1, 2c + 1, 7)``, in one pass over the pairs.

    Parameters
    ----------
    coordinates : array (n, 3)
        Points, m.
    values : array (n,)
        Without NaN.
    frame : array (3, 3)
        Unit vectors as rows: the two axes of the plane and its normal.
    size : float
        Side of a cell, m; the middle one lies around the zero vector.
    cells : int
        Cells on each side of it.
    thickness : float
        Largest distance of a vector from the plane, m.
    measure, weights, threads
        As in `_pairs.directional_sums`.

    Notes
    -----
    First index: along the first axis. A pair counts in the cell of its vector and in the opposite one. Points are read in their
    order across the plane, from each one as far as the map is thick: along the plane its reach is several times as long. Sums
    are added in fixed blocks of points.
    """
    weights = np.ones(len(values)) if weights is None else np.asarray(weights, dtype=float)
    turned = np.asarray(coordinates, dtype=float) @ np.asarray(frame, dtype=float).T
    order = np.lexsort((turned[:, 0], turned[:, 1], turned[:, 2]))
    arrays = np.ascontiguousarray(turned[order]), np.array(values, dtype=float)[order], weights[order]
    side = 2 * cells + 1

    def sums_of(first):
        pairs, sums = np.zeros(side * side, np.int64), np.zeros((side * side, SUMS))
        nothing = np.empty(0), np.zeros(1, np.int64)
        map_loop(first, *arrays, float(size), cells, float(thickness), measure, pairs, sums, *nothing)
        return pairs, sums

    parts = in_blocks(sums_of, len(values), threads)
    pairs, sums = sum(part[0] for part in parts), sum(part[1] for part in parts)
    turned_sums = sums[::-1][:, [0, 1, 3, 2, 4, 6, 5]]  # the opposite vector has head and tail changed
    return (pairs + pairs[::-1]).reshape(side, side), (sums + turned_sums).reshape(side, side, SUMS)
