"""Alternatives of a model: made from the same experiment, scored without each hole, and silent about none that failed."""

import runpy
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from scandia.geometry.minegrid import MineGrid
from scandia.kriging.search import Pass, Search
from scandia.kriging.settings import Estimation
from scandia.validation.alternatives import compare_models
from scandia.validation.crossval import cross_validate_domains
from scandia.variography.cases import make_case
from scandia.variography.crosscheck import gstools_fit
from scandia.variography.experimental import experimental_variograms
from scandia.variography.fit import fit_variograms
from scandia.variography.settings import DomainVariography

PROJECT = Path(__file__).resolve().parents[2]
field = SimpleNamespace(**runpy.run_path(str(PROJECT / "tests" / "variography" / "test_intervals.py")))
SEARCH = Search(passes=(Pass(ranges=(90.0, 90.0, 90.0), min_samples=4, max_samples=12),))


@pytest.fixture(scope="module")
def compared():
    table, settings = field.drilled(3), field.settings()
    table = table.assign(composite=np.arange(len(table)))
    experiment = experimental_variograms(table, settings, ["grade"], MineGrid())
    models, _ = fit_variograms(experiment, table, settings, ["grade"], MineGrid())
    estimation = Estimation(variables=("grade",), search=SEARCH)
    options = {"mine_grid": MineGrid()}
    rows = compare_models(experiment, table, settings, estimation, models, **options)
    return table, settings, experiment, models, estimation, rows


def test_the_model_in_use_is_scored_as_cross_validation_scores_it(compared):
    table, _, _, models, estimation, rows = compared
    _, scores = cross_validate_domains(table, estimation, models, ["grade"], mine_grid=MineGrid(), leaves=("hole",))
    expected = scores[scores["domain"] == "core"].iloc[0]
    first = rows.iloc[0]
    assert first["model"] == "in use"
    assert first["rmse"] == expected["rmse"]
    assert first["standardised_variance"] == expected["standardised_variance"]


def test_alternatives_have_their_names_and_scores(compared):
    rows = compared[-1].set_index("model")
    assert list(rows.index) == ["in use", "one structure", "free anisotropy", "exponential", "GSTools, one structure"]
    assert rows["note"].eq("").all()
    assert rows["rmse"].notna().all()
    assert rows.loc["exponential", "structures"].count("exponential") == 1
    assert rows.loc["one structure", "structures"] == rows.loc["in use", "structures"]  # as one kind was asked for


def test_a_given_model_is_held_against_the_fit_that_it_replaces(compared):
    table, settings, experiment, _, estimation, rows = compared
    given = {"core": DomainVariography(source="model", models={"grade": field.TRUTH}, **field.ANGLES)}
    changed = replace(settings, domains=given)
    used = {"core": {"grade": field.TRUTH}}
    found = compare_models(experiment, table, changed, estimation, used, mine_grid=MineGrid()).set_index("model")
    assert found.loc["in use", "nugget"] == field.TRUTH.nugget
    assert found.loc["fitted", "structures"] == rows.loc[0, "structures"]


def test_an_alternative_that_cannot_be_made_says_why(compared):
    table, settings, experiment, models, estimation, _ = compared
    few = replace(settings, kinds=("spherical",) * 6, minimum_pairs=1500)
    found = compare_models(experiment, table, few, estimation, models, mine_grid=MineGrid()).set_index("model")
    assert "too few for" in found.loc["free anisotropy", "note"]
    assert np.isnan(found.loc["free anisotropy", "rmse"])


def test_gstools_fits_the_model_that_made_the_curves(compared):
    fitting = field.fitting
    truth = replace(fitting.TRUTH, structures=(replace(fitting.TRUTH.structures[1], contribution=88.0),))
    table, chosen = fitting.composites(), fitting.settings(kinds=("spherical",))
    case = make_case("core", "grade", fitting.noise_free(truth, table, chosen), table, chosen, fitting.MINE_GRID)
    axes_only = replace(case, curves=tuple(curve for curve in case.curves if curve.name != "downhole"))
    found = gstools_fit(axes_only, truth.structures[0].ranges)
    assert found.nugget == pytest.approx(12.0, rel=1e-3)
    assert found.sill == pytest.approx(100.0, rel=1e-3)
    np.testing.assert_allclose(found.structures[0].ranges, (130.0, 90.0, 30.0), rtol=1e-3)
