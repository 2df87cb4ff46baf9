"""Sections and levels through the block model, with the composites on the same colour scale."""

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.colors import Normalize
from matplotlib.lines import Line2D

from scandia.report.figures.marks import edges, local_stations, north_arrow, scale_bar, segments
from scandia.report.figures.pieces import thinned
from scandia.report.style import (
    GRADE_COLOURS,
    INK,
    bearing,
    canvas,
    colour_bar,
    domain_colours,
    drawing,
    finish,
    grade_limits,
    section_name,
    with_unit,
)
from scandia.vocabulary import DEPTH, FRACTION, HOLE, X, Y, Z

SMALLEST_SHARE = 0.25  # a block with less of its volume in the domains would look like a whole one


@drawing
def sections(blocks, composites, stations, mine_grid, variable, *, at, label, unit, synthetic, labels=None, half_width=None):
    """Vertical sections across strike as small multiples, looking along mine north with x increasing to the right.

    Parameters
    ----------
    blocks : Dataset
        Dims (z, y, x): the variable, ``fraction`` (domain, z, y, x) and, if there is a ground surface, ``ground``.
    composites : DataFrame
        hole, from, to, y and the variable.
    stations : DataFrame
        Desurveyed holes.
    mine_grid : MineGrid
    variable : str
        Grade to show; ``label`` and ``unit`` name it.
    at : sequence of float
        Mine-grid y of the sections, m.
    labels : dict, optional
        Domain name to its name in the legend.
    half_width : float, optional
        Composites and holes within this distance of a section are drawn on it, m; the default is half the distance of
        the sections, or the block size.
    """
    at = np.asarray(sorted(at), dtype=float)
    half_width = _half_width(blocks, at) if half_width is None else half_width
    holes, colours = local_stations(stations, mine_grid), _colours(blocks, composites, variable)
    window = _window(blocks, holes, X, Z)
    ratio = float(np.ptp(window[1]) / np.ptp(window[0]))
    columns = 1 if len(at) == 1 else 2 if ratio < 1.5 else 3
    rows = -(-len(at) // columns)
    panel_width = (8.6 if columns == 1 else 8.0) / columns - 0.15
    height = float(np.clip(rows * (panel_width * ratio + 0.35) + 1.35, 3.6, 17.0))
    figure, axes = canvas(height, rows=rows, columns=columns, sharex=True, sharey=True)
    lines = segments(composites, stations, mine_grid)
    for panel, y in zip(axes.flat, at, strict=False):
        piece = _slice(blocks, variable, {Y: y})
        _draw_blocks(panel, piece, variable, colours, X, Z, labels)
        _draw_ground(panel, piece)
        _draw_holes(panel, holes, (X, Z), Y, y, half_width)
        _draw_segments(panel, composites, lines, (0, 2), np.abs(composites[Y] - y) <= half_width, variable, colours)
        panel.set_title(f"Section {section_name(y)}, looking {bearing(mine_grid.azimuth)}")
        _finish_panel(panel, window, "x (m)", "Elevation (m)")
    for panel in axes.flat[len(at) :]:
        panel.set_visible(False)
    _legend(figure, axes, blocks, labels, colours, with_unit(label, unit))
    title = f"{label}: blocks and composites within ±{half_width:g} m (vertical exaggeration 1:1)"
    return finish(figure, synthetic=synthetic, title=title)


@drawing
def level(blocks, composites, stations, mine_grid, variable, *, elevation, label, unit, synthetic, labels=None, half_width=None):
    """Horizontal slice at an elevation in mine-grid coordinates, with a north arrow; the parameters are those of `sections`."""
    half_width = float(np.diff(edges(blocks[Z]))[0]) / 2 if half_width is None else half_width
    holes = local_stations(stations, mine_grid)
    window = _window(blocks, holes, X, Y)
    figure, axes = canvas(float(np.clip(7.6 * np.ptp(window[1]) / np.ptp(window[0]) + 1.2, 4.5, 11.5)))
    panel, colours = axes[0, 0], _colours(blocks, composites, variable)
    _draw_blocks(panel, _slice(blocks, variable, {Z: elevation}), variable, colours, X, Y, labels)
    _draw_holes(panel, holes, (X, Y), Z, elevation, np.inf)
    lines = segments(composites, stations, mine_grid)
    _draw_segments(panel, composites, lines, (0, 1), np.abs(composites[Z] - elevation) <= half_width, variable, colours)
    _finish_panel(panel, window, "x (m)", "y (m)")
    north_arrow(panel, rotation=-mine_grid.azimuth)
    _legend(figure, axes, blocks.drop_vars("ground", errors="ignore"), labels, colours, with_unit(label, unit))
    title = f"{label}: level {elevation:,.0f} m, composites within ±{half_width:g} m"
    return finish(figure, synthetic=synthetic, title=title)


def _half_width(blocks, at):
    if len(at) > 1:
        return float(np.diff(at).min()) / 2
    return float(np.diff(edges(blocks[Y]))[0]) / 2


def _window(blocks, holes, across, up):
    """Limits of the picture ``((low, high), (low, high))``: the grid, and the holes up to a quarter of the grid beyond it."""
    limits = []
    for name in (across, up):
        bounds = edges(blocks[name])
        margin = 0.25 * (bounds[-1] - bounds[0])
        low, high = float(holes[name].min()) - 5.0, float(holes[name].max()) + 5.0
        limits.append((min(bounds[0], max(low, bounds[0] - margin)), max(bounds[-1], min(high, bounds[-1] + margin))))
    return tuple(limits)


def _slice(blocks, variable, place):
    """What a picture shows of the slice of the model nearest to a place, in memory."""
    wanted = [name for name in (variable, FRACTION, "ground") if name in blocks]
    return blocks[wanted].sel(place, method="nearest").load()


def _colours(blocks, composites, variable):
    limits = grade_limits(thinned(blocks, [variable])[variable], composites[variable])
    return {"cmap": GRADE_COLOURS, "norm": Normalize(*limits)}


def _draw_blocks(panel, piece, variable, colours, across, up, labels):
    """Colour one slice of the model and outline each domain where it fills half of the blocks."""
    centres = piece[across].to_numpy(), piece[up].to_numpy()
    values = piece[variable].transpose(up, across).to_numpy()
    if FRACTION in piece:
        share = piece[FRACTION].sum("domain").transpose(up, across).to_numpy()
        values = np.where(share >= SMALLEST_SHARE, values, np.nan)
    panel.pcolormesh(edges(centres[0]), edges(centres[1]), values, rasterized=True, zorder=1, **colours)
    if FRACTION not in piece:
        return
    for name, colour in domain_colours(piece["domain"].values, labels).items():
        share = piece[FRACTION].sel(domain=name).transpose(up, across).fillna(0.0).to_numpy()
        if min(share.shape) > 1 and share.max() > 0.5 > share.min():
            places = [np.concatenate([bounds[:1], middle, bounds[-1:]]) for middle in centres for bounds in (edges(middle),)]
            for line, width in (("white", 3.4), (colour, 1.8)):
                panel.contour(*places, np.pad(share, 1, mode="edge"), levels=[0.5], colors=[line], linewidths=width, zorder=3)


def _draw_ground(panel, piece):
    if "ground" not in piece or bool((piece["ground"] >= 1).all()):
        return
    bounds = edges(piece[Z])
    ground = bounds[0] + (bounds[1] - bounds[0]) * piece["ground"].sum(Z).to_numpy()
    panel.plot(piece[X], ground, color="#6b4f1d", linewidth=1.6, zorder=4)


def _draw_holes(panel, holes, plane, across, place, half_width):
    """Draw the parts of the traces that lie within ``half_width`` of ``place`` along the axis ``across``."""
    for _, trace in holes.groupby(HOLE, sort=True):
        depths = np.linspace(trace[DEPTH].iloc[0], trace[DEPTH].iloc[-1], 200)  # finer than the stations, to cut at the slice
        points = {name: np.interp(depths, trace[DEPTH], trace[name]) for name in (X, Y, Z)}
        near = np.abs(points[across] - place) <= half_width
        panel.plot(*(np.where(near, points[name], np.nan) for name in plane), color=INK, linewidth=0.8, zorder=4)


def _draw_segments(panel, composites, lines, plane, chosen, variable, colours):
    chosen = np.asarray(chosen) & composites[variable].notna().to_numpy()
    pieces = lines[chosen][:, :, list(plane)]
    panel.add_collection(LineCollection(pieces, colors="white", linewidths=6.5, zorder=5, capstyle="butt"), autolim=False)
    bars = LineCollection(pieces, linewidths=4.5, zorder=6, capstyle="butt", **colours)
    bars.set_array(composites[variable].to_numpy()[chosen])
    panel.add_collection(bars, autolim=False)


def _finish_panel(panel, window, across, up):
    panel.set(aspect="equal", xlim=window[0], ylim=window[1], xlabel=across, ylabel=up)
    panel.label_outer()
    scale_bar(panel)


def _legend(figure, axes, blocks, labels, colours, text):
    colour_bar(figure, ScalarMappable(**colours), axes, text, extend="both")
    names = domain_colours(blocks["domain"].values, labels) if FRACTION in blocks else {}
    handles = [
        Line2D([], [], color=colour, linewidth=1.8, label=(labels or {}).get(name, name)) for name, colour in names.items()
    ]
    if "ground" in blocks:
        handles.append(Line2D([], [], color="#6b4f1d", linewidth=1.6, label="ground"))
    handles.append(Line2D([], [], color=INK, linewidth=0.8, label="drillhole"))
    figure.legend(handles=handles, loc="outside lower left", ncols=min(len(handles), 5))
