"""A block model slab by slab: read in memory that its size does not change, and put together again."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import xarray as xr

from scandia.blockmodel.chunks import cut_grid
from scandia.blockmodel.dataset import grid_of

SLAB = 500_000  # blocks of a slab; no number depends on it


@dataclass(frozen=True, eq=False)
class Streamed:
    """A block model that comes as windows of its grid, which together hold every block once.

    With ``base``, the file of another model of the same grid, these variables are added to what it holds, or replace it.
    """

    windows: Iterable[xr.Dataset]
    base: Path | None = None


def slabs(parts, names=None, *, blocks=SLAB):
    """Generator of a block model in windows of at most ``blocks`` blocks (one row at least), in flat order and in memory.

    Parameters
    ----------
    parts : Dataset
        In memory, or on disk and read as it is asked for.
    names : sequence of str, optional
        Variables that are wanted; those that it has not are left out. All by default.
    blocks : int

    Yields
    ------
    Dataset
        `scandia.blockmodel.dataset.grid_of` gives its window of the grid.
    """
    wanted = parts if names is None else parts[[name for name in dict.fromkeys(names) if name in parts]]
    for chunk in cut_grid(grid_of(parts).count, blocks):
        yield wanted.isel(chunk.window).load()


def chunk_of(parts, blocks, number):
    """The chunk of a block model of this number in `cut_grid`, by at most ``blocks`` blocks: a window of it, in memory."""
    return parts.isel(cut_grid(grid_of(parts).count, blocks)[number].window).load()
