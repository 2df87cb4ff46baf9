"""Converters between our (azimuth, dip, rake) and the angles of other programs, one pair of functions for each program.

An ellipsoid looks the same when an axis is reversed, so every converter holds for axes *up to their sign*, and angles that
come back may be others than those that went in, of the same ellipsoid. All angles are degrees, but for GSTools' radians, and
azimuths are against the +y axis of the coordinates in use. Ranges keep their order: major, semi-major, minor.
"""

import numpy as np

from scandia.errors import InputError
from scandia.geometry.euler import X, Y, Z, compose, decompose
from scandia.geometry.rotation import rotation_matrix

FLAT = 2e-15  # sine of an angle that is none but for rounding: a flat plane, a vertical plane, a horizontal axis
DATAMINE_AXES = (3, 1, 3)


def from_axes(axes):
    """Azimuth in [0, 360), dip in [0, 90] and rake in (-90, 90], degrees, of axes up to their sign.

    Parameters
    ----------
    axes : array (3, 3)
        Rows are unit vectors of the major, semi-major and minor axis, each of either sign.

    Notes
    -----
    A flat plane has no strike: its rake is 0 and the azimuth that of the major axis. Of the two strikes of a vertical plane
    the one in [0, 180) is taken.
    """
    major, semi = np.asarray(axes, dtype=float)[:2]
    normal = np.cross(major, semi)
    if normal[2] > 0.0:
        normal = -normal
    level = np.hypot(normal[0], normal[1])
    if level < FLAT:
        return _bearing(major[0], major[1]), 0.0, 0.0
    azimuth = _bearing(normal[1], -normal[0])
    if -normal[2] < FLAT:
        azimuth = _within(azimuth, 180.0)
    dip = float(np.rad2deg(np.arctan2(level, -normal[2])))
    along, down = rotation_matrix(azimuth, dip, 0.0)[:2]
    return azimuth, dip, _half_turn(np.rad2deg(np.arctan2(major @ down, major @ along)))


def from_many_axes(axes):
    """Azimuth, dip and rake, degrees ``(m, 3)``, of axes ``(m, 3, 3)``; for each what `from_axes` gives."""
    axes = np.asarray(axes, dtype=float)
    major, normal = axes[:, 0], np.cross(axes[:, 0], axes[:, 1])
    normal = np.where(normal[:, 2:] > 0.0, -normal, normal)
    level = np.hypot(normal[:, 0], normal[:, 1])
    flat, vertical = level < FLAT, -normal[:, 2] < FLAT
    bearing = np.where(flat, np.arctan2(major[:, 0], major[:, 1]), np.arctan2(normal[:, 1], -normal[:, 0]))
    azimuth = np.rad2deg(bearing) % 360.0 % np.where(vertical, 180.0, 360.0)
    dip = np.where(flat, 0.0, np.rad2deg(np.arctan2(level, -normal[:, 2])))
    strike, slope = np.deg2rad(azimuth), np.deg2rad(dip)
    along = np.column_stack([np.sin(strike), np.cos(strike), np.zeros(len(axes))])
    down = np.column_stack([np.cos(strike) * np.cos(slope), -np.sin(strike) * np.cos(slope), -np.sin(slope)])
    rake = np.rad2deg(np.arctan2(np.sum(major * down, axis=1), np.sum(major * along, axis=1)))
    return np.column_stack([azimuth, dip, np.where(flat, 0.0, 90.0 - (90.0 - rake) % 180.0)])


def from_gslib(ang1, ang2, ang3):
    """Azimuth, dip, rake of GSLIB's angles: azimuth of the major axis, its dip (negative down) and the third rotation.

    Notes
    -----
    From x, y, z as major, semi-major, minor: turn by ``90 - ang1`` about z, by ``-ang2`` about the new y and by ``ang3`` about
    the new x, all right-handed. A positive third angle lifts the semi-major axis, which at 0 is level, to the left of the
    major. The ranges are ``a_hmax, a_hmin, a_vert``. As in the subroutine setrot, which kt3d and sgsim share.

    References
    ----------
    GSLIB, section II.3; Deutsch2015.
    """
    return from_axes(compose((Z, Y, X), (90.0 - ang1, -ang2, ang3)).T)


def to_gslib(azimuth, dip, rake):
    """GSLIB's ``ang1`` in [0, 360), ``ang2`` in [-90, 0] and ``ang3`` in (-90, 90] of our angles; see `from_gslib`."""
    first, second, third = decompose((Z, Y, X), _downward(rotation_matrix(azimuth, dip, rake)).T)
    return _within(90.0 - first, 360.0), 0.0 - second, _half_turn(third)


def from_vulcan(bearing, plunge, dip):
    """Azimuth, dip, rake of Vulcan's bearing of the major axis, its plunge (negative down) and dip about it.

    Notes
    -----
    As GSLIB's angles with the third reversed: a positive dip lowers the semi-major axis to the left of the bearing. That a
    bearing is clockwise from north and a plunge negative downwards stands in Maptek's help [Maptek2024]. **The sign of the
    third angle is not verified** by any document of Maptek's: it is that of GeoStatsBase.jl [GeoStatsBase], whose authors ask
    for a review of it. Look at one ellipsoid in Vulcan before relying on it.
    """
    return from_gslib(bearing, plunge, -dip)


