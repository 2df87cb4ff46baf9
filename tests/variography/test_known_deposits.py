"""The default deposit against its known truth, WolfPass against its published model, Scotland and gstlearn pair for pair."""

import runpy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from scandia.composites.length import composite
from scandia.composites.settings import Compositing
from scandia.config.load import load
from scandia.domains.flag import code_intervals
from scandia.domains.settings import Domain, Domains, Implicit
from scandia.drillholes.desurvey import desurvey, locate_intervals
from scandia.drillholes.validation import validate
from scandia.io.deposit import read_deposit, take_in
from scandia.statistics.declustering import decluster
from scandia.synthetic.deposit import true_variogram
from scandia.variography._pairs import directional_sums
from scandia.variography.experimental import directional, downhole, experimental_variograms
from scandia.variography.fit import fit_variograms
from scandia.variography.intervals import parameter_intervals
from scandia.variography.leastsquares import Bounds, Curve, fit_structures
from scandia.variography.settings import DomainVariography, Lags, Variography

on_composites = runpy.run_path(str(Path(__file__).with_name("regularised.py")))["on_composites"]


def composites_of(config, variables, **changed):
    """Declustered composites of a deposit, by the stages themselves, with the settings of compositing ``changed``."""
    model, drillholes = config.model, config.drillholes
    raw, _, reading = read_deposit(drillholes, config.analytes)
    tables, _, _ = validate(raw, drillholes, config.analytes, reading=reading)
    stations = desurvey(tables["collar"], tables["survey"])
    tolerance = drillholes.checks.depth_tolerance
    names = [tables[name] for name in ("assay", "lithology", "collar")]
    coded = code_intervals(*names, model.domains, variables, tolerance=tolerance)
    intervals = locate_intervals(coded, stations, config.mine_grid)
    table = composite(intervals, replace(model.composites, **changed), variables, stations, config.mine_grid)
    return decluster(table, model.statistics.declustering, lead=variables[0])[0], tables["assay"]


@pytest.fixture(scope="module")
def default(project):
    config = load(yaml.safe_load((project / "config" / "config.yaml").read_text(encoding="utf-8")))
    composites, assay = composites_of(config, ["sc2o3"])
    settings = config.model.variography
    experiment = experimental_variograms(composites, settings, ["sc2o3"], config.mine_grid)
    rows = parameter_intervals(experiment, composites, settings, ["sc2o3"], config.mine_grid).set_index("parameter")
    return config, composites, assay, rows


@pytest.mark.exhaustive
def test_the_truth_of_the_default_deposit_lies_within_the_intervals_of_its_fit(default):
    config, composites, assay, rows = default
    truth = true_variogram(config.synthetic)
    inside = composites[composites["domain"] == "olivine"]
    nugget, sill = on_composites(truth, inside, assay, config.mine_grid)
    expected = {"nugget": nugget, "sill": sill}
    for number, structure in enumerate(truth.structures, start=1):
        expected[f"contribution {number}"] = structure.contribution
        expected |= {f"range {axis} {number}": structure.ranges[k] for k, axis in enumerate(("major", "semi", "minor"))}
    assert set(expected) == set(rows.index)
    outside = [name for name, value in expected.items() if not rows.loc[name, "low"] <= value <= rows.loc[name, "high"]]
    assert outside == []


@pytest.mark.exhaustive
def test_27_holes_know_the_range_along_strike_to_a_factor_of_two_at_best(default):
    strike = default[-1].loc["range major 2"]
    assert strike["holes"] == 27
    assert strike["high"] / strike["low"] > 2.0


