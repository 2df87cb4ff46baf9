"""The estimate against nearest neighbour and inverse distance: block by block, and quantile by quantile."""

import numpy as np

from scandia.report.figures.pieces import thinned
from scandia.report.style import FAINT, INK, OKABE_ITO, canvas, drawing, finish, plain, with_unit
from scandia.statistics.weighted import weighted_quantile

CHECKS = {"nearest": "nearest neighbour", "inverse_distance": "inverse distance"}
SHARES = (np.arange(100) + 0.5) / 100
MOST = 6000  # blocks that a scatter draws; more would only darken it


@drawing
def estimate_and_checks(blocks, *, variable, label, unit, synthetic, method="estimate"):
    """Scatter and Q-Q plot of the estimate against each check estimate, over the same blocks.

    Parameters
    ----------
    blocks : Dataset
        Dims (z, y, x): the variable, ``<variable>_nearest``, ``<variable>_inverse_distance`` and ``<variable>_tonnage``.
    method : str
        Name of the estimator.
    """
    figure, axes = canvas(8.8, rows=2, columns=2)
    names = [variable, *(f"{variable}_{check}" for check in CHECKS)]
    blocks = thinned(blocks, [*names, f"{variable}_tonnage"])
    values = np.array([blocks[name].to_numpy().ravel() for name in names])
    known = np.isfinite(values).all(axis=0)
    values, weights = values[:, known], blocks[f"{variable}_tonnage"].to_numpy().ravel()[known]
    for column, (words, check) in enumerate(zip(CHECKS.values(), values[1:], strict=True)):
        scatter, quantiles = axes[0, column], axes[1, column]
        step = -(-values.shape[1] // MOST) or 1
        scatter.scatter(check[::step], values[0][::step], s=5, alpha=0.3, color=OKABE_ITO[0], linewidth=0, rasterized=True)
        quantiles.plot(
            *(weighted_quantile(column_, weights, SHARES) for column_ in (check, values[0])),
            "o",
            color=OKABE_ITO[0],
            markersize=3.5,
        )
        _ends(scatter, check, values[0])
        _ends(quantiles, *(np.asarray(line.get_data()).T for line in quantiles.lines[:1]))
        if values.shape[1] > 2 and np.ptp(check) > 0 and np.ptp(values[0]) > 0:
            text = f"correlation {np.corrcoef(check, values[0])[0, 1]:.3f}\nn = {values.shape[1]:,}"
            scatter.text(0.03, 0.97, text, transform=scatter.transAxes, va="top", fontsize=9)
        scatter.set_title("Block by block")
        quantiles.set_title("Quantiles 0.5 to 99.5 %, by tonnage")
        for panel in (scatter, quantiles):
            panel.set(xlabel=f"{words[0].upper()}{words[1:]} {with_unit(plain(label), unit)}", ylabel=f"Estimate ({unit})")
    return finish(figure, synthetic=synthetic, title=f"{plain(label)}: {method} against the check estimates")


def _ends(panel, *arrays):
    """Draw the line of equality over the range of all values, on equal scales."""
    values = np.concatenate([np.ravel(array) for array in arrays]) if arrays else np.empty(0)
    values = values[np.isfinite(values)]
    ends = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    panel.plot(ends, ends, color=INK, linestyle="--", linewidth=1.0)
    panel.grid(color=FAINT, alpha=0.3)
    panel.set_aspect("equal", adjustable="box")
