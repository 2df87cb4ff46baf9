"""The nugget is what the downhole variogram says, and what a fit does not need is left out and told."""

import runpy
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from scandia.variography import cases as module
from scandia.variography.cases import extrapolated_nugget
from scandia.variography.fit import fit_variograms
from scandia.variography.leastsquares import Curve, Fitted

fitting = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("fitting.py"))))
MINE_GRID, TRUTH = fitting.MINE_GRID, fitting.TRUTH
settings, composites, noise_free = fitting.settings, fitting.composites, fitting.noise_free


def test_the_nugget_is_extrapolated_through_the_first_downhole_lags():
    def curve(*semivariances):
        distance = 2.0 * np.arange(1, len(semivariances) + 1)
        values = np.array(semivariances, dtype=float)
        return Curve(
            "downhole", distance, values, np.full(len(values), 50.0), np.full(len(values), 9.0), np.eye(3)[:1], np.ones(1)
        )

    assert extrapolated_nugget(curve(7, 9, 11, 40)) == pytest.approx(5.0)
    assert extrapolated_nugget(curve(1, 9, 17)) == 0.0
    assert extrapolated_nugget(curve(9, 8, 7)) == pytest.approx(9.0)
    assert extrapolated_nugget(curve(6)) == 6.0


def with_straight_start(experiment, intercept, slope, factor=1.0):
    """The experiment with its first downhole lags on a line, and its other directions at a multiple of themselves."""
    changed, downhole = experiment.copy(), experiment["direction"] == "downhole"
    first = downhole & (experiment["lag"] <= module.FIRST_LAGS)
    changed.loc[first, "gamma"] = intercept + slope * experiment.loc[first, "distance"]
    changed.loc[~downhole, "gamma"] *= factor
    return changed


@pytest.mark.parametrize("anisotropy", ["common", "free"])
def test_the_downhole_nugget_is_that_of_a_line_and_stays_whatever_the_other_directions_say(anisotropy):
    table, found = composites(), {}
    for mode in ("downhole", "free"):
        chosen = settings(anisotropy=anisotropy, nugget=mode)
        experiment = noise_free(TRUTH, table, chosen)
        changed = [with_straight_start(experiment, 18.0, 1.5, factor) for factor in (0.7, 1.0, 1.4)]
        results = [fit_variograms(one, table, chosen, ["grade"], MINE_GRID) for one in changed]
        found[mode] = [models["core"]["grade"].nugget for models, _ in results]
        assert [fits.loc[0, "nugget_extrapolated"] for _, fits in results] == pytest.approx([18.0] * 3)
    assert found["downhole"] == [18.0] * 3
    assert min(abs(nugget - 18.0) for nugget in found["free"]) > 0.5


def test_a_downhole_line_that_starts_below_zero_gives_no_nugget():
    table, chosen = composites(), settings()
    experiment = with_straight_start(noise_free(TRUTH, table, chosen), -3.0, 4.0)
    assert fit_variograms(experiment, table, chosen, ["grade"], MINE_GRID)[0]["core"]["grade"].nugget == 0.0


def test_without_a_downhole_variogram_the_nugget_is_fitted_below_the_nearest_lag():
    table, chosen = composites(), settings(nugget="downhole")
    experiment = noise_free(TRUTH, table, chosen)
    others = experiment[experiment["direction"] != "downhole"]
    models, fits = fit_variograms(others, table, chosen, ["grade"], MINE_GRID)
    assert models["core"]["grade"].nugget == pytest.approx(TRUTH.nugget, rel=1e-2)
    assert np.isnan(fits.loc[0, "nugget_extrapolated"])
    assert "no lag along downhole has enough pairs" in fits.loc[0, "warnings"]


ONE = replace(TRUTH, structures=(replace(TRUTH.structures[1], contribution=88.0),))


@pytest.mark.parametrize("kinds", [("exponential", "spherical"), ("spherical", "gaussian")], ids=["first", "last"])
def test_a_structure_that_vanished_is_left_out_and_warned_about(kinds):
    table, chosen = composites(), settings(kinds=kinds, nugget="free")
    models, fits = fit_variograms(noise_free(ONE, table, chosen), table, chosen, ["grade"], MINE_GRID)
    (structure,) = models["core"]["grade"].structures
    assert structure.kind == "spherical"
    assert structure.contribution == pytest.approx(88.0, rel=1e-3)
    np.testing.assert_allclose(structure.ranges, (130.0, 90.0, 30.0), rtol=1e-3)
    assert fits.loc[0, "warnings"] == "1 of 2 structures vanished and is left out"  # and nothing about ranges it had
    assert fits.loc[0, "structures"].count(" m ") == 1


@pytest.mark.parametrize(("share", "kept"), [(0.9e-3, False), (1.1e-3, True)])
def test_what_is_under_a_thousandth_of_the_variance_is_left_out(monkeypatch, share, kept):
    variance, ranges = 100.0, np.array([[40.0, 25.0, 12.0], [130.0, 90.0, 30.0]])
    contributions = variance * np.array([share, 1.0 - 2.0 * share])
    fitted = Fitted(variance * share, contributions, ranges, np.zeros((2, 3), dtype=bool), True, 12, 0.0, np.zeros(7))
    monkeypatch.setattr(module, "fit_structures", lambda *arguments, **options: fitted)
    table, chosen = composites(), settings()
    models, fits = fit_variograms(noise_free(TRUTH, table, chosen), table, chosen, ["grade"], MINE_GRID)
    model = models["core"]["grade"]
    assert len(model.structures) == (2 if kept else 1)
    assert model.structures[-1].ranges == (130.0, 90.0, 30.0)
    assert model.nugget == (pytest.approx(variance * share) if kept else 0.0)
    assert ("structures vanished" in fits.loc[0, "warnings"]) != kept


def test_grades_without_continuity_are_all_nugget_and_nothing_is_said_of_ranges():
    table, chosen = composites(), settings(nugget="free")
    experiment = noise_free(replace(TRUTH, nugget=100.0, structures=()), table, chosen)
    models, fits = fit_variograms(experiment, table, chosen, ["grade"], MINE_GRID)
    assert models["core"]["grade"] == replace(TRUTH, nugget=100.0, structures=())
    assert fits.loc[0, "warnings"] == "2 of 2 structures vanished and is left out"


def test_ranges_that_rise_from_major_to_minor_are_warned_about():
    odd = replace(ONE, structures=(replace(ONE.structures[0], ranges=(60.0, 90.0, 30.0)),))
    table, chosen = composites(), settings(kinds=("spherical",), nugget="free")
    warnings = [
        fit_variograms(noise_free(truth, table, chosen), table, chosen, ["grade"], MINE_GRID)[1].loc[0, "warnings"]
        for truth in (ONE, odd)
    ]
    assert warnings == ["", "ranges do not fall from major to minor (60, 90, 30 m): check the orientation"]
