"""The regular grid on which the pit is optimised: the model's blocks, the rock and the air around and above them."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import distance_transform_edt

from scandia.blockmodel.dataset import grid_of
from scandia.blockmodel.grid import Grid
from scandia.errors import InputError
from scandia.geometry.minegrid import to_world
from scandia.geometry.surface import elevation_at, surveyed_at

MOST_CELLS = 20_000_000


@dataclass(frozen=True, eq=False)
class PitGrid:
    """Model and surroundings on one regular grid in the mine grid's axes.

    ``fine`` has blocks of the model's size, ``coarse`` those of the pit, ``blocks`` (x, y, z) of the fine ones each; ``inner``
    slices (z, y, x) the model out of the fine grid. ``rock`` and ``overburden`` are the shares of the volume of each fine block
    that is rock at all, and that lies between the base of the overburden and the ground, both (z, y, x). ``level`` is the
    ground (y, x) of the fine columns, m; where a surface ends, it goes on at the elevation of the nearest column. ``beyond`` are
    the columns where the ground is not known: off the surface, or not between the collars that it was drawn through; ``steep``
    those next to which the ground is steeper than the flattest wall; both (y, x).
    """

    fine: Grid
    coarse: Grid
    blocks: tuple[int, int, int]
    inner: tuple[slice, slice, slice]
    rock: np.ndarray
    overburden: np.ndarray
    level: np.ndarray
    beyond: np.ndarray
    steep: np.ndarray

    def add_up(self, values):
        """Sums over the blocks of the pit (z, y, x) of values of the fine blocks."""
        (nz, ny, nx), (bx, by, bz) = self.coarse.shape, self.blocks
        return values.reshape(nz, bz, ny, by, nx, bx).sum(axis=(1, 3, 5))

    def spread(self, values):
        """Values of the blocks of the pit on the fine blocks in them."""
        for axis, count in zip((2, 1, 0), self.blocks, strict=True):
            values = np.repeat(values, count, axis=axis)
        return values

    def embed(self, values, fill=0.0):
        """Values of the model's blocks (z, y, x) on the fine grid, ``fill`` around them."""
        whole = np.full(self.fine.shape, fill, dtype=float)
        whole[self.inner] = values
        return whole


def pit_grid(parts, pit, surface, base=None):
    """`PitGrid` around a block model, wide enough for the walls of a pit to its lowest block.

    Parameters
    ----------
    parts : Dataset
        Block parts with ``ground``, the share of each block below ground.
    pit : Pit
        Slopes and size of the pit's blocks.
    surface, base : surface or None
        The ground and the base of the overburden; without a ground the model's top is taken for it.

    Raises
    ------
    InputError
        The grid would have more than 20 million blocks.
    """
    model = grid_of(parts)
    flattest = min(slopes.flattest for slopes in (pit.slopes, *pit.domain_slopes.values()))
    top = model.origin[2] + model.size[2] * model.count[2]
    highest = _highest(model, surface, top, flattest)
    reach = (max(highest, top) - model.origin[2]) / np.tan(np.radians(flattest))
    low, count = [], []
    for axis in (0, 1):
        pad = pit.blocks[axis] * int(np.ceil(reach / (model.size[axis] * pit.blocks[axis])))
        low.append(pad)
        count.append(_whole(model.count[axis] + 2 * pad, pit.blocks[axis]))
    low.append(0)
    count.append(_whole(int(np.ceil((max(highest, top) - model.origin[2]) / model.size[2] - 1e-9)), pit.blocks[2]))
    _check_size(count, pit)
    origin = tuple(o - n * s for o, n, s in zip(model.origin, low, model.size, strict=True))
    fine = Grid(origin, model.size, tuple(count), model.mine_grid)
    coarse = Grid(
        origin,
        tuple(size * n for size, n in zip(model.size, pit.blocks, strict=True)),
        tuple(c // n for c, n in zip(count, pit.blocks, strict=True)),
        model.mine_grid,
    )
    inner = tuple(slice(low[axis], low[axis] + model.count[axis]) for axis in (2, 1, 0))
    level, beyond = ground_levels(fine, surface, top)
    rock = _below(fine, level)
    rock[inner] = parts["ground"].values
    covered = np.zeros(fine.shape)
    if base is not None:
        covered = rock - np.minimum(rock, _below(fine, np.fmin(level, elevation_at(base, *_columns(fine)))))
    return PitGrid(fine, coarse, pit.blocks, inner, rock, covered, level, beyond, steep_ground(fine, level, flattest))


def ground_levels(grid, surface, top):
    """Elevation of the ground above each column of blocks, m, and which columns lie beyond the surveyed ground, both (y, x)."""
    if surface is None:
        return np.full(grid.shape[1:], float(top)), np.zeros(grid.shape[1:], dtype=bool)
    levels = elevation_at(surface, *_columns(grid))
    missing, beyond = np.isnan(levels), ~surveyed_at(surface, *_columns(grid))
    if missing.all():
        return np.full(levels.shape, float(top)), beyond
    if missing.any():
        sampling = (grid.size[1], grid.size[0])
        nearest = distance_transform_edt(missing, sampling=sampling, return_distances=False, return_indices=True)
        levels = levels[tuple(nearest)]
    return levels, beyond


def steep_ground(grid, level, angle):
    """Columns from which the ground rises or falls to the next more steeply than an angle in degrees, bool (y, x)."""
    slopes = []
    for axis, size in ((0, grid.size[1]), (1, grid.size[0])):
        step = np.abs(np.diff(level, axis=axis)) / size
        pads = [[(0, 0), (0, 0)], [(0, 0), (0, 0)]]
        pads[0][axis], pads[1][axis] = (1, 0), (0, 1)
        slopes.append(np.maximum(np.pad(step, pads[0]), np.pad(step, pads[1])))
    return np.hypot(*slopes) > np.tan(np.radians(angle))


def _columns(grid):
    return to_world(grid.mine_grid, *np.meshgrid(grid.axis(0), grid.axis(1)))


def _below(grid, level):
    """Share of each block that lies below an elevation by column, (z, y, x)."""
    share = np.empty(grid.shape)
    for k in range(grid.count[2]):
        share[k] = np.clip((level - (grid.origin[2] + grid.size[2] * k)) / grid.size[2], 0.0, 1.0)
    return share


def _highest(model, surface, top, flattest):
    """Highest ground that the walls can meet, m; the reach is measured from the model's top first."""
    reach = (top - model.origin[2]) / np.tan(np.radians(flattest))
    pads = [int(np.ceil(reach / model.size[axis])) for axis in (0, 1)]
    origin = tuple(model.origin[axis] - pads[axis] * model.size[axis] for axis in (0, 1))
    count = tuple(model.count[axis] + 2 * pads[axis] for axis in (0, 1))
    around = Grid((*origin, model.origin[2]), model.size, (*count, 1), model.mine_grid)
    return float(ground_levels(around, surface, top)[0].max())


def _whole(count, block):
    return block * -(-count // block)


def _check_size(count, pit):
    cells = int(np.prod([c // n for c, n in zip(count, pit.blocks, strict=True)], dtype=float))
    if cells > MOST_CELLS:
        message = (
            f"the pit needs {cells:,} blocks, more than {MOST_CELLS:,}; give model.economics.pit.blocks larger numbers, which "
            "join blocks of the model"
        )
        raise InputError(message)
