"""Polygons on the map."""

import numpy as np


def in_polygon(corners, x, y):
    """Which points lie in a polygon, bool array of the shape of ``x``: even-odd rule, so that it may cross itself.

    Parameters
    ----------
    corners : array (n, 2)
        In order; the last is joined to the first.
    x, y : array
        Points. One on a side or corner belongs to the polygon on its left or lower side only, so that of two polygons that
        share a side exactly one holds it.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    inside = np.zeros(x.shape, dtype=bool)
    ends = np.asarray(corners, dtype=float)
    for (ax, ay), (bx, by) in zip(ends, np.roll(ends, -1, axis=0), strict=True):
        if ay == by:
            continue
        if ay > by:  # from the lower to the upper corner, so that a shared side gives the same last bit to both
            ax, ay, bx, by = bx, by, ax, ay
        crossed = (ay <= y) & (y < by)
        inside ^= crossed & (x < ax + (y - ay) * (bx - ax) / (by - ay))
    return inside
