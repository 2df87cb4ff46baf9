"""Kriging with variograms that have no sill: by hand, and free of the level that stands for one."""

import numpy as np
import pytest

from scandia.kriging import cross_validate, estimate
from scandia.kriging.search import Pass, Search
from scandia.variography.covariance import block_gamma
from scandia.variography.model import Structure, Variogram

LINE = np.array([[0.0, 0.0, 0.0], [50.0, 0.0, 0.0]])
GRADES = [1.0, 3.0]
TARGET = [[20.0, 0.0, 0.0]]


def linear(slope=0.02, nugget=0.0):
    return Variogram(nugget=nugget, structures=(Structure(kind="linear", contribution=slope, ranges=(1.0, 1.0, 1.0)),))


def sphere(radius):
    return Search(passes=(Pass(ranges=(radius,) * 3, min_samples=1, max_samples=128),))


@pytest.mark.parametrize("radius", [60.0, 1000.0])
def test_two_samples_and_a_point(radius):
    # weights 0.6 and 0.4; variance 2 (0.6 20 + 0.4 30) - 2 0.6 0.4 50 = 24, times the slope; multiplier gamma's mean less 50/2
    got = estimate(LINE, GRADES, TARGET, variogram=linear(), search=sphere(radius))
    assert got["value"].item() == pytest.approx(0.6 * 1 + 0.4 * 3, abs=1e-12)
    assert got["variance"].item() == pytest.approx(24 * 0.02, abs=1e-11)
    assert np.isnan([got["slope"].item(), got["efficiency"].item(), got.attrs["block_variance"]]).all()


def test_exact_at_a_sample_and_half_a_nugget_more_beside_two():
    got = estimate(LINE, GRADES, [LINE[0], [25.0, 0.0, 0.0]], variogram=linear(nugget=0.3), search=sphere(100.0))
    np.testing.assert_allclose(got["value"], [1.0, 2.0], atol=1e-12)
    np.testing.assert_allclose(got["variance"], [0.0, 0.3 + 0.3 / 2 + 25 * 0.02], atol=1e-11)


@pytest.mark.parametrize("own", [False, True])
def test_a_block_has_its_mean_gamma_less(own):
    model, offsets = linear(nugget=0.3), np.array([[-2.0, 0.0, 0.0], [2.0, 0.0, 0.0]])
    options = {"discretisation": (2, 1, 1), "block_size": (8.0, 8.0, 8.0), "inside": np.ones((1, 2), bool) if own else None}
    got = estimate(LINE, GRADES, [[25.0, 0.0, 0.0]], variogram=model, search=sphere(100.0), **options)
    assert got["variance"].item() == pytest.approx(0.3 / 2 + 25 * 0.02 - block_gamma(model, offsets), abs=1e-11)
    assert np.isnan([got["slope"].item(), got["efficiency"].item()]).all()


def test_cross_validation_has_a_variance():
    got = cross_validate(LINE, np.array(GRADES), None, variogram=linear(), search=sphere(100.0))
    np.testing.assert_allclose(got["variance"], [2 * 50 * 0.02] * 2, atol=1e-11)
