"""Intervals hold the model that made the field, are the same every time, and are widest where few holes look."""

import runpy
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from scandia.geometry.minegrid import MineGrid
from scandia.variography import intervals
from scandia.variography.cases import fit_case, make_case
from scandia.variography.covariance import covariance, localise
from scandia.variography.experimental import downhole, experimental_variograms
from scandia.variography.fit import fit_variograms, residuals
from scandia.variography.intervals import parameter_intervals
from scandia.variography.model import Structure, Variogram
from scandia.variography.settings import Bootstrap, DomainVariography, Lags, Variography

fitting = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("fitting.py"))))
ANGLES = {"azimuth": 0.0, "dip": 90.0, "rake": 0.0}
TRUTH = Variogram(nugget=15.0, structures=(Structure(kind="spherical", contribution=85.0, ranges=(80.0, 50.0, 40.0), **ANGLES),))


def drilled(seed):
    """36 holes down to 90 m on a 25 by 25 m grid, inclined across the strike, through a field of the truth by Cholesky."""
    random, frames = np.random.default_rng(seed), []
    for number, (column, row) in enumerate(np.ndindex(6, 6)):
        depth = 3.0 * np.arange(30)
        x = 25.0 * column + 0.5 * (depth + 1.5)
        place = {"x": x, "y": 25.0 * row + random.uniform(-3.0, 3.0), "z": -0.866 * (depth + 1.5)}
        frames.append(pd.DataFrame({"hole": f"H{number:02d}", "from": depth, "to": depth + 3.0, **place}))
    table = pd.concat(frames, ignore_index=True)
    points = table[["x", "y", "z"]].to_numpy()
    model = localise(TRUTH, MineGrid())
    matrix = covariance(model, points[:, None, :] - points[None, :, :])
    grade = 100.0 + np.linalg.cholesky(matrix) @ random.normal(size=len(points))
    return table.assign(grade=grade, domain="core", weight=1.0)


def settings(**changes):
    lags = {
        "downhole": Lags(lag=3.0, count=15, bandwidth=5.0),
        "major": Lags(lag=25.0, count=5, angle=20.0, bandwidth=15.0),
        "semi": Lags(lag=9.0, count=7, angle=25.0, bandwidth=15.0),
        "minor": Lags(lag=12.0, count=6, angle=25.0, bandwidth=15.0),
    }
    domains = {"core": DomainVariography(source="fit", **ANGLES)}
    return Variography(**(lags | {"kinds": ("spherical",), "domains": domains, "bootstrap": Bootstrap(replicates=40)} | changes))


@pytest.fixture(scope="module")
def known():
    table, chosen = drilled(3), settings()
    experiment = experimental_variograms(table, chosen, ["grade"], MineGrid())
    return table, chosen, experiment, parameter_intervals(experiment, table, chosen, ["grade"], MineGrid())


def test_the_model_of_the_field_lies_within_its_own_intervals(known):
    rows = known[3].set_index("parameter")
    true = {"nugget": 15.0, "sill": 100.0, "contribution 1": 85.0}
    true |= {"range major 1": 80.0, "range semi 1": 50.0, "range minor 1": 40.0}
    assert set(rows.index) == set(true)
    for name, value in true.items():
        assert rows.loc[name, "low"] <= value <= rows.loc[name, "high"], name
        assert rows.loc[name, "low"] < rows.loc[name, "high"], name
    assert (rows["holes"] == 36).all()
    assert (rows["replicates"] > 35).all()


def test_intervals_are_the_same_whatever_the_order_of_the_rows_and_others_with_another_seed(known):
    table, chosen, experiment, first = known
    chosen = replace(chosen, bootstrap=Bootstrap(replicates=10))
    found = parameter_intervals(experiment, table, chosen, ["grade"], MineGrid())
    mixed = parameter_intervals(experiment, table.sample(frac=1.0, random_state=1), chosen, ["grade"], MineGrid())
    assert_frame_equal(found, mixed, check_exact=True)
    other = replace(chosen, bootstrap=Bootstrap(replicates=10, seed=2))
    assert not found["low"].equals(parameter_intervals(experiment, table, other, ["grade"], MineGrid())["low"])
    assert list(found["estimate"]) == list(first["estimate"])


def test_the_strike_range_is_known_worse_by_a_third_of_the_holes(known):
    table, chosen, _, first = known
    few = table[table["hole"].isin([f"H{k:02d}" for k in range(0, 36, 3)])]
    experiment = experimental_variograms(few, chosen, ["grade"], MineGrid())
    less = parameter_intervals(experiment, few, chosen, ["grade"], MineGrid()).set_index("parameter").loc["range major 1"]
    more = first.set_index("parameter").loc["range major 1"]
    assert np.log(less["high"] / less["low"]) > 1.1 * np.log(more["high"] / more["low"])


