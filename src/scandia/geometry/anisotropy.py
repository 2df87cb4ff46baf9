"""Isotropic frames: the linear maps that turn an ellipsoid into the unit sphere."""

import numpy as np

from scandia.geometry.rotation import rotation_matrix


def isotropic_frame(azimuth, dip, rake, ranges):
    """Matrix ``(3, 3)`` that maps a lag onto axes scaled by their ranges, so that its ellipsoid becomes the unit sphere.

    Parameters
    ----------
    azimuth, dip, rake : float
        Orientation, degrees, in the convention of `scandia.geometry.rotation`.
    ranges : tuple of 3 floats
        Ranges along the major, semi-major and minor axis, m, positive.

    Notes
    -----
    The distance is ``h' = |F h|`` with ``F = diag(1 / ranges) R``, where the rows of ``R`` are the unit vectors of the axes.
    """
    return rotation_matrix(azimuth, dip, rake) / np.asarray(ranges, dtype=float)[:, None]


def ellipsoid_distance(frame, lags):
    """Distances ``(...)`` of lags ``(..., 3)``, m, as shares of the range: 1 on the surface of the ellipsoid of ``frame``."""
    scaled = np.asarray(lags, dtype=float) @ np.asarray(frame, dtype=float).T
    return np.sqrt(np.sum(scaled * scaled, axis=-1))
