import gstools
import numpy as np
import pytest

from scandia.synthetic._modes import sum_modes
from scandia.synthetic.field import draw_field, evaluate, normals

STRUCTURES = [(0.4, (15.0, 30.0, 25.0)), (0.6, (45.0, 130.0, 100.0))]


@pytest.fixture(scope="module")
def field():
    return draw_field(np.random.Generator(np.random.PCG64(5)), STRUCTURES)


def spherical(distance):
    return np.where(distance < 1.0, 1.5 * distance - 0.5 * distance**3, 1.0)


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_the_variogram_of_the_field_is_its_model_along_each_axis(field, axis, realised_gamma):
    distance = np.array([1.0, 3.0, 6.0, 10.0, 20.0, 40.0, 70.0, 100.0, 150.0])
    lags = np.zeros((len(distance), 3))
    lags[:, axis] = distance
    model = sum(share * spherical(distance / ranges[axis]) for share, ranges in STRUCTURES)
    np.testing.assert_allclose(realised_gamma(field, lags), model, atol=0.05)


def test_short_lags_follow_the_straight_start_of_the_spherical_model(field, realised_gamma):
    """Relative, so that a smooth start (a spectrum cut off too early) fails."""
    lags = np.array([[0.2, 0.0, 0.0], [1.0, 0.0, 0.0]])
    model = sum(share * 1.5 * lags[:, 0] / ranges[0] for share, ranges in STRUCTURES)
    np.testing.assert_allclose(realised_gamma(field, lags), model, rtol=0.08)


def test_one_structure_agrees_with_gstools(realised_gamma):
    """GSTools' spherical model as the independent answer, in oblique directions."""
    field = draw_field(np.random.Generator(np.random.PCG64(9)), [(1.0, (40.0, 40.0, 40.0))])
    directions = normals(np.random.Generator(np.random.PCG64(1)), 60).reshape(20, 3)
    directions /= np.linalg.norm(directions, axis=1)[:, None]
    model = gstools.Spherical(dim=3, var=1.0, len_scale=40.0)
    for distance in (2.0, 10.0, 25.0, 60.0):
        assert realised_gamma(field, distance * directions).mean() == pytest.approx(float(model.variogram(distance)), abs=0.02)


def test_pairs_of_points_have_the_variogram_that_the_spectrum_promises(field, realised_gamma):
    generator = np.random.Generator(np.random.PCG64(2))
    points = 3000.0 * generator.random((4000, 3))
    lag = np.array([6.0, 20.0, -10.0])
    found = 0.5 * np.mean((evaluate(field, points) - evaluate(field, points + lag)) ** 2)
    assert found == pytest.approx(realised_gamma(field, lag[None])[0], rel=0.08)


def test_mean_is_0_and_variance_1_over_space(field):
    points = 5000.0 * np.random.Generator(np.random.PCG64(3)).random((6000, 3))
    values = evaluate(field, points)
    assert values.mean() == pytest.approx(0.0, abs=0.06)
    assert values.var() == pytest.approx(1.0, abs=0.06)


def test_the_variogram_at_no_distance_is_0(field, realised_gamma):
    assert realised_gamma(field, np.zeros((1, 3)))[0] == 0.0


def test_a_point_has_one_value_whatever_else_is_asked(field):
    points = 300.0 * np.random.Generator(np.random.PCG64(4)).random((50, 3))
    np.testing.assert_array_equal(evaluate(field, points)[[7, 3]], evaluate(field, points[[7, 3]]))


def test_the_kernel_sums_cosines():
    points, waves, phases = np.array([[1.0, 2.0, 3.0]]), np.array([[0.1, 0.2, 0.3], [1.0, 0.0, 0.0]]), np.array([0.5, 0.0])
    assert sum_modes(points, waves, phases)[0] == pytest.approx(np.cos(1.9) + np.cos(1.0))


def test_normals_are_standard_normal():
    values = normals(np.random.Generator(np.random.PCG64(8)), 20_000)
    assert values.mean() == pytest.approx(0.0, abs=0.02)
    assert values.std() == pytest.approx(1.0, abs=0.02)
    assert np.mean(np.abs(values) > 1.96) == pytest.approx(0.05, abs=0.005)
