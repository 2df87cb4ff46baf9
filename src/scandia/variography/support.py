"""Variance of blocks and of samples within larger volumes: what a variogram says about support."""

import numpy as np

from scandia.errors import InputError
from scandia.geometry.discretisation import regular_offsets
from scandia.variography.covariance import block_gamma, covariance, gamma
from scandia.variography.covariance import block_variance as covariance_within

MOST_SAMPLES = 2000  # in every pair of which a sample variance is worked out; of more, so many evenly spaced ones
ROWS = 256  # of the pairs, at a time


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


def sample_variance(variogram, places, weights):
    """Variance that samples are expected to show about their own mean, squared grade units; for every kind.

    Parameters
    ----------
    variogram : Variogram
        Its angles are against +y of the coordinates of the places.
    places : array (n, 3)
        Coordinates, m.
    weights : array (n,)
        Weights of the samples in their variance, as of `statistics.weighted.weighted_variance`.

    Notes
    -----
    ``sum of w_i w_j gamma(x_i - x_j)`` with weights that add up to one. It stays below the sill wherever samples lie within the
    ranges of each other: a domain that is not much larger than the ranges shows less than the full variance. Beyond 2,000 samples
    it is that of 2,000 of them, evenly spaced in the given order.

    References
    ----------
    Journel & Huijbregts (1978), Mining Geostatistics, section II.C.
    """
    places, weights = np.asarray(places, dtype=float), np.asarray(weights, dtype=float)
    if len(places) > MOST_SAMPLES:
        chosen = np.linspace(0, len(places) - 1, MOST_SAMPLES).round().astype(int)
        places, weights = places[chosen], weights[chosen]
    shares = weights / weights.sum()
    total = 0.0
    for start in range(0, len(places), ROWS):
        rows = slice(start, start + ROWS)
        total += float(shares[rows] @ gamma(variogram, places[rows, None] - places[None]) @ shares)
    return total


def _checked_block(size, points):
    if any(not length > 0.0 for length in size) or any(number < 1 for number in points):
        message = f"block size {tuple(size)} m with {tuple(points)} points; sizes must be above 0 and points 1 or more"
        raise InputError(message)
    return np.asarray(size, dtype=float), tuple(points)
