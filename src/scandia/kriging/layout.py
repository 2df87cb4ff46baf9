"""Targets in pieces of bounded size, each in tiles of neighbours; and the Dataset that their results become."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import xarray as xr

from scandia.blockmodel.grid import Grid
from scandia.errors import InputError
from scandia.kriging.prepare import checked_points
from scandia.vocabulary import DIAGNOSTICS, LOCAL, Reason

TILE = 8  # targets that share one scan for samples
PIECE = 1 << 17  # targets whose centres and order are held at once
UNITS = {"nearest_distance": "m", "mean_distance": "m"}


@dataclass(frozen=True, eq=False)
class Layout:
    """Blocks of a Grid where ``mask`` is true, in flat order; or points, where the grid is None."""

    grid: Grid | None
    mask: np.ndarray | None  # (n,) flat; None where all blocks count
    points: np.ndarray | None  # (m, 3)

    @property
    def count(self):
        """Number of targets."""
        if self.grid is None:
            return len(self.points)
        return int(np.prod(self.grid.count)) if self.mask is None else int(self.mask.sum())


def lay_out(targets):
    """`Layout` of a Grid, of (Grid, mask ``(nz, ny, nx)``) or of points ``(m, 3)``; an InputError says what does not fit."""
    if isinstance(targets, Grid):
        return Layout(targets, None, None)
    if not isinstance(targets, tuple):
        return Layout(None, None, checked_points(targets, "targets"))
    grid, mask = targets
    mask = np.asarray(mask, dtype=bool)
    if mask.shape != grid.shape:
        message = f"the mask has shape {mask.shape}; the grid's is (nz, ny, nx) = {grid.shape}"
        raise InputError(message)
    return Layout(grid, mask.ravel(), None)


def pieces(layout, frame):
    """Generator of pieces of work: first target, centres ``(k, 3)`` m, order ``(k,)`` and tile starts.

    ``frame`` (3, 3) is the first ellipsoid's: targets that are near in it share a tile.
    """
    if layout.grid is None:
        for begin in range(0, len(layout.points), PIECE):
            centres = layout.points[begin : begin + PIECE]
            yield begin, centres, *_tiles(_cells_of_points(centres @ frame.T))
        return
    steps = tile_steps(layout.grid, frame)
    done = 0
    for layers, rows in slabs(layout.grid, steps):
        box = (len(layers), len(rows), layout.grid.count[0])
        centres, (order, start) = _box_centres(layout.grid, layers, rows), _box_tiles(box, steps)
        if layout.mask is not None:
            mask = layout.mask.reshape(layout.grid.shape)[layers.start : layers.stop, rows.start : rows.stop].ravel()
            centres, (order, start) = centres[mask], _masked_tiles(order, start, mask)
        yield done, centres, order, start
        done += len(centres)


def slabs(grid, steps):
    """Generator of ranges of layers and of rows: boxes of at most about `PIECE` blocks that are contiguous in flat order."""
    columns, rows, layers = grid.count
    if columns * rows * steps[2] <= PIECE:
        depth = PIECE // (columns * rows * steps[2]) * steps[2]
        for bottom in range(0, layers, depth):
            yield range(bottom, min(bottom + depth, layers)), range(rows)
        return
    width = max(PIECE // (columns * steps[1]), 1) * steps[1]
    for layer in range(layers):
        for first in range(0, rows, width):
            yield range(layer, layer + 1), range(first, min(first + width, rows))


def tile_steps(grid, frame):
    """Blocks of a tile along x, y, z: doubled along the axis where the tile is shortest in the frame.

    Where a tile's layers could be more than a piece of work, tiles are flat.
    """
    steps = np.ones(3, dtype=np.int64)
    length = np.linalg.norm(frame, axis=0) * grid.size
    flat = TILE * grid.count[0] * grid.count[1] > PIECE
    most = (grid.count[0], grid.count[1], 1 if flat else grid.count[2])
    while np.prod(steps) < TILE:
        extent = np.where(steps < most, length * steps, np.inf)
        if not np.isfinite(extent).any():
            break
        steps[np.argmin(extent)] *= 2
    return tuple(int(step) for step in steps)


def _box_centres(grid, layers, rows):
    """Centres ``(k, 3)``, m, of the blocks of a box in flat order."""
    centres = np.empty((len(layers), len(rows), grid.count[0], 3))
    centres[..., 0] = grid.axis(0)
    centres[..., 1] = grid.axis(1)[rows.start : rows.stop, None]
    centres[..., 2] = grid.axis(2)[layers.start : layers.stop, None, None]
    return centres.reshape(-1, 3)


@lru_cache(maxsize=8)
def _box_tiles(box, steps):
    """Order and tile starts of a box of ``(nz, ny, nx)`` blocks; most boxes of a grid are alike."""
    layer, row, column = (np.arange(count) // step for count, step in zip(box, steps[::-1], strict=True))
    wide, deep = column[-1] + 1, row[-1] + 1
    return _tiles(((layer[:, None, None] * deep + row[:, None]) * wide + column).ravel())


def _masked_tiles(order, start, mask):
    """Order among the blocks where ``mask`` is true, and the starts of the tiles that have any."""
    kept = mask[order]
    count = np.add.reduceat(kept.astype(np.int64), start[:-1])
    rank = np.cumsum(mask) - 1
    return rank[order[kept]], np.concatenate([[0], np.cumsum(count[count > 0])])


def block_indices(grid, flat):
    """Layer, row and column ``(k,)`` each, of blocks by their flat numbers."""
    layer, rest = np.divmod(flat, grid.count[0] * grid.count[1])
    return layer, *np.divmod(rest, grid.count[0])


def centres_at(grid, layer, row, column):
    """Centres ``(k, 3)``, m, of blocks by their layer, row and column."""
    return np.column_stack([grid.axis(0)[column], grid.axis(1)[row], grid.axis(2)[layer]])


def _cells_of_points(place):
    """Codes ``(k,)`` of cubic cells in the frame that hold about one tile of points each."""
    lower, extent = place.min(axis=0, initial=np.inf), np.ptp(place, axis=0) if len(place) else np.zeros(3)
    axes = extent > 1e-9
    cells = max(len(place) / TILE, 1.0)
    edge = (np.prod(extent[axes]) / cells) ** (1.0 / max(axes.sum(), 1))
    count = np.minimum(np.floor(extent / max(edge, 1e-12)) + 1, 1 << 20).astype(np.int64)
    cell = np.minimum(np.floor((place - lower) / max(edge, 1e-12)).astype(np.int64), count - 1)
    return (cell[:, 2] * count[1] + cell[:, 1]) * count[0] + cell[:, 0]


def _tiles(code):
    """Order ``(k,)`` of targets by tile and the first place of each tile ``(tiles + 1,)``; no tile holds more than `TILE`."""
    order = np.argsort(code, kind="stable")
    code = code[order]
    new = np.concatenate([[True], code[1:] != code[:-1]]) if len(code) else np.zeros(0, dtype=bool)
    place = np.arange(len(code)) - np.flatnonzero(new)[np.cumsum(new) - 1] if len(code) else np.zeros(0, dtype=np.int64)
    return order, np.append(np.flatnonzero(place % TILE == 0), len(code))


def build(layout, columns, attributes):
    """Dataset of columns of one row per target: over ``(z, y, x)`` for a Grid, over ``point`` for points."""
    if layout.grid is None:
        coordinates = {name: ("point", layout.points[:, axis]) for axis, name in enumerate(LOCAL)}
        return _dataset(columns, ("point",), coordinates, attributes)
    coordinates = {"z": layout.grid.axis(2), "y": layout.grid.axis(1), "x": layout.grid.axis(0)}
    spread = {name: _spread(name, column, layout) for name, column in columns.items()}
    return _dataset(spread, tuple("zyx"), coordinates, attributes)


def _spread(name, column, layout):
    if layout.mask is None:
        return column.reshape(layout.grid.shape)
    fill = {"reason": Reason.OUTSIDE}.get(name, np.nan if column.dtype.kind == "f" else 0)
    full = np.full(layout.mask.shape, fill, dtype=column.dtype)
    full[layout.mask] = column
    return full.reshape(layout.grid.shape)


def _dataset(columns, dims, coordinates, attributes):
    dataset = xr.Dataset({name: (dims, column) for name, column in columns.items()}, coordinates, attributes)
    for name, words in DIAGNOSTICS.items():
        dataset[name].attrs["long_name"] = words
    for name, unit in UNITS.items():
        dataset[name].attrs["units"] = unit
    return dataset
