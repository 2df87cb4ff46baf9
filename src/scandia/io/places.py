"""The ground over the columns of a block model."""

import numpy as np

from scandia.blockmodel.dataset import grid_of
from scandia.blockmodel.settings import Topography
from scandia.config.typed import typed
from scandia.geometry.minegrid import to_world
from scandia.geometry.surface import elevation_at
from scandia.io.ground import read_ground


def ground_over(parts, root, topography, collar):
    """Elevation of the ground over the centres of the columns of blocks, m, shape ``(y, x)``; None without topography.

    Parameters
    ----------
    parts : Dataset
    root : path-like
        The deposit's folder.
    topography : mapping or None
        Plain section of the config.
    collar : DataFrame
        Collars, where the surface goes through them.
    """
    surface = read_ground(root, typed(Topography, topography), collar)
    if surface is None:
        return None
    y, x = np.meshgrid(parts["y"].values, parts["x"].values, indexing="ij")
    easting, northing = to_world(grid_of(parts).mine_grid, x, y)
    return elevation_at(surface, easting.ravel(), northing.ravel()).reshape(x.shape)
