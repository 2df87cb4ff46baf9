"""Kriging equals GSLIB's kt3d: on its own cluster set, and in the answers that ride along with PyKrige."""

import itertools
import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from scandia.blockmodel.grid import Grid
from scandia.geometry.minegrid import MineGrid
from scandia.kriging import estimate
from scandia.kriging.search import Pass, Search

models = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("models.py"))))
SPHERICAL = models.isotropic("spherical", 0.8, 10.0, 0.2)
DECIMALS = "answer has 3 decimals, single precision"
KT3D = {"program": "GSLIB kt3d 2.907", "data": "cluster, 140 samples", "tolerance": 5.1e-4, "why": DECIMALS}
SHIPPED = KT3D | {"program": "GSLIB kt3d, as shipped with pygslib", "tolerance": 1e-5, "why": "single precision"}
MEAN = 2.302


@pytest.fixture(scope="module")
def cluster(shared_data):
    table = models.gslib_table(shared_data / "bench_cluster" / "cluster.dat")
    points = np.column_stack([table["Xlocation"], table["Ylocation"], np.full(len(table["Primary"]), 0.5)])
    return points, table["Primary"]


@pytest.fixture(scope="module")
def pykrige(shared_data):
    folder = shared_data / "bench_pykrige_kt3d"
    x, y, values = np.loadtxt(folder / "test_data.txt").T
    return folder, models.plane(x, y), values


def both(compare, got, estimates, variances, about, what):
    compare(got["value"].values, estimates, compared=f"estimate, {what}", **about)
    compare(got["variance"].values, variances, compared=f"variance, {what}", **about)


def test_points_of_the_cluster_set(cluster, shared_data, compare):
    answer = pd.read_csv(shared_data / "bench_cluster" / "reference_gslib_kt3d_OK_point_global.csv")
    targets = answer[["xc", "yc", "zc"]].to_numpy()
    got = estimate(*cluster, targets, variogram=SPHERICAL, search=models.all_of(cluster[0]))
    both(compare, got, answer["est"], answer["kvar"], KT3D, "ordinary, points, all samples")


def test_anisotropic_nested_blocks_of_the_cluster_set(cluster, shared_data, compare):
    answer = pd.read_csv(shared_data / "bench_cluster" / "reference_gslib_kt3d_OK_block5x5_aniso_global.csv")
    structures = (("spherical", 0.4, (8.0, 4.0, 8.0)), ("exponential", 0.5, (25.0, 12.0, 25.0)))
    options = {"variogram": models.nested(0.1, *structures, azimuth=30.0), "search": models.all_of(cluster[0])}
    targets = answer[["xc", "yc", "zc"]].to_numpy()
    got = estimate(*cluster, targets, discretisation=(4, 4, 1), block_size=(5.0, 5.0, 1.0), **options)
    both(
        compare,
        got,
        answer["est"],
        answer["kvar"],
        KT3D,
        "ordinary, 5 × 5 blocks of 4 × 4 points, two rotated structures, all samples",
    )


@pytest.fixture(scope="module")
def simple(cluster, shared_data):
    """Simple kriging with 4 to 8 samples within 20, kt3d's answer, and where the eighth and ninth are equally far."""
    answer = np.loadtxt(shared_data / "bench_cluster" / "reference_kt3d_SK_default.out", skiprows=4)
    grid = Grid((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (50, 50, 1), MineGrid())
    search = Search(passes=(Pass(ranges=(20.0, 20.0, 20.0), min_samples=4, max_samples=8),))
    got = estimate(*cluster, grid, variogram=SPHERICAL, search=search, method="simple", mean=MEAN)
    distance = np.linalg.norm(grid.centres()[:, None] - cluster[0][None], axis=2)
    ordered = np.sort(distance, axis=1)
    return got, answer, distance, np.isclose(ordered[:, 7], ordered[:, 8], rtol=1e-6)


def test_simple_kriging_with_eight_samples(simple, compare):
    got, answer, _, tied = simple
    estimates, variances = got["value"].values.ravel()[~tied], got["variance"].values.ravel()[~tied]
    assert 0.8 < np.mean(~tied) < 1.0
    both(
        compare,
        {"value": SimpleNamespace(values=estimates), "variance": SimpleNamespace(values=variances)},
        *answer[~tied].T,
        SHIPPED,
        "simple, points, nearest 8 within 20, no tie",
    )


def test_ties_in_the_search_are_all_that_is_left(cluster, simple, compare):
    # of equally far samples kt3d takes others than we do; one of the choices is its answer
    _, answer, distance, tied = simple
    best = []
    for block in np.flatnonzero(tied):
        eighth = np.sort(distance[block])[7]
        inner = np.flatnonzero(distance[block] < eighth * (1 - 1e-6))
        ring = np.flatnonzero(np.isclose(distance[block], eighth, rtol=1e-6))
        target = [[block % 50 + 0.5, block // 50 + 0.5, 0.5]]
        choices = []
        for some in itertools.combinations(ring, 8 - len(inner)):
            samples = np.concatenate([inner, some]).astype(int)
            options = {"variogram": SPHERICAL, "search": models.nearest(8), "method": "simple", "mean": MEAN, "checks": False}
            choices.append(estimate(cluster[0][samples], cluster[1][samples], target, **options)["value"].item())
        best.append(min(choices, key=lambda value: abs(value - answer[block, 0])))
    what = "estimate, simple, points with a tie for the 8th sample: the best of the choices"
    compare(best, answer[tied, 0], compared=what, **SHIPPED)


@pytest.mark.parametrize(("number", "method"), [(1, "ordinary"), (2, "linear_drift")])
def test_exponential_model_on_a_grid_that_starts_at_the_top(pykrige, number, method, compare):
    folder, points, values = pykrige
    answer = np.loadtxt(folder / f"test{number}_answer.asc", skiprows=7, max_rows=100)
    grid = Grid((1067250.0, 241446.5, -0.5), (50.0, 25.0, 1.0), (100, 100, 1), MineGrid())
    options = {"variogram": models.isotropic("exponential", 500.0, 3000.0), "search": models.all_of(points)}
    got = estimate(points, values, grid, method=method, **options)["value"].values[0, ::-1]
    compare(
        got,
        answer,
        program="GSLIB kt3d, as shipped with PyKrige",
        data=f"test{number}, 15 samples",
        compared=f"estimate, {method.replace('_', ' ')}, points, all samples",
        tolerance=5.1e-6,
        why="answer has 8 digits",
    )


def test_a_linear_variogram_in_three_dimensions(pykrige, compare):
    data = np.loadtxt(pykrige[0] / "test3d_data.txt", skiprows=1)
    answer = np.loadtxt(pykrige[0] / "test3d_answer.txt")
    grid = Grid((-0.5, -0.5, -0.5), (1.0, 1.0, 1.0), (10, 10, 10), MineGrid())
    search = Search(passes=(Pass(ranges=(20.0, 20.0, 20.0), min_samples=1, max_samples=len(data)),))
    got = estimate(data[:, :3], data[:, 3], grid, variogram=models.linear(0.1, 1.0), search=search)
    about = {"program": "GSLIB kt3d, as shipped with PyKrige", "data": "test3d, 10 samples", "tolerance": 6e-4, "why": DECIMALS}
    both(compare, got, *answer.T, about, "ordinary, linear variogram, points, all samples")
