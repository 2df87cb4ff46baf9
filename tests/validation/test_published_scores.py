"""Published scores by the own functions: R gstat on SIC, GSLIB against the exhaustive truth of its cluster set."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from scandia.kriging import estimate
from scandia.validation.bias import global_bias
from scandia.validation.scores import error_scores, interval_scores, standardise

models = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "reference" / "models.py")))
SPHERICAL = models.isotropic("spherical", 0.8, 10.0, 0.2)


@pytest.fixture(scope="module")
def cluster(shared_data):
    return pd.DataFrame(models.gslib_table(shared_data / "bench_cluster" / "cluster.dat"))


@pytest.fixture(scope="module")
def truth(shared_data):
    return np.loadtxt(shared_data / "bench_cluster" / "true.dat", skiprows=4)[:, 0]


def test_rainfall_of_switzerland_scores_as_gstat_says(shared_data):
    given, full = (pd.read_csv(shared_data / "bench_sic" / name) for name in ("sic_obs.csv", "sic_full.csv"))
    hidden = full[~full["ID"].isin(given["ID"])]
    points = models.plane(given["X"], given["Y"])
    options = {"variogram": models.isotropic("spherical", 15000.0, 80000.0), "search": models.all_of(points)}
    got = estimate(points, given["rainfall"].to_numpy(float), models.plane(hidden["X"], hidden["Y"]), **options)
    found = error_scores(got["value"].values, hidden["rainfall"])
    assert found["mean_error"] == pytest.approx(-3.71412, abs=5.1e-6)
    assert found["rmse"] == pytest.approx(55.22450, abs=5.1e-6)
    assert found["correlation"] == pytest.approx(0.86815, abs=5.1e-6)


def test_gamma_dose_of_germany_scores_as_gstat_says(shared_data):
    given, hidden = (pd.read_csv(shared_data / "bench_sic" / name) for name in ("sic.val.csv", "sic.test.csv"))
    given = given[given["record"] != 838]  # as in gstat's demo
    options = {"variogram": models.isotropic("spherical", 332.88856, 484205.2, 75.60977), "search": models.nearest(125)}
    places = [models.plane(table["x"], table["y"]) for table in (given, hidden)]
    found = error_scores(estimate(places[0], given["dayx"].to_numpy(float), places[1], **options)["value"].values, hidden["dayx"])
    assert found["mean_error"] == pytest.approx(-1.2161, abs=5.1e-5)
    assert found["rmse"] == pytest.approx(12.4433, abs=5.1e-5) and found["correlation"] == pytest.approx(0.7882, abs=5.1e-5)


def test_the_cluster_set_scores_against_its_truth_as_gslibs_own_answer_does(cluster, truth, shared_data):
    answer = pd.read_csv(shared_data / "bench_cluster" / "reference_gslib_kt3d_OK_point_global.csv")
    points = np.column_stack([cluster["Xlocation"], cluster["Ylocation"], np.full(len(cluster), 0.5)])
    got = estimate(points, cluster["Primary"].to_numpy(), answer[["xc", "yc", "zc"]].to_numpy(), variogram=SPHERICAL,
                   search=models.all_of(points))  # fmt: skip
    ours, theirs = error_scores(got["value"].values, truth), error_scores(answer["est"], truth)
    for name, value in theirs.items():
        assert ours[name] == pytest.approx(value, abs=1e-4), name
    away = (answer["kvar"] > 0).to_numpy()  # at a sample both are exact
    inside = interval_scores(standardise(answer["est"] - truth, answer["kvar"])[away])
    mine = interval_scores(standardise(got["value"].values - truth, got["variance"].values)[away])
    assert mine["coverage_90"] == pytest.approx(inside["coverage_90"], abs=2 / away.sum())


def test_blocks_of_the_cluster_set_score_against_the_true_blocks_as_gslibs_do(cluster, shared_data):
    answer = pd.read_csv(shared_data / "bench_cluster" / "reference_gslib_kt3d_OK_block5x5_aniso_global.csv")
    points = np.column_stack([cluster["Xlocation"], cluster["Ylocation"], np.full(len(cluster), 0.5)])
    structures = (("spherical", 0.4, (8.0, 4.0, 8.0)), ("exponential", 0.5, (25.0, 12.0, 25.0)))
    got = estimate(
        points, cluster["Primary"].to_numpy(), answer[["xc", "yc", "zc"]].to_numpy(), search=models.all_of(points),
        variogram=models.nested(0.1, *structures, azimuth=30.0), discretisation=(4, 4, 1), block_size=(5.0, 5.0, 1.0),
    )  # fmt: skip
    ours, theirs = (error_scores(found, answer["true_block"]) for found in (got["value"].values, answer["est"]))
    for name, value in theirs.items():
        assert ours[name] == pytest.approx(value, abs=1e-4), name


def test_global_bias_tells_the_published_means_of_the_cluster_set(cluster, truth, make_parts):
    composites = cluster.rename(columns={"Primary": "grade", "Declustering Weight": "weight"}).assign(domain="ore", length=1.0)
    row = global_bias(composites, make_parts({"ore": {"fraction": [1.0], "grade": [float(truth.mean())]}}), ["grade"]).iloc[0]
    assert row["naive"] == pytest.approx(4.350, abs=5.1e-4) and row["declustered"] == pytest.approx(2.528, abs=5.1e-4)
    assert row["estimate"] == pytest.approx(2.580, abs=5.1e-4)
    assert row["bias_declustered"] == pytest.approx(2.580 / 2.528 - 1, abs=5e-4)
