"""Lines through pairs, against other derivations of the same numbers."""

import numpy as np
import pytest
from scipy import stats

from scandia.qaqc.inference import carry_over, drift, mean_interval, paired_tests
from scandia.qaqc.precision import precision_line, reduced_major_axis, thompson_howarth


@pytest.fixture
def pairs():
    generator = np.random.default_rng(5)
    true = generator.lognormal(5.0, 0.6, 80)
    return true * (1 + 0.05 * generator.normal(size=80)), 1.04 * true * (1 + 0.05 * generator.normal(size=80))


def test_the_slope_is_the_geometric_mean_of_the_two_regressions(pairs):
    first, second = pairs
    line = reduced_major_axis(first, second, significance=0.05)
    product = stats.linregress(first, second).slope / stats.linregress(second, first).slope
    assert line["slope"] == pytest.approx(np.sqrt(product), rel=1e-12)
    assert line["intercept"] == pytest.approx(second.mean() - line["slope"] * first.mean())


def test_the_limits_of_the_slope_are_where_pitman_and_morgan_reject(pairs):
    """A slope b is refused where y - b x and y + b x are correlated: at the limits exactly with p = 0.05."""
    first, second = pairs
    line = reduced_major_axis(first, second, significance=0.05)
    for key in ("slope_low", "slope_high"):
        test = stats.pearsonr(second - line[key] * first, second + line[key] * first)
        assert test.pvalue == pytest.approx(0.05, rel=1e-6)
    assert line["intercept_low"] == pytest.approx(second.mean() - line["slope_high"] * first.mean())


def test_pairs_that_fall_have_a_falling_line():
    line = reduced_major_axis([1.0, 2.0, 3.0, 4.0], [8.0, 6.0, 4.0, 2.0], significance=0.05)
    assert (line["slope"], line["intercept"], line["r"]) == pytest.approx((-2.0, 10.0, -1.0))
    assert line["slope_low"] == pytest.approx(-2.0, abs=1e-6)


@pytest.mark.parametrize("values", [[], [1.0, 2.0], [3.0, 3.0, 3.0]])
def test_too_little_gives_no_line(values):
    assert np.isnan(list(reduced_major_axis(values, values, significance=0.05).values())).all()


def test_thompson_and_howarths_groups_by_hand():
    """55 pairs with means 1 to 55 and differences equal to a tenth of the mean: medians are those of the sixth of each group."""
    mean = np.arange(1.0, 56.0)
    groups = thompson_howarth(0.95 * mean, 1.05 * mean)
    assert groups["pairs"].tolist() == [11] * 5
    assert groups["mean"].tolist() == pytest.approx([6.0, 17.0, 28.0, 39.0, 50.0])
    assert groups["median_difference"].tolist() == pytest.approx([0.6, 1.7, 2.8, 3.9, 5.0])
    assert groups["deviation"].tolist() == pytest.approx([1.0483 * value for value in (0.6, 1.7, 2.8, 3.9, 5.0)], rel=1e-4)
    intercept, slope = precision_line(groups)
    assert intercept == pytest.approx(0.0, abs=1e-12)
    assert slope == pytest.approx(0.10483, rel=1e-4)
    assert thompson_howarth(mean[:49], mean[:49]).empty


def test_thompson_and_howarth_find_the_deviation_that_made_the_pairs():
    generator = np.random.default_rng(3)
    true = generator.uniform(10, 500, 22_000)
    deviation = 2.0 + 0.03 * true
    first, second = (true + deviation * generator.normal(size=true.size) for _ in range(2))
    intercept, slope = precision_line(thompson_howarth(first, second))
    assert intercept == pytest.approx(2.0, abs=0.3)
    assert slope == pytest.approx(0.03, rel=0.05)


def test_the_interval_of_a_mean_is_scipys():
    values = np.array([3.0, 4.5, 2.0, 6.0])
    expected = stats.ttest_1samp(values, 0.0).confidence_interval(0.9)
    assert mean_interval(values, 0.1) == pytest.approx((expected.low, expected.high))
    assert np.isnan(mean_interval([1.0], 0.05)).all()


def test_paired_tests_are_scipys(pairs):
    first, second = pairs
    assert paired_tests(first, second) == pytest.approx(
        (stats.ttest_rel(first, second).pvalue, stats.wilcoxon(first, second).pvalue)
    )
    assert np.isnan(paired_tests([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])).all()


def test_drift_needs_enough_results_and_some_spread():
    assert np.isnan(drift([0.0, 1.0, 2.0], 8)).all()
    assert np.isnan(drift([1.0] * 9, 8)).all()
    moved, p = drift(np.arange(9.0) ** 2, 8)
    line = stats.linregress(np.arange(9), np.arange(9.0) ** 2)
    assert (moved, p) == pytest.approx((8 * line.slope, line.pvalue))


def test_carry_over_is_the_slope_of_the_blanks_on_what_went_before():
    before = np.array([10.0, 200.0, 50.0, 400.0, 120.0, 300.0, 20.0, 80.0, np.nan])
    share, p = carry_over(before, 0.2 + 0.02 * before, 8)
    assert share == pytest.approx(0.02)
    assert p < 1e-6
    assert np.isnan(carry_over(before[:5], before[:5], 8)).all()
