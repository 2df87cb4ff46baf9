"""The benchmark problem: inclined holes on a 50 m grid, two-metre composites, a nested rotated model, blocks of 5 m."""

import time
from contextlib import contextmanager
from types import SimpleNamespace

import numpy as np

from scandia.blockmodel.grid import Grid
from scandia.geometry.minegrid import MineGrid
from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram

ANGLES = {"azimuth": 35.0, "dip": 60.0, "rake": 0.0}
VARIOGRAM = Variogram(
    nugget=0.1,
    structures=(
        Structure(kind="spherical", contribution=0.5, ranges=(60.0, 40.0, 15.0), **ANGLES),
        Structure(kind="spherical", contribution=0.4, ranges=(150.0, 90.0, 40.0), **ANGLES),
    ),
)
SEARCH = Search(passes=(Pass(ranges=(150.0, 100.0, 50.0), min_samples=4, max_samples=24),), **ANGLES)
GRID = Grid((150.0, 80.0, 60.0), (5.0, 5.0, 5.0), (80, 50, 20), MineGrid())


def composites(columns=10, rows=6, seed=11):
    """Coordinates ``(n, 3)``, hole numbers and lognormal grades of columns x rows holes with 125 composites each."""
    random = np.random.default_rng(seed)
    points, holes = [], []
    depth = 2.0 * np.arange(125) + 1.0
    for number, (column, row) in enumerate(np.ndindex(columns, rows)):
        bearing, dip = np.deg2rad(305 + random.uniform(-5, 5)), np.deg2rad(70 + random.uniform(-4, 4))
        x = 25 + 50 * column + random.uniform(-3, 3) + depth * np.cos(dip) * np.sin(bearing)
        y = 25 + 50 * row + random.uniform(-3, 3) + depth * np.cos(dip) * np.cos(bearing)
        points.append(np.column_stack([x, y, 250.0 - depth * np.sin(dip)]))
        holes.append(np.full(depth.size, number))
    points = np.concatenate(points)
    return points, np.concatenate(holes), np.exp(0.8 * random.standard_normal(len(points)) - 0.32)


@contextmanager
def measured():
    """CPU and wall seconds of a block, in the attributes ``cpu`` and ``wall`` of what it yields."""
    result = SimpleNamespace(cpu=time.process_time(), wall=time.perf_counter())
    yield result
    result.cpu, result.wall = time.process_time() - result.cpu, time.perf_counter() - result.wall


def ratio(name, ours, peer, theirs, rounds):
    """Print the median of the peer's CPU seconds over ours, from interleaved rounds."""
    ratios = sorted(b / a for a, b in zip(ours, theirs, strict=True))
    middle = ratios[len(ratios) // 2]
    print(f"\n{name}: scandia {min(ours):.3f} CPU s, {peer} {min(theirs):.3f} CPU s; ratio {middle:.1f} (median of {rounds})")  # noqa: T201
