"""The relative error of a production volume around each block, by the normal approximation."""

import numpy as np
from scipy.ndimage import uniform_filter
from scipy.special import ndtri

from scandia.blockmodel.dataset import grid_of
from scandia.vocabulary import DOMAIN, FRACTION, TONNAGE


def relative_error(parts, variable, production):
    """Half width of the interval of the grade of a production volume over its grade, ``(domain, z, y, x)``; NaN without estimate.

    Parameters
    ----------
    parts : Dataset
        With the variable, ``<variable>_variance``, fraction and tonnage.
    variable : str
    production : ProductionError

    Notes
    -----
    The volume is a box of blocks around the block, as near to a cube of ``tonnes / density`` as whole, odd numbers of blocks
    allow. With the mean estimate ``m`` and the mean kriging variance ``s2`` of the parts of the domain in it, weighted by tonnes,
    and ``k`` independent parts of the production,

        ``error = q sqrt(s2 / k) / m``,  ``q`` the normal quantile of ``(1 + confidence) / 2``.

    With ``k = 1`` the errors of all blocks of the volume count as one, so that the error is not told too small; the practice
    of a quarter as three independent months (Verly, Postolski and Parker 2014) is ``k = 3`` with the volume of the quarter.
    """
    error = np.full(parts[FRACTION].shape, np.nan)
    for place in range(len(error)):  # the sums run along whole rows and columns: their last bits would tell slabs
        _fill(error[place], parts.isel({DOMAIN: place}), variable, production)
    return error


def _fill(error, parts, variable, production):
    """Nothing; fills the relative errors ``(z, y, x)`` of one domain."""
    grade, variance, fraction = (parts[name].values for name in (variable, f"{variable}_variance", FRACTION))
    known = np.isfinite(grade) & np.isfinite(variance) & (fraction > 0)
    if not known.any():
        return
    tonnes = np.where(known, parts[TONNAGE].values, 0.0)
    density = tonnes[known].sum() / (fraction[known].sum() * grid_of(parts).volume)
    box = _box(grid_of(parts), production.tonnes / density)
    weight = uniform_filter(tonnes, box, mode="constant")
    here = known & (weight > 0)
    mean, spread = (
        uniform_filter(tonnes * np.where(known, v, 0.0), box, mode="constant")[here] / weight[here] for v in (grade, variance)
    )
    share = ndtri(0.5 + production.confidence / 2) * np.sqrt(np.maximum(spread, 0.0) / production.independent)
    error[here] = np.divide(share, mean, out=np.full(mean.shape, np.inf), where=mean > 0)


def _box(grid, volume):
    """Odd numbers of blocks along z, y, x nearest to a cube of a volume, m3."""
    side = volume ** (1 / 3)
    return tuple(2 * max(0, round((side / size - 1) / 2)) + 1 for size in reversed(grid.size))
