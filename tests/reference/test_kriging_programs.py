"""Kriging equals GSLIB kt3d, R gstat, GSTools and the naive solve of the reference problem."""

import importlib.util
import json
import re

import gstools
import numpy as np
import pandas as pd
import pytest

from scandia.blockmodel.grid import Grid
from scandia.geometry.minegrid import MineGrid
from scandia.kriging import cross_validate, estimate
from scandia.kriging.search import Pass, Search
from scandia.variography.gstools_models import to_gstools
from scandia.variography.model import Structure, Variogram


def isotropic(kind, contribution, length, nugget=0.0):
    return Variogram(nugget=nugget, structures=(Structure(kind=kind, contribution=contribution, ranges=(length,) * 3),))


def linear(nugget, slope, reach=1e5):
    """A linear variogram as the start of a spherical one: off by (h / reach) ** 2 / 3."""
    return isotropic("spherical", slope * reach / 1.5, reach, nugget)


def all_of(points):
    """A search that takes every sample, also of sets that outgrow the 128 which a configured search may ask for."""
    item = Pass(ranges=(1e7, 1e7, 1e7), min_samples=1, max_samples=1)
    object.__setattr__(item, "max_samples", len(points))
    return Search(passes=(item,))


def plane(x, y):
    return np.column_stack([x, y, np.zeros(len(x))])


def gslib_table(path):
    lines = path.read_text().splitlines()
    count = int(lines[1].split()[0])
    return pd.DataFrame([list(map(float, line.split())) for line in lines[2 + count :]], columns=lines[2 : 2 + count])


@pytest.fixture(scope="module")
def cluster(shared_data):
    table = gslib_table(shared_data / "bench_cluster" / "cluster.dat")
    return np.column_stack([table["Xlocation"], table["Ylocation"], np.full(len(table), 0.5)]), table["Primary"].to_numpy()


@pytest.fixture(scope="module")
def meuse(shared_data):
    table = pd.read_csv(shared_data / "bench_meuse" / "meuse.csv")
    return plane(table["x"], table["y"]), table["zinc"].to_numpy(float)


