"""Many samples in few holes: candidates that go before a target is looked at, and systems that many targets share."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from scandia.blockmodel.grid import Grid
from scandia.geometry.minegrid import MineGrid
from scandia.kriging import estimate
from scandia.kriging.search import Pass, Search

systems = runpy.run_path(str(Path(__file__).with_name("systems.py")))
krige, assert_same, random_variogram, random_angles = (
    systems[name] for name in ("krige", "assert_same", "random_variogram", "random_angles")
)


def line(rng, count):
    return rng.uniform(-20, 40, 3) + np.linspace(0, 1, count)[:, None] * rng.normal(0, 40, 3)


def curve(rng, count):
    turn = np.linspace(0, rng.uniform(2, 9), count)[:, None]
    return rng.uniform(0, 20, 3) + rng.uniform(5, 25) * np.hstack([np.cos(turn), np.sin(turn), 0.3 * turn])


def cloud(rng, count):
    return rng.normal(10, 15, (count, 3))


def knot(rng, count):
    """Two clusters far apart, and samples on a lattice in one of them: many equal distances."""
    lattice = np.stack(np.meshgrid(*[np.arange(4.0)] * 3), -1).reshape(-1, 3)[: count // 2]
    return np.vstack([lattice + rng.uniform(0, 9, 3), rng.normal(60, 3, (count - len(lattice), 3))])


def drilling(rng, shapes):
    parts = [shape(rng, int(rng.integers(25, 90))) for shape in shapes]
    points, holes = np.vstack(parts), np.repeat([f"H{k}" for k in range(len(parts))], [len(part) for part in parts])
    order = np.lexsort((points[:, 2], points[:, 1], points[:, 0], holes))
    return points[order], holes[order], rng.lognormal(0, 1, len(points))


def limited(rng):
    limits = {
        "max_per_hole": int(rng.integers(1, 7)),
        "min_samples": int(rng.integers(1, 5)),
        "max_samples": int(rng.integers(5, 30)),
    }
    if rng.random() < 0.5:
        limits |= {"max_per_octant": int(rng.integers(1, 5)), "min_octants": int(rng.integers(0, 3))}
    first = Pass(ranges=tuple(rng.uniform(8, 30, 3)), **(limits | {"min_samples": min(limits["max_samples"], 8)}))
    return Search(passes=(first, Pass(ranges=tuple(rng.uniform(25, 90, 3)), **limits)), **random_angles(rng))


@pytest.mark.parametrize(
    "shapes",
    [(line,) * 6, (curve,) * 5, (cloud,) * 4, (knot, line, curve, cloud, knot)],
    ids=["lines", "curves", "clouds", "all"],
)
@pytest.mark.parametrize("seed", range(6))
def test_limits_by_hole_and_octant_equal_the_twins_where_holes_are_dense(shapes, seed):
    rng = np.random.default_rng([77, seed])
    points, holes, values = drilling(rng, shapes)
    search, variogram = limited(rng), random_variogram(rng)
    grid = Grid((0.0, 0.0, 0.0), tuple(rng.uniform(1, 9, 3)), (5, 4, 4), MineGrid())
    got = estimate(points, values, grid, holes=holes, search=search, variogram=variogram)
    flat = got.stack(point=("z", "y", "x"))
    for row, centre in enumerate(grid.centres()):
        said = krige(points, values, holes, centre, variogram, search)
        assert_same(flat, row, said, f"block {row}")


def test_targets_that_share_their_samples_get_the_bits_that_each_gets_alone():
    rng = np.random.default_rng(5)
    points, holes, values = drilling(rng, (line, line))
    points, holes, values = points[::9], holes[::9], values[::9]
    search, variogram = Search(passes=(Pass(ranges=(500.0,) * 3, min_samples=1, max_samples=40),)), random_variogram(rng)
    targets = rng.uniform(0, 60, (333, 3))  # all of them see all samples: sets of 64 and a rest
    options = {
        "holes": holes,
        "search": search,
        "variogram": variogram,
        "discretisation": (2, 1, 2),
        "block_size": (4.0, 3.0, 5.0),
    }
    together = estimate(points, values, targets, **options)
    assert (together["samples"] == len(points)).all()
    for row in range(0, len(targets), 7):
        alone = estimate(points, values, targets[row : row + 1], **options)
        for name in together.data_vars:
            assert together[name].values[row].tobytes() == alone[name].values[0].tobytes(), (name, row)


def test_a_target_at_a_sample_of_a_shared_set_is_exactly_there():
    rng = np.random.default_rng(6)
    points, holes, values = drilling(rng, (line, curve))
    search = Search(passes=(Pass(ranges=(500.0,) * 3, min_samples=1, max_samples=12),))
    found = estimate(points, values, points, holes=holes, search=search, variogram=random_variogram(rng))
    assert (found["nearest_distance"] == 0.0).all()
    np.testing.assert_allclose(found["value"], values, rtol=1e-9)
    np.testing.assert_allclose(found["variance"], 0.0, atol=1e-9)
