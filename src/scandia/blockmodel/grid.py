"""The block grid: regular blocks in mine-grid coordinates, flat order with x fastest."""

from dataclasses import dataclass, replace

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

    def centres(self, numbers=None):
        """Block centres in flat order (x fastest), or of the blocks of these flat numbers, local m, shape ``(n, 3)``."""
        x, y, z = (self.axis(number) for number in range(3))
        if numbers is None:
            z, y, x = np.meshgrid(z, y, x, indexing="ij")
            return np.column_stack([x.ravel(), y.ravel(), z.ravel()])
        k, j, i = np.unravel_index(numbers, self.shape)
        return np.column_stack([x[i], y[j], z[k]])

    def window(self, chunk):
        """`Grid` of the blocks of a `scandia.blockmodel.chunks.Chunk` of this grid."""
        (bottom, top), (front, back) = chunk.layers, chunk.rows
        count, first = (self.count[0], back - front, top - bottom), (0, front, bottom)
        return replace(self, count=count, first=tuple(own + more for own, more in zip(self.first, first, strict=True)))

    def offsets(self, points):
        """Regular sub-block points relative to the block centre, m, shape ``(n, 3)``; ``points`` is the count along x, y, z."""
        return regular_offsets(self.size, points)