@pytest.mark.exhaustive
def test_wolfpass_without_domains_is_near_the_published_model_but_for_its_ranges(project, shared_data):
    """Published for Cu of all rock, by eye: nugget 0.08, 0.25 sph 80/60/40, 0.51 sph 250/180/100 m, dip 70 to 015.

    Nugget and the long structure's sill come out the same. The short structure is smaller and the ranges are longer, and the fit
    says that it resolves none of them: along strike and down dip the semivariances rise at every lag, past the variance of 0.78
    at 300 m, to 1.10 and 1.00 at 358 m. That is a trend between the domains, and no range is its end. The fit lies nearer to
    the experiment than the published model, however that is scaled.
    """
    config = load(yaml.safe_load((project / "config" / "deposits" / "wolfpass" / "config.yaml").read_text(encoding="utf-8")))
    composites, _ = composites_of(config, ["cu"], short_runs="keep")  # as the published model was made, before any was dropped
    rock = composites[composites["domain"].isin(["early_diorite", "intermineral_diorite", "basement", "dacite"])]
    angles = {"azimuth": 285.0, "dip": 70.0, "rake": 0.0}
    lags = {name: getattr(config.model.variography, name) for name in ("downhole", "major", "semi", "minor")}
    published = {"nugget": 0.08, "structures": [
        {"kind": "spherical", "contribution": 0.25, "ranges": [80.0, 60.0, 40.0], **angles},
        {"kind": "spherical", "contribution": 0.51, "ranges": [250.0, 180.0, 100.0], **angles},
    ]}  # fmt: skip
    found = {}
    for source in ("fit", "model"):
        domain = DomainVariography(source=source, models={"cu": model_of(published)} if source == "model" else {}, **angles)
        settings = Variography(**lags, minimum_pairs=100, domains={"rock": domain})
        table = rock.assign(domain="rock", weight=1.0)
        experiment = experimental_variograms(table, settings, ["cu"], config.mine_grid)
        found[source] = fit_variograms(experiment, table, settings, ["cu"], config.mine_grid)
    model, fits = found["fit"][0]["rock"]["cu"], found["fit"][1]
    assert fits.loc[0, "unresolved"] == "major, semi, minor"
    assert fits.loc[0, "variance"] == pytest.approx(0.780, abs=0.001)
    last = experiment[experiment["direction"] != "downhole"].groupby("direction").last()["gamma"]
    assert (last["major"], last["semi"]) == (pytest.approx(1.097, abs=0.005), pytest.approx(0.997, abs=0.005))
    assert model.nugget == pytest.approx(0.08, rel=0.05)
    assert model.structures[-1].contribution == pytest.approx(0.51, rel=0.1)
    assert model.structures[-1].ranges[0] > 250.0
    assert fits.loc[0, "rmse"] < 0.6 * found["model"][1].loc[0, "rmse"]
    assert "misses the experiment by 0.37" in found["model"][1].loc[0, "warnings"]


FOOT = 1200 / 3937  # m, of the US survey


def test_babbitt_has_the_same_variogram_in_feet_and_in_metres(project, shared_data, monkeypatch):
    """Cu of ten-foot composites along the holes: pair by pair from the table in feet, and by the stages in metres.

    Every hole's own lags and means are written plainly here; composites of ten feet from the collar, as pygslib's tutorial has
    them, and blanks are missing.
    """
    monkeypatch.chdir(project)
    config = load(yaml.safe_load((project / "config" / "deposits" / "babbitt" / "config.yaml").read_text(encoding="utf-8")))
    taken = take_in(config.drillholes, config.analytes)
    tables = validate(taken.raw, taken.drillholes, config.analytes, reading=taken.findings)[0]
    domains = Domains(
        domains={"rock": Domain(code=1, label="Rock", lithology=("ROCK",))},
        implicit=Implicit(azimuth=0.0, dip=0.0, ratios=(1.0, 1.0, 1.0), reach=1.0),
    )
    whole = tables["collar"][["hole", "depth"]].rename(columns={"depth": "to"}).assign(**{"from": 0.0, "lithology": "ROCK"})
    coded = code_intervals(tables["assay"], whole, tables["collar"], domains, ["cu"])
    chosen = Compositing(length=10 * FOOT, residual="keep", minimum_coverage=1.0, unsampled="missing")
    stations = desurvey(tables["collar"], tables["survey"])
    ours = composite(coded, chosen, ["cu"], stations, config.mine_grid).dropna(subset=["cu"])
    middle = ((ours["from"] + ours["to"]) / 2).to_numpy()
    lags = Lags(lag=10 * FOOT, count=10, tolerance=0.4, bandwidth=1.0)
    metres = downhole(middle, ours["cu"].to_numpy(), ours["hole"].to_numpy(), lags)
    assert metres["pairs"].min() > 10_000
    expected = np.zeros((10, 2))
    for _, hole in ours.groupby("hole"):
        feet, grade = (hole["from"] + hole["to"]).to_numpy() / 2 / FOOT, hole["cu"].to_numpy()
        apart, squares = np.abs(feet[:, None] - feet), 0.5 * (grade[:, None] - grade) ** 2
        for k in range(10):
            near = np.triu(np.abs(apart - 10 * (k + 1)) < 4.0, 1)
            expected[k] += near.sum(), squares[near].sum()
    np.testing.assert_array_equal(metres["pairs"], expected[:, 0])
    np.testing.assert_allclose(metres["gamma"], expected[:, 1] / expected[:, 0], rtol=1e-9)


