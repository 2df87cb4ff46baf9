"""Marks that several pictures share: north arrow, scale bar, hole traces and intervals in mine-grid coordinates."""

import numpy as np
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from scandia.drillholes.desurvey import locate
from scandia.geometry.minegrid import to_local
from scandia.report.style import INK
from scandia.vocabulary import DEPTH, EASTING, ELEVATION, FROM, HOLE, NORTHING, TO, X, Y, Z

ON_TOP = 15  # marks stand above data


def north_arrow(axes, *, rotation=0.0, position=(0.94, 0.87), length=0.5):
    """Axes with a north arrow, turned ``rotation`` degrees clockwise from the upward direction of the picture.

    ``position`` is the arrow's middle as a fraction of the axes, ``length`` is in inches.
    """
    angle = np.deg2rad(rotation)
    reach = 0.5 * length * np.array([np.sin(angle), np.cos(angle)])
    inches = axes.figure.dpi_scale_trans + ScaledTranslation(*position, axes.transAxes)
    shape = {"arrowstyle": "-|>,head_width=0.35,head_length=0.7", "color": INK, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
    coordinates = {"xycoords": inches, "textcoords": inches, "annotation_clip": False, "zorder": ON_TOP}
    axes.annotate("", tuple(reach), xytext=tuple(-reach), arrowprops=shape, **coordinates)
    axes.annotate("N", tuple(1.4 * reach), xytext=tuple(1.4 * reach), ha="center", va="center", fontweight="bold", **coordinates)
    return axes


def scale_bar(axes, *, position=(0.04, 0.05)):
    """Axes with a bar of a round number of metres, about a fifth of the width; call it when the limits are final."""
    low, high = axes.get_xlim()
    length = round_length((high - low) / 5)
    start = low + position[0] * (high - low)
    mixed = blended_transform_factory(axes.transData, axes.transAxes)
    axes.plot(
        [start, start + length], [position[1]] * 2, color=INK, linewidth=3, solid_capstyle="butt", transform=mixed, zorder=ON_TOP
    )
    text = f"{length:,.0f} m" if length >= 1 else f"{length:g} m"
    axes.text(start + length / 2, position[1] + 0.012, text, ha="center", va="bottom", transform=mixed, fontsize=9, zorder=ON_TOP)
    axes.set_xlim(low, high)
    return axes


def round_length(length):
    """Largest of 1, 2 or 5 times a power of ten that is not above ``length``.

    >>> round_length(70.0), round_length(0.3)
    (50.0, 0.2)
    """
    power = 10.0 ** np.floor(np.log10(length))
    return float(max(step * power for step in (1, 2, 5) if step * power <= length * (1 + 1e-12)))


def local_stations(stations, mine_grid):
    """Stations, sorted by hole and depth, with mine-grid columns x, y, z (m)."""
    ordered = stations.sort_values([HOLE, DEPTH], kind="stable")
    x, y = to_local(mine_grid, ordered[EASTING], ordered[NORTHING])
    return ordered.assign(**{X: x, Y: y, Z: ordered[ELEVATION]})


def segments(intervals, stations, mine_grid):
    """End points of intervals on their holes, mine-grid metres, shape ``(n, 2, 3)``."""
    holes = intervals[HOLE].to_numpy()
    ends = []
    for column in (FROM, TO):
        world = locate(stations, holes, intervals[column].to_numpy(dtype=float))
        x, y = to_local(mine_grid, world[:, 0], world[:, 1])
        ends.append(np.column_stack([x, y, world[:, 2]]))
    return np.stack(ends, axis=1).reshape(-1, 2, 3)


def edges(centres):
    """Block edges of regular block centres, m, one more than the centres."""
    centres = np.asarray(centres, dtype=float)
    size = centres[1] - centres[0] if centres.size > 1 else 1.0
    return np.append(centres - size / 2, centres[-1] + size / 2)
