"""Names beside points, placed so that they cover neither each other nor the lines."""

import numpy as np

from scandia.report.figures.marks import ON_TOP
from scandia.report.style import INK

SIZE = 9  # points
PLACES = tuple((across, up) for across, up in ((1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1), (0, -1)))
ALIGNMENT = {1: "left", -1: "right", 0: "center"}, {1: "bottom", -1: "top", 0: "center"}


def place_labels(axes, names, points, lines=()):
    """The axes with each name at the first of eight places around its point that is free, or at the least crowded one.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With final limits: later changes move the points under the names.
    names : sequence of str
    points : array (n, 2)
        Data coordinates of the named points.
    lines : sequence of array (m, 2)
        Lines that names should not cover.
    """
    axes.figure.draw_without_rendering()  # the layout fixes the pixel positions
    scale = axes.figure.dpi / 72
    anchors = axes.transData.transform(np.asarray(points, dtype=float).reshape(-1, 2))
    obstacles = np.vstack([anchors, *[_dense(axes.transData.transform(line)) for line in lines]])
    boxes = []
    for name, anchor in zip(names, anchors, strict=True):
        size = scale * SIZE * np.array([0.62 * len(name), 1.1])
        candidates = [_box(anchor, place, size, 5 * scale) for place in PLACES]
        costs = [_crossings(box, obstacles) + 20 * sum(_overlap(box, other) for other in boxes) for box in candidates]
        best = int(np.argmin(costs))
        boxes.append(candidates[best])
        across, up = PLACES[best]
        axes.annotate(
            name, axes.transData.inverted().transform(anchor), xytext=(5 * across, 5 * up), textcoords="offset points",
            ha=ALIGNMENT[0][across], va=ALIGNMENT[1][up], fontsize=SIZE, color=INK, zorder=ON_TOP,
        )  # fmt: skip
    return axes


def _box(anchor, place, size, offset):
    """Corners ``(2, 2)`` of the text box at one place around the anchor, pixels."""
    place = np.asarray(place, dtype=float)
    middle = anchor + place * (offset + size / 2)
    return np.stack([middle - size / 2, middle + size / 2])


def _dense(line, step=6.0):
    """Points every ``step`` pixels along a line, pixels."""
    line = np.asarray(line, dtype=float)
    along = np.append(0.0, np.cumsum(np.hypot(*np.diff(line, axis=0).T)))
    places = np.arange(0.0, along[-1] + step, step)
    return np.column_stack([np.interp(places, along, line[:, 0]), np.interp(places, along, line[:, 1])])


def _crossings(box, obstacles):
    return int(((obstacles > box[0]) & (obstacles < box[1])).all(axis=1).sum())


def _overlap(box, other):
    return bool((box[0] < other[1]).all() and (other[0] < box[1]).all())
