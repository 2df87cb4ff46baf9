"""Maps of the differences between two block models: the mean down each column, and across strike."""

import warnings

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize

from scandia.report.figures.marks import edges
from scandia.report.style import canvas, colour_bar, drawing, finish
from scandia.vocabulary import X, Y, Z

COLOURS = "RdBu_r"


@drawing
def difference_maps(difference, *, label, unit, synthetic):
    """Mean difference of each column of blocks in plan, and of each row across strike in the longitudinal section.

    Parameters
    ----------
    difference : xarray.DataArray
        ``(z, y, x)``, this run less the baseline, NaN where one has no estimate.
    label, unit : str
    synthetic : str or None
    """
    figure, axes = canvas(5.6, columns=2)
    plan, section = axes[0]
    values = difference.transpose(Z, Y, X).to_numpy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a column without an estimate has no mean
        down, across = np.nanmean(values, axis=0), np.nanmean(values, axis=2)
    known = np.abs(np.concatenate([one[np.isfinite(one)] for one in (down, across)]))
    limit = float(known.max()) if known.size and known.max() > 0 else 1.0
    colours = {"cmap": COLOURS, "norm": Normalize(-limit, limit)}
    plan.pcolormesh(edges(difference[X]), edges(difference[Y]), np.ma.masked_invalid(down), rasterized=True, **colours)
    plan.set(xlabel="x (m)", ylabel="y (m)", title="Plan", aspect="equal")
    section.pcolormesh(edges(difference[Y]), edges(difference[Z]), np.ma.masked_invalid(across), rasterized=True, **colours)
    section.set(xlabel="y (m)", ylabel="Elevation (m)", title="Longitudinal section", aspect="equal")
    colour_bar(figure, ScalarMappable(**colours), axes, f"{label}, this run less the baseline ({unit})")
    return finish(figure, synthetic=synthetic, title=f"{label}: mean difference of the blocks behind each cell")
