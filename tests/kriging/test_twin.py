"""The compiled engine equals its slow twin on random systems."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from scandia.blockmodel.grid import Grid
from scandia.geometry.discretisation import regular_offsets
from scandia.geometry.minegrid import MineGrid
from scandia.kriging import cross_validate, estimate
from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram
from scandia.vocabulary import Reason

krige = runpy.run_path(str(Path(__file__).with_name("twin.py")))["krige"]

KINDS = ("spherical", "exponential", "gaussian", "cubic")
NUMBERS = ("variance", "lagrange", "slope", "efficiency", "nearest_distance", "mean_distance", "negative_weights")
SIZE = (6.0, 9.0, 4.0)


def random_angles(rng):
    return {"azimuth": rng.uniform(0, 360), "dip": rng.uniform(-90, 90), "rake": rng.uniform(-90, 90)}


def random_variogram(rng):
    structures = tuple(
        Structure(
            kind=rng.choice(KINDS), contribution=rng.uniform(0.1, 1), ranges=tuple(rng.uniform(5, 80, 3)), **random_angles(rng)
        )
        for _ in range(rng.integers(1, 4))
    )
    return Variogram(nugget=rng.uniform(0.05, 0.5), structures=structures)


def random_search(rng):
    passes = tuple(
        Pass(
            ranges=tuple(rng.uniform(5, 60, 3) * (k + 1)),
            min_samples=int(rng.integers(1, 8)),
            max_samples=int(rng.integers(8, 40)),
            max_per_hole=int(rng.integers(0, 4)),
            min_holes=int(rng.integers(1, 4)),
        )
        for k in range(rng.integers(1, 4))
    )
    return Search(passes=passes, **random_angles(rng))


def random_drilling(rng):
    """Samples down random holes, in canonical order."""
    parts, names = [], []
    for k in range(rng.integers(3, 8)):
        depth = np.sort(rng.uniform(0, 60, rng.integers(1, 15)))
        parts.append(rng.uniform(0, 60, 3) + depth[:, None] * rng.normal(0, 0.5, 3) - [0, 0, 0.5] * depth[:, None])
        names += [f"H{k}"] * len(depth)
    points, names = np.vstack(parts), np.array(names)
    order = np.lexsort((points[:, 2], points[:, 1], points[:, 0], names))
    return points[order], names[order], rng.lognormal(0, 1, len(names))


def assert_same(dataset, row, said, context):
    assert dataset["reason"].values[row] == (Reason[said["reason"]] if said["reason"] else 0), context
    pairs = {"value": "estimate", "value_nearest": "nearest", "value_inverse_distance": "inverse_distance"}
    for name, key in (pairs | {name: name for name in NUMBERS}).items():
        expected = said.get(key, np.nan)
        np.testing.assert_allclose(dataset[name].values[row], expected, rtol=1e-10, atol=1e-10, err_msg=f"{name} {context}")
    for name in ("samples", "holes", "pass"):
        assert dataset[name].values[row] == said.get(name, 0), (name, context)


@pytest.mark.parametrize("support", ["point", "block"])
def test_the_engine_equals_its_twin_on_random_systems(support):
    estimated = 0
    for seed in range(150):
        rng = np.random.default_rng(seed)
        points, holes, values = random_drilling(rng)
        variogram, search = random_variogram(rng), random_search(rng)
        targets = np.vstack([rng.uniform(-10, 70, (6, 3)) - [0, 0, 20], points[:1]])
        discretisation = (1, 1, 1) if support == "point" else (3, 2, 4)
        options = {"variogram": variogram, "search": search, "holes": holes, "power": 2.5, "discretisation": discretisation}
        got = estimate(points, values, targets, block_size=SIZE, **options)
        offsets = None if support == "point" else regular_offsets(SIZE, discretisation)
        for row, target in enumerate(targets):
            said = krige(points, values, holes, target, variogram, search, offsets, power=2.5)
            assert_same(got, row, said, f"seed {seed}, target {row}")
            estimated += not said["reason"]
    assert estimated > 300


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
