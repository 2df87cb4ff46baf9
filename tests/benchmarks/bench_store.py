"""The exported Zarr store of large models beside the netCDF file that it is made of: time, size, files, and tonnage through dask.

`SCANDIA_STORE="1 10"` chooses the millions of blocks; each block takes about 60 bytes on disk in both together.
"""

import os
import resource
from types import SimpleNamespace

import numpy as np
import xarray as xr
from clock import measured, tabulate
from scale_deposit import COUNTS

from scandia.blockmodel.chunks import cut_grid
from scandia.blockmodel.dataset import BLOCKS, PARTS, attributes, new_parts
from scandia.blockmodel.grid import Grid
from scandia.blockmodel.slabs import Streamed
from scandia.domains.settings import Domain
from scandia.geometry.minegrid import MineGrid
from scandia.io.exports.zarr_store import write_zarr
from scandia.io.netcdf import read_dataset
from scandia.io.streamed import write_streamed

MILLIONS = [int(number) for number in os.environ.get("SCANDIA_STORE", "1").split()]
VARIABLES = [f"grade_{number}" for number in range(6)]
CUTOFF = 100.0


def bench_store(tmp_path):
    """Six variables of blocks in an ellipsoid that fills about a third of the grid."""
    rows = []
    for millions in MILLIONS:
        model, store = tmp_path / "blockmodel.nc", tmp_path / "blocks.zarr"
        with measured() as netcdf:
            write_streamed(Streamed(_windows(COUNTS[millions])), model)
        blocks = read_dataset(model, held=0)
        with measured() as zarr:
            write_zarr(SimpleNamespace(blocks=blocks), tmp_path, sharded=0)
        with xr.open_zarr(store, consolidated=False, chunks={}) as lazy, measured() as dask:
            above = float(lazy["tonnage"].where(lazy[VARIABLES[0]] >= CUTOFF).sum())
        expected = blocks["tonnage"].where(blocks[VARIABLES[0]] >= CUTOFF).sum()
        assert np.isclose(above, float(expected), rtol=1e-12)
        files = [path for path in store.rglob("*") if path.is_file()]
        size, whole = sum(path.stat().st_size for path in files), model.stat().st_size
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        ratios = [f"{zarr.cpu / netcdf.cpu:.2f}", f"{size / whole:.2f}"]
        times = [f"{seconds:.1f}" for seconds in (netcdf.cpu, zarr.wall, zarr.cpu)]
        sizes = [f"{number / 1e6:.0f}" for number in (whole, size)]
        rows.append((millions, *times, ratios[0], *sizes, ratios[1], len(files), f"{dask.wall:.1f}", f"{peak:.0f}"))
        model.unlink()
    heads = (
        "million blocks",
        "nc CPU s",
        "Zarr wall s",
        "CPU s",
        "ratio",
        "nc MB",
        "Zarr MB",
        "ratio",
        "files",
        "dask s",
        "peak MB",
    )
    tabulate("six variables exported to Zarr in shards, from a model on disk", heads, rows)


def _windows(count):
    """Windows of the made model, in flat order."""
    grid = Grid((0.0, 0.0, 0.0), (5.0, 5.0, 5.0), count, MineGrid(azimuth=0.0, easting=0.0, northing=0.0, x=0.0, y=0.0))
    whole = new_parts(grid, {"ore": Domain(code=1, label="Ore", lithology=("O",))}, "EPSG:26920", "bench")
    for chunk in cut_grid(count, 1_000_000):
        window = whole.isel(chunk.window)
        z, y, x = (
            2 * window[name] / (size * number) - 1 for name, size, number in zip(BLOCKS, grid.size, count[::-1], strict=True)
        )
        inside = ((x**2 + y**2 + z**2) < 0.8).transpose(*BLOCKS).values
        random = np.random.default_rng([*chunk.layers, *chunk.rows])
        arrays = {
            name: (BLOCKS, np.where(inside, np.round(random.lognormal(4.5, 0.4, inside.shape), 3), np.nan)) for name in VARIABLES
        }
        arrays |= {"tonnage": (BLOCKS, 350.0 * inside), "fraction": (PARTS, inside[None].astype(float))}
        yield attributes(window.assign(arrays), dict.fromkeys(VARIABLES, "g/t"))
