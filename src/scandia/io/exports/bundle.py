"""What is exported: the block model flat (x fastest), collars, traces and composites, in world and mine-grid coordinates."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from scandia.blockmodel.dataset import BLOCKS, PARTS, grid_of
from scandia.blockmodel.metadata import flag_word
from scandia.blockmodel.slabs import slabs
from scandia.drillholes.desurvey import locate
from scandia.geometry.minegrid import MineGrid, to_local, to_world
from scandia.vocabulary import (
    DEPTH,
    DOMAIN,
    EASTING,
    ELEVATION,
    FRACTION,
    FROM,
    HOLE,
    LOCAL,
    NORTHING,
    SYNTHETIC,
    TO,
    WORLD,
    X,
    Y,
    Z,
)

INDEX = "index"
ROWS = 100_000  # blocks whose rows are held at once, in tables and texts
SIZES = ("size_x", "size_y", "size_z")


@dataclass(frozen=True)
class Bundle:
    """A run's model and holes for one export; ``blocks`` is None where a deposit stops after the drillholes."""

    title: str
    crs: str
    mine_grid: MineGrid
    collar: pd.DataFrame
    stations: pd.DataFrame
    blocks: xr.Dataset | None = None
    composites: pd.DataFrame | None = None
    mark: str = ""  # SYNTHETIC and its reason; empty for real data

    @property
    def heading(self):
        """Title that says SYNTHETIC where the deposit is simulated."""
        return f"{SYNTHETIC}: {self.title}" if self.mark and SYNTHETIC not in self.title else self.title


def block_columns(blocks):
    """Generator of each variable and its values in flat order (x fastest), ``(n,)``, in alphabetic order, one at a time.

    Variables by block keep their name; the fraction of a domain is ``fraction_<domain>``, as one word.
    """
    for name in sorted(map(str, blocks.data_vars)):
        array = blocks[name]
        if array.dims and set(array.dims) == set(BLOCKS):
            yield name, array.transpose(*BLOCKS).values.ravel()
        elif set(array.dims) == set(PARTS):
            for domain in blocks[DOMAIN].values:
                yield f"{name}_{flag_word(domain)}", array.sel({DOMAIN: domain}).transpose(*BLOCKS).values.ravel()


def filled(blocks):
    """Which blocks have a part in any domain, ``(n,)`` bool in flat order: the rows of formats that list blocks one by one."""
    return np.concatenate([_filled(window) for window in slabs(blocks, [FRACTION])])


def block_tables(blocks):
    """Generator of `block_table` of one slab after the other, each of at most `ROWS` blocks (one row of the grid at least)."""
    for window in slabs(blocks, blocks=ROWS):
        yield block_table(window)


def block_table(blocks):
    """Table of the blocks that have a part in a domain: flat index, centres (local, world), sizes (m), then all variables.

    ``blocks`` is a model, or a slab of one; the index is that of the whole grid.
    """
    grid = grid_of(blocks)
    chosen = np.flatnonzero(_filled(blocks))
    frame = {INDEX: first_index(blocks) + chosen}
    local = grid.centres(chosen)
    frame |= dict(zip(LOCAL, local.T, strict=True))
    frame |= dict(zip(WORLD, (*to_world(grid.mine_grid, local[:, 0], local[:, 1]), local[:, 2]), strict=True))
    frame |= {name: np.full(len(chosen), float(size)) for name, size in zip(SIZES, grid.size, strict=True)}
    return pd.DataFrame(frame | {name: values[chosen] for name, values in block_columns(blocks)})


def first_index(blocks):
    """Flat index, in the whole grid, of the first block of a slab."""
    x, y, z = grid_of(blocks).first
    columns, rows, _ = np.atleast_1d(blocks.attrs["grid_count"]).tolist()
    return x + columns * (y + rows * z)


def _filled(window):
    return (window[FRACTION] > 0).any(DOMAIN).transpose(*BLOCKS).values.ravel()


def flags_of(array):
    """Code to word of a variable with CF flags, dict; empty without."""
    if "flag_values" not in array.attrs:
        return {}
    return dict(zip(np.atleast_1d(array.attrs["flag_values"]).tolist(), array.attrs["flag_meanings"].split(), strict=True))


def collar_table(bundle):
    """Collars with local x, y beside easting, northing, elevation, sorted by hole."""
    collar = bundle.collar.sort_values(HOLE, kind="stable").reset_index(drop=True)
    x, y = to_local(bundle.mine_grid, collar[EASTING], collar[NORTHING])
    return collar.assign(x=np.asarray(x), y=np.asarray(y), z=collar[ELEVATION])


def traces(bundle):
    """Hole to its surveyed stations, shape ``(n, 4)``: easting, northing, elevation and depth, m; holes in sorted order."""
    ordered = bundle.stations.sort_values([HOLE, DEPTH], kind="stable")
    return {str(hole): part[[*WORLD, DEPTH]].to_numpy(dtype=float) for hole, part in ordered.groupby(HOLE, sort=True)}


def composite_ends(bundle):
    """World end points of the composites on their holes, m, shape ``(n, 2, 3)``; of ready composites twice their one place."""
    composites = bundle.composites
    if not {FROM, TO} <= set(composites):
        x, y = to_world(bundle.mine_grid, composites[X], composites[Y])
        return np.repeat(np.column_stack([x, y, composites[Z]])[:, None, :], 2, axis=1)
    holes = composites[HOLE].to_numpy()
    return np.stack([locate(bundle.stations, holes, composites[name].to_numpy(dtype=float)) for name in (FROM, TO)], axis=1)
