"""Isotropic frames turn ellipsoids into the unit sphere, and blocks into regular points."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scandia.geometry.anisotropy import ellipsoid_distance, isotropic_frame
from scandia.geometry.discretisation import regular_offsets
from scandia.geometry.rotation import rotation_matrix

ANGLES = st.tuples(st.floats(-360, 360), st.floats(-90, 90), st.floats(-90, 90))
RANGES = st.tuples(*[st.floats(0.1, 1000)] * 3)


@given(ANGLES, RANGES)
def test_the_ends_of_the_axes_lie_on_the_ellipsoid(angles, ranges):
    ends = rotation_matrix(*angles) * np.array(ranges)[:, None]
    frame = isotropic_frame(*angles, ranges)
    np.testing.assert_allclose(ellipsoid_distance(frame, ends), 1.0, rtol=1e-9)
    np.testing.assert_allclose(ellipsoid_distance(frame, -0.5 * ends), 0.5, rtol=1e-9)


def test_distances_by_hand():
    frame = isotropic_frame(90, 0, 0, (100, 50, 10))  # major east, semi-major south, minor down
    lags = np.array([[100, 0, 0], [0, 50, 0], [0, 0, 10], [60, 40, 0], [0, 0, 0]])
    np.testing.assert_allclose(ellipsoid_distance(frame, lags), [1, 1, 1, 1, 0], atol=1e-15)


@given(ANGLES, st.floats(0.1, 100))
def test_a_sphere_looks_the_same_from_everywhere(angles, radius):
    lags = np.random.default_rng(0).normal(size=(20, 3))
    distance = ellipsoid_distance(isotropic_frame(*angles, (radius,) * 3), lags)
    np.testing.assert_allclose(distance, np.linalg.norm(lags, axis=1) / radius, rtol=1e-12)


def test_a_block_is_cut_into_equal_cells_with_x_fastest():
    offsets = regular_offsets((4.0, 6.0, 10.0), (2, 1, 2))
    np.testing.assert_array_equal(offsets, [[-1, 0, -2.5], [1, 0, -2.5], [-1, 0, 2.5], [1, 0, 2.5]])


def test_one_cell_is_the_centre():
    np.testing.assert_array_equal(regular_offsets((4.0, 6.0, 10.0), (1, 1, 1)), np.zeros((1, 3)))
