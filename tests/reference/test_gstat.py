"""Kriging equals R gstat: Meuse, coal ash, and the two spatial interpolation comparisons."""

import json
import re
import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from scandia.kriging import cross_validate, estimate

models = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("models.py"))))
GSTAT = {"program": "R gstat 2.1-0"}
ZINC = models.isotropic("spherical", 134000.0, 800.0, 24200.0)
LOG_ZINC = models.isotropic("spherical", 0.59060780221, 897.0209098, 0.05066242682)
FORTY = models.nearest(40)
BLOCK = {"discretisation": (4, 4, 1), "block_size": (40.0, 40.0, 1.0)}


@pytest.fixture(scope="module")
def meuse(shared_data):
    table = pd.read_csv(shared_data / "bench_meuse" / "meuse.csv")
    return models.plane(table["x"], table["y"]), table["zinc"].to_numpy(float)


@pytest.fixture(scope="module")
def reference(shared_data):
    return json.loads((shared_data / "bench_small" / "references.json").read_text())["gstat_meuse"]


def scores(error, standardised=None, pair=None):
    """Mean, root mean square, and where asked for variance of the standardised errors and correlation."""
    found = [error.mean(), np.sqrt(np.mean(error**2))]
    found += [] if standardised is None else [standardised.var(ddof=1)]
    return found + ([] if pair is None else [np.corrcoef(*pair)[0, 1]])


def left_out(points, values, variogram):
    got = cross_validate(points, values, None, variogram=variogram, search=models.all_of(points))
    error = got["value"] - got["estimate"]
    return scores(error, error / np.sqrt(got["variance"]), (got["value"], got["estimate"]))


def test_block_kriging_with_regular_discretisation(meuse, reference, compare):
    answer = reference["ok_block_zinc_regular_discretisation"]
    got = estimate(*meuse, [[*answer["target"], 0]], variogram=ZINC, search=FORTY, **BLOCK)
    about = GSTAT | {"data": "Meuse zinc"}
    what = "ordinary, 40 m block of 4 × 4 mid-points, nearest 40"
    compare(got["value"], answer["estimate"], compared=f"estimate, {what}", tolerance=5e-5, why="4 decimals", **about)
    compare(got["variance"], answer["variance"], compared=f"variance, {what}", tolerance=5e-3, why="2 decimals", **about)


def by_quadrature(points, values, target, variogram):
    """Estimate and variance of a block from our weights of points at 4 × 4 Gauss nodes, for the 40 samples nearest to its centre.

    The weights of a block are the mean of the weights of its points; then ``KV = Cbar - 2 sum(w C) + sum(w w C)``.
    """
    near = np.argsort(np.linalg.norm(points - target, axis=1), kind="stable")[:40]
    place, share = np.polynomial.legendre.leggauss(4)
    offsets = models.plane(*(20.0 * np.array([axis.ravel() for axis in np.meshgrid(place, place)])))
    share = np.outer(share, share).ravel() / 4.0
    columns = {f"w{i}": row for i, row in enumerate(np.eye(40))}
    got = estimate(points[near], columns, target + offsets, variogram=variogram, search=FORTY, checks=False)
    weights = np.array([got[name].values for name in columns]) @ share
    sphere = variogram.structures[0]

    def structured(a, b):
        h = np.minimum(np.linalg.norm(a[:, None] - b[None], axis=2) / sphere.ranges[0], 1.0)
        return sphere.contribution * (1.0 - 1.5 * h + 0.5 * h**3)

    between = structured(points[near], points[near]) + variogram.nugget * np.eye(40)
    to_block = structured(points[near], target + offsets) @ share
    within = share @ structured(offsets, offsets) @ share
    return weights @ values[near], within - 2.0 * weights @ to_block + weights @ between @ weights


def test_block_kriging_with_gauss_quadrature(meuse, reference, compare):
    answer = reference["ok_block_zinc"]
    targets = models.plane(*np.array(answer["targets"]).T)
    got = np.array([by_quadrature(*meuse, target, ZINC) for target in targets])
    about = GSTAT | {"data": "Meuse zinc"}
    what = "ordinary, 40 m blocks of 4 × 4 Gauss nodes (our point weights, summed with gstat's node weights), nearest 40"
    compare(got[:, 0], answer["estimate"], compared=f"estimate, {what}", tolerance=5.1e-5, why="4 decimals", **about)
    compare(got[:, 1], answer["variance"], compared=f"variance, {what}", tolerance=5.1e-3, why="2 decimals", **about)
    middle = estimate(*meuse, targets, variogram=ZINC, search=FORTY, **BLOCK)
    what, why = "ordinary, 40 m blocks, our 4 × 4 mid-points for gstat's 4 × 4 Gauss nodes, nearest 40", "discretisation"
    compare(middle["value"], answer["estimate"], compared=f"estimate, {what}", tolerance=0.1, why=why, **about)
    compare(middle["variance"], answer["variance"], compared=f"variance, {what}", tolerance=150.0, why=why, **about)


def test_point_kriging(meuse, shared_data, compare):
    text = (shared_data / "bench_meuse" / "reference_gstat_rerun.txt").read_text().split("## same, point support")[1]
    answer = np.array([line.split()[1:] for line in re.findall(r"^\d .*$", text.split("##")[0], re.MULTILINE)], float)
    got = estimate(*meuse, models.plane(answer[:, 0], answer[:, 1]), variogram=ZINC, search=FORTY)
    about = GSTAT | {"data": "Meuse zinc"}
    compare(got["value"], answer[:, 2], compared="estimate, ordinary, points, nearest 40", tolerance=1e-6, why="", **about)
    compare(got["variance"], answer[:, 3], compared="variance, ordinary, points, nearest 40", tolerance=1e-4, why="", **about)


