"""The block grid: regular blocks in mine-grid coordinates, flat order with x fastest."""

from dataclasses import dataclass

import numpy as np

from scandia.geometry.discretisation import regular_offsets
from scandia.geometry.minegrid import MineGrid


@dataclass(frozen=True)
class Grid:
    """A regular grid: lower corner, block size and block count along local x, y, z, in a mine grid; or a window of one.

    A window keeps the origin of its grid and counts from its ``first`` block along each axis, so that its coordinates are those
    of the grid to the last bit.
    """

    origin: tuple[float, float, float]
    size: tuple[float, float, float]
    count: tuple[int, int, int]
    mine_grid: MineGrid
    first: tuple[int, int, int] = (0, 0, 0)

    @property
    def shape(self):
        """Array shape ``(nz, ny, nx)``."""
        return self.count[::-1]

    @property
    def volume(self):
        """Volume of one block, m3."""
        return float(np.prod(self.size))

    def axis(self, number):
        """Block-centre coordinates along axis 0 (x), 1 (y) or 2 (z), m, shape ``(count,)``."""
        numbers = np.arange(self.first[number], self.first[number] + self.count[number])
        return self.origin[number] + self.size[number] * (numbers + 0.5)

    def centres(self):
        """Block centres in flat order (x fastest), local m, shape ``(n, 3)``."""
        z, y, x = np.meshgrid(self.axis(2), self.axis(1), self.axis(0), indexing="ij")
        return np.column_stack([x.ravel(), y.ravel(), z.ravel()])

    def offsets(self, points):
        """Regular sub-block points relative to the block centre, m, shape ``(n, 3)``; ``points`` is the count along x, y, z."""
        return regular_offsets(self.size, points)
