"""The kinds with a parameter of their own: Matérn, power and linear."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq

from scandia.errors import InputError, SettingError
from scandia.geometry.rotation import rotation_matrix
from scandia.variography.covariance import (
    block_covariance,
    block_gamma,
    block_variance,
    covariance,
    gamma,
    matern_correlation,
    matern_scale,
    structured_covariance,
    structured_gamma,
)
from scandia.variography.model import Structure, Variogram, spell
from scandia.variography.support import mean_gamma

SMOOTHNESS = st.floats(0.05, 10.0)
EXPONENTS = st.floats(0.05, 1.95)
SHAPE = {"ranges": (90.0, 40.0, 15.0), "azimuth": 35.0, "dip": 60.0, "rake": 20.0}


def single(kind, contribution=1.0, nugget=0.0, **keys):
    return Variogram(nugget=nugget, structures=(Structure(kind=kind, contribution=contribution, **(SHAPE | keys)),))


def isotropic(kind, length=100.0, **keys):
    return single(kind, ranges=(length,) * 3, **keys)


def along_axes(shares):
    """Lags along the three axes of SHAPE that are such shares of the range, ``(shares, 3, 3)``."""
    axes = rotation_matrix(SHAPE["azimuth"], SHAPE["dip"], SHAPE["rake"]) * np.array(SHAPE["ranges"])[:, None]
    return np.asarray(shares)[:, None, None] * axes


# --- Matérn


@given(SMOOTHNESS)
def test_the_matern_correlation_is_5_percent_at_the_range_whatever_the_smoothness(smoothness):
    at_range = gamma(single("matern", contribution=2.0, smoothness=smoothness), along_axes([1.0]))
    np.testing.assert_allclose(at_range, 2.0 * (1 - np.exp(-3)), rtol=1e-12)


def test_a_matern_of_smoothness_one_half_is_the_exponential():
    assert matern_scale(0.5) == pytest.approx(3.0, rel=1e-15)
    lags = np.random.default_rng(1).normal(0, 60, (500, 3))
    np.testing.assert_allclose(gamma(single("matern", smoothness=0.5), lags), gamma(single("exponential"), lags), atol=1e-14)


@pytest.mark.parametrize(
    ("smoothness", "polynomial"),
    [(1.5, lambda x: 1 + x), (2.5, lambda x: 1 + x + x**2 / 3), (3.5, lambda x: 1 + x + 2 * x**2 / 5 + x**3 / 15)],
)
def test_half_whole_smoothness_has_a_closed_form(smoothness, polynomial):
    scale = brentq(lambda x: polynomial(x) * np.exp(-x) - np.exp(-3), 1, 20, xtol=1e-14)
    assert matern_scale(smoothness) == pytest.approx(scale, rel=1e-12)
    distance = np.linspace(0.0, 3.0, 301)
    expected = polynomial(scale * distance) * np.exp(-scale * distance)
    np.testing.assert_allclose(matern_correlation(scale * distance, smoothness), expected, atol=1e-14)


def test_a_smooth_matern_nears_the_gaussian():
    lags = np.column_stack([np.linspace(0, 200, 401), np.zeros((401, 2))])
    limit = gamma(isotropic("gaussian"), lags)
    gaps = [np.abs(gamma(isotropic("matern", smoothness=nu), lags) - limit).max() for nu in (0.5, 1.0, 2.0, 4.0, 8.0)]
    # the gap falls as 1 / nu: halving, ever more nearly, with every doubling
    ratios = np.array(gaps[1:]) / gaps[:-1]
    assert np.all(np.diff(gaps) < 0)
    assert gaps[-1] < 0.05
    assert np.all(np.diff(np.abs(ratios - 0.5)) < 0)
    assert ratios[-1] == pytest.approx(0.5, abs=0.05)


@given(SMOOTHNESS, st.floats(0.0, 1e300))
def test_the_matern_is_a_number_between_0_and_1_at_every_distance(smoothness, distance):
    values = matern_correlation(np.array([0.0, 1e-310, 1e-40, 1e-20, 1e-9, distance, 1e3, math.inf]), smoothness)
    assert ((values >= 0.0) & (values <= 1.0)).all()
    assert values[0] == 1.0
    assert values[-1] == values[-2] == 0.0
    assert (np.diff(values[:5]) <= 1e-13).all()


@given(SMOOTHNESS, st.floats(1e-6, 5.0))
def test_the_matern_is_continuous_and_falls(smoothness, distance):
    scale = matern_scale(smoothness)
    here, further = matern_correlation(scale * np.array([distance, distance * (1 + 1e-9)]), smoothness)
    assert further <= here + 1e-14
    assert here - further < 1e-7


def test_the_matern_near_0_follows_its_series():
    # rho = 1 - x^2 / (4 (nu - 1)) + ..., nu above 1;  1 - Gamma(1 - nu) / Gamma(1 + nu) (x / 2)^(2 nu) + ..., below
    x = np.array([1e-4, 1e-3])
    np.testing.assert_allclose(1 - matern_correlation(x, 3.0), x**2 / 8, rtol=1e-5)
    below = math.gamma(0.7) / math.gamma(1.3) * (x / 2) ** 0.6
    np.testing.assert_allclose(1 - matern_correlation(x, 0.3), below, rtol=1e-3)


@given(st.floats(0.3, 3.0), st.integers(0, 1000))
def test_matern_covariance_matrices_are_positive_definite(smoothness, seed):
    points = np.random.default_rng(seed).uniform(-100, 100, (25, 3))
    matrix = covariance(single("matern", smoothness=smoothness), points[:, None] - points[None])
    assert np.linalg.eigvalsh(matrix).min() > -1e-10


def test_a_matern_that_has_no_practical_range_is_refused_in_words():
    with pytest.raises(InputError, match=r"smoothness 1e-05 has no practical range. Hint: 0.01 or more"):
        gamma(single("matern", smoothness=1e-5), [1.0, 0.0, 0.0])


# --- power and linear


@given(EXPONENTS, st.floats(1e-9, 20.0))
def test_a_power_structure_reaches_its_contribution_at_the_range_and_grows_as_its_exponent(exponent, share):
    values = gamma(single("power", contribution=2.5, exponent=exponent), along_axes([1.0, share]))
    np.testing.assert_allclose(values[0], 2.5, rtol=1e-12)
    np.testing.assert_allclose(values[1], 2.5 * share**exponent, rtol=1e-12)


def test_linear_is_the_power_of_exponent_one():
    lags = np.random.default_rng(2).normal(0, 300, (100, 3))
    linear = gamma(single("linear", contribution=3.0), lags)
    np.testing.assert_array_equal(linear, gamma(single("power", contribution=3.0), lags))
    np.testing.assert_allclose(gamma(single("linear"), 2.0 * lags), 2.0 / 3.0 * linear, rtol=1e-13)


@given(st.sampled_from(["power", "linear"]), EXPONENTS, st.floats(0, 5))
def test_gamma_of_an_unbounded_variogram_is_zero_at_a_zero_lag_only(kind, exponent, nugget):
    keys = {"exponent": exponent} if kind == "power" else {}
    variogram = single(kind, nugget=nugget, **keys)
    assert gamma(variogram, np.zeros(3)) == 0.0
    assert gamma(variogram, [1e-3, 0.0, 0.0]) > nugget
    np.testing.assert_array_equal(gamma(variogram, [[3.0, 4.0, 5.0]]), gamma(variogram, [[-3.0, -4.0, -5.0]]))


@given(EXPONENTS, st.integers(0, 1000), st.floats(0, 1))
def test_a_power_variogram_is_conditionally_negative_definite(exponent, seed, nugget):
    # the variance of any combination with weights of sum zero is -w' gamma w: never negative
    rng = np.random.default_rng(seed)
    points = rng.uniform(-100, 100, (20, 3))
    matrix = gamma(single("power", nugget=nugget, exponent=exponent), points[:, None] - points[None])
    centring = np.eye(20) - 1.0 / 20.0
    assert np.linalg.eigvalsh(-centring @ matrix @ centring).min() > -1e-11 * np.abs(matrix).max()


def test_the_law_above_would_see_an_exponent_beyond_2():
    points = np.random.default_rng(0).uniform(-100, 100, (20, 3))
    matrix = np.linalg.norm(points[:, None] - points[None], axis=-1) ** 2.5
    centring = np.eye(20) - 1.0 / 20.0
    assert np.linalg.eigvalsh(-centring @ matrix @ centring).min() < -1e-3 * np.abs(matrix).max()


def test_a_variogram_is_bounded_by_its_sill_or_has_none():
    bounded = Structure(kind="matern", contribution=2.0, **SHAPE)
    unbounded = Structure(kind="power", contribution=1.0, exponent=0.5, **SHAPE)
    assert (Variogram(nugget=1.0, structures=(bounded,)).bounded, Variogram(nugget=1.0, structures=(bounded,)).sill) == (
        True,
        3.0,
    )
    mixed = Variogram(nugget=1.0, structures=(bounded, unbounded))
    assert (mixed.bounded, mixed.sill) == (False, math.inf)
    assert Variogram(nugget=1.0, structures=()).sill == 1.0


@pytest.mark.parametrize("function", [covariance, structured_covariance, block_covariance])
def test_an_unbounded_variogram_has_no_covariance(function):
    both = Variogram(nugget=0.1, structures=(*single("cubic").structures, *single("linear").structures))
    with pytest.raises(InputError, match=r"no covariance: its structure 2 is of kind linear.* Hint: use gamma"):
        function(both, np.zeros((2, 3)))
    with pytest.raises(InputError, match="no covariance"):
        block_variance(both, (5.0, 5.0, 5.0))


# --- means within blocks


def test_the_mean_within_a_line_of_a_power_variogram_is_known_in_closed_form():
    # 2 / L^2 times the integral of (L - h) (h / a)^e, that is 2 (L / a)^e / ((e + 1) (e + 2))
    for exponent in (0.5, 1.0, 1.5):
        variogram = isotropic("power", nugget=0.25, exponent=exponent)
        exact = 2.0 * 0.3**exponent / ((exponent + 1.0) * (exponent + 2.0))
        assert mean_gamma(variogram, (30.0, 1e-9, 1e-9), (400, 1, 1)) == pytest.approx(0.25 + exact, rel=2e-4)
        assert 2 / 30**2 * quad(lambda h, e=exponent: (30 - h) * (h / 100) ** e, 0, 30)[0] == pytest.approx(exact)


def test_the_mean_of_two_points_by_hand():
    # points 5 m apart: (2 gamma(0) + 2 gamma(5)) / 4, half of 5 / 100
    assert mean_gamma(isotropic("linear"), (10.0, 1.0, 1.0), (2, 1, 1)) == pytest.approx(0.025, abs=1e-16)


@pytest.mark.parametrize("kind", ["spherical", "exponential", "gaussian", "cubic", "matern"])
def test_the_mean_semivariance_and_the_mean_covariance_add_up_to_the_sill(kind):
    variogram, size, points = single(kind, nugget=0.3), (10.0, 5.0, 4.0), (4, 3, 2)
    total = mean_gamma(variogram, size, points) + block_variance(variogram, size, points)
    assert total == pytest.approx(variogram.sill, rel=1e-14)


def test_the_mean_of_the_structures_leaves_the_nugget_out():
    variogram = single("power", nugget=0.3, exponent=0.7)
    offsets = np.random.default_rng(3).uniform(-5, 5, (6, 3))
    lags = offsets[:, None] - offsets[None]
    assert block_gamma(variogram, offsets) == pytest.approx(np.mean(structured_gamma(variogram, lags)), rel=1e-14)
    np.testing.assert_allclose(gamma(variogram, lags), structured_gamma(variogram, lags) + 0.3 * (1 - np.eye(6)), rtol=1e-14)


# --- settings


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"kind": "spherical", "smoothness": 0.5}, r"Structure.smoothness is 0.5 for the kind spherical.*only matern does. Hint"),
        ({"kind": "power", "smoothness": 2.0}, r"Structure.smoothness is 2.0 for the kind power"),
        ({"kind": "linear", "exponent": 0.5}, r"Structure.exponent is 0.5 for the kind linear.*only power does. Hint"),
        ({"kind": "matern", "exponent": 1.5}, r"Structure.exponent is 1.5 for the kind matern"),
        ({"kind": "matern", "smoothness": 0.0}, r"Structure.smoothness is 0.0; it must be above 0"),
        ({"kind": "matern", "smoothness": 10.5}, r"Structure.smoothness is 10.5; it must be at most 10"),
        ({"kind": "power", "exponent": 2.0}, r"Structure.exponent is 2.0; it must be below 2"),
        ({"kind": "power", "exponent": 0.0}, r"Structure.exponent is 0.0; it must be above 0"),
    ],
)
def test_a_parameter_out_of_range_or_of_another_kind_is_refused(keys, words):
    with pytest.raises(SettingError, match=words):
        Structure(contribution=1.0, ranges=(10.0, 10.0, 10.0), **keys)


def test_a_model_is_spelled_with_the_parameter_of_its_kind():
    structures = (*single("matern", smoothness=2.5).structures, *single("linear", contribution=0.25).structures)
    text = spell(Variogram(nugget=0.0, structures=structures))
    assert text.startswith("1 matern (smoothness 2.5) 90/40/15 m azimuth 35 dip 60 rake 20; 0.25 linear 90/40/15 m")
    assert "power (exponent 1)" in spell(single("power"))
