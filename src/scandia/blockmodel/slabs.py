"""A block model slab by slab: read in memory that its size does not change, and put together again."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from pathlib import Path

import xarray as xr

from scandia.blockmodel.chunks import cut_grid
from scandia.blockmodel.dataset import grid_of

SLAB = 1 << 26  # bytes of a slab, 64 MB, which no number depends on; what is made of it takes a few times as much


@dataclass(frozen=True, eq=False)
class Streamed:
    """A block model that comes as windows of its grid, which together hold every block once.

    With ``base``, the file of another model of the same grid, these variables are added to what it holds, or replace it.
    """

    windows: Iterable[xr.Dataset]
    base: Path | None = None


def slabs(parts, names=None, *, blocks=None):
    """Generator of a block model in windows of at most ``blocks`` blocks (one row at least), in flat order and in memory.

    Parameters
    ----------
    parts : Dataset
        In memory, or on disk and read as it is asked for.
    names : sequence of str, optional
        Variables that are wanted; those that it has not are left out. All by default.
    blocks : int, optional
        As many as fit into `SLAB` bytes by default.

    Yields
    ------
    Dataset
        `scandia.blockmodel.dataset.grid_of` gives its window of the grid.
    """
    wanted = parts if names is None else parts[[name for name in dict.fromkeys(names) if name in parts]]
    grid = grid_of(parts)
    for chunk in cut_grid(grid.count, blocks or max(SLAB * prod(grid.count) // max(wanted.nbytes, 1), 1)):
        yield wanted.isel(chunk.window).load()


def gather(streamed):
    """The block model of a `Streamed` without a base, whole and in memory; its windows come once."""
    windows = list(streamed.windows)
    options = {"data_vars": "minimal", "coords": "minimal", "compat": "equals", "join": "exact", "combine_attrs": "identical"}
    return xr.combine_by_coords(windows, **options) if len(windows) > 1 else windows[0]


def place_of(slab, parts):
    """Where a slab lies in the arrays ``(..., z, y, x)`` of its model, a tuple of slices that begins with an ellipsis.

    The model may be a slab of another.
    """
    own, whole = grid_of(slab), grid_of(parts)
    firsts = [first - begin for first, begin in zip(own.first, whole.first, strict=True)]
    return (..., *(slice(firsts[axis], firsts[axis] + own.count[axis]) for axis in (2, 1, 0)))


def chunk_of(parts, blocks, number):
    """The chunk of a block model of this number in `cut_grid`, by at most ``blocks`` blocks: a window of it, in memory."""
    return parts.isel(cut_grid(grid_of(parts).count, blocks)[number].window).load()
