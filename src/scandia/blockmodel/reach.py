"""Whether the block grid and the holes share any ground."""

import numpy as np

from scandia.errors import InputError
from scandia.geometry.minegrid import to_local
from scandia.vocabulary import DEPTH, EASTING, ELEVATION, HOLE, NORTHING


def accept_grid(stations, grid, mine_grid):
    """A sentence that says how many holes run through the block grid.

    Parameters
    ----------
    stations : DataFrame
        As `drillholes.desurvey.desurvey` returns them.
    grid : GridSettings
    mine_grid : MineGrid

    Raises
    ------
    InputError
        No hole touches the grid, so that no block of it could be told from its samples.
    """
    lower = np.array(grid.origin)
    upper = lower + np.array(grid.size) * np.array(grid.count)
    stations = stations.sort_values([HOLE, DEPTH], kind="stable")
    x, y = to_local(mine_grid, stations[EASTING], stations[NORTHING])
    points, holes = np.column_stack([x, y, stations[ELEVATION]]), stations[HOLE].to_numpy(dtype=object)
    inside = segments_touch(points[:-1], points[1:], lower, upper) & (holes[1:] == holes[:-1])
    touched, count = len(set(holes[1:][inside])), len(set(holes))
    if not touched:
        message = (
            f"model.grid: origin {list(grid.origin)}, size {list(grid.size)} and count {list(grid.count)} make blocks over "
            f"{_extents(lower, upper)}, and none of the {count} holes runs through them: the holes lie over "
            f"{_extents(points.min(axis=0), points.max(axis=0))} of the mine grid. Allowed is a grid that holds a part of a hole "
            "or more. Hint: give model.grid.origin in mine-grid x, y, z, not in easting and northing; check mine_grid too"
        )
        raise InputError(message)
    return f"The block grid is accepted: {touched} of {count} holes run through it.\n"


def segments_touch(start, end, lower, upper):
    """Which straight segments ``(n,)`` have a point in the closed box.

    Parameters
    ----------
    start, end : array (n, 3)
    lower, upper : array (3,)
        Corners of the box.

    Notes
    -----
    The part of a segment between two parallel faces is an interval of its parameter; a point in the box lies in all three.
    """
    step = end - start
    moves = step != 0
    safe = np.where(moves, step, 1.0)
    first, second = (lower - start) / safe, (upper - start) / safe
    always = (start >= lower) & (start <= upper)  # of a segment along the faces: all of it or nothing
    enter = np.where(moves, np.minimum(first, second), np.where(always, 0.0, np.inf))
    leave = np.where(moves, np.maximum(first, second), np.where(always, 1.0, -np.inf))
    return np.maximum(enter.max(axis=1), 0.0) <= np.minimum(leave.min(axis=1), 1.0)


def _extents(lower, upper):
    return ", ".join(f"{name} {low:,.0f} to {high:,.0f}" for name, low, high in zip("xyz", lower, upper, strict=True)) + " m"
