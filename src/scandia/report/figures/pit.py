"""The pit shell in section, in plan, and the nested shells as a curve."""

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.lines import Line2D

from scandia.report.figures.marks import edges, local_stations, north_arrow, scale_bar
from scandia.report.figures.pieces import down_columns, thinned
from scandia.report.style import (
    GRADE_COLOURS,
    INK,
    OKABE_ITO,
    bearing,
    canvas,
    colour_bar,
    drawing,
    finish,
    grade_limits,
    section_name,
    thousands,
)
from scandia.vocabulary import DEPTH, FRACTION, HOLE, NSR, PIT_FACTOR, X, Y, Z

GROUND, SHELL, OTHERS = "#6b4f1d", OKABE_ITO[5], OKABE_ITO[0]
SMALLEST_SHARE = 0.25
MEGATONNE = 1e6


@drawing
def pit_sections(blocks, shell, mine_grid, *, at, unit, synthetic):
    """Vertical sections across strike, looking along mine north: net smelter return of the blocks, the ground and the shells.

    Parameters
    ----------
    blocks : Dataset
        Dims (z, y, x), with ``nsr`` and ``fraction``.
    shell : Dataset
        From `resource.shell_model.shell_dataset`.
    at : sequence of float
        Mine-grid y of the sections, m.
    unit : str
        Unit of the net smelter return.
    """
    at = np.asarray(sorted(at), dtype=float)
    window = _window(shell)
    columns = 1 if len(at) == 1 else 2
    rows = -(-len(at) // columns)
    ratio = np.ptp(window[Z]) / np.ptp(window[X])
    height = float(np.clip(rows * ((7.0 / columns) * ratio + 0.45) + 1.2, 3.6, 16.0))
    figure, axes = canvas(height, rows=rows, columns=columns, sharex=True, sharey=True)
    colours = {"cmap": GRADE_COLOURS, "norm": Normalize(*grade_limits(thinned(blocks, [NSR])[NSR]))}
    for panel, y in zip(axes.flat, at, strict=False):
        piece = blocks.sel({Y: y}, method="nearest")
        share = piece[FRACTION].sum("domain").transpose(Z, X).to_numpy()
        values = np.where(share >= SMALLEST_SHARE, piece[NSR].transpose(Z, X).to_numpy(), np.nan)
        panel.pcolormesh(edges(piece[X]), edges(piece[Z]), values, rasterized=True, **colours)
        _outlines(panel, shell.sel({Y: y}, method="nearest"))
        panel.set_title(f"Section {section_name(y)}, looking {bearing(mine_grid.azimuth)}")
        panel.set(aspect="equal", xlim=window[X], ylim=window[Z], xlabel="x (m)", ylabel="Elevation (m)")
        panel.label_outer()
        scale_bar(panel)
    for panel in axes.flat[len(at) :]:
        panel.set_visible(False)
    colour_bar(figure, ScalarMappable(**colours), axes, f"NSR ({unit})", extend="both")
    others = [factor for factor in _factors(shell) if factor != 1.0]
    handles = [
        Line2D([], [], color=GROUND, linewidth=1.6, label="ground"),
        Line2D([], [], color=SHELL, linewidth=2.2, label="pit shell of the statement"),
        Line2D([], [], color=OTHERS, linewidth=0.9, label=f"shells at revenue factors {', '.join(f'{f:g}' for f in others)}"),
    ]
    figure.legend(handles=handles[: 3 if others else 2], loc="outside lower left", ncols=3)
    return finish(figure, synthetic=synthetic, title="Net smelter return and pit shells (vertical exaggeration 1:1)")


@drawing
def pit_plan(blocks, shell, stations, mine_grid, *, synthetic):
    """Plan of the pit: elevation of its floor, the outline of the mineralised blocks at surface projection, and the collars."""
    window = _window(shell)
    ratio = np.ptp(window[Y]) / np.ptp(window[X])
    figure, axes = canvas(float(np.clip(7.4 * ratio + 1.3, 4.5, 11.5)))
    panel = axes[0, 0]
    mined = (shell["floor"] < shell["ground"]).transpose(Y, X).to_numpy()
    floor = np.where(mined, shell["floor"].transpose(Y, X).to_numpy(), np.nan)
    colours = {"cmap": "cividis", "norm": Normalize(*grade_limits(floor, low=0.0, high=1.0))}
    panel.pcolormesh(edges(shell[X]), edges(shell[Y]), floor, rasterized=True, **colours)
    (filled,) = down_columns(blocks, [FRACTION], lambda window: [_filled(window).sum(axis=0)])
    held = filled > 0
    if held.any() and not held.all():
        panel.contour(blocks[X], blocks[Y], held.astype(float), levels=[0.5], colors=[INK], linewidths=1.2)
    heads = local_stations(stations, mine_grid)
    heads = heads[heads[DEPTH] == 0].drop_duplicates(HOLE)
    panel.plot(heads[X], heads[Y], linestyle="none", marker="o", markersize=3.5, color="white", markeredgecolor=INK)
    panel.set(aspect="equal", xlim=window[X], ylim=window[Y], xlabel="x (m)", ylabel="y (m)")
    scale_bar(panel)
    north_arrow(panel, rotation=-mine_grid.azimuth)
    colour_bar(figure, ScalarMappable(**colours), axes, "Elevation of the pit's floor (m)")
    handles = [
        Line2D([], [], color=INK, linewidth=1.2, label="domains, projected up"),
        Line2D([], [], linestyle="none", marker="o", markersize=4, color="white", markeredgecolor=INK, label="collar"),
    ]
    figure.legend(handles=handles, loc="outside lower left", ncols=2)
    return finish(figure, synthetic=synthetic, title="Pit shell of the statement, plan in the mine grid")


@drawing
def nested_curve(shells, *, currency, synthetic):
    """Rock and ore of the nested shells by revenue factor (left), and their value at the prices of the config (right).

    ``shells`` is the table of `resource.pit.shell_table`.
    """
    figure, axes = canvas(4.4, columns=2)
    left, right = axes[0]
    for column, words, colour, marker in (
        ("rock_tonnage", "all rock", INK, "s"),
        ("ore_tonnage", "processed", OKABE_ITO[1], "o"),
    ):
        left.plot(shells["factor"], shells[column] / MEGATONNE, color=colour, marker=marker, markersize=4, label=words)
    right.plot(shells["factor"], shells["value_at_base_prices"] / 1e6, color=OKABE_ITO[2], marker="o", markersize=4)
    for panel, words in ((left, "Tonnage (Mt)"), (right, f"Undiscounted value at base prices (million {currency})")):
        panel.axvline(1.0, color=INK, linestyle="--", linewidth=1.2, label="statement")
        panel.set(xlabel="Revenue factor", ylabel=words)
        panel.set_ylim(bottom=min(0.0, panel.get_ylim()[0]))
        thousands(panel.yaxis)
    left.legend()
    return finish(figure, synthetic=synthetic, title="Nested pit shells: how far the shell moves with the price")


def _filled(blocks):
    return (blocks[FRACTION].sum("domain") >= SMALLEST_SHARE).transpose(Z, Y, X).to_numpy()


def _factors(shell):
    values = shell[PIT_FACTOR].to_numpy()
    return sorted({float(value) for value in np.unique(values[np.isfinite(values)])} | {1.0})


def _outlines(panel, piece):
    """Draw the ground, and the floor of each shell in it."""
    bounds, ground = edges(piece[X]), piece["ground"].to_numpy()
    panel.plot(piece[X], ground, color=GROUND, linewidth=1.6, zorder=4)
    factor = piece[PIT_FACTOR].transpose(Z, X).to_numpy()
    low = edges(piece[Z])[:-1]
    for value in _factors(piece):
        inside = np.less_equal(factor, value, where=np.isfinite(factor), out=np.zeros(factor.shape, dtype=bool))
        if not inside.any():
            continue
        floor = np.where(inside.any(axis=0), np.minimum(low[np.argmax(inside, axis=0)], ground), np.nan)
        base = value == 1.0
        style = {"color": SHELL if base else OTHERS, "linewidth": 2.2 if base else 0.9, "zorder": 6 if base else 5}
        panel.stairs(floor, bounds, baseline=None, **style)


def _window(shell, margin=40.0):
    """Limits of the pictures along x, y and z, dict: the widest shell with some room, or everything without one."""
    held = shell[PIT_FACTOR].notnull() & (
        shell[Z] - 0.5 * float(shell[Z].diff(Z).mean() if shell.sizes[Z] > 1 else 0) < shell["ground"]
    )
    window = {}
    for name in (X, Y, Z):
        bounds = edges(shell[name])
        places = np.flatnonzero(held.any([other for other in (X, Y, Z) if other != name]).to_numpy())
        low, high = (bounds[places[0]] - margin, bounds[places[-1] + 1] + margin) if places.size else (bounds[0], bounds[-1])
        window[name] = (float(low), float(high))
    return window
