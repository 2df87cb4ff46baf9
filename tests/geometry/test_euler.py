"""Three turns make a rotation, and a rotation gives the three turns back, whatever the axes."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from scandia.geometry.euler import X, Y, Z, compose, decompose, turn

SEQUENCES = [s for s in itertools.product((X, Y, Z), repeat=3) if s[0] != s[1] != s[2]]
RIGHT = st.sampled_from([-360.0, -270.0, -180.0, -90.0, 0.0, 90.0, 180.0, 270.0])
NEAR = st.builds(lambda right, small: right + small, RIGHT, st.sampled_from([0.0, 1e-13, 1e-10, 1e-8, -1e-7, 1e-5]))
ANGLES = st.tuples(*[st.one_of(st.floats(-360, 360), NEAR)] * 3)


def test_there_are_six_sequences_that_return_and_six_that_do_not():
    assert len(SEQUENCES) == 12


@pytest.mark.parametrize(("axis", "start", "end"), [(X, Y, Z), (Y, Z, X), (Z, X, Y)])
def test_a_quarter_turn_is_right_handed_and_exact(axis, start, end):
    np.testing.assert_array_equal(turn(axis, 90.0) @ np.eye(3)[start], np.eye(3)[end])
    np.testing.assert_array_equal(turn(axis, -270.0), turn(axis, 90.0))
    np.testing.assert_array_equal(turn(axis, 360.0), np.eye(3))


@given(st.sampled_from(SEQUENCES), ANGLES)
def test_composed_turns_are_those_of_scipy(sequence, angles):
    expected = Rotation.from_euler("".join("XYZ"[axis] for axis in sequence), angles, degrees=True).as_matrix()
    np.testing.assert_allclose(compose(sequence, angles), expected, atol=1e-14)


@given(st.sampled_from(SEQUENCES), ANGLES)
def test_a_rotation_gives_its_turns_back_also_where_two_of_them_are_about_one_line(sequence, angles):
    matrix = compose(sequence, angles)
    found = decompose(sequence, matrix)
    np.testing.assert_allclose(compose(sequence, found), matrix, atol=2e-14)
    assert (0.0 if sequence[0] == sequence[2] else -90.0) <= found[1] <= (180.0 if sequence[0] == sequence[2] else 90.0)


@given(st.sampled_from(SEQUENCES), st.floats(-179, 179), st.floats(-179, 179))
def test_where_two_turns_are_about_one_line_the_first_is_zero(sequence, first, third):
    middle = 0.0 if sequence[0] == sequence[2] else 90.0
    assert decompose(sequence, compose(sequence, (first, middle, third)))[0] == 0.0
