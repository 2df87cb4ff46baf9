"""The relative error of a production volume around each block, by the normal approximation."""

import numpy as np
from scipy.ndimage import uniform_filter
from scipy.special import ndtri

from scandia.blockmodel.dataset import grid_of
from scandia.vocabulary import FRACTION, TONNAGE


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
    grade, variance = parts[variable].values, parts[f"{variable}_variance"].values
    known = np.isfinite(grade) & np.isfinite(variance) & (parts[FRACTION].values > 0)
    tonnes = np.where(known, parts[TONNAGE].values, 0.0)
    error = np.full(grade.shape, np.nan)
    quantile = ndtri(0.5 + production.confidence / 2)
    for place in range(len(grade)):
        if not known[place].any():
            continue
        box = _box(grid_of(parts), production.tonnes / _density(parts, place, known[place]))
        weight = uniform_filter(tonnes[place], box, mode="constant")
        sums = [
            uniform_filter(tonnes[place] * np.where(known[place], v[place], 0.0), box, mode="constant") for v in (grade, variance)
        ]
        here = known[place] & (weight > 0)
        mean, spread = (one[here] / weight[here] for one in sums)
        share = quantile * np.sqrt(np.maximum(spread, 0.0) / production.independent)
        error[place][here] = np.divide(share, mean, out=np.full(mean.shape, np.inf), where=mean > 0)
    return error


def _density(parts, place, known):
    """Tonnes per m3 of the domain."""
    volume = parts[FRACTION].values[place][known].sum() * grid_of(parts).volume
    return parts[TONNAGE].values[place][known].sum() / volume


def _box(grid, volume):
    """Odd numbers of blocks along z, y, x nearest to a cube of a volume, m3."""
    side = volume ** (1 / 3)
    return tuple(2 * max(0, round((side / size - 1) / 2)) + 1 for size in reversed(grid.size))
