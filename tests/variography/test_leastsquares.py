"""The bounded fit finds what gstat finds on the Meuse zinc, and what it is given to find."""

import numpy as np
import pandas as pd
import pytest

from scandia.variography._pairs import directional_sums
from scandia.variography.experimental import frame_along
from scandia.variography.leastsquares import Bounds, Curve, fit_structures, lag_weights, unfold


def omnidirectional(shared_data):
    data = pd.read_csv(shared_data / "bench_meuse" / "meuse.csv")
    width = np.hypot(np.ptp(data["x"]), np.ptp(data["y"])) / 45.0
    edges, coordinates = width * np.arange(16), np.c_[data[["x", "y"]], np.zeros(len(data))]
    values, frame = np.log(data["zinc"]), frame_along([0.0, 1.0, 0.0])
    pairs, _, sums = directional_sums(coordinates, values, np.arange(len(data)), frame, edges[:-1], edges[1:], width, 90.0, 1e9)
    return Curve("major", sums[:, 0] / pairs, sums[:, 1] / pairs, pairs.astype(float), np.eye(3)[:1], np.ones(1))


def test_the_fit_of_the_meuse_zinc_is_that_of_r_gstat(shared_data):
    curve = omnidirectional(shared_data)
    bounds = Bounds((0.1, 2.0), 0.3, 0.05, np.array([[50.0, 3000.0]] * 3))
    found = fit_structures([curve], ("spherical",), bounds, weights="pairs_by_squared_distance")
    assert found.converged
    assert found.nugget == pytest.approx(0.05066242682, rel=1e-4)
    assert found.contributions[0] == pytest.approx(0.59060780221, rel=1e-4)
    assert found.ranges[0, 0] == pytest.approx(897.0209098, rel=1e-4)


def test_gstools_fits_the_same_spherical_model(shared_data):
    gstools = pytest.importorskip("gstools")
    curve = omnidirectional(shared_data)
    bounds = Bounds((0.1, 2.0), 0.3, 0.05, np.array([[50.0, 3000.0]] * 3))
    found = fit_structures([curve], ("spherical",), bounds, weights="pairs")
    model = gstools.Spherical(dim=2)
    model.fit_variogram(
        curve.distance, curve.gamma, weights=np.sqrt(curve.pairs), init_guess={"default": "current", "len_scale": 800.0}
    )
    np.testing.assert_allclose([found.nugget, found.contributions[0]], [model.nugget, model.var], rtol=0.01)
    assert found.ranges[0, 0] == pytest.approx(model.len_scale, rel=0.01)


def test_every_direction_has_one_voice_and_near_lags_the_louder_one():
    curve = Curve("major", np.array([10.0, 20.0]), np.ones(2), np.array([50.0, 50.0]), np.eye(3)[:1], np.ones(1))
    np.testing.assert_allclose(lag_weights(curve, "pairs"), [0.5, 0.5])
    np.testing.assert_allclose(lag_weights(curve, "pairs_by_squared_distance"), [0.8, 0.2])


def test_shares_unfold_to_a_model_worked_by_hand():
    bounds = Bounds((80.0, 120.0), 40.0, 0.0, np.array([[1.0, 100.0]] * 3))
    nugget, contributions, ranges = unfold(np.array([0.5, 0.25, 0.4, *[0.5] * 3, *[0.0, 0.5, 1.0]]), bounds, 2)
    assert nugget == 10.0
    np.testing.assert_allclose(contributions, [36.0, 54.0])
    np.testing.assert_allclose(ranges, [[10.0, 10.0, 10.0], [10.0, np.sqrt(1000.0), 100.0]])


def test_with_a_common_anisotropy_the_last_structure_has_the_ranges_and_the_others_a_share_of_them():
    bounds = Bounds((80.0, 120.0), 40.0, 0.0, np.array([[1.0, 100.0]] * 3))
    ranges = unfold(np.array([0.5, 0.25, 0.4, *[0.5, 0.75, 1.0], 0.5]), bounds, 2, common=True)[2]
    np.testing.assert_allclose(ranges[1], [10.0, 10.0**1.5, 100.0])
    np.testing.assert_allclose(ranges[0], ranges[1] * np.sqrt(0.1))
