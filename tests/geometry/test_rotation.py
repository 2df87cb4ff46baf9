"""The angle convention, on points of the compass."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from scandia.geometry.rotation import azimuth_dip, direction, rotation_matrix

NORTH, EAST, UP = np.eye(3)[[1, 0, 2]]
ANGLES = st.tuples(st.floats(-360, 360), st.floats(-180, 180), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("angles", "major", "semi", "minor"),
    [
        ((0, 0, 0), NORTH, EAST, -UP),
        ((90, 0, 0), EAST, -NORTH, -UP),
        ((180, 0, 0), -NORTH, -EAST, -UP),
        ((270, 0, 0), -EAST, NORTH, -UP),
        ((0, 90, 0), NORTH, -UP, -EAST),  # a vertical plane that strikes north
        ((90, 90, 0), EAST, -UP, NORTH),
        ((0, 0, 90), EAST, -NORTH, -UP),  # in a flat plane the rake turns to the right, as the azimuth does
        ((0, 90, 90), -UP, -NORTH, -EAST),  # a plunge straight down
        ((180, 90, 0), -NORTH, -UP, EAST),
    ],
)
def test_the_axes_point_where_the_convention_says(angles, major, semi, minor):
    np.testing.assert_allclose(rotation_matrix(*angles), [major, semi, minor], atol=1e-15)


def test_a_plane_dips_to_the_right_of_its_strike():
    matrix = rotation_matrix(0, 30, 0)
    np.testing.assert_allclose(matrix[1], [np.cos(np.pi / 6), 0, -0.5], atol=1e-15)
    matrix = rotation_matrix(35, 90, 0)  # the sentence of the module's docstring
    np.testing.assert_allclose(matrix[0], direction(35, 0), atol=1e-15)
    np.testing.assert_allclose(matrix[1], -UP, atol=1e-15)


def test_the_rake_goes_down_dip_from_the_strike():
    azimuth, dip = azimuth_dip(rotation_matrix(0, 60, 90)[0])
    assert (azimuth, dip) == (pytest.approx(90), pytest.approx(-60))
    # a rake of 30 degrees in a plane of 60 plunges asin(sin 30 sin 60)
    assert azimuth_dip(rotation_matrix(0, 60, 30)[0])[1] == pytest.approx(-np.rad2deg(np.arcsin(0.5 * np.sqrt(0.75))))


@given(ANGLES)
def test_the_axes_are_orthonormal_and_right_handed(angles):
    matrix = rotation_matrix(*angles)
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(3), atol=1e-14)
    assert np.linalg.det(matrix) == pytest.approx(1.0, abs=1e-14)


@given(ANGLES)
def test_the_matrix_is_three_plain_turns_one_after_another(angles):
    azimuth, dip, rake = angles
    turn = Rotation.from_euler("zyz", [-rake, dip, -azimuth], degrees=True)
    np.testing.assert_allclose(rotation_matrix(*angles), turn.apply([NORTH, EAST, -UP]), atol=1e-14)


@given(ANGLES, st.floats(-180, 180))
def test_turning_the_azimuth_turns_the_axes_about_the_vertical(angles, more):
    azimuth, dip, rake = angles
    turned = Rotation.from_euler("z", -more, degrees=True).apply(rotation_matrix(azimuth, dip, rake))
    np.testing.assert_allclose(rotation_matrix(azimuth + more, dip, rake), turned, atol=1e-13)


@pytest.mark.parametrize(
    ("azimuth", "dip", "vector"),
    [(0, 0, NORTH), (90, 0, EAST), (180, 0, -NORTH), (270, 0, -EAST), (123, -90, -UP), (45, 0, [np.sqrt(0.5), np.sqrt(0.5), 0])],
)
def test_directions_point_where_the_compass_says_and_negative_dip_is_down(azimuth, dip, vector):
    np.testing.assert_allclose(direction(azimuth, dip), vector, atol=1e-15)


@given(st.floats(0, 359.99), st.floats(-89.9, 89.9), st.floats(0.01, 1000))
def test_azimuth_and_dip_are_found_again_in_a_direction_of_any_length(azimuth, dip, length):
    found_azimuth, found_dip = azimuth_dip(length * direction(azimuth, dip))
    assert (found_azimuth - azimuth + 180) % 360 - 180 == pytest.approx(0, abs=1e-9)
    assert found_dip == pytest.approx(dip, abs=1e-9)


def test_arrays_keep_their_shape():
    azimuth = np.array([[0.0, 90.0], [180.0, 270.0]])
    vectors = direction(azimuth, np.zeros((2, 2)))
    assert vectors.shape == (2, 2, 3)
    np.testing.assert_allclose(azimuth_dip(vectors)[0], azimuth, atol=1e-12)