@pytest.mark.parametrize(("suffix", "anisotropic"), [("", False), ("_aniso45_0.4", True)])
def test_the_grid_of_log_zinc(meuse, shared_data, suffix, anisotropic, compare):
    answer = pd.read_csv(shared_data / "bench_meuse" / f"reference_gstat_OK_logzinc_grid{suffix}.csv")
    points, zinc = meuse
    turned = models.nested(0.05, ("spherical", 0.59, (1200.0, 480.0, 1200.0)), azimuth=45.0)
    options = {"variogram": turned if anisotropic else LOG_ZINC, "search": models.all_of(points)}
    got = estimate(points, np.log(zinc), models.plane(answer["x"], answer["y"]), **options)
    about = GSTAT | {"data": "Meuse log zinc", "tolerance": 1e-8}
    why = "" if anisotropic else "fitted model has 10 digits"
    what = f"ordinary, points, {'range 1,200 m at 045°, ratio 0.4, ' if anisotropic else ''}all 155 samples"
    compare(got["value"], answer["var1.pred"], compared=f"estimate, {what}", why=why, **about)
    compare(got["variance"], answer["var1.var"], compared=f"variance, {what}", why=why, **about)


def test_leave_one_out_of_log_zinc(meuse, reference, compare):
    answer = reference["loo_cv_log_zinc"]
    got = left_out(meuse[0], np.log(meuse[1]), LOG_ZINC)
    what = "leave-one-out: ME, RMSE, variance of z, correlation"
    answer = [answer[key] for key in ("ME", "RMSE", "var_zscore", "cor")]
    compare(got, answer, data="Meuse log zinc", compared=what, tolerance=5.1e-9, why="8 decimals", **GSTAT)


def test_coal_ash(shared_data, compare):
    table = pd.read_csv(shared_data / "bench_coalash" / "coalash.csv")
    points, ash = models.plane(table["x"], table["y"]), table["coalash"].to_numpy()
    model, about = models.isotropic("spherical", 0.5, 6.0, 0.9), GSTAT | {"data": "coal ash, 208 samples"}
    targets = models.plane([5.5, 12.0, 3.0], [6.5, 20.0, 15.0])
    got = estimate(points, ash, targets, variogram=model, search=models.all_of(points))
    what = "ordinary, points, two of them at samples, all samples"
    compare(got["value"], [11.46083367, 7.61, 11.65], compared=f"estimate, {what}", tolerance=5.1e-9, why="8 decimals", **about)
    compare(got["variance"], [1.068700223, 0, 0], compared=f"variance, {what}", tolerance=5.1e-10, why="9 decimals", **about)
    answer = [-0.00050394, 1.10088518, 1.10604259, 0.50256730]
    what = "leave-one-out: ME, RMSE, variance of z, correlation"
    compare(left_out(points, ash, model), answer, compared=what, tolerance=5.1e-9, why="8 decimals", **about)


def test_rainfall_of_switzerland(shared_data, compare):
    folder = shared_data / "bench_sic"
    given, full = pd.read_csv(folder / "sic_obs.csv"), pd.read_csv(folder / "sic_full.csv")
    hidden = full[~full["ID"].isin(given["ID"])]
    points = models.plane(given["X"], given["Y"])
    options = {"variogram": models.isotropic("spherical", 15000.0, 80000.0), "search": models.all_of(points)}
    targets = models.plane(hidden["X"], hidden["Y"])
    got = estimate(points, given["rainfall"].to_numpy(float), targets, **options)["value"].to_numpy()
    error = got - hidden["rainfall"].to_numpy()
    found = [np.abs(error).mean(), *scores(error, pair=(got, hidden["rainfall"])), got.mean()]
    answer = [38.78155, -3.71412, 55.22450, 0.86815, 181.64555]
    what = "ordinary, 367 points, all 100 samples: MAE, ME, RMSE, correlation, mean"
    compare(found, answer, data="SIC97", compared=what, tolerance=5.1e-6, why="5 decimals", **GSTAT)


@pytest.mark.parametrize(
    ("day", "model", "answer"),
    [
        ("dayx", (332.88856, 484205.2, 75.60977), [9.1106, -1.2161, 12.4433, 0.7882]),
        ("joker", (540.6032, 46817.98, 14737.9632), [28.4525, 11.7577, 81.7325, 0.3528]),
    ],
)
def test_gamma_dose_of_germany(shared_data, day, model, answer, compare):
    # as in gstat's demo, without record 838
    folder = shared_data / "bench_sic"
    given, hidden = pd.read_csv(folder / "sic.val.csv"), pd.read_csv(folder / "sic.test.csv")
    given = given[given["record"] != 838]
    options = {"variogram": models.isotropic("spherical", *model), "search": models.nearest(125)}
    places = [models.plane(table["x"], table["y"]) for table in (given, hidden)]
    got = estimate(places[0], given[day].to_numpy(float), places[1], **options)["value"].to_numpy()
    error = got - hidden[day].to_numpy()
    found = [np.abs(error).mean(), *scores(error, pair=(got, hidden[day]))]
    what = "ordinary, 808 points, nearest 125 of 199: MAE, ME, RMSE, correlation"
    compare(found, answer, data=f"SIC2004 {day}", compared=what, tolerance=5.1e-5, why="4 decimals", **GSTAT)
