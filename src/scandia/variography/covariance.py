"""Semivariance and covariance of a nested variogram, its block averages, and the same model in other frames and programs."""

from dataclasses import replace

import numpy as np

from scandia.errors import InputError
from scandia.geometry.anisotropy import ellipsoid_distance, isotropic_frame
from scandia.geometry.discretisation import regular_offsets
from scandia.geometry.minegrid import local_azimuth
from scandia.geometry.rotation import rotation_matrix

EXPONENT = 3.0  # practical range: exp(-3) leaves 5 % of the sill


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
    structure's own frame. The shapes, which reach 1 at ``h' = 1`` (spherical, cubic) or 0.95 (practical range):

    - spherical ``1.5 h' - 0.5 h'^3``
    - exponential ``1 - exp(-3 h')``
    - gaussian ``1 - exp(-3 h'^2)``
    - cubic ``7 h'^2 - 8.75 h'^3 + 3.5 h'^5 - 0.75 h'^7``

    References
    ----------
    Chilès & Delfiner (2012), Geostatistics, section 2.5.
    """
    lags = _checked_lags(lags)
    nugget = np.where(np.any(lags != 0.0, axis=-1), variogram.nugget, 0.0)
    return nugget + sum(s.contribution * (1.0 - _correlation(s, lags)) for s in variogram.structures)


def covariance(variogram, lags):
    """Covariances ``(...)``, squared grade units, of lag vectors ``(..., 3)`` in metres: the sill minus `gamma`."""
    lags = _checked_lags(lags)
    nugget = np.where(np.any(lags != 0.0, axis=-1), 0.0, variogram.nugget)
    return nugget + structured_covariance(variogram, lags)


def structured_covariance(variogram, lags):
    """Covariances ``(...)`` of the nested structures alone, without nugget, of lag vectors ``(..., 3)`` in metres."""
    lags = _checked_lags(lags)
    total = np.zeros(lags.shape[:-1])
    for structure in variogram.structures:
        total = total + structure.contribution * _correlation(structure, lags)
    return total


def block_covariance(variogram, offsets):
    """Mean covariance within a block, squared grade units, from its discretisation points ``(n, 3)``, m.

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
    return replace(model, azimuth=float(local_azimuth(mine_grid, model.azimuth)))


def to_gstools(variogram):
    """GSTools covariance model (3-D) equal to ``variogram``.

    Raises
    ------
    InputError
        The structures differ in orientation or in the ratios of their ranges: a sum of GSTools models has one anisotropy.

    Notes
    -----
    GSTools returns ``variogram(0) = nugget`` in some of its methods; ours is 0 there by law.
    """
    import gstools  # heavy, and needed by nobody else here

    _require_common_anisotropy(variogram)
    makers = {
        "spherical": (gstools.Spherical, 1.0),
        "exponential": (gstools.Exponential, EXPONENT),
        "gaussian": (gstools.Gaussian, np.sqrt(EXPONENT)),
        "cubic": (gstools.Cubic, 1.0),
    }
    models = []
    for structure in variogram.structures:
        maker, rescale = makers[structure.kind]
        angles = _gstools_angles(rotation_matrix(structure.azimuth, structure.dip, structure.rake))
        options = {"dim": 3, "var": structure.contribution, "len_scale": structure.ranges, "angles": angles, "rescale": rescale}
        models.append(maker(**options))
    return gstools.SumModel(*models, nugget=variogram.nugget)


def _require_common_anisotropy(variogram):
    shapes = []
    for structure in variogram.structures:
        frame = isotropic_frame(structure.azimuth, structure.dip, structure.rake, structure.ranges) * structure.ranges[0]
        shapes.append(frame.T @ frame)
    if any(not np.allclose(shape, shapes[0], rtol=1e-9, atol=1e-9) for shape in shapes):
        message = (
            "GSTools cannot represent this variogram: its structures differ in orientation or in the ratios of their ranges, "
            "and a sum of GSTools models has one anisotropy. Hint: give all structures the same angles and ratios"
        )
        raise InputError(message)


def _gstools_angles(axes):
    """Yaw, pitch and roll, radians, of GSTools for axes whose rows are unit vectors: ``axes.T = Rx(roll) Ry(pitch) Rz(yaw)``."""
    matrix = axes.T
    pitch = np.arcsin(np.clip(matrix[0, 2], -1.0, 1.0))
    if np.hypot(matrix[0, 0], matrix[0, 1]) < 1e-9:  # pitch of 90 degrees: yaw and roll turn about one axis
        return [np.arctan2(matrix[1, 0], matrix[1, 1]), pitch, 0.0]
    return [np.arctan2(-matrix[0, 1], matrix[0, 0]), pitch, np.arctan2(-matrix[1, 2], matrix[2, 2])]


def _checked_lags(lags):
    lags = np.asarray(lags, dtype=float)
    if lags.ndim == 0 or lags.shape[-1] != 3:
        message = f"lags have shape {lags.shape}; they must be (..., 3): one separation vector x, y, z in metres a row"
        raise InputError(message)
    return lags


def _correlation(structure, lags):
    frame = isotropic_frame(structure.azimuth, structure.dip, structure.rake, structure.ranges)
    return SHAPES[structure.kind](ellipsoid_distance(frame, lags))


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


SHAPES = {"spherical": _spherical, "exponential": _exponential, "gaussian": _gaussian, "cubic": _cubic}
