"""The bounded fit finds what gstat finds on the Meuse zinc, and what it is given to find."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from scandia.variography import leastsquares as module
from scandia.variography._pairs import directional_sums
from scandia.variography.experimental import frame_along
from scandia.variography.leastsquares import Bounds, Curve, fit_structures, lag_weights, unfold


def omnidirectional(shared_data):
    data = pd.read_csv(shared_data / "bench_meuse" / "meuse.csv")
    width = np.hypot(np.ptp(data["x"]), np.ptp(data["y"])) / 45.0
    edges, coordinates = width * np.arange(16), np.c_[data[["x", "y"]], np.zeros(len(data))]
    values, frame = np.log(data["zinc"]), frame_along([0.0, 1.0, 0.0])
    pairs, _, sums, _ = directional_sums(
        coordinates, values, np.arange(len(data)), frame, edges[:-1], edges[1:], width, 90.0, 1e9
    )
    return Curve(
        "major", sums[:, 0] / pairs, sums[:, 1] / pairs, pairs.astype(float), pairs.astype(float), np.eye(3)[:1], np.ones(1)
    )


def test_the_fit_of_the_meuse_zinc_is_that_of_r_gstat(shared_data):
    curve = omnidirectional(shared_data)
    bounds = Bounds((0.1, 2.0), (0.0, 0.3), 0.05, np.array([[50.0, 3000.0]] * 3))
    found = fit_structures([curve], ("spherical",), bounds, weights="pairs_by_squared_distance")
    assert found.converged
    assert found.nugget == pytest.approx(0.05066242682, rel=1e-4)
    assert found.contributions[0] == pytest.approx(0.59060780221, rel=1e-4)
    assert found.ranges[0, 0] == pytest.approx(897.0209098, rel=1e-4)


def test_gstools_fits_the_same_spherical_model(shared_data):
    import gstools  # here, because it is slow to import and scikit-gstat replaces warnings.showwarning

    curve = omnidirectional(shared_data)
    bounds = Bounds((0.1, 2.0), (0.0, 0.3), 0.05, np.array([[50.0, 3000.0]] * 3))
    found = fit_structures([curve], ("spherical",), bounds, weights="pairs")
    model = gstools.Spherical(dim=2)
    model.fit_variogram(
        curve.distance, curve.gamma, weights=np.sqrt(curve.pairs), init_guess={"default": "current", "len_scale": 800.0}
    )
    np.testing.assert_allclose([found.nugget, found.contributions[0]], [model.nugget, model.var], rtol=0.01)
    assert found.ranges[0, 0] == pytest.approx(model.len_scale, rel=0.01)


def test_every_direction_has_one_voice_and_near_lags_the_louder_one():
    curve = Curve(
        "major", np.array([10.0, 20.0]), np.ones(2), np.array([50.0, 50.0]), np.array([5.0, 5.0]), np.eye(3)[:1], np.ones(1)
    )
    np.testing.assert_allclose(lag_weights(curve, "pairs"), [0.5, 0.5])
    np.testing.assert_allclose(lag_weights(curve, "pairs_by_squared_distance"), [0.8, 0.2])
    few = replace(curve, hole_pairs=np.array([5.0, 15.0]))
    np.testing.assert_allclose(lag_weights(few, "hole_pairs"), [0.25, 0.75])


def test_shares_unfold_to_a_model_worked_by_hand():
    bounds = Bounds((80.0, 120.0), (0.0, 40.0), 0.0, np.array([[1.0, 100.0]] * 3))
    nugget, contributions, ranges = unfold(np.array([0.5, 0.25, 0.4, *[0.5] * 3, *[0.0, 0.5, 1.0]]), bounds, 2)
    assert nugget == 10.0
    np.testing.assert_allclose(contributions, [36.0, 54.0])
    np.testing.assert_allclose(ranges, [[10.0, 10.0, 10.0], [10.0, np.sqrt(1000.0), 100.0]])


def test_with_a_common_anisotropy_the_last_structure_has_the_ranges_and_the_others_a_share_of_them():
    bounds = Bounds((80.0, 120.0), (0.0, 40.0), 0.0, np.array([[1.0, 100.0]] * 3))
    ranges = unfold(np.array([0.5, 0.25, 0.4, *[0.5, 0.75, 1.0], 0.5]), bounds, 2, common=True)[2]
    np.testing.assert_allclose(ranges[1], [10.0, 10.0**1.5, 100.0])
    np.testing.assert_allclose(ranges[0], ranges[1] * np.sqrt(0.02))


@pytest.mark.parametrize(
    ("limits", "share", "sill_share", "nugget"),
    [((5.0, 25.0), 0.25, 0.5, 10.0), ((10.0, 10.0), 0.9, 0.5, 10.0), ((0.0, 100.0), 1.0, 0.0, 80.0)],
    ids=["between its limits", "fixed", "never above the sill"],
)
def test_the_nugget_lies_between_its_two_limits_and_the_sill_still_adds_up(limits, share, sill_share, nugget):
    bounds = Bounds((80.0, 120.0), limits, limits[0], np.array([[1.0, 100.0]] * 3))
    found, contributions, _ = unfold(np.array([sill_share, share, *[0.5] * 3]), bounds, 1)
    assert found == nugget
    assert nugget + contributions.sum() == 80.0 + 40.0 * sill_share


def test_a_fixed_nugget_is_kept_and_the_rest_is_fitted_around_it():
    distance = np.arange(5.0, 200.0, 5.0)
    spherical = np.where(distance < 90.0, 1.5 * distance / 90.0 - 0.5 * (distance / 90.0) ** 3, 1.0)
    curve = Curve(
        "major",
        distance,
        20.0 + 80.0 * spherical,
        np.full(len(distance), 50.0),
        np.full(len(distance), 9.0),
        np.eye(3)[:1],
        np.ones(1),
    )
    ranges = np.array([[5.0, 200.0]] * 3)
    right, wrong = (
        fit_structures([curve], ("spherical",), Bounds((75.0, 125.0), (fixed, fixed), fixed, ranges), weights="pairs")
        for fixed in (20.0, 45.0)
    )
    assert (right.nugget, wrong.nugget) == (20.0, 45.0)
    assert right.ranges[0, 0] == pytest.approx(90.0, rel=1e-4)
    assert right.contributions[0] == pytest.approx(80.0, rel=1e-4)
    assert wrong.ranges[0, 0] > 95.0 and wrong.cost > right.cost + 1e-6


def fit_with(monkeypatch, outcomes):
    """The fit that is chosen from starts that end with these (cost, status, share of the sill)."""
    queue = iter(outcomes)

    def ended(_, start, **options):
        cost, status, share = next(queue)
        return SimpleNamespace(x=np.array([share, *start[1:]]), cost=cost, status=status)

    monkeypatch.setattr(module, "least_squares", ended)
    curve = Curve(
        "major", np.array([10.0, 20.0]), np.ones(2), np.array([50.0, 50.0]), np.array([5.0, 5.0]), np.eye(3)[:1], np.ones(1)
    )
    found = fit_structures([curve], ("spherical",), Bounds((0.0, 10.0), (0.0, 0.0), 0.0, np.ones((3, 2))), weights="pairs")
    return found.cost, found.converged, float(found.contributions[0])


@pytest.mark.parametrize(
    ("outcomes", "chosen"),
    [
        ([(1.0, 0, 0.1), (3.0, 1, 0.2), (2.0, 2, 0.3)], (2.0, True, 3.0)),
        ([(2.0, 2, 0.3), (3.0, 1, 0.2), (1.0, 0, 0.1)], (2.0, True, 3.0)),
        ([(2.0, 1, 0.1), (2.0, 3, 0.2), (2.0 - 1e-12, 1, 0.3)], (2.0, True, 1.0)),
        ([(3.0, 0, 0.1), (1.0, 0, 0.2), (2.0, 0, 0.3)], (1.0, False, 2.0)),
    ],
    ids=["cheaper unconverged first", "cheaper unconverged last", "the first of equals", "none converged"],
)
def test_a_start_that_converged_wins_over_a_cheaper_one_that_did_not(monkeypatch, outcomes, chosen):
    assert fit_with(monkeypatch, outcomes) == pytest.approx(chosen)
