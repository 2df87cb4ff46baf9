"""Maps of the classes and of the drill spacing: projected on the plan and on the longitudinal section."""

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import BoundaryNorm, ListedColormap, Normalize
from matplotlib.patches import Patch

from scandia.report.figures.classes import ABSENT, dominant_class_down
from scandia.report.figures.marks import edges, local_stations, north_arrow, scale_bar
from scandia.report.figures.pieces import across_rows, down_columns
from scandia.report.style import CLASS_COLOURS, CLASS_LABELS, INK, bearing, canvas, colour_bar, drawing, finish
from scandia.vocabulary import HOLE, TONNAGE, Class, X, Y, Z

SPACING = "drill_spacing"
COLOURS = "viridis_r"


@drawing
def class_plan(blocks, stations, mine_grid, *, synthetic):
    """Plan of the classes in mine-grid coordinates: each column of blocks shows the class with most tonnes in it."""
    figure, panel = _plan_canvas(blocks)
    codes = list(CLASS_COLOURS)
    norm = BoundaryNorm(np.append(codes, len(codes)) - 0.5, len(codes))
    projected = dominant_class_down(blocks)
    shown = np.ma.masked_equal(projected, ABSENT)
    panel.pcolormesh(edges(blocks[X]), edges(blocks[Y]), shown, cmap=ListedColormap(list(CLASS_COLOURS.values())), norm=norm)
    _draw_plan(panel, blocks, stations, mine_grid)
    present = [Class(code) for code in np.unique(projected[projected != ABSENT])]
    handles = [Patch(color=CLASS_COLOURS[code], label=CLASS_LABELS[code]) for code in present]
    figure.legend(handles=handles, loc="outside lower left", ncols=4)
    return finish(figure, synthetic=synthetic, title="Classes in plan: the class with most tonnes in each column of blocks")


@drawing
def spacing_field(blocks, stations, mine_grid, *, synthetic):
    """Drill spacing, m: the mean weighted by tonnes down each column in plan, and across strike in the longitudinal section."""
    figure, axes = canvas(6.6, columns=2)
    plan, section = axes[0]
    down, across = (_mean(blocks, axis) for axis in (Z, X))
    known = np.concatenate([one[np.isfinite(one)] for one in (down, across)])
    limits = (0.0, float(np.quantile(known, 0.98))) if known.size else (0.0, 1.0)
    colours = {"cmap": COLOURS, "norm": Normalize(*limits)}
    plan.pcolormesh(edges(blocks[X]), edges(blocks[Y]), np.ma.masked_invalid(down), rasterized=True, **colours)
    _draw_plan(plan, blocks, stations, mine_grid)
    section.pcolormesh(edges(blocks[Y]), edges(blocks[Z]), np.ma.masked_invalid(across), rasterized=True, **colours)
    for _, trace in local_stations(stations, mine_grid).groupby(HOLE, sort=True):
        section.plot(trace[Y], trace[Z], color=INK, linewidth=0.8)
    section.set_aspect("equal")
    section.set(xlabel="y (m)", ylabel="Elevation (m)", xlim=edges(blocks[Y])[[0, -1]], ylim=edges(blocks[Z])[[0, -1]])
    section.set_title(f"Longitudinal section, looking {bearing(mine_grid.azimuth - 90)}")
    plan.set_title("Plan")
    colour_bar(figure, ScalarMappable(**colours), axes, "Drill spacing (m)", extend="max")
    return finish(figure, synthetic=synthetic, title="Drill spacing, mean of the blocks behind each cell")


def _plan_canvas(blocks):
    ratio = float(np.ptp(edges(blocks[Y])) / np.ptp(edges(blocks[X])))
    figure, axes = canvas(float(np.clip(6.0 * ratio + 1.2, 4.5, 9.5)))
    return figure, axes[0, 0]


def _draw_plan(panel, blocks, stations, mine_grid):
    for _, trace in local_stations(stations, mine_grid).groupby(HOLE, sort=True):
        panel.plot(trace[X], trace[Y], color=INK, linewidth=0.8)
    panel.set_aspect("equal")
    panel.set(xlabel="x (m)", ylabel="y (m)", xlim=edges(blocks[X])[[0, -1]], ylim=edges(blocks[Y])[[0, -1]])
    scale_bar(panel)
    north_arrow(panel, rotation=-mine_grid.azimuth)


def _mean(blocks, axis):
    """Mean spacing along an axis weighted by tonnes, NaN where there is none; ``(y, x)`` or ``(z, y)``."""
    gather, place = {Z: (down_columns, 0), X: (across_rows, 2)}[axis]

    def sums(window):
        spacing, weight = (window[name].transpose(Z, Y, X).to_numpy() for name in (SPACING, TONNAGE))
        weight = np.where(np.isfinite(spacing), np.nan_to_num(weight), 0.0)
        return weight.sum(axis=place), (weight * np.nan_to_num(spacing)).sum(axis=place)

    total, weighted = gather(blocks, [SPACING, TONNAGE], sums)
    return np.divide(weighted, total, out=np.full(total.shape, np.nan), where=total > 0)