def test_a_hole_drawn_three_times_counts_three_times_down_the_hole(known, monkeypatch):
    table, chosen, experiment, _ = known
    case, seen = make_case("core", "grade", experiment, table, chosen, MineGrid()), {}

    def watch(domain, variable, replicate, *arguments):
        seen["table"] = replicate
        return make_case(domain, variable, replicate, *arguments)

    monkeypatch.setattr(intervals, "make_case", watch)
    times = np.where(table["hole"] == "H00", 3, np.where(table["hole"] == "H01", 1, 0))
    intervals._replicate(case, table, times, fit_case(case))
    one, other = (downhole(2.0 * np.arange(30) * 1.5, hole["grade"].to_numpy(), hole["hole"], chosen.downhole)
                  for name, hole in table.groupby("hole") if name in ("H00", "H01"))  # fmt: skip
    found = seen["table"].query("direction == 'downhole'")["gamma"].to_numpy()
    np.testing.assert_allclose(found, 0.75 * one["gamma"] + 0.25 * other["gamma"], rtol=1e-9)


def test_a_range_that_the_lags_cannot_see_says_so(known):
    table, chosen, _, first = known
    near = replace(chosen, major=Lags(lag=12.5, count=4, angle=20.0, bandwidth=15.0), bootstrap=Bootstrap(replicates=12))
    experiment = experimental_variograms(table, near, ["grade"], MineGrid())
    rows = parameter_intervals(experiment, table, near, ["grade"], MineGrid()).set_index("parameter")
    found = rows["at_limit"]
    assert found["range major 1"] > 0.5
    assert not rows.loc["range major 1", "resolved"]
    assert rows.loc[["nugget", "sill", "contribution 1"], "resolved"].all()
    wide = first.set_index("parameter")
    assert (wide["resolved"] == (wide["at_limit"] <= 0.05)).all()
    assert first.set_index("parameter").loc["range major 1", "at_limit"] < 0.2
    assert found["nugget"] == 0.0


def test_no_replicates_or_a_given_model_make_no_intervals(known):
    table, chosen, experiment, _ = known
    none = replace(chosen, bootstrap=Bootstrap(replicates=0))
    given = {"core": DomainVariography(source="fit", models={"grade": TRUTH}, **ANGLES)}
    for changed in (none, replace(chosen, domains=given), replace(chosen, estimator="dowd")):
        assert len(parameter_intervals(experiment, table, changed, ["grade"], MineGrid())) == 0


def test_residuals_are_experiment_less_model_at_every_lag_that_has_pairs(known):
    table, chosen, experiment, _ = known
    models, _ = fit_variograms(experiment, table, chosen, ["grade"], MineGrid())
    rows = residuals(models, experiment, table, chosen, MineGrid())
    assert len(rows) == (experiment["pairs"] > 0).sum()
    np.testing.assert_allclose(rows["residual"], rows["gamma"] - rows["model"])
    major, ranges = rows[rows["direction"] == "major"], models["core"]["grade"].structures[0].ranges
    beyond = major[major["distance"] > ranges[0]]
    np.testing.assert_allclose(beyond["model"], models["core"]["grade"].sill, rtol=1e-12)
    assert (rows["fitted"] == (rows["pairs"] >= 30)).all()


def test_weights_by_hole_pairs_hold_to_the_lags_that_many_holes_share():
    """A lag of many pairs of one pair of holes must not outweigh one of fewer pairs between many holes."""
    table, chosen = fitting.composites(sill=67.0), fitting.settings(kinds=("spherical",), nugget="free")
    experiment = fitting.noise_free(replace(fitting.TRUTH, structures=fitting.TRUTH.structures[1:]), table, chosen)
    spoilt = experiment.copy()
    alone = (spoilt["direction"] == "minor") & (spoilt["lag"] == 1)
    spoilt.loc[alone, ["gamma", "pairs", "hole_pairs"]] = [45.0, 5000, 1]
    spoilt.loc[~alone, "hole_pairs"] = 200
    found = {}
    for weights in ("hole_pairs", "pairs"):
        models, _ = fit_variograms(spoilt, table, replace(chosen, weights=weights), ["grade"], fitting.MINE_GRID)
        found[weights] = models["core"]["grade"].structures[0].ranges[2]
    assert found["hole_pairs"] == pytest.approx(30.0, rel=0.05)
    assert abs(found["pairs"] - 30.0) > 3.0
