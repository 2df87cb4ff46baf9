"""Estimators by domain and variable: what the config names is what the engine does."""

import runpy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scandia.errors import InputError, SettingError
from scandia.kriging.parts import estimate_parts
from scandia.kriging.settings import Estimator
from scandia.vocabulary import METHODS, Reason

case = runpy.run_path(str(Path(__file__).with_name("test_choices.py")))
MODELS, blocks, composites, engine, of, plan, assert_same = (
    case[name] for name in ("MODELS", "blocks", "composites", "engine", "of", "plan", "assert_same")
)
BOTH = {domain: models | {"other": models["grade"]} for domain, models in MODELS.items()}


@pytest.mark.parametrize(
    ("estimator", "options"),
    [
        (Estimator(method="simple", mean=3.0), {"method": "simple", "mean": 3.0}),
        (Estimator(method="linear_drift"), {"method": "linear_drift"}),
        (Estimator(method="inverse_distance", power=3.0), {"method": "inverse_distance", "power": 3.0}),
        (Estimator(method="inverse_distance"), {"method": "inverse_distance"}),
        (Estimator(method="nearest"), {"method": "nearest"}),
    ],
)
def test_a_domain_has_its_own_estimator_and_the_other_the_default(estimator, options):
    parts = estimate_parts(blocks(), composites(), plan(estimators={"ore": {"grade": estimator}}), MODELS)
    assert_same(parts, engine(of("ore"), **options))
    assert_same(parts, engine(of("halo"), "halo"), "halo")
    assert parts["grade"].attrs["long_name"] == f"grade, {METHODS[estimator.method]} or ordinary kriging estimate"
    everywhere = estimate_parts(blocks(), composites(), plan(estimator=estimator), MODELS)
    assert_same(everywhere, engine(of("halo"), "halo", **options), "halo")
    assert everywhere["grade"].attrs["long_name"] == f"grade, {METHODS[estimator.method]} estimate"


def test_a_domain_without_kriging_needs_no_variogram():
    estimator = Estimator(method="inverse_distance")
    parts = estimate_parts(blocks(), composites(), plan(estimator=estimator), {"ore": {}, "halo": {}})
    assert_same(parts, engine(of("ore"), method="inverse_distance", variogram=None))
    with pytest.raises(InputError, match="domain 'ore' has no variogram model of 'grade'"):
        estimate_parts(blocks(), composites(), plan(), {"ore": {}, "halo": {}})


def test_an_external_drift_is_the_estimate_of_a_variable_before():
    table = composites()
    table["other"] = 5.0 + 2.0 * table["grade"] + np.random.default_rng(1).normal(0, 0.1, len(table))
    table.loc[table.index[::9], "other"] = np.nan
    estimation = plan(
        variables=("other", "grade"), estimators={"ore": {"grade": Estimator(method="external_drift", drift=("other",))}}
    )
    parts = estimate_parts(blocks(), table, estimation, BOTH)
    known = np.isfinite(parts["other"].sel(domain="ore").values)
    fraction = blocks()["fraction"].sel(domain="ore").values > 0
    used = table[(table["domain"] == "ore") & table["other"].notna()]
    drift = {"other": (used["other"].to_numpy(), parts["other"].sel(domain="ore").values[fraction])}
    assert known[fraction].all()
    assert_same(parts, engine(used, method="external_drift", drift=drift))


def test_a_block_whose_drift_is_not_known_says_so():
    table = composites().assign(other=lambda t: 2.0 * t["grade"])
    table.loc[table["x"] > 20, "other"] = np.nan
    search = replace(plan().search, passes=(replace(plan().search.passes[0], ranges=(15.0, 12.0, 10.0), max_samples=8),))
    drifting = Estimator(method="external_drift", drift=("other",))
    estimation = plan(variables=("other", "grade"), estimators={"ore": {"grade": drifting}}, search=search)
    parts = estimate_parts(blocks(), table, estimation, BOTH).sel(domain="ore")
    unknown = np.isnan(parts["other"].values) & (parts["fraction"].values > 0)
    assert unknown.any() and not unknown[parts["fraction"].values > 0].all()
    np.testing.assert_array_equal(parts["grade_reason"].values == Reason.NO_DRIFT, unknown)
    assert np.isnan(parts["grade"].values[unknown]).all()
    assert "no_drift" in parts["grade_reason"].attrs["flag_meanings"].split()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"method": "simple"}, "simple kriging needs a mean"),
        ({"mean": 2.0}, "no other takes one"),
        ({"method": "external_drift"}, "needs a variable at least"),
        ({"drift": ("grade",)}, "no other method takes one"),
        ({"method": "inverse_distance", "power": 0.0}, "above 0"),
    ],
)
def test_estimators_that_cannot_be_are_refused(given, words):
    with pytest.raises(SettingError, match=words):
        Estimator(**given)
