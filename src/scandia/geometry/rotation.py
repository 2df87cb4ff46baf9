"""The one angle convention of scandia: azimuth (right-hand-rule strike), dip and rake of an ellipsoid.

The plane of the major and semi-major axes strikes towards ``azimuth`` and dips by ``dip`` to the right of it, towards
``azimuth + 90``. The major axis lies in that plane, ``rake`` degrees below the strike direction. All in degrees. With
``azimuth=35, dip=90, rake=0`` the major axis runs horizontally towards N035, the semi-major axis straight down.
"""

import numpy as np


def rotation_matrix(azimuth, dip, rake):
    """Rows are the unit vectors (x, y, z) of the major, semi-major and minor axis, shape ``(..., 3, 3)``; right-handed.

    Parameters
    ----------
    azimuth, dip, rake : float or array (...)
        Degrees, against the +y axis of the coordinates in use (grid north in world coordinates, mine north in local ones).
    """
    strike, slope, pitch = (np.deg2rad(np.asarray(angle, dtype=float)) for angle in (azimuth, dip, rake))
    level = np.zeros(np.broadcast(strike, slope, pitch).shape)
    along = np.stack([np.sin(strike) + level, np.cos(strike) + level, level], axis=-1)
    down = np.stack(
        [np.cos(strike) * np.cos(slope) + level, -np.sin(strike) * np.cos(slope) + level, -np.sin(slope) + level], axis=-1
    )
    forward, across = np.cos(pitch)[..., None], np.sin(pitch)[..., None]
    major, semi = forward * along + across * down, -across * along + forward * down
    return np.stack([major, semi, np.cross(major, semi)], axis=-2)


def direction(azimuth, dip):
    """Unit vectors ``(..., 3)`` towards an azimuth and dip in degrees, dip negative down."""
    bearing, incline = np.deg2rad(azimuth), np.deg2rad(dip)
    return np.stack([np.sin(bearing) * np.cos(incline), np.cos(bearing) * np.cos(incline), np.sin(incline)], axis=-1)


def azimuth_dip(vector):
    """Azimuth in [0, 360) and dip (negative down), degrees, of vectors ``(..., 3)`` of any length."""
    vector = np.asarray(vector, dtype=float)
    horizontal = np.hypot(vector[..., 0], vector[..., 1])
    azimuth = np.mod(np.rad2deg(np.arctan2(vector[..., 0], vector[..., 1])), 360.0)
    return azimuth, np.rad2deg(np.arctan2(vector[..., 2], horizontal))


def spell_direction(vector):
    """Words of a direction ``(3,)``: azimuth from grid north, and how far it plunges or rises, in whole degrees.

    >>> spell_direction([1.0, 0.0, 0.0]), spell_direction([0.0, 1.0, -1.0]), spell_direction([0.0, 0.0, -1.0])
    ('090°, level', '000°, 45° down', 'straight down')
    """
    azimuth, dip = (round(float(angle)) for angle in azimuth_dip(vector))
    if abs(dip) == 90:
        return "straight down" if dip < 0 else "straight up"
    return f"{azimuth % 360:03d}°, " + (f"{abs(dip)}° {'down' if dip < 0 else 'up'}" if dip else "level")
