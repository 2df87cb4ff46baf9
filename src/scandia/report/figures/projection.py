"""The longitudinal projection of a grade: the mean across strike, and how much rock stands behind it."""

import numpy as np
from matplotlib.colors import Normalize

from scandia.report.figures.marks import edges, local_stations, scale_bar
from scandia.report.figures.pieces import across_rows
from scandia.report.style import GRADE_COLOURS, INK, bearing, canvas, colour_bar, drawing, finish, grade_limits, plain, with_unit
from scandia.vocabulary import HOLE, X, Y, Z

MOST_RINGED = 1500  # composites; the rings of more would hide their colours


@drawing
def longitudinal_grade(blocks, composites, stations, mine_grid, variable, *, label, unit, synthetic):
    """Mean grade across strike by tonnage over the tonnes themselves, on the y-z plane, looking along -x; composites as points.

    Parameters
    ----------
    blocks : Dataset
        Dims (z, y, x): the variable and ``<variable>_tonnage``.
    composites : DataFrame
        x, y, z and the variable; drawn on the same colour scale.
    """
    ratio = float(np.ptp(edges(blocks[Z])) / np.ptp(edges(blocks[Y])))
    figure, axes = canvas(float(np.clip(2 * (7.6 * ratio + 0.4) + 1.2, 6.0, 15.0)), rows=2, sharex=True, sharey=True)
    grade, tonnes = across_strike(blocks, variable)
    limits = Normalize(*grade_limits(grade, composites[variable]))
    bounds = edges(blocks[Y]), edges(blocks[Z])
    shown = axes[0, 0].pcolormesh(*bounds, grade, cmap=GRADE_COLOURS, norm=limits, rasterized=True)
    known = composites[composites[variable].notna()]
    dense = len(known) > MOST_RINGED
    style = {"s": 6 if dense else 12, "edgecolor": "white", "linewidth": 0.0 if dense else 0.4}
    axes[0, 0].scatter(known[Y], known[Z], c=known[variable], cmap=GRADE_COLOURS, norm=limits, zorder=5, **style)
    colour_bar(figure, shown, axes[0, 0], with_unit(plain(label), unit), extend="both")
    cell = 1e-3 * np.where(tonnes > 0, tonnes, np.nan)
    shown = axes[1, 0].pcolormesh(*bounds, cell, cmap="cividis", rasterized=True)
    colour_bar(figure, shown, axes[1, 0], "Tonnage across strike (kt)")
    for panel in axes[:, 0]:
        for _, trace in local_stations(stations, mine_grid).groupby(HOLE, sort=True):
            panel.plot(trace[Y], trace[Z], color=INK, linewidth=0.6)
        panel.set(aspect="equal", xlabel="y (m)", ylabel="Elevation (m)", xlim=bounds[0][[0, -1]], ylim=bounds[1][[0, -1]])
        panel.label_outer()
        scale_bar(panel)
    title = f"{plain(label)}: longitudinal projection looking {bearing(mine_grid.azimuth - 90)} (vertical exaggeration 1:1)"
    return finish(figure, synthetic=synthetic, title=title)


def across_strike(blocks, variable):
    """Mean grade by tonnage ``(z, y)``, NaN where there is none, and the tonnage ``(z, y)`` behind it, t."""
    names = (variable, f"{variable}_tonnage")

    def sums(window):
        tonnage = window[names[1]].fillna(0.0).transpose(Z, Y, X).to_numpy()
        grade = window[variable].transpose(Z, Y, X).to_numpy()
        weight = np.where(np.isfinite(grade), tonnage, 0.0)
        return weight.sum(axis=2), (weight * np.where(np.isfinite(grade), grade, 0.0)).sum(axis=2)

    total, metal = across_rows(blocks, names, sums)
    return np.divide(metal, total, out=np.full(total.shape, np.nan), where=total > 0), total