class TestKt3d:
    def test_points_of_the_cluster_set(self, cluster, shared_data):
        points, values = cluster
        answer = pd.read_csv(shared_data / "bench_cluster" / "reference_gslib_kt3d_OK_point_global.csv")
        targets = answer[["xc", "yc", "zc"]].to_numpy()
        got = estimate(points, values, targets, variogram=isotropic("spherical", 0.8, 10.0, 0.2), search=all_of(points))
        np.testing.assert_allclose(got["value"].values, answer["est"], atol=5.1e-4)
        np.testing.assert_allclose(got["variance"].values, answer["kvar"], atol=5.1e-4)

    def test_anisotropic_nested_blocks_of_the_cluster_set(self, cluster, shared_data):
        points, values = cluster
        answer = pd.read_csv(shared_data / "bench_cluster" / "reference_gslib_kt3d_OK_block5x5_aniso_global.csv")
        structures = (
            Structure(kind="spherical", contribution=0.4, ranges=(8.0, 4.0, 8.0), azimuth=30.0),
            Structure(kind="exponential", contribution=0.5, ranges=(25.0, 12.0, 25.0), azimuth=30.0),
        )
        options = {"variogram": Variogram(nugget=0.1, structures=structures), "search": all_of(points)}
        targets = answer[["xc", "yc", "zc"]].to_numpy()
        got = estimate(points, values, targets, discretisation=(4, 4, 1), block_size=(5.0, 5.0, 1.0), **options)
        np.testing.assert_allclose(got["value"].values, answer["est"], atol=5.1e-4)
        np.testing.assert_allclose(got["variance"].values, answer["kvar"], atol=5.1e-4)

    def test_simple_kriging_with_eight_samples_but_for_ties_in_the_search(self, cluster, shared_data):
        points, values = cluster
        answer = np.loadtxt(shared_data / "bench_cluster" / "reference_kt3d_SK_default.out", skiprows=4)
        grid = Grid((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (50, 50, 1), MineGrid())
        search = Search(passes=(Pass(ranges=(20.0, 20.0, 20.0), min_samples=4, max_samples=8),))
        options = {"variogram": isotropic("spherical", 0.8, 10.0, 0.2), "search": search, "method": "simple", "mean": 2.302}
        got = estimate(points, values, grid, **options)["value"].values.ravel()
        distance = np.sort(np.linalg.norm(grid.centres()[:, None] - points[None], axis=2), axis=1)
        tied = np.isclose(distance[:, 7], distance[:, 8], rtol=1e-6)
        assert 0.8 < np.mean(~tied) < 1
        np.testing.assert_allclose(got[~tied], answer[~tied, 0], atol=1e-3)

    def test_exponential_model_on_a_grid_that_starts_at_the_top(self, shared_data):
        data = np.loadtxt(shared_data / "bench_pykrige_kt3d" / "test_data.txt")
        answer = np.loadtxt(shared_data / "bench_pykrige_kt3d" / "test1_answer.asc", skiprows=7, max_rows=100)
        grid = Grid((1067250.0, 241446.5, -0.5), (50.0, 25.0, 1.0), (100, 100, 1), MineGrid())
        points = plane(data[:, 0], data[:, 1])
        got = estimate(points, data[:, 2], grid, variogram=isotropic("exponential", 500.0, 3000.0), search=all_of(points))
        np.testing.assert_allclose(got["value"].values[0, ::-1], answer, rtol=1e-6)

    def test_a_linear_variogram_in_three_dimensions(self, shared_data):
        data = np.loadtxt(shared_data / "bench_pykrige_kt3d" / "test3d_data.txt", skiprows=1)
        grid = Grid((-0.5, -0.5, -0.5), (1.0, 1.0, 1.0), (10, 10, 10), MineGrid())
        got = estimate(data[:, :3], data[:, 3], grid, variogram=linear(0.1, 1.0), search=all_of(data))
        answer = np.loadtxt(shared_data / "bench_pykrige_kt3d" / "test3d_answer.txt")
        np.testing.assert_allclose(got["value"].values.ravel(), answer[:, 0], atol=6e-4)
        np.testing.assert_allclose(got["variance"].values.ravel(), answer[:, 1], atol=6e-4)


class TestGstat:
    zinc = isotropic("spherical", 134000.0, 800.0, 24200.0)
    forty = Search(passes=(Pass(ranges=(1e6, 1e6, 1e6), min_samples=1, max_samples=40),))

    def reference(self, shared_data):
        return json.loads((shared_data / "bench_small" / "references.json").read_text())["gstat_meuse"]

    def test_block_kriging_of_meuse_with_regular_discretisation(self, meuse, shared_data):
        answer = self.reference(shared_data)["ok_block_zinc_regular_discretisation"]
        options = {"discretisation": (4, 4, 1), "block_size": (40.0, 40.0, 1.0)}
        got = estimate(*meuse, [[*answer["target"], 0]], variogram=self.zinc, search=self.forty, **options)
        assert got["value"].item() == pytest.approx(answer["estimate"], abs=5e-5)
        assert got["variance"].item() == pytest.approx(answer["variance"], abs=5e-3)

    def test_block_kriging_of_meuse_is_near_gauss_quadrature(self, meuse, shared_data):
        answer = self.reference(shared_data)["ok_block_zinc"]
        targets = plane(*np.array(answer["targets"], float).T)
        options = {"discretisation": (8, 8, 1), "block_size": (40.0, 40.0, 1.0)}
        got = estimate(*meuse, targets, variogram=self.zinc, search=self.forty, **options)
        np.testing.assert_allclose(got["value"].values, answer["estimate"], rtol=2e-4)
        np.testing.assert_allclose(got["variance"].values, answer["variance"], rtol=3e-3)

    def test_point_kriging_of_meuse(self, meuse, shared_data):
        text = (shared_data / "bench_meuse" / "reference_gstat_rerun.txt").read_text().split("## same, point support")[1]
        answer = np.array([line.split()[1:] for line in re.findall(r"^\d .*$", text.split("##")[0], re.M)], float)
        assert answer.shape == (6, 4)
        got = estimate(*meuse, plane(answer[:, 0], answer[:, 1]), variogram=self.zinc, search=self.forty)
        np.testing.assert_allclose(got["value"].values, answer[:, 2], rtol=1e-9)
        np.testing.assert_allclose(got["variance"].values, answer[:, 3], rtol=1e-9)

    @pytest.mark.parametrize(("suffix", "anisotropic"), [("", False), ("_aniso45_0.4", True)])
    def test_the_grid_of_log_zinc(self, meuse, shared_data, suffix, anisotropic):
        answer = pd.read_csv(shared_data / "bench_meuse" / f"reference_gstat_OK_logzinc_grid{suffix}.csv")
        points, zinc = meuse
        variogram = isotropic("spherical", 0.59060780221, 897.0209098, 0.05066242682)
        if anisotropic:
            structure = Structure(kind="spherical", contribution=0.59, ranges=(1200.0, 480.0, 1200.0), azimuth=45.0)
            variogram = Variogram(nugget=0.05, structures=(structure,))
        got = estimate(points, np.log(zinc), plane(answer["x"], answer["y"]), variogram=variogram, search=all_of(points))
        np.testing.assert_allclose(got["value"].values, answer["var1.pred"], rtol=1e-7)
        np.testing.assert_allclose(got["variance"].values, answer["var1.var"], rtol=1e-7)

    def test_leave_one_out_of_log_zinc(self, meuse, shared_data):
        answer = self.reference(shared_data)["loo_cv_log_zinc"]
        points, zinc = meuse
        variogram = isotropic("spherical", 0.5906078, 897.0209, 0.05066243)
        got = cross_validate(points, np.log(zinc), None, variogram=variogram, search=all_of(points))
        error = got["value"] - got["estimate"]
        assert error.mean() == pytest.approx(answer["ME"], abs=2e-7)
        assert np.sqrt(np.mean(error**2)) == pytest.approx(answer["RMSE"], abs=1e-7)
        assert (error / np.sqrt(got["variance"])).var(ddof=1) == pytest.approx(answer["var_zscore"], abs=1e-6)
        assert np.corrcoef(got["value"], got["estimate"])[0, 1] == pytest.approx(answer["cor"], abs=1e-7)


class TestTextbooks:
    def case(self, shared_data, name):
        return json.loads((shared_data / "bench_small" / "references.json").read_text())[name]

    def test_isaaks_and_srivastava_chapter_12(self, shared_data):
        answer = self.case(shared_data, "isaaks_srivastava_ch12")
        table = pd.read_csv(shared_data / "bench_small" / "isaaks7.csv")
        # the estimates of the seven indicators are the seven weights
        values = {"v": table["v"].to_numpy(float)} | {f"weight{i}": np.eye(7)[i] for i in range(7)}
        options = {"variogram": isotropic("exponential", 10.0, 10.0), "search": all_of(table)}
        got = estimate(plane(table["V1"], table["V2"]), values, [[*answer["target"], 0]], **options)
        weights = [got[f"weight{i}"].item() for i in range(7)]
        assert got["v"].item() == pytest.approx(592.7, abs=0.05) == pytest.approx(answer["recomputed"]["estimate"], abs=0.05)
        assert got["variance"].item() == pytest.approx(8.96, abs=0.005)
        np.testing.assert_allclose(weights, answer["weights_published"], atol=0.0006)
        np.testing.assert_allclose(weights, answer["recomputed"]["weights"], atol=1e-8)

    def test_kitanidis_example_3_2(self, shared_data):
        answer = self.case(shared_data, "kitanidis_3_2")
        x, y, v = np.array(answer["data"]).T
        targets = plane(*np.array([answer["target"], answer["exactness"]["target"]], float).T)
        got = estimate(plane(x, y), v, targets, variogram=linear(0.1, 0.006), search=all_of(x))
        np.testing.assert_allclose(got["value"].values, [answer["estimate"], 2.822], atol=5e-5)
        np.testing.assert_allclose(got["variance"].values, [answer["variance"], 0.0], atol=5e-5)

    def test_four_samples_around_a_point(self, shared_data):
        answer = self.case(shared_data, "gstat_covtable")
        points, values = plane(answer["data"]["x"], answer["data"]["y"]), answer["data"]["z"]
        for count, expected in ((4, answer["ok"]), (2, answer["first_two_only"])):
            options = {"variogram": isotropic("spherical", 1.0, 1.0), "search": all_of(points)}
            got = estimate(points[:count], values[:count], [[0, 0, 0]], **options)
            assert got["value"].item() == pytest.approx(expected["estimate"], abs=1e-6)
            assert got["variance"].item() == pytest.approx(expected["variance"], abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_gstools_global_kriging(seed):
    rng = np.random.default_rng(seed)
    points, values, targets = rng.uniform(0, 100, (60, 3)), rng.normal(size=60), rng.uniform(0, 100, (40, 3))
    angles = {"azimuth": rng.uniform(0, 360), "dip": rng.uniform(-90, 90), "rake": rng.uniform(-90, 90)}
    structures = tuple(
        Structure(kind=kind, contribution=0.5, ranges=(scale * 1.0, scale * 0.5, scale * 0.2), **angles)
        for kind, scale in (("spherical", 60.0), ("exponential", 120.0))
    )
    variogram = Variogram(nugget=0.2, structures=structures)
    krige = gstools.krige.Ordinary(to_gstools(variogram), points.T, values, exact=True)
    estimates, variances = krige(np.vstack([targets, points[:3]]).T)
    got = estimate(points, values, np.vstack([targets, points[:3]]), variogram=variogram, search=all_of(points))
    np.testing.assert_allclose(got["value"].values, estimates, atol=1e-9)
    np.testing.assert_allclose(got["variance"].values, variances, atol=1e-9)


@pytest.mark.parametrize("block", [True, False])
def test_the_naive_solve_of_the_reference_problem(shared_data, block):
    spec = importlib.util.spec_from_file_location("reference_problem", shared_data.parent / "bench" / "problem.py")
    problem = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(problem)
    points, holes = problem.holes(10, 6, 11)
    values = np.random.default_rng(0).lognormal(size=len(points))
    targets = np.random.default_rng(1).uniform([30, 20, 0], [430, 270, 250], (60, 3))
    estimates, variances = problem.truth(points, values, targets, block=block)
    angles = {"azimuth": 35.0, "dip": -60.0}  # GSLIB's 35, 0, -60
    structures = tuple(Structure(kind="spherical", contribution=c, ranges=a, **angles) for c, a in problem.STRUCT)
    search = Search(passes=(Pass(ranges=problem.SRCH, min_samples=problem.NMIN, max_samples=problem.NMAX),), **angles)
    options = {"variogram": Variogram(nugget=problem.NUG, structures=structures), "search": search, "holes": holes}
    discretisation = problem.NDISC if block else (1, 1, 1)
    got = estimate(points, values, targets, discretisation=discretisation, block_size=(problem.BS,) * 3, **options)
    np.testing.assert_allclose(got["value"].values, estimates, atol=1e-9)
    np.testing.assert_allclose(got["variance"].values, variances, atol=1e-9)
