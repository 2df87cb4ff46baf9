"""Semivariance, covariance and block variance: laws and hand-worked numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from scandia.errors import InputError
from scandia.geometry.discretisation import regular_offsets
from scandia.geometry.minegrid import MineGrid, to_local
from scandia.geometry.rotation import rotation_matrix
from scandia.kriging.search import Pass, Search
from scandia.variography.covariance import block_covariance, block_variance, covariance, gamma, localise
from scandia.variography.model import Structure, Variogram

KINDS = ("spherical", "exponential", "gaussian", "cubic", "matern")
PRACTICAL = ("exponential", "gaussian", "matern")
ANGLES = {"azimuth": st.floats(0, 360), "dip": st.floats(-90, 90), "rake": st.floats(-90, 90)}
STRUCTURES = st.builds(
    Structure,
    kind=st.sampled_from(KINDS),
    contribution=st.floats(0.01, 10),
    ranges=st.tuples(*[st.floats(1, 500)] * 3),
    **ANGLES,
)
VARIOGRAMS = st.builds(Variogram, nugget=st.floats(0, 5), structures=st.lists(STRUCTURES, min_size=1, max_size=3).map(tuple))
LAGS = st.lists(st.tuples(*[st.floats(-300, 300)] * 3), min_size=1, max_size=20).map(np.array)


def isotropic(kind, nugget=0.0, contribution=1.0, length=100.0):
    return Variogram(nugget=nugget, structures=(Structure(kind=kind, contribution=contribution, ranges=(length,) * 3),))


@given(VARIOGRAMS)
def test_gamma_is_zero_at_a_zero_lag_and_the_covariance_is_the_sill(variogram):
    assert gamma(variogram, np.zeros(3)) == 0.0
    assert covariance(variogram, np.zeros(3)) == pytest.approx(variogram.sill, rel=1e-14)


def test_the_nugget_applies_to_any_lag_that_is_not_zero():
    variogram = isotropic("spherical", nugget=0.3)
    assert gamma(variogram, [1e-9, 0, 0]) == pytest.approx(0.3, abs=1e-9)
    assert covariance(variogram, [0, 0, -1e-9]) == pytest.approx(1.0, abs=1e-9)


@given(VARIOGRAMS, LAGS)
def test_gamma_is_symmetric_bounded_and_completes_the_covariance_to_the_sill(variogram, lags):
    values = gamma(variogram, lags)
    np.testing.assert_allclose(values, gamma(variogram, -lags), rtol=1e-12)
    assert (values >= 0).all()
    assert (values <= variogram.sill * (1 + 1e-12)).all()
    np.testing.assert_allclose(values + covariance(variogram, lags), variogram.sill, rtol=1e-12)


@given(VARIOGRAMS, st.integers(0, 1000))
def test_covariance_matrices_are_positive_definite(variogram, seed):
    points = np.random.default_rng(seed).uniform(-100, 100, (25, 3))
    matrix = covariance(variogram, points[:, None] - points[None])
    assert np.linalg.eigvalsh(matrix).min() > -1e-9 * variogram.sill


@pytest.mark.parametrize(
    ("kind", "at_half", "at_range"),
    [
        ("spherical", 0.6875, 1.0),
        ("exponential", 1 - np.exp(-1.5), 1 - np.exp(-3)),
        ("gaussian", 1 - np.exp(-0.75), 1 - np.exp(-3)),
        ("cubic", 7 / 4 - 8.75 / 8 + 3.5 / 32 - 0.75 / 128, 1.0),
    ],
)
def test_shapes_by_hand(kind, at_half, at_range):
    values = gamma(isotropic(kind, contribution=2.0), [[50, 0, 0], [0, 100, 0], [0, 0, 1e6]])
    np.testing.assert_allclose(values, [2 * at_half, 2 * at_range, 2.0], rtol=1e-14)


@given(STRUCTURES)
def test_the_range_is_reached_along_each_axis(structure):
    ends = rotation_matrix(structure.azimuth, structure.dip, structure.rake) * np.array(structure.ranges)[:, None]
    reached = gamma(Variogram(nugget=0.0, structures=(structure,)), ends) / structure.contribution
    np.testing.assert_allclose(reached, 1 - np.exp(-3) if structure.kind in PRACTICAL else 1.0, rtol=1e-6)


@given(VARIOGRAMS, LAGS, st.floats(-360, 360))
def test_localised_variogram_and_lags_say_the_same_as_the_world_ones(variogram, lags, azimuth):
    mine_grid = MineGrid(azimuth=azimuth)
    local = np.column_stack([*to_local(mine_grid, lags[:, 0], lags[:, 1]), lags[:, 2]])
    np.testing.assert_allclose(gamma(localise(variogram, mine_grid), local), gamma(variogram, lags), rtol=1e-9, atol=1e-9)


def test_a_search_is_localised_too():
    search = Search(azimuth=40.0, dip=10.0, passes=(Pass(ranges=(1.0, 1.0, 1.0), min_samples=1, max_samples=2),))
    turned = localise(search, MineGrid(azimuth=35.0))
    assert (turned.azimuth, turned.dip, turned.passes) == (5.0, 10.0, search.passes)


def test_block_variance_leaves_the_nugget_out_and_is_below_the_sill():
    with_nugget, without = isotropic("spherical", nugget=0.5), isotropic("spherical")
    assert block_variance(with_nugget, (10.0, 10.0, 5.0)) == block_variance(without, (10.0, 10.0, 5.0)) < 1.0
    assert block_covariance(without, np.zeros((1, 3))) == 1.0


def test_block_variance_of_two_points_by_hand():
    # points 5 m apart: (2 C(0) + 2 C(5)) / 4
    expected = (1 + 1 - 1.5 * 0.05 + 0.5 * 0.05**3) / 2
    assert block_variance(isotropic("spherical"), (10.0, 1.0, 1.0), (2, 1, 1)) == pytest.approx(expected, abs=1e-15)


def test_block_variance_tends_to_the_integral_over_a_line():
    # mean covariance within a segment of length L: 2 / L^2 times the integral of (L - h) C(h)
    exact = 2 / 60**2 * quad(lambda h: (60 - h) * np.exp(-3 * h / 100), 0, 60)[0]
    fine = block_variance(isotropic("exponential"), (60.0, 1.0, 1.0), (400, 1, 1))
    assert fine == pytest.approx(exact, abs=1e-4)
    assert abs(block_variance(isotropic("exponential"), (60.0, 1.0, 1.0), (8, 1, 1)) - exact) < 2e-2


@given(VARIOGRAMS)
def test_larger_blocks_have_less_variance(variogram):
    small, large = (block_covariance(variogram, regular_offsets((s, s, s), (3, 3, 3))) for s in (5.0, 20.0))
    assert large <= small <= variogram.sill - variogram.nugget + 1e-12
    ranges = [length for structure in variogram.structures for length in structure.ranges]
    assert large < small or max(ranges) < 5.0 / 3


def test_lags_of_the_wrong_shape_are_refused():
    with pytest.raises(InputError, match=r"lags have shape \(4, 2\); they must be \(\.\.\., 3\)"):
        gamma(isotropic("spherical"), np.zeros((4, 2)))
