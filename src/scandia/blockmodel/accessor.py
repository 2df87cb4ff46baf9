"""The accessor ``dataset.scandia``: geometry of the block model, and nothing else."""

import numpy as np
import xarray as xr

from scandia.blockmodel.dataset import BLOCKS, grid_of
from scandia.errors import InputError
from scandia.geometry.minegrid import to_world


@xr.register_dataset_accessor("scandia")
class BlockGeometry:
    """Geometry of a block model by its labels: sections, plans, positions and flat order."""

    def __init__(self, dataset):
        self._dataset = dataset

    @property
    def grid(self):
        """`Grid` of the model."""
        return grid_of(self._dataset)

    @property
    def volume(self):
        """Volume of one block, m3."""
        return self.grid.volume

    def section(self, y):
        """The vertical section of blocks whose centres lie nearest to mine-grid `y`, m."""
        return self._slice("y", y)

    def plan(self, z):
        """The level of blocks whose centres lie nearest to elevation `z`, m."""
        return self._slice("z", z)

    def centres(self):
        """Local block centres in flat order (x fastest), m, shape ``(n, 3)``."""
        return self.grid.centres()

    def world(self):
        """Easting, northing, elevation of the block centres in flat order, m, shape ``(n, 3)``."""
        local = self.centres()
        return np.column_stack([*to_world(self.grid.mine_grid, local[:, 0], local[:, 1]), local[:, 2]])

    def flat(self, name):
        """Values of a variable in flat order (x fastest): ``(n,)``, or ``(domains, n)`` of a variable by part."""
        array = self._dataset[name]
        leading = [dimension for dimension in array.dims if dimension not in BLOCKS]
        values = array.transpose(*leading, *BLOCKS).values
        return values.reshape(*values.shape[: len(leading)], -1)

    def _slice(self, axis, value):
        number = "xyz".index(axis)
        grid = self.grid
        low, high = grid.origin[number], grid.origin[number] + grid.size[number] * grid.count[number]
        if not low <= value <= high:
            message = f"{axis} = {value:g} m lies outside the model, which runs from {low:g} to {high:g} m"
            raise InputError(message)
        return self._dataset.sel({axis: value}, method="nearest")
