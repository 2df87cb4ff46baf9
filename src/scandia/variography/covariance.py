"""Semivariance and covariance of a nested variogram, its block averages, and the same model in other frames."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import gamma as gamma_function
from scipy.special import gammaln, kv, kve

from scandia.errors import InputError
from scandia.geometry.anisotropy import ellipsoid_distance, isotropic_frame
from scandia.geometry.discretisation import regular_offsets
from scandia.geometry.minegrid import local_azimuth

EXPONENT = 3.0  # practical range: exp(-3) leaves 5 % of the sill
NEAREST = 1e-20  # argument of the Matern correlation below which 1 is exact to rounding, from smoothness 1 on
VANISHED = 750.0  # argument from which on the Bessel function is 0 in double precision


def gamma(variogram, lags):
    """Semivariances ``(...)``, squared grade units, of lag vectors ``(..., 3)`` in metres; zero at a zero lag.

    Parameters
    ----------
    variogram : Variogram
        Its angles are against the +y axis of the coordinates of the lags.
    lags : array (..., 3)
        Separation vectors, m.

    Notes
    -----
    ``gamma(h) = nugget [h != 0] + sum of contribution * shape(h')``, where ``h'`` is the lag as a share of the range in the
    structure's own frame. The shapes, which reach 1 at ``h' = 1`` (spherical, cubic, power, linear) or 0.95 (practical range):

    - spherical ``1.5 h' - 0.5 h'^3``
    - exponential ``1 - exp(-3 h')``
    - gaussian ``1 - exp(-3 h'^2)``
    - cubic ``7 h'^2 - 8.75 h'^3 + 3.5 h'^5 - 0.75 h'^7``
    - matern ``1 - 2^(1-nu) / Gamma(nu) (k h')^nu K_nu(k h')`` with ``nu`` the smoothness and ``k`` of `matern_scale`
    - power ``h'^exponent`` and linear ``h'``, which grow without bound

    References
    ----------
    CD12, section 2.5.
    """
    lags = _checked_lags(lags)
    nugget = np.where(np.any(lags != 0.0, axis=-1), variogram.nugget, 0.0)
    return nugget + structured_gamma(variogram, lags)


def structured_gamma(variogram, lags):
    """Semivariances ``(...)`` of the nested structures alone, without nugget, of lag vectors ``(..., 3)`` in metres."""
    lags = _checked_lags(lags)
    total = np.zeros(lags.shape[:-1])
    for structure in variogram.structures:
        total = total + structure.contribution * _shape(structure, lags)
    return total


def covariance(variogram, lags):
    """Covariances ``(...)``, squared grade units, of lag vectors ``(..., 3)`` in metres: the sill minus `gamma`.

    Raises
    ------
    InputError
        A structure is unbounded: there is no sill to take `gamma` from.
    """
    lags = _checked_lags(lags)
    nugget = np.where(np.any(lags != 0.0, axis=-1), 0.0, variogram.nugget)
    return nugget + structured_covariance(variogram, lags)


def structured_covariance(variogram, lags):
    """Covariances ``(...)`` of the nested structures alone, without nugget, of lag vectors ``(..., 3)``; as `covariance`."""
    lags = _checked_lags(lags)
    _require_bounded(variogram)
    total = np.zeros(lags.shape[:-1])
    for structure in variogram.structures:
        total = total + structure.contribution * _correlation(structure, lags)
    return total


def block_gamma(variogram, offsets):
    """Mean semivariance of the structures within a block, squared grade units, from its points ``(n, 3)``, m; for every kind.

    The nugget is left out, as by `block_covariance`; `support.mean_gamma` adds it.
    """
    offsets = np.asarray(offsets, dtype=float)
    return float(np.mean(structured_gamma(variogram, offsets[:, None, :] - offsets[None, :, :])))


def block_covariance(variogram, offsets):
    """Mean covariance within a block, squared grade units, from its discretisation points ``(n, 3)``, m; as `covariance`.

    The nugget is left out: the average over the true, continuous block gives it no weight, and neither does kt3d, which
    takes it off the diagonal of the block-to-block matrix. Programs that leave it there differ by ``nugget / n``.
    """
    offsets = np.asarray(offsets, dtype=float)
    return float(np.mean(structured_covariance(variogram, offsets[:, None, :] - offsets[None, :, :])))


def block_variance(variogram, size, points=(4, 4, 4)):
    """Mean covariance within a block of ``size``, m, discretised by ``points``, each along x, y, z; see `block_covariance`."""
    return block_covariance(variogram, regular_offsets(size, points))


def localise(model, mine_grid):
    """Variogram, Structure or Search like the given one, its world azimuths, degrees, turned into mine-grid ones."""
    if hasattr(model, "structures"):
        return replace(model, structures=tuple(localise(structure, mine_grid) for structure in model.structures))
    if hasattr(model, "passes"):
        model = replace(model, passes=tuple(localise(item, mine_grid) for item in model.passes))
    if model.azimuth is None:  # a pass that turns with its search
        return model
    return replace(model, azimuth=float(local_azimuth(mine_grid, model.azimuth)))


@lru_cache(maxsize=256)
def matern_scale(smoothness):
    """Scale ``k`` of the Matérn correlation that makes its range practical: ``rho(1) = exp(-3)``, as the exponential's.

    Parameters
    ----------
    smoothness : float
        ``nu``; 0.5 gives ``k = 3``, and ``k`` nears ``2 sqrt(3 nu)``, the Gaussian's, as it grows.

    Raises
    ------
    InputError
        The smoothness is so near 0 that the correlation falls to 5 % within no distance that a number can hold.

    Notes
    -----
    The root of ``ln rho(k) = -3`` in ``ln k``, where the curve is nearly straight; ``ln rho`` from the exponentially scaled
    Bessel function, so that nothing underflows.

    References
    ----------
    CD12, section 2.5 (there the K-Bessel model).
    """

    def excess(log_scale):
        scale = np.exp(log_scale)
        log_power = (1.0 - smoothness) * np.log(2.0) - gammaln(smoothness) + smoothness * log_scale
        return log_power + np.log(kve(smoothness, scale)) - scale + EXPONENT

    nearest = np.log(NEAREST)
    if not smoothness > 0.0 or excess(nearest) <= 0.0:
        message = (
            f"a Matérn structure of smoothness {smoothness} has no practical range. Hint: 0.01 or more; or enlarge the nugget"
        )
        raise InputError(message)
    return float(np.exp(brentq(excess, nearest, np.log(20.0 + 4.0 * smoothness), xtol=1e-15, rtol=1e-15)))


def matern_correlation(argument, smoothness):
    """Matérn correlations ``(...)`` of ``k h'`` ``(...)``: 1 at 0, and 0 where the Bessel function has vanished.

    Notes
    -----
    ``rho(x) = 2^(1-nu) / Gamma(nu) x^nu K_nu(x)``. Towards 0 ``K_nu`` overflows while ``x^nu`` underflows; there, from
    smoothness 1 on, ``rho`` is 1 to rounding.
    """
    argument = np.asarray(argument, dtype=float)
    nearest = NEAREST if smoothness >= 1.0 else np.finfo(float).tiny
    inside = np.clip(argument, nearest, VANISHED)
    values = 2.0 ** (1.0 - smoothness) / gamma_function(smoothness) * inside**smoothness * kv(smoothness, inside)
    return np.where(argument < nearest, 1.0, np.minimum(values, 1.0))


def _require_bounded(variogram):
    for number, structure in enumerate(variogram.structures, start=1):
        if not structure.bounded:
            message = (
                f"this variogram has no covariance: its structure {number} is of kind {structure.kind}, whose semivariance grows "
                "without bound. Hint: use gamma, and support.mean_gamma for the mean within a block"
            )
            raise InputError(message)


def _checked_lags(lags):
    lags = np.asarray(lags, dtype=float)
    if lags.ndim == 0 or lags.shape[-1] != 3:
        message = f"lags have shape {lags.shape}; they must be (..., 3): one separation vector x, y, z in metres a row"
        raise InputError(message)
    return lags


def _distance(structure, lags):
    frame = isotropic_frame(structure.azimuth, structure.dip, structure.rake, structure.ranges)
    return ellipsoid_distance(frame, lags)


def _shape(structure, lags):
    """Semivariances of a structure of contribution 1."""
    if structure.bounded:
        return 1.0 - _correlation(structure, lags)
    return _distance(structure, lags) ** structure.exponent  # a linear structure's exponent is 1


def _correlation(structure, lags):
    distance = _distance(structure, lags)
    if structure.kind == "matern":
        return matern_correlation(matern_scale(structure.smoothness) * distance, structure.smoothness)
    return SHAPES[structure.kind](distance)


def _spherical(h):
    h = np.minimum(h, 1.0)
    return 1.0 - h * (1.5 - 0.5 * h * h)


def _exponential(h):
    return np.exp(-EXPONENT * h)


def _gaussian(h):
    return np.exp(-EXPONENT * h * h)


def _cubic(h):
    h = np.minimum(h, 1.0)
    square = h * h
    return 1.0 - square * (7.0 + h * (-8.75 + square * (3.5 - 0.75 * square)))


# Correlations of the kinds that have no parameter of their own
SHAPES = {"spherical": _spherical, "exponential": _exponential, "gaussian": _gaussian, "cubic": _cubic}