def to_vulcan(azimuth, dip, rake):
    """Vulcan's bearing in [0, 360), plunge in [-90, 0] and dip in [-90, 90] of our angles; see `from_vulcan` for what is sure."""
    bearing, plunge, third = to_gslib(azimuth, dip, rake)
    return bearing, plunge, 0.0 - third


def from_leapfrog(dip, dip_azimuth, pitch):
    """Azimuth, dip, rake of Leapfrog's dip, dip azimuth and pitch.

    Notes
    -----
    The major axis lies in the plane, ``pitch`` below the strike line that has the dip to its right: ``azimuth = dip_azimuth -
    90``, ``rake = pitch``. Seequent's schema says that all three turn clockwise about z, x and z, and its software draws the
    major axis along x and the semi-major along y before them [Evo2025]; looked at from above the plane, a growing pitch turns
    the major axis clockwise.
    """
    return from_axes(rotation_matrix(dip_azimuth - 90.0, dip, pitch))


def to_leapfrog(azimuth, dip, rake):
    """Leapfrog's dip in [0, 90], dip azimuth in [0, 360) and pitch in [0, 180) of our angles; see `from_leapfrog`."""
    azimuth, dip, rake = from_axes(rotation_matrix(azimuth, dip, rake))
    return dip, _within(azimuth + 90.0, 360.0), _within(rake, 180.0)


def from_datamine(angle1, angle2, angle3, *, axes=DATAMINE_AXES):
    """Azimuth, dip, rake of Datamine's three rotations about named axes (SANGLE1-3 about SAXIS1-3, or those of a variogram).

    Parameters
    ----------
    angle1, angle2, angle3 : float
        Degrees, clockwise when viewed along the positive axis towards the origin.
    axes : tuple of 3 int
        1 for x, 2 for y, 3 for z, each as turned by the rotations before it. Datamine's default is 3, 1, 3.

    Notes
    -----
    Major, semi-major and minor are the axes x, y, z of the search volume, so that the ranges are SDIST1, SDIST2, SDIST3 in
    this order, whichever is the longest. With the default axes the angles are Leapfrog's dip azimuth, dip and pitch.

    References
    ----------
    DatamineHelp (Search Volumes; Search Volume Parameters).
    """
    return from_axes(compose(_datamine_sequence(axes), (-angle1, -angle2, -angle3)).T)


def to_datamine(azimuth, dip, rake, *, axes=DATAMINE_AXES):
    """Datamine's three angles in [-180, 180] about ``axes`` of our angles; see `from_datamine`."""
    sequence = _datamine_sequence(axes)
    if sequence[1] in (sequence[0], sequence[2]):
        message = f"rotation axes are {tuple(axes)}; neighbours must differ, or two of the three turns are one. Hint: 3, 1, 3"
        raise InputError(message)
    turned = rotation_matrix(azimuth, dip, rake)
    if turned[2, 2] < FLAT:  # the minor axis up, as z is; for a vertical plane as for one that is nearly so
        turned = turned * np.array([[-1.0], [1.0], [-1.0]])
    third, second, first = decompose(sequence[::-1], turned)  # the inverse, read backwards, turns clockwise
    return first, second, third


def from_gstools(yaw, pitch, roll):
    """Azimuth, dip, rake, degrees, of GSTools' yaw, pitch and roll, which are radians.

    Notes
    -----
    GSTools turns by yaw in the plane x, y, by pitch in x, z and by roll in y, z, about axes that stay: ``axes.T = Rx(roll)
    Ry(pitch) Rz(yaw)``, checked against its function ``rotated_main_axes``. The ranges are its length scales in their order.

    References
    ----------
    GSTools.
    """
    return from_axes(compose((X, Y, Z), np.rad2deg([roll, pitch, yaw])).T)


def to_gstools(azimuth, dip, rake):
    """GSTools' yaw, pitch and roll, radians, of our angles; see `from_gstools`."""
    roll, pitch, yaw = decompose((X, Y, Z), rotation_matrix(azimuth, dip, rake).T)
    return float(np.deg2rad(yaw)), float(np.deg2rad(pitch)), float(np.deg2rad(roll))


def _datamine_sequence(axes):
    if len(axes) != 3 or any(axis not in (1, 2, 3) for axis in axes):
        message = (
            f"rotation axes are {tuple(axes)}; they must be three of 1 (x), 2 (y) and 3 (z). Hint: Datamine's default is 3, 1, 3"
        )
        raise InputError(message)
    return tuple(int(axis) - 1 for axis in axes)


def _downward(axes):
    """The same axes up to sign, right-handed, the major not upwards and the minor not downwards."""
    major, semi, _ = axes
    major = -major if major[2] > FLAT else major
    semi = -semi if np.cross(major, semi)[2] < -FLAT else semi
    return np.stack([major, semi, np.cross(major, semi)])


def _bearing(east, north):
    return _within(np.rad2deg(np.arctan2(east, north)), 360.0)


def _within(angle, turn):
    """The angle in [0, turn); the second remainder is for a negative one so small that the first rounds up to ``turn``."""
    return float(angle) % turn % turn


def _half_turn(angle):
    """The angle within (-90, 90], degrees, that differs by half turns, which change no axis but its sign."""
    return 90.0 - (90.0 - float(angle)) % 180.0
