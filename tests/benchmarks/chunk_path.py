"""One variable through the path of chunks, each step in a process of its own, so that its peak memory is its own."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from scandia.blockmodel.chunks import cut_grid
from scandia.blockmodel.dataset import grid_of, new_parts, with_fractions
from scandia.blockmodel.grid import Grid
from scandia.blockmodel.settings import Chunks
from scandia.blockmodel.slabs import Streamed, chunk_of
from scandia.domains.settings import Domain
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read, write
from scandia.kriging.parts import estimate_parts
from scandia.kriging.search import Pass, Search
from scandia.kriging.settings import Estimation
from scandia.resource.tonnage import grade_tonnage
from scandia.validation.settings import Validation
from scandia.validation.swath import swaths
from scandia.variography.model import Structure, Variogram

EXTENT = (2000.0, 2000.0, 500.0)  # m
MODELS = {
    "ore": {
        "value": Variogram(nugget=0.2, structures=(Structure(kind="spherical", contribution=0.8, ranges=(150.0, 150.0, 60.0)),))
    }
}
SEARCH = Search(passes=(Pass(ranges=(150.0, 150.0, 60.0), min_samples=4, max_samples=16, max_per_hole=4),))
ESTIMATION = Estimation(variables=("value",), search=SEARCH, discretisation=(2, 2, 2))
STEPS = ("blocks", "estimate", "merge", "grade-tonnage", "swaths")
BLOCKS = Chunks().blocks
SAMPLES = "samples.parquet"


def run_path(folder, count):
    """Rows of step, wall s, CPU s, peak MB and MB of its file, texts, of a grid of ``count`` blocks along x, y, z."""
    folder.mkdir(parents=True)
    write(make_samples(), folder / SAMPLES)
    rows = []
    for step in STEPS:
        command = [sys.executable, __file__, step, str(folder), json.dumps(count)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
        rows.append((step, *(f"{told[name]:,.1f}" for name in ("wall", "cpu", "memory", "file"))))
    return rows


def make_samples():
    """Composites of 400 vertical holes within 30 m of a square net, DataFrame."""
    net = np.stack(np.meshgrid(np.arange(50.0, 2000.0, 100.0), np.arange(50.0, 2000.0, 100.0)), axis=-1).reshape(-1, 2)
    x, y = (net + np.random.default_rng(2).uniform(-30.0, 30.0, net.shape)).T
    depth = np.arange(2.5, 500.0, 5.0)
    table = pd.DataFrame({"x": np.repeat(x, len(depth)), "y": np.repeat(y, len(depth)), "z": np.tile(depth, len(x))})
    noise = np.random.default_rng(1).lognormal(0.0, 0.5, len(table))
    grades = noise * (1.5 + np.sin(table["x"] / 120) * np.cos(table["y"] / 90) * np.sin(table["z"] / 50))
    named = {"hole": [f"H{n // len(depth):03d}" for n in range(len(table))], "domain": "ore", "length": 5.0, "weight": 1.0}
    return table.assign(**named, value=grades)


def make_blocks(count):
    """Generator of windows of an ellipsoid of one domain in a grid of ``count`` blocks."""
    size = tuple(length / number for length, number in zip(EXTENT, count, strict=True))
    grid = Grid((0.0, 0.0, 0.0), size, tuple(count), MineGrid())
    whole = new_parts(grid, {"ore": Domain(code=1, label="Ore", lithology=("ORE",))}, "EPSG:26920", "SYNTHETIC scale")
    for chunk in cut_grid(grid.count, BLOCKS):
        window = whole.isel(chunk.window)
        own = grid_of(window)
        z, y, x = (((own.axis(axis) - EXTENT[axis] / 2) / (EXTENT[axis] / 2)) ** 2 for axis in (2, 1, 0))
        inside = (z[:, None, None] + y[:, None] + x <= 1.0).astype(float)
        parts = with_fractions(window, inside[None], np.ones(own.shape))
        dims = ("domain", "z", "y", "x")
        yield parts.assign(density=(dims, np.full(parts["fraction"].shape, 2.7)), tonnage=parts["fraction"] * own.volume * 2.7)


def take_step(step, folder, count):
    """File that a step leaves in the folder."""
    blocks, parts = folder / "blocks.nc", folder / "parts.nc"
    numbers = range(len(cut_grid(count, BLOCKS)))
    if step == "blocks":
        write(Streamed(make_blocks(count)), blocks)
        return blocks
    if step == "estimate":
        composites, model = read(folder / SAMPLES), read(blocks)
        for number in numbers:
            found = estimate_parts(
                chunk_of(model, BLOCKS, number), composites, ESTIMATION, MODELS, threads=2, units={"value": "g/t"}
            )
            write(found, folder / "chunks" / f"{number}.nc")
        return folder / "chunks"
    if step == "merge":
        chunks = [folder / "chunks" / f"{number}.nc" for number in numbers]
        write(Streamed(map(read, chunks)), parts)
        for chunk in chunks:
            chunk.unlink()
        return parts
    if step == "grade-tonnage":
        table = grade_tonnage(read(parts), (0.0, 0.5, 1.0, 1.5, 2.0), ("value",), by=("domain",))
    else:
        table = swaths(read(folder / SAMPLES), read(parts), ("value",), Validation(swaths=(50.0, 50.0, 25.0)))
    write(table, folder / f"{step}.csv")
    return folder / f"{step}.csv"


def main():
    """Nothing; takes one step and prints what it took."""
    step, folder, count = sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3])
    start = time.perf_counter()
    made = take_step(step, folder, tuple(count))
    used = resource.getrusage(resource.RUSAGE_SELF)
    size = sum(file.stat().st_size for file in ([made] if made.is_file() else made.iterdir()))
    told = {"wall": time.perf_counter() - start, "cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1e3}
    sys.stdout.write(json.dumps(told | {"file": size / 1e6}) + "\n")


if __name__ == "__main__":
    main()
