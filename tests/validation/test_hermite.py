"""Hermite anamorphosis against what is known in closed form: orthonormal polynomials, and the lognormal distribution."""

import math

import numpy as np
import pytest
from scipy.special import ndtr

from scandia.errors import InputError
from scandia.validation.hermite import block_grades, coefficients, hermite, steps, support_coefficient

MEAN, SPREAD = 2.0, 0.7  # of the lognormal: Z = m exp(s Y - s^2 / 2)


@pytest.fixture(scope="module")
def lognormal():
    """Steps of 0.002 normal scores, each at the lognormal's mean within it, far into both tails."""
    bounds = np.r_[-np.inf, np.arange(-8.0, 6.0, 0.002), np.inf]
    levels = MEAN * np.diff(ndtr(bounds - SPREAD)) / np.diff(ndtr(bounds))
    return levels, bounds


def test_the_polynomials_are_orthonormal_under_the_normal_density():
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    table = np.array(list(hermite(12, nodes)))
    assert (table * (weights / weights.sum())) @ table.T == pytest.approx(np.eye(13), abs=1e-10)
    assert [row[0] for row in hermite(3, [2.0])] == pytest.approx(
        [1.0, 2.0, 3 / math.sqrt(2), 2 / math.sqrt(6)]
    )  # y^2 - 1, y^3 - 3 y


def test_the_coefficients_of_a_lognormal_are_those_in_closed_form(lognormal):
    phi = coefficients(*lognormal, order=8)
    expected = [MEAN * SPREAD**n / math.sqrt(math.factorial(n)) for n in range(9)]
    assert phi == pytest.approx(expected, abs=3e-5)


def test_the_coefficient_of_a_lognormal_is_that_of_permanence(lognormal):
    phi = coefficients(*lognormal)
    wanted = 0.8
    variance = MEAN**2 * (math.exp((wanted * SPREAD) ** 2) - 1)
    assert support_coefficient(phi, variance) == pytest.approx(wanted, abs=1e-6)
    scores = np.array([-2.0, 0.0, 1.0, 2.0])
    known = MEAN * np.exp(SPREAD * wanted * scores - (SPREAD * wanted) ** 2 / 2)
    assert block_grades(*lognormal, wanted, scores) == pytest.approx(known, rel=1e-5)


def test_the_coefficients_of_two_values_are_worked_by_hand():
    phi = coefficients(*steps([0.0, 1.0], [1.0, 1.0]), order=400)
    assert phi[0] == pytest.approx(0.5)
    assert phi[1] == pytest.approx(1 / math.sqrt(2 * math.pi))  # E[Y; Y > 0]
    assert np.sum(phi[1:] ** 2) == pytest.approx(0.25, rel=0.05)  # the variance, slowly, because a step is not smooth


def test_points_stay_as_they_are_and_the_largest_block_is_the_mean():
    levels, bounds = steps([1.0, 2.0, 5.0], [0.25, 0.5, 0.25])
    phi = coefficients(levels, bounds)
    kept = np.sum(phi[1:] ** 2)
    assert support_coefficient(phi, kept) == 1.0 and support_coefficient(phi, 0.0) == 0.0
    assert block_grades(levels, bounds, 1.0, np.array([-3.0, 0.1, 3.0])) == pytest.approx([1.0, 2.0, 5.0])
    assert block_grades(levels, bounds, 0.0, np.array([-3.0, 0.1, 3.0])) == pytest.approx([2.5] * 3)


def test_a_block_variance_above_that_of_points_is_refused():
    phi = coefficients(*steps([1.0, 2.0], [1.0, 1.0]))
    with pytest.raises(InputError, match="variance of points"):
        support_coefficient(phi, 1.01 * np.sum(phi[1:] ** 2))


def test_weights_and_repeats_make_the_same_steps_and_their_order_does_not_matter():
    once, weighted = steps([1.0, 1.0, 4.0], [1.0, 1.0, 2.0]), steps([4.0, 1.0, 9.0], [2.0, 2.0, 0.0])
    assert once[0].tolist() == weighted[0].tolist() == [1.0, 4.0]
    assert once[1].tolist() == weighted[1].tolist() == [-np.inf, 0.0, np.inf]
