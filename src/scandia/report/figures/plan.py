"""The plan of the drilling: collars, traces, fences and the outline of the block grid."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from scandia.geometry.minegrid import to_local, to_world
from scandia.report.figures.labels import place_labels
from scandia.report.figures.marks import local_stations, north_arrow, scale_bar
from scandia.report.style import FAINT, INK, OKABE_ITO, canvas, drawing, finish, section_name, thousands
from scandia.vocabulary import CAMPAIGN, EASTING, HOLE, NORTHING

FENCE_REACH = 20.0  # m; holes that deviate from their fence by less belong to it
LABEL_LIMIT = 70  # more hide the map


def fence_lines(collar, mine_grid, *, most=None, gap=12.5):
    """Mine-grid y of the drill fences, m, ascending; empty where the holes do not stand on fences.

    Collars whose y differ by less than ``gap`` make one fence, at their median rounded to 10 m. Holes stand on fences if there
    are at most two fences for three holes, and not more than ``most`` (any number where None).
    """
    _, y = to_local(mine_grid, collar[EASTING], collar[NORTHING])
    ordered = np.sort(np.asarray(y, dtype=float))
    groups = np.split(ordered, np.flatnonzero(np.diff(ordered) > gap) + 1)
    lines = np.array([np.round(np.median(group), -1) for group in groups])
    few = lines.size <= max(2, 2 * ordered.size / 3) and (most is None or lines.size <= most)
    return lines if few else lines[:0]


@drawing
def plan(collar, stations, mine_grid, *, synthetic, fences=None, grid=None, highlight=()):
    """Map of the holes in world coordinates, north up.

    Parameters
    ----------
    collar : DataFrame
        hole, easting, northing; campaign colours the holes where it is known.
    stations : DataFrame
        Desurveyed holes.
    mine_grid : MineGrid
    fences : sequence of float, optional
        Mine-grid y of the fence lines; the default finds them from the collars.
    grid : blockmodel.grid.Grid, optional
        Its outline is drawn.
    highlight : sequence of str
        Holes that are drawn in bold.
    """
    collar = collar.sort_values(HOLE, kind="stable")
    figure, axes = canvas(8.4)
    axes = axes[0, 0]
    traces = local_stations(stations, mine_grid)
    _draw_holes(axes, collar, traces, highlight)
    if grid is not None:
        _draw_outline(axes, grid)
    _frame(axes)
    taken = _draw_fences(axes, collar, traces, mine_grid, fence_lines(collar, mine_grid) if fences is None else fences)
    taken += [group[[EASTING, NORTHING]].to_numpy(dtype=float) for _, group in traces.groupby(HOLE, sort=True)]
    if len(collar) <= LABEL_LIMIT:
        place_labels(axes, collar[HOLE].astype(str), collar[[EASTING, NORTHING]].to_numpy(dtype=float), taken)
    figure.draw_without_rendering()  # equal scales fix the limits
    scale_bar(axes)
    north_arrow(axes)
    axes.legend(loc="upper left")
    return finish(figure, synthetic=synthetic, title="Plan of drilling")


def _draw_holes(axes, collar, traces, highlight):
    campaigns = collar[CAMPAIGN].astype(str) if CAMPAIGN in collar else collar[HOLE].map(lambda hole: "hole")
    colours = {name: OKABE_ITO[number % 7] for number, name in enumerate(sorted(campaigns.unique()))}
    by_hole = dict(tuple(traces.groupby(HOLE, sort=True)))
    for hole, campaign in zip(collar[HOLE], campaigns, strict=True):
        if hole in by_hole:
            width = 2.6 if hole in highlight else 1.5
            axes.plot(by_hole[hole][EASTING], by_hole[hole][NORTHING], color=colours[campaign], linewidth=width, zorder=4)
    for name, colour in colours.items():
        chosen = collar[(campaigns == name).to_numpy()]
        label = f"{name} ({len(chosen)})" if CAMPAIGN in collar else f"collar and trace ({len(chosen)} holes)"
        axes.scatter(
            chosen[EASTING], chosen[NORTHING], s=26, color=colour, edgecolor="white", linewidth=0.6, zorder=5, label=label
        )


def _draw_outline(axes, grid):
    low = np.asarray(grid.origin[:2], dtype=float)
    high = low + np.asarray(grid.size[:2]) * np.asarray(grid.count[:2])
    x = np.array([low[0], high[0], high[0], low[0], low[0]])
    y = np.array([low[1], low[1], high[1], high[1], low[1]])
    easting, northing = to_world(grid.mine_grid, x, y)
    axes.plot(easting, northing, color=INK, linewidth=1.0, linestyle=(0, (6, 3)), label="block grid", zorder=3)


def _draw_fences(axes, collar, traces, mine_grid, fences):
    """Draw the fences, each over its own holes; returns the lines that their names take up."""
    taken = []
    x, y = to_local(mine_grid, *(np.append(collar[name], traces[name]).astype(float) for name in (EASTING, NORTHING)))
    margin = 0.06 * max(np.ptp(axes.get_xlim()), np.ptp(axes.get_ylim()))
    for line in fences:
        near = np.abs(y - line) < FENCE_REACH
        ends = np.array([x[near].min() - margin, x[near].max() + margin]) if near.any() else np.array([x.min(), x.max()])
        easting, northing = to_world(mine_grid, ends, np.full(2, float(line)))
        axes.plot(easting, northing, color=FAINT, linewidth=0.9, linestyle=(0, (1, 2)), zorder=2)
        axes.text(easting[1], northing[1], f" {section_name(line)}", color="#52606d", fontsize=9, va="center", clip_on=True)
        taken.append(np.array([[easting[1], northing[1]], [easting[1] + 0.9 * margin, northing[1]]]))
    return taken


def _frame(axes):
    axes.set_aspect("equal", adjustable="datalim")
    axes.margins(0.08)
    axes.set(xlabel="Easting (m)", ylabel="Northing (m)")
    for axis in (axes.xaxis, axes.yaxis):
        thousands(axis).set_major_locator(MaxNLocator(6))
    axes.autoscale_view()
