"""Orientations between readings: what a mean of axes must keep, whatever the angles that name them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from scandia.errors import InputError
from scandia.geometry.angles import from_axes, from_many_axes
from scandia.geometry.orientations import interpolate_orientations, readings_from_gradient, readings_from_surface
from scandia.geometry.rotation import rotation_matrix

RNG = np.random.default_rng(12)
PLACES = RNG.uniform(0, 100, (30, 3))
TARGETS = RNG.uniform(-20, 120, (60, 3))
MILD = np.column_stack([RNG.normal(35, 15, 30), RNG.normal(75, 8, 30), RNG.normal(20, 15, 30)])
MIDDLE = ([[0.0, 0.0, 0.0], [10.0, 0.0, 0.0]], [[5.0, 0.0, 0.0]])


def tensors(angles):
    axes = np.array([rotation_matrix(*row) for row in np.asarray(angles)])
    return np.einsum("nia,i,nib->nab", axes, [3.0, 2.0, 1.0], axes)


def same(one, other, tolerance=1e-9):
    np.testing.assert_allclose(tensors(one), tensors(other), atol=tolerance)


def between(one, other):
    return interpolate_orientations(MIDDLE[0], [one, other], MIDDLE[1])[0]


@given(st.integers(0, 2**32 - 1))
@profile(max_examples=50, deadline=None)
def test_many_axes_are_turned_into_the_angles_of_each(seed):
    rng = np.random.default_rng(seed)
    angles = rng.choice([0.0, 30.0, 90.0, 180.0, 271.0], (8, 3)) + rng.choice([0.0, 1.0], (8, 1)) * rng.uniform(0, 90, (8, 3))
    axes = np.array([rotation_matrix(*row) for row in angles]) * rng.choice([-1.0, 1.0], (8, 3, 1))
    same(from_many_axes(axes), [from_axes(item) for item in axes], 1e-12)
    found = from_many_axes(axes)
    assert ((found >= [0, 0, -90]) & (found < [360, 90.0000001, 90.0000001])).all()


def test_azimuths_359_and_1_average_through_north():
    azimuth, dip, rake = between((359.0, 60.0, 0.0), (1.0, 60.0, 0.0))
    assert ((azimuth + 180.0) % 360.0 - 180.0, dip, rake) == pytest.approx((0.0, 60.0, 0.0), abs=0.02)


def test_a_body_that_dips_80_west_and_70_east_passes_the_vertical():
    """Strike north: 80 west is azimuth 180, dip 80, or 100 seen from the east; half way to 70 lies 85 east."""
    assert between((180.0, 80.0, 0.0), (0.0, 70.0, 0.0)) == pytest.approx([0.0, 85.0, 0.0], abs=1e-9)
    places, west_east = [[0.0, 0.0, 0.0], [100.0, 0.0, 0.0]], [(180.0, 80.0, 0.0), (0.0, 70.0, 0.0)]
    along = np.column_stack([np.linspace(0, 100, 201), np.zeros(201), np.zeros(201)])
    found = interpolate_orientations(places, west_east, along)
    dip = np.where(np.abs(found[:, 0] - 180) < 90, 180 - found[:, 1], found[:, 1])
    assert (np.diff(dip) < 0).all() and dip[0] == pytest.approx(100) and dip[-1] == pytest.approx(70)
    assert found[:, 1].max() > 89.7


@pytest.mark.parametrize("neighbours", [1, 4, 8, 50])
def test_a_constant_field_stays_constant(neighbours):
    found = interpolate_orientations(PLACES, np.tile([215.0, 83.0, -25.0], (30, 1)), TARGETS, neighbours=neighbours)
    np.testing.assert_allclose(found, np.tile([215.0, 83.0, -25.0], (60, 1)), atol=1e-9)


def test_readings_and_their_twins_turned_by_half_a_turn_are_one():
    plain = interpolate_orientations(PLACES, MILD, TARGETS)
    azimuth, dip, rake = MILD.T
    for twin in ((azimuth + 180, 180 - dip, -rake), (azimuth + 360, dip, rake + 180), (azimuth + 180, -dip, rake + 180)):
        turned = MILD.copy()
        turned[::2] = np.column_stack(twin)[::2]
        same(turned, MILD)
        same(interpolate_orientations(PLACES, turned, TARGETS), plain)


def test_a_target_at_a_reading_has_its_orientation():
    same(interpolate_orientations(PLACES, MILD, PLACES), MILD)
    wild = np.column_stack([RNG.uniform(0, 360, 30), RNG.uniform(0, 90, 30), RNG.uniform(-90, 90, 30)])
    same(interpolate_orientations(PLACES, wild, PLACES), wild)
    same(interpolate_orientations(PLACES, wild, PLACES + 1e-5, neighbours=3), wild, 1e-3)


def test_everything_turned_together_turns_the_result():
    turn = rotation_matrix(50.0, 30.0, 70.0)
    angles = [from_axes(rotation_matrix(*row) @ turn.T) for row in MILD]
    found = interpolate_orientations(PLACES @ turn.T, angles, TARGETS @ turn.T)
    expected = [from_axes(rotation_matrix(*row) @ turn.T) for row in interpolate_orientations(PLACES, MILD, TARGETS)]
    same(found, expected)
    same(interpolate_orientations(PLACES + 1000.0, MILD, TARGETS + 1000.0), interpolate_orientations(PLACES, MILD, TARGETS), 1e-8)


def test_a_short_step_changes_little_also_where_the_neighbours_change():
    line = np.column_stack([np.linspace(0, 100, 20001), np.full(20001, 40.0), np.full(20001, 60.0)])
    for neighbours in (2, 4):
        found = tensors(interpolate_orientations(PLACES, MILD, line, neighbours=neighbours))
        assert np.abs(np.diff(found, axis=0)).max() < 0.01


def test_neither_the_order_of_readings_nor_other_targets_change_a_bit():
    plain = interpolate_orientations(PLACES, MILD, TARGETS)
    order = RNG.permutation(30)
    np.testing.assert_array_equal(interpolate_orientations(PLACES[order], MILD[order], TARGETS), plain)
    np.testing.assert_array_equal(interpolate_orientations(PLACES, MILD, TARGETS[7:9]), plain[7:9])
    corners = np.array([[x, y, z] for x in (0.0, 10.0) for y in (0.0, 10.0) for z in (0.0, 10.0)] * 2)  # equally far, and twice
    centre, some, order = [[5.0, 5.0, 5.0], [10.0, 5.0, 5.0], [0.0, 0.0, 0.0]], MILD[:16], RNG.permutation(16)
    for count in (3, 16):
        one, other = (interpolate_orientations(corners[by], some[by], centre, neighbours=count) for by in (np.arange(16), order))
        np.testing.assert_array_equal(one, other)


def test_readings_that_cancel_out_leave_the_nearest():
    crossed = interpolate_orientations(
        [[0, 0, 0], [10, 0, 0]], [[0, 90, 0], [90, 90, 0]], [[5.0, 0, 0], [4.0, 0, 0], [6.0, 0, 0]]
    )
    same(crossed[1:], [[0, 90, 0], [90, 90, 0]])
    same(crossed[:1], [[0, 90, 0]])


def test_weights_count_readings_that_often():
    twice = interpolate_orientations(
        [[0, 0, 0], [0, 0, 0], [10, 0, 0]], [[20, 60, 0], [20, 60, 0], [50, 80, 10]], TARGETS, neighbours=9
    )
    weighted = interpolate_orientations([[0, 0, 0], [10, 0, 0]], [[20, 60, 0], [50, 80, 10]], TARGETS, weights=[2.0, 1.0])
    same(twice, weighted)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"points": np.empty((0, 3)), "orientations": np.empty((0, 3))}, "there are 0 points"),
        ({"orientations": MILD[:3]}, "30 points, 3 orientations"),
        ({"neighbours": 0}, "0 neighbours"),
        ({"targets": [[0.0, np.nan, 0.0]]}, "targets have missing numbers, first in row 0"),
        ({"points": PLACES[:, :2]}, r"points have shape \(30, 2\)"),
        ({"weights": np.zeros(30)}, "above 0"),
    ],
)
def test_what_cannot_be_is_said(change, words):
    given = {"points": PLACES, "orientations": MILD, "targets": TARGETS} | change
    with pytest.raises(InputError, match=words):
        interpolate_orientations(given.pop("points"), given.pop("orientations"), given.pop("targets"), **given)


def plane(azimuth, dip):
    """Two triangles, one turned the other way, in a plane; and a point above it."""
    axes = rotation_matrix(azimuth, dip, 0.0)
    return np.array([[0, 0, 0], 10 * axes[0], 30 * axes[1], 10 * axes[0] + 30 * axes[1]]) + 5.0


@pytest.mark.parametrize(("azimuth", "dip"), [(35.0, 83.0), (215.0, 70.0), (300.0, 15.0), (120.0, 90.0)])
def test_a_surface_gives_the_plane_of_its_triangles_and_the_stated_rake(azimuth, dip):
    vertices = plane(azimuth, dip)
    places, angles, weights = readings_from_surface(vertices, np.array([[0, 1, 2], [1, 2, 3]]), rake=30.0, azimuth=azimuth)
    same(angles, [(azimuth, dip, 30.0)] * 2)
    np.testing.assert_allclose(weights, 150.0)
    np.testing.assert_allclose(places.mean(axis=0), vertices.mean(axis=0))
    reversed_ = readings_from_gradient(places, [-7.0 * rotation_matrix(azimuth, dip, 0.0)[2]] * 2, rake=30.0, azimuth=azimuth)
    same(reversed_[1], angles)


def test_the_major_axis_keeps_its_plunge_where_a_surface_passes_the_vertical():
    normals = [rotation_matrix(35.0, dip, 0.0)[2] for dip in (70.0, 89.0, 91.0, 100.0)]
    _, angles = readings_from_gradient(np.zeros((4, 3)), normals, rake=40.0, azimuth=30.0)
    np.testing.assert_allclose(angles, [[35.0, dip, 40.0] for dip in (70.0, 89.0, 91.0, 100.0)])
    _, by_rule = readings_from_gradient(np.zeros((4, 3)), normals, rake=40.0)
    np.testing.assert_allclose(by_rule[3], [215.0, 80.0, 40.0])


def test_triangles_without_area_are_refused():
    with pytest.raises(InputError, match="1 of 1 triangles have no direction, first number 0"):
        readings_from_surface(np.zeros((3, 3)), np.array([[0, 1, 2]]), rake=0.0)
    with pytest.raises(InputError, match="numbers of vertices"):
        readings_from_surface(np.zeros((3, 3)), np.array([[0.0, 1.0, 2.0]]), rake=0.0)
