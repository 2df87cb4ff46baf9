"""Variance of blocks and of samples within larger volumes: what a variogram says about support."""

import numpy as np

from scandia.errors import InputError
from scandia.geometry.discretisation import regular_offsets
from scandia.variography.covariance import block_gamma, covariance
from scandia.variography.covariance import block_variance as covariance_within


def mean_gamma(variogram, size, points=(4, 4, 4)):
    """Mean semivariance within a block, squared grade units: the dispersion variance of points in it; for every kind.

    Parameters
    ----------
    variogram : Variogram
        Its angles are against +y of the block's own axes.
    size : tuple of float
        Along x, y, z, m.
    points : tuple of int
        Discretisation along x, y, z; ``(1, 1, 1)`` is a point, within which nothing varies.

    Notes
    -----
    ``gammabar(v, v)``, which is ``sill - Cbar(v, v)`` where there is a sill; an unbounded variogram has the mean of its
    semivariance all the same. The nugget counts in full: hardly any two points of a true block coincide.
    """
    size, points = _checked_block(size, points)
    if points == (1, 1, 1):
        return 0.0
    return variogram.nugget + block_gamma(variogram, regular_offsets(size, points))


def block_variance(variogram, size, points=(4, 4, 4)):
    """Variance of blocks, squared grade units: ``Cbar(v, v)``, the sill for points and ever less for larger blocks.

    Parameters
    ----------
    variogram, size, points
        As in `mean_gamma`.

    Raises
    ------
    InputError
        The variogram is unbounded: its points have no variance.
    """
    size, points = _checked_block(size, points)
    if points == (1, 1, 1):
        return float(covariance(variogram, np.zeros(3)))
    return covariance_within(variogram, size, points)


def dispersion_variance(variogram, small, large, *, small_points=(4, 4, 4), large_points=(8, 8, 8)):
    """Variance of small blocks within large ones, squared grade units: ``gammabar(V, V) - gammabar(v, v)``, Krige's relation.

    Parameters
    ----------
    variogram : Variogram
        Point model.
    small, large : tuple of float
        Block sizes along x, y, z, m.
    small_points, large_points : tuple of int
        Their discretisations.

    References
    ----------
    Journel & Huijbregts (1978), Mining Geostatistics, section II.C.
    """
    return mean_gamma(variogram, large, large_points) - mean_gamma(variogram, small, small_points)


def _checked_block(size, points):
    if any(not length > 0.0 for length in size) or any(number < 1 for number in points):
        message = f"block size {tuple(size)} m with {tuple(points)} points; sizes must be above 0 and points 1 or more"
        raise InputError(message)
    return np.asarray(size, dtype=float), tuple(points)
