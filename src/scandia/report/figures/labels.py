"""Names beside points, placed so that they cover neither each other nor the lines."""

import numpy as np

from scandia.report.figures.marks import ON_TOP
from scandia.report.style import FAINT, INK

SIZE = 9  # points
GAP = 5  # points between a point and its name
RINGS = (1.0, 3.6)  # a name that finds no place near its point stands farther off, at the end of a thin line
DIRECTIONS = ((1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1), (0, -1))
PLACES = tuple((ring, across, up) for ring in RINGS for across, up in DIRECTIONS)
HORIZONTAL = {1: "left", -1: "right", 0: "center"}
VERTICAL = {1: "bottom", -1: "top", 0: "center"}


def place_labels(axes, names, points, lines=()):
    """Axes with each name at the first place around its point that is free, or at the least crowded one.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With final limits: later changes move the points under the names.
    names : sequence of str
    points : array (n, 2)
        Data coordinates of the named points.
    lines : sequence of array (m, 2)
        Lines that names should not cover, data coordinates.
    """
    axes.figure.draw_without_rendering()  # the layout fixes the pixel positions
    scale = axes.figure.dpi / 72
    anchors = axes.transData.transform(np.asarray(points, dtype=float).reshape(-1, 2))
    obstacles = np.vstack([anchors, *[_dense(axes.transData.transform(line)) for line in lines]])
    frame = axes.get_window_extent().get_points()
    boxes = []
    for name, anchor, point in zip(names, anchors, points, strict=True):
        size = scale * SIZE * np.array([0.64 * len(name), 1.15])
        candidates = [_box(anchor, place, size, GAP * scale) for place in PLACES]
        costs = [_cost(box, obstacles, boxes, frame, place[0]) for box, place in zip(candidates, PLACES, strict=True)]
        best = int(np.argmin(costs))
        boxes.append(candidates[best])
        _write(axes, name, point, PLACES[best])
    return axes


def _cost(box, obstacles, boxes, frame, far):
    """Points of lines under a box, much more for another name or the edge of the map, a little for standing far off."""
    crossings = int(((obstacles > box[0]) & (obstacles < box[1])).all(axis=1).sum())
    overlaps = sum(bool((box[0] < other[1]).all() and (other[0] < box[1]).all()) for other in boxes)
    outside = bool((box[0] < frame[0]).any() or (box[1] > frame[1]).any())
    return crossings + 30 * overlaps + 60 * outside + far


def _write(axes, name, point, place):
    ring, across, up = place
    line = {"arrowstyle": "-", "color": FAINT, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 2} if ring > 1 else None
    axes.annotate(
        name, point, xytext=(GAP * ring * across, GAP * ring * up), textcoords="offset points", arrowprops=line,
        ha=HORIZONTAL[across], va=VERTICAL[up], fontsize=SIZE, color=INK, zorder=ON_TOP,
    )  # fmt: skip


def _box(anchor, place, size, gap):
    """Corners ``(2, 2)`` of the text box at one place around the anchor, pixels."""
    ring, *towards = place
    middle = anchor + np.asarray(towards) * (gap * ring + size / 2)
    return np.stack([middle - size / 2, middle + size / 2])


def _dense(line, step=6.0):
    """Points every ``step`` pixels along a line, pixels."""
    line = np.asarray(line, dtype=float)
    along = np.append(0.0, np.cumsum(np.hypot(*np.diff(line, axis=0).T)))
    places = np.arange(0.0, along[-1] + step, step)
    return np.column_stack([np.interp(places, along, line[:, 0]), np.interp(places, along, line[:, 1])])
