"""Slope of regression and kriging efficiency by hand."""

import numpy as np
import pytest

from scandia.kriging.quality import kriging_efficiency, slope_of_regression


def test_the_slope_by_hand():
    # BV 1, KV 0.4, mu -0.1: covariance with the truth 1 - 0.4 + 0.1 = 0.7, variance of the estimate 0.8
    assert slope_of_regression(1.0, np.array([0.4]), np.array([-0.1]))[0] == pytest.approx(0.7 / 0.8)


def test_without_a_multiplier_the_slope_is_one():
    np.testing.assert_allclose(slope_of_regression(1.0, np.array([0.1, 0.5]), np.zeros(2)), 1.0)


def test_an_estimate_without_variance_has_no_slope():
    assert np.isnan(slope_of_regression(1.0, np.array([1.0]), np.array([0.0]))[0])


def test_the_efficiency_by_hand_and_below_zero():
    np.testing.assert_allclose(kriging_efficiency(0.5, np.array([0.0, 0.1, 0.5, 0.75])), [1.0, 0.8, 0.0, -0.5])


def test_a_block_without_variance_has_no_efficiency():
    assert np.isnan(kriging_efficiency(0.0, np.array([0.2]))[0])


def test_missing_stays_missing():
    missing = np.array([np.nan])
    assert np.isnan(slope_of_regression(1.0, missing, missing)[0])
    assert np.isnan(kriging_efficiency(1.0, missing)[0])
