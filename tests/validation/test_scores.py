"""Scores of errors and of kriging variances."""

import numpy as np
import pytest

from scandia.validation.scores import error_scores, interval_scores, standardise


def test_error_scores_are_those_worked_by_hand():
    scores = error_scores([1.0, 2.0, 3.0], [2.0, 2.0, 5.0])
    assert scores["mean_error"] == pytest.approx(-1.0)
    assert scores["relative_bias"] == pytest.approx(-1 / 3)
    assert scores["rmse"] == pytest.approx(np.sqrt(5 / 3))
    assert scores["slope"] == pytest.approx(3 / 2)  # of truth on estimate; of estimate on truth it would be 1/2
    assert scores["correlation"] == pytest.approx(3 / np.sqrt(12))


def test_a_perfect_estimate_has_no_error_and_slope_one():
    values = np.array([3.0, 8.0, 1.0, 4.0])
    scores = error_scores(values, values)
    assert scores == pytest.approx({"mean_error": 0, "relative_bias": 0, "rmse": 0, "correlation": 1, "slope": 1})


def test_without_spread_slope_and_correlation_are_missing_not_infinite():
    scores = error_scores([0.1, 0.1, 0.1], [1.0, 2.0, 3.0])
    assert np.isnan(scores["slope"]) and np.isnan(scores["correlation"])
    assert np.isfinite(scores["rmse"])


def test_no_pairs_give_missing_scores():
    assert all(np.isnan(score) for score in error_scores([], []).values())
    assert all(np.isnan(score) for score in interval_scores([]).values())


def test_coverages_count_errors_within_the_central_intervals():
    scores = interval_scores([0.0, 1.0, -1.5, 3.0, np.nan])  # limits 0.674, 1.282, 1.645, 1.960
    assert [scores[f"coverage_{level}"] for level in (50, 80, 90, 95)] == [0.25, 0.5, 0.75, 0.75]
    assert scores["standardised_mean"] == pytest.approx(0.625)
    assert scores["standardised_variance"] == pytest.approx((1.0 + 2.25 + 9.0) / 4)  # about 0


def test_normal_errors_of_the_stated_variance_are_covered_as_stated():
    rng = np.random.default_rng(11)
    variance = rng.uniform(1.0, 900.0, 100_000)
    scores = interval_scores(standardise(rng.normal(0.0, np.sqrt(variance)), variance))
    for level in (50, 80, 90, 95):
        assert scores[f"coverage_{level}"] == pytest.approx(level / 100, abs=0.006)
    assert scores["standardised_variance"] == pytest.approx(1.0, abs=0.02)


def test_the_variance_of_correlated_honest_errors_is_1_over_many_deposits_and_a_bias_is_part_of_it():
    """About its own mean, a deposit of 50 errors that share half of their variance would have 0.5."""
    rng = np.random.default_rng(12)
    deposits = np.sqrt(0.5) * (rng.normal(size=(4000, 1)) + rng.normal(size=(4000, 50)))
    found = [interval_scores(errors)["standardised_variance"] for errors in deposits]
    assert np.mean(found) == pytest.approx(1.0, abs=0.04)
    assert interval_scores([2.0, 2.0, 2.0])["standardised_variance"] == interval_scores([2.0])["standardised_variance"] == 4.0


def test_errors_without_a_positive_variance_are_not_standardised():
    found = standardise([1.0, 1.0, 3.0, 1.0], [0.0, -1.0, 4.0, np.nan])
    assert np.isnan(found[[0, 1, 3]]).all() and found[2] == 1.5
