"""The pit shells as a dataset on their own grid, which is wider than the model's."""

import numpy as np

from scandia.blockmodel.dataset import new_parts
from scandia.vocabulary import DOMAIN, PIT_FACTOR

CRS = "coordinate_reference_system"


def shell_dataset(shells, *, mark=None):
    """Dataset of the blocks of the pit with ``pit_factor`` (z, y, x), ``ground`` and ``floor`` (y, x) in m.

    Parameters
    ----------
    shells : pit.Shells
    mark : str, optional
        How the deposit was simulated.

    Notes
    -----
    ``floor`` is the elevation of the bottom of the shell at revenue factor 1, and the ground where nothing is mined, so that
    the two make the surface of the pit.
    """
    grid, number, factors = shells.grid, shells.number, shells.factors
    factor = np.append(np.nan, factors)[number]
    inside = (number > 0) & (number <= factors.index(1.0) + 1)
    ground = _column_means(grid, grid.level)
    bottom = grid.coarse.origin[2] + grid.coarse.size[2] * np.argmax(inside, axis=0)
    floor = np.where(inside.any(axis=0), np.minimum(bottom, ground), ground)
    empty = new_parts(grid.coarse, {}, shells.parts.attrs[CRS], shells.parts.attrs["title"], mark)
    return empty.drop_dims(DOMAIN).assign(
        {
            PIT_FACTOR: (("z", "y", "x"), factor, {"long_name": "lowest revenue factor whose pit shell holds the block"}),
            "ground": (("y", "x"), ground, {"long_name": "elevation of the ground", "units": "m"}),
            "floor": (("y", "x"), floor, {"long_name": "elevation of the pit's floor, or of the ground", "units": "m"}),
        }
    )


def _column_means(grid, level):
    (_, ny, nx), (bx, by, _) = grid.coarse.shape, grid.blocks
    return level.reshape(ny, by, nx, bx).mean(axis=(1, 3))
