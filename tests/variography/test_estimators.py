"""Every estimator by hand, beside scikit-gstat, and back in squared grade units."""

import warnings

import numpy as np
import pytest

from scandia.errors import InputError, SettingError
from scandia.variography.estimators import GATHERING, MEASURES, Anamorphosis, Scale, genton
from scandia.variography.experimental import directional, downhole
from scandia.variography.settings import Lags, Variography

OMNI = Lags(lag=10.0, count=6, angle=90.0, bandwidth=1e9)
LAGS = Lags(lag=2.0, count=2, bandwidth=1.0)
VALUES = np.array([1.0, 3.0, 2.0, 6.0])


def hole(estimator, values=VALUES, weights=None):
    return downhole(2.0 * np.arange(len(values)) + 1.0, values, ["A"] * len(values), LAGS, estimator=estimator, weights=weights)


@pytest.mark.parametrize(
    ("estimator", "expected"),
    [
        ("traditional", (4 + 1 + 16) / 6),
        ("pairwise_relative", 0.5 * (4 / 4 + 1 / 6.25 + 16 / 16) / 3),
        ("general_relative", (21 / 6) / ((11 / 3 + 2) / 2) ** 2),
        ("madogram", (2 + 1 + 4) / 6),
        ("covariance", (3 + 6 + 12) / 3 - (11 / 3) * 2),
        ("correlogram", ((3 + 6 + 12) / 3 - (11 / 3) * 2) / np.sqrt(np.var([3, 2, 6]) * np.var([1, 3, 2]))),
        ("cressie_hawkins", ((np.sqrt(2) + 1 + 2) / 3) ** 4 / (2 * (0.457 + 0.494 / 3 + 0.045 / 9))),
        ("dowd", 1.099 * 2.0**2),
    ],
)
def test_three_pairs_worked_by_hand(estimator, expected):
    assert hole(estimator)["statistic"][0] == pytest.approx(expected, rel=1e-12)


def test_head_and_tail_have_their_variances():
    found = hole("traditional")
    assert found["head_variance"][0] == pytest.approx(np.var([3, 2, 6]))
    assert found["tail_variance"][0] == pytest.approx(np.var([1, 3, 2]))


@pytest.mark.parametrize(("ours", "theirs"), [("cressie_hawkins", "cressie"), ("dowd", "dowd")])
def test_scikit_gstat_finds_the_same_robust_semivariances(ours, theirs):
    handler = warnings.showwarning
    import skgstat  # here, because it is slow to import and scikit-gstat replaces warnings.showwarning

    warnings.showwarning = handler
    random = np.random.default_rng(5)
    coordinates, values = random.uniform(0.0, 60.0, (60, 3)), random.normal(size=60)
    lags = Lags(lag=9.0, count=5, angle=90.0, bandwidth=1e9)
    mine = directional(coordinates, values, np.arange(60), [1, 0, 0], lags, estimator=ours)
    edges = list(9.0 * (np.arange(6) + 0.5))
    other = skgstat.Variogram(coordinates, values, bin_func=edges, fit_method=None, estimator=theirs)
    np.testing.assert_array_equal(mine["pairs"], other.bin_count[1:])
    np.testing.assert_allclose(mine["gamma"], other.experimental[1:], rtol=1e-9)


@pytest.mark.parametrize("count", [2, 3, 10, 499, 500, 700])
def test_genton_is_the_quantile_of_all_differences(count):
    from skgstat.estimators import genton as reference

    differences = np.random.default_rng(count).normal(size=count)
    assert genton(differences) == pytest.approx(reference(differences), rel=1e-9)


@pytest.mark.parametrize("estimator", list(MEASURES))
def test_grades_without_continuity_have_their_variance_whatever_the_estimator(estimator):
    random = np.random.default_rng(11)
    coordinates, values = random.uniform(0.0, 70.0, (700, 3)), 50.0 + 5.0 * random.normal(size=700)
    found = directional(coordinates, values, np.arange(700), [1, 0, 0], OMNI, estimator=estimator)
    assert np.average(found["gamma"], weights=found["pairs"]) == pytest.approx(25.0, rel=0.08)


def test_weights_count_points_as_often_as_they_say():
    random = np.random.default_rng(2)
    coordinates, values = random.uniform(0.0, 60.0, (80, 3)), random.lognormal(size=80)
    times = random.integers(1, 4, 80)
    twice = np.repeat(np.arange(80), times)
    for estimator in set(MEASURES) - set(GATHERING):
        weighed = directional(coordinates, values, np.arange(80), [1, 0, 0], OMNI, estimator=estimator, weights=times)
        copied = directional(coordinates[twice], values[twice], twice, [1, 0, 0], OMNI, estimator=estimator)
        np.testing.assert_allclose(weighed["distance"], copied["distance"], rtol=1e-12)
        if estimator != "cressie_hawkins":  # whose correction is by the number of pairs
            np.testing.assert_allclose(weighed["gamma"], copied["gamma"], rtol=1e-9, err_msg=estimator)
    plain = directional(coordinates, values, np.arange(80), [1, 0, 0], OMNI)
    ones = directional(coordinates, values, np.arange(80), [1, 0, 0], OMNI, weights=np.ones(80))
    np.testing.assert_array_equal(plain.to_numpy(), ones.to_numpy())


def test_normal_scores_come_back_to_a_lognormal_covariance():
    deviation = 0.8
    values = np.exp(deviation * np.random.default_rng(1).permutation(np.sort(np.random.default_rng(2).normal(size=20_000))))
    back = Anamorphosis(Scale(values, np.ones(len(values))))
    score_gamma = np.array([0.0, 0.1, 0.3, 0.6, 1.0])
    expected = np.exp(deviation**2) * (np.exp(deviation**2) - np.exp(deviation**2 * (1.0 - score_gamma)))
    found = back.semivariance(score_gamma)
    np.testing.assert_allclose(found / found[-1], expected / expected[-1], atol=0.02)
    assert found[-1] == pytest.approx(np.var(values), rel=1e-12)
    assert found[0] == 0.0
    scores = back.scores(values)
    assert np.mean(scores) == pytest.approx(0.0, abs=1e-3)
    assert np.var(scores) == pytest.approx(1.0, rel=1e-2)


def test_what_an_estimator_cannot_take_is_named():
    with pytest.raises(InputError, match=r"'dowd'; it has no weights. Hint"):
        hole("dowd", weights=np.ones(4))
    with pytest.raises(InputError, match=r"takes values above 0; the smallest is -1"):
        hole("pairwise_relative", values=np.array([-1.0, 2.0, 3.0, 4.0]))
    with pytest.raises(InputError, match=r"'best'; it can be traditional, pairwise_relative"):
        hole("best")


@pytest.mark.parametrize("estimator", GATHERING)
def test_a_config_that_weighs_the_pairs_of_an_estimator_without_weights_is_refused(estimator):
    lags = Lags(lag=5.0, count=3, bandwidth=5.0)
    every = dict.fromkeys(("downhole", "major", "semi", "minor"), lags)
    assert Variography(**every, estimator=estimator, domains={}).estimator == estimator
    with pytest.raises(SettingError, match=f"the estimator {estimator} takes .* Hint: set weigh_pairs to false"):
        Variography(**every, estimator=estimator, weigh_pairs=True, domains={})