def model_of(published):
    from scandia.config.typed import typed
    from scandia.variography.model import Variogram

    return typed(Variogram, published)


def test_gstlearn_prints_the_same_pairs_of_the_scottish_temperatures_and_a_fit_between_ours(shared_data):
    """40 lags of 10 km, tolerance a tenth of a lag; its fitted spherical model has sill 1.123 and range 129.766 km.

    Its weights are its own; ours by pairs and by pairs over squared distance lie on either side of it.
    """
    folder = shared_data / "bench_scotland"
    data = pd.read_csv(folder / "Scotland_Temperatures.csv", na_values=["MISS"]).dropna()
    lines = (folder / "reference_04_Variography.asciidoc").read_text(encoding="utf-8").splitlines()
    start = next(k for k, line in enumerate(lines) if line.split() == ["Rank", "Npairs", "Distance", "Value"])
    reference = np.array([line.strip("-").split() for line in lines[start + 1 : start + 41]], dtype=float)
    points = np.c_[data[["Longitude", "Latitude"]], np.zeros(len(data))]
    centre, values = 10.0 * np.arange(40), data["January_temp"].to_numpy()
    limits = np.maximum(centre - 1.0, 0.0), centre + 1.0
    frame = np.eye(3)[[2, 0, 1]]
    pairs, _, sums, _ = directional_sums(points, values, np.arange(len(data)), frame, *limits, 10.0, 90.0, 1e9)
    np.testing.assert_array_equal(pairs, reference[:, 1])
    np.testing.assert_allclose(sums[:, 0] / pairs, reference[:, 2], atol=6e-4)
    np.testing.assert_allclose(sums[:, 1] / pairs, reference[:, 3], atol=6e-4)
    distance, semivariance, count = sums[1:, 0] / pairs[1:], sums[1:, 1] / pairs[1:], pairs[1:].astype(float)
    curve = Curve("major", distance, semivariance, count, count, np.eye(3)[:1], np.ones(1))
    bounds = Bounds((0.2, 3.0), (0.0, 1e-12), 0.0, np.array([[5.0, 600.0]] * 3))
    near, far = (fit_structures([curve], ("spherical",), bounds, weights=w) for w in ("pairs_by_squared_distance", "pairs"))
    assert near.contributions[0] < 1.123 < far.contributions[0]
    assert near.ranges[0, 0] < 129.766 < far.ranges[0, 0]
    assert near.ranges[0, 0] == pytest.approx(129.766, rel=0.06)


@pytest.mark.parametrize("vertical", [0.0, -40.0])
def test_gstlearn_counts_the_same_pairs_in_one_direction(vertical):
    gstlearn = pytest.importorskip("gstlearn", reason="gstlearn is not installed; it is an independent answer, no dependency")
    random = np.random.default_rng(3)
    points, values = random.uniform(0.0, 100.0, (500, 3)), random.normal(size=500)
    azimuth, dip = np.deg2rad(30.0), np.deg2rad(vertical)
    axis = np.array([np.sin(azimuth) * np.cos(dip), np.cos(azimuth) * np.cos(dip), np.sin(dip)])
    mine = directional(points, values, np.arange(500), axis, Lags(lag=8.0, count=6, angle=20.0, bandwidth=1e9))
    gstlearn.defineDefaultSpace(gstlearn.ESpaceType.RN, 3)
    table = gstlearn.Db.createFromSamples(500, gstlearn.ELoadBy.SAMPLE, np.c_[points, values].ravel())
    table.setLocators(list(table.getAllNames()[-4:-1]), gstlearn.ELoc.X)
    table.setLocator(table.getAllNames()[-1], gstlearn.ELoc.Z)
    direction = gstlearn.DirParam.create(7, 8.0, 0.5, 20.0, 0, 0, np.nan, np.nan, 0.0, [], list(map(float, axis)))
    parameters = gstlearn.VarioParam()
    parameters.addDir(direction)
    vario = gstlearn.Vario.computeFromDb(parameters, table)
    np.testing.assert_array_equal(mine["pairs"], np.array(vario.getSwVec(0, 0, 0, False))[1:])
    np.testing.assert_allclose(mine["gamma"], np.array(vario.getGgVec(0, 0, 0, False, False, False))[1:], rtol=1e-9)
