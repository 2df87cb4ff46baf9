"""The compiled engine equals its slow twin on random systems."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from scandia.blockmodel.grid import Grid
from scandia.geometry.minegrid import MineGrid
from scandia.kriging import cross_validate, estimate
from scandia.kriging.search import Pass, Search
from scandia.vocabulary import Reason

systems = runpy.run_path(str(Path(__file__).with_name("systems.py")))
compare, krige, assert_same, SIZE = (systems[name] for name in ("compare", "krige", "assert_same", "SIZE"))
random_drilling, random_search, random_variogram = (
    systems[name] for name in ("random_drilling", "random_search", "random_variogram")
)


@pytest.mark.parametrize("blocks", [False, True])
def test_the_engine_equals_its_twin_on_random_systems(blocks):
    assert sum(compare(seed, blocks=blocks) for seed in range(120)) > 300


def test_simple_kriging_equals_its_twin():
    for seed in range(40):
        rng = np.random.default_rng(1000 + seed)
        points, holes, values = random_drilling(rng)
        variogram, search, target = random_variogram(rng), random_search(rng), rng.uniform(10, 40, (1, 3))
        got = estimate(points, values, target, variogram=variogram, search=search, holes=holes, method="simple", mean=1.3)
        assert_same(got, 0, krige(points, values, holes, target[0], variogram, search, mean=1.3), f"seed {seed}")


@pytest.mark.parametrize("leave", ["sample", "hole"])
def test_cross_validation_equals_its_twin(leave):
    for seed in range(15):
        rng = np.random.default_rng(2000 + seed)
        points, holes, values = random_drilling(rng)
        variogram, search = random_variogram(rng), random_search(rng)
        got = cross_validate(points, values, holes, variogram=variogram, search=search, leave=leave)
        for i, row in enumerate(got.itertuples(index=False)):
            allowed = np.arange(len(points)) != i if leave == "sample" else holes != holes[i]
            said = krige(points, values, holes, points[i], variogram, search, allowed=allowed)
            assert row.value == values[i]
            np.testing.assert_allclose(row.estimate, said.get("estimate", np.nan), rtol=1e-10, atol=1e-10)
            np.testing.assert_allclose(row.variance, said.get("variance", np.nan), rtol=1e-10, atol=1e-10)
            assert row.reason == (Reason[said["reason"]] if said["reason"] else 0)


def test_a_grid_is_the_same_as_its_centres_as_points():
    rng = np.random.default_rng(5)
    points, holes, values = random_drilling(rng)
    variogram = random_variogram(rng)
    search = Search(passes=(Pass(ranges=(60.0, 60.0, 60.0), min_samples=2, max_samples=12),))
    grid = Grid((0.0, 0.0, -20.0), SIZE, (7, 5, 6), MineGrid())
    options = {"variogram": variogram, "search": search, "holes": holes, "discretisation": (2, 2, 2)}
    whole = estimate(points, values, grid, **options)
    flat = estimate(points, values, grid.centres(), block_size=SIZE, **options)
    assert whole["value"].dims == ("z", "y", "x")
    np.testing.assert_array_equal(whole["value"].values.ravel(), flat["value"].values)
    mask = rng.random(grid.shape) < 0.4
    some = estimate(points, values, (grid, mask), **options)
    np.testing.assert_array_equal(some["value"].values, np.where(mask, whole["value"].values, np.nan))
    assert (some["reason"].values[~mask] == Reason.OUTSIDE).all()
