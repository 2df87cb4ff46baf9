"""Weighted statistics are those of a table in which every value stands as often as it weighs."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.errors import InputError
from scandia.statistics.weighted import (
    weighted_correlation,
    weighted_mean,
    weighted_quantile,
    weighted_skewness,
    weighted_variance,
    weights_of,
)

samples = st.lists(st.tuples(st.floats(0.0, 600.0), st.integers(1, 5)), min_size=2, max_size=30)


@given(samples)
def test_whole_weights_are_repetitions(pairs):
    values, counts = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    repeated = np.repeat(values, counts.astype(int))
    assert weighted_mean(values, counts) == pytest.approx(repeated.mean())
    assert weighted_variance(values, counts) == pytest.approx(repeated.var(), abs=1e-9)


@given(st.lists(st.floats(0.0, 600.0), min_size=1, max_size=40), st.floats(0.1, 10.0))
def test_equal_weights_give_hazen_s_quantiles(values, weight):
    shares = np.linspace(0.0, 1.0, 21)
    found = weighted_quantile(values, np.full(len(values), weight), shares)
    np.testing.assert_allclose(found, np.quantile(values, shares, method="hazen"), rtol=1e-9, atol=1e-9)


@given(samples, st.randoms())
def test_quantiles_rise_stay_among_the_values_and_know_no_order(pairs, random):
    shares = np.linspace(0.0, 1.0, 21)
    values, weights = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    found = weighted_quantile(values, weights, shares)
    assert np.all(np.diff(found) >= 0.0)
    assert values.min() <= found[0] <= found[-1] <= values.max()
    order = list(range(len(values)))
    random.shuffle(order)
    np.testing.assert_allclose(weighted_quantile(values[order], weights[order], shares), found, rtol=1e-9, atol=1e-9)


def test_a_weighted_quantile_worked_by_hand():
    # middles of the weights: 1/8, 4/8, 7/8
    assert weighted_quantile([30.0, 10.0, 20.0], [1.0, 1.0, 2.0], [0.0, 0.5, 0.6875, 1.0]).tolist() == [10.0, 20.0, 25.0, 30.0]


def test_values_without_weight_do_not_count():
    assert weighted_quantile([1.0, 99.0], [1.0, 0.0], [1.0]) == 1.0
    assert np.isnan(weighted_mean(np.array([]), np.array([])))
    assert np.isnan(weighted_quantile([], [], [0.5])).all()


def test_skewness_and_correlation_match_scipy():
    from scipy import stats

    random = np.random.default_rng(1)
    first, second = random.lognormal(size=200), random.normal(size=200)
    ones = np.ones(200)
    assert weighted_skewness(first, ones) == pytest.approx(stats.skew(first))
    assert weighted_correlation(first, first + second, ones) == pytest.approx(stats.pearsonr(first, first + second)[0])
    assert np.isnan(weighted_correlation(first, ones, ones))
    assert np.isnan(weighted_skewness(ones, ones))


def test_weights_are_columns_multiplied_and_never_negative():
    frame = pd.DataFrame({"length": [1.0, 2.0], "weight": [3.0, 0.5], "bad": [1.0, -1.0]})
    assert weights_of(frame, None).tolist() == [1.0, 1.0]
    assert weights_of(frame, ["length", "weight"]).tolist() == [3.0, 1.0]
    with pytest.raises(InputError, match="no column width"):
        weights_of(frame, "width")
    with pytest.raises(InputError, match="negative"):
        weights_of(frame, "bad")
