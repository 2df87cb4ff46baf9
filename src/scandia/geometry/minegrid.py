"""The local mine grid: x across, y along strike, z up, rotated about the vertical by the azimuth of +y."""

import numpy as np

from scandia.settings import setting, settings


@settings
class MineGrid:
    """A plane rotation and shift between world (easting, northing) and local (x, y) coordinates, metres."""

    azimuth: float = setting("Azimuth of the local +y axis, degrees clockwise from grid north.", default=0.0, ge=-360, le=360)
    easting: float = setting("Easting of the tie point, m.", default=0.0)
    northing: float = setting("Northing of the tie point, m.", default=0.0)
    x: float = setting("Local x of the tie point, m.", default=0.0)
    y: float = setting("Local y of the tie point (its section number), m.", default=0.0)


def to_local(mine_grid, easting, northing):
    """Local ``(x, y)``, metres, of world coordinates; arrays of any one shape."""
    sine, cosine = _sine_cosine(mine_grid)
    east = np.asarray(easting, dtype=float) - mine_grid.easting
    north = np.asarray(northing, dtype=float) - mine_grid.northing
    return mine_grid.x + cosine * east - sine * north, mine_grid.y + sine * east + cosine * north


def to_world(mine_grid, x, y):
    """World ``(easting, northing)``, metres, of local coordinates; the inverse of `to_local`."""
    sine, cosine = _sine_cosine(mine_grid)
    across = np.asarray(x, dtype=float) - mine_grid.x
    along = np.asarray(y, dtype=float) - mine_grid.y
    return mine_grid.easting + cosine * across + sine * along, mine_grid.northing - sine * across + cosine * along


def local_azimuth(mine_grid, azimuth):
    """Bearing against mine-grid north, degrees in [0, 360), of a world azimuth."""
    return np.mod(np.asarray(azimuth, dtype=float) - mine_grid.azimuth, 360.0)


def _sine_cosine(mine_grid):
    angle = np.deg2rad(mine_grid.azimuth)
    return np.sin(angle), np.cos(angle)
