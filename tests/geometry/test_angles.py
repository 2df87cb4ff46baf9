"""Angles of other programs: hand-worked axes, formulas of their own, and round trips, all up to the sign of an axis."""

import numpy as np
import pytest
from gstools.tools.geometric import rotated_main_axes
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from scandia.errors import InputError
from scandia.geometry import angles
from scandia.geometry.rotation import direction, rotation_matrix

NORTH, EAST, UP = np.eye(3)[[1, 0, 2]]
RIGHT = st.sampled_from([-270.0, -180.0, -90.0, 0.0, 90.0, 180.0, 270.0, 360.0])
NEAR = st.builds(lambda right, small: right + small, RIGHT, st.sampled_from([0.0, 1e-13, -1e-11, 1e-9, -1e-7, 1e-5]))
ANGLES = st.tuples(*[st.one_of(st.floats(-360, 360), NEAR)] * 3)
DATAMINE_AXES = st.sampled_from([(3, 1, 3), (3, 2, 1), (3, 1, 2), (1, 2, 1), (2, 3, 1), (1, 3, 2), (2, 1, 2), (3, 2, 3)])
PROGRAMS = {
    "gslib": (angles.from_gslib, angles.to_gslib),
    "vulcan": (angles.from_vulcan, angles.to_vulcan),
    "leapfrog": (angles.from_leapfrog, angles.to_leapfrog),
    "datamine": (angles.from_datamine, angles.to_datamine),
    "gstools": (angles.from_gstools, angles.to_gstools),
}


def assert_same_axes(first, second, atol=2e-14):
    """Rows are equal up to the sign of each."""
    sign = np.sign(np.sum(np.asarray(first) * second, axis=1))
    np.testing.assert_allclose(sign[:, None] * first, second, atol=atol)


def setrot(ang1, ang2, ang3):
    """Rotation matrix of GSLIB's subroutine setrot, its lines typed again from kt3d, without the anisotropy factors."""
    alpha, beta, theta = np.deg2rad(90.0 - ang1), -np.deg2rad(ang2), np.deg2rad(ang3)
    sina, sinb, sint, cosa, cosb, cost = np.sin(alpha), np.sin(beta), np.sin(theta), np.cos(alpha), np.cos(beta), np.cos(theta)
    return np.array(
        [
            [cosb * cosa, cosb * sina, -sinb],
            [-cost * sina + sint * sinb * cosa, cost * cosa + sint * sinb * sina, sint * cosb],
            [sint * sina + cost * sinb * cosa, -sint * cosa + cost * sinb * sina, cost * cosb],
        ]
    )


# --- our own angles


@given(ANGLES, st.tuples(*[st.sampled_from([-1.0, 1.0])] * 3))
def test_axes_give_their_angles_back_whatever_their_signs(given_angles, signs):
    axes = rotation_matrix(*given_angles)
    azimuth, dip, rake = angles.from_axes(axes * np.array(signs)[:, None])
    assert_same_axes(rotation_matrix(azimuth, dip, rake), axes)
    assert 0.0 <= azimuth < 360.0
    assert 0.0 <= dip <= 90.0
    assert -90.0 < rake <= 90.0


@given(st.floats(0, 359.9), st.floats(0.1, 89.9), st.floats(-89.9, 89.9))
def test_plain_angles_come_back_as_they_are(azimuth, dip, rake):
    np.testing.assert_allclose(angles.from_axes(rotation_matrix(azimuth, dip, rake)), (azimuth, dip, rake), atol=1e-10)


def test_a_flat_plane_has_no_rake_and_a_vertical_one_the_smaller_strike():
    np.testing.assert_allclose(angles.from_axes(rotation_matrix(20, 0, 30)), (50, 0, 0), atol=1e-12)
    np.testing.assert_allclose(angles.from_axes(rotation_matrix(215, 90, 10)), (35, 90, -10), atol=1e-12)


# --- every program


@pytest.mark.parametrize("name", PROGRAMS)
@given(given_angles=ANGLES)
def test_there_and_back_is_the_same_ellipsoid(name, given_angles):
    from_program, to_program = PROGRAMS[name]
    back = from_program(*to_program(*given_angles))
    assert_same_axes(rotation_matrix(*back), rotation_matrix(*given_angles))


@pytest.mark.parametrize("name", PROGRAMS)
@given(given_angles=ANGLES)
def test_back_and_there_is_the_same_ellipsoid(name, given_angles):
    from_program, to_program = PROGRAMS[name]
    there = to_program(*from_program(*given_angles))
    assert_same_axes(rotation_matrix(*from_program(*there)), rotation_matrix(*from_program(*given_angles)))


@pytest.mark.parametrize("name", PROGRAMS)
@given(given_angles=ANGLES)
def test_angles_are_plain_floats_within_their_limits(name, given_angles):
    found = PROGRAMS[name][1](*given_angles)
    assert all(type(angle) is float for angle in found)
    low, high = {
        "gslib": ((0, -90, -90), (360, 0, 90)),
        "vulcan": ((0, -90, -90), (360, 0, 90)),
        "leapfrog": ((0, 0, 0), (90, 360, 180)),
        "datamine": ((-180, 0, -180), (180, 180, 180)),
        "gstools": ((-np.pi, -np.pi / 2, -np.pi), (np.pi, np.pi / 2, np.pi)),
    }[name]
    assert np.all(np.array(found) >= np.array(low) - 1e-10)
    assert np.all(np.array(found) <= np.array(high) + 1e-10)


# --- GSLIB


@given(ANGLES)
def test_gslib_s_angles_have_the_axes_of_setrot(given_angles):
    assert_same_axes(rotation_matrix(*angles.from_gslib(*given_angles)), setrot(*given_angles))


def test_gslib_s_35_0_minus_60_of_the_reference_problem():
    # the matrix of the kriging benchmark: the semi-major axis falls by 60 degrees to the left of N035, towards N305
    matrix = [
        [0.573576436351046, 0.819152044288992, 0.0],
        [-0.409576022144496, 0.286788218175523, -0.866025403784439],
        [-0.709406479814632, 0.496731764892154, 0.5],
    ]
    np.testing.assert_allclose(setrot(35, 0, -60), matrix, atol=1e-14)
    azimuth, dip, rake = angles.from_gslib(35, 0, -60)
    assert (azimuth, dip, rake) == (pytest.approx(215), pytest.approx(60), pytest.approx(0, abs=1e-12))
    assert_same_axes(rotation_matrix(azimuth, dip, rake), matrix)
    assert_same_axes(rotation_matrix(35, -60, 0), matrix)  # the same plane, its dip said from the other end of the strike
    np.testing.assert_allclose(angles.to_gslib(215, 60, 0), (215, 0, 60), atol=1e-12)


@pytest.mark.parametrize(
    ("given_angles", "major", "semi"),
    [
        ((0, 0, 0), NORTH, EAST),
        ((90, 0, 0), EAST, NORTH),
        ((0, -90, 0), UP, EAST),  # negative is down
        ((30, -20, 0), direction(30, -20), direction(120, 0)),
        ((0, 0, 90), NORTH, UP),
        ((0, 0, 30), NORTH, direction(270, 30)),  # positive lifts the axis on the left
    ],
)
def test_gslib_s_axes_by_hand(given_angles, major, semi):
    assert_same_axes(rotation_matrix(*angles.from_gslib(*given_angles))[:2], [major, semi])


# --- Vulcan


@pytest.mark.parametrize(
    ("given_angles", "major", "semi"),
    [
        ((0, 0, 0), NORTH, EAST),
        ((60, -25, 0), direction(60, -25), direction(150, 0)),  # a negative plunge points down [Maptek2024]
        ((0, 0, 30), NORTH, direction(270, -30)),  # GeoStatsBase.jl's sign, not verified by a document of Maptek's
    ],
)
def test_vulcan_s_axes_by_hand(given_angles, major, semi):
    assert_same_axes(rotation_matrix(*angles.from_vulcan(*given_angles))[:2], [major, semi])


def test_vulcan_gslib_and_datamine_agree_as_in_the_tests_of_geostatsbase():
    gslib = rotation_matrix(*angles.from_gslib(70, -30, 20))
    assert_same_axes(rotation_matrix(*angles.from_vulcan(70, -30, -20)), gslib)
    datamine = rotation_matrix(*angles.from_datamine(70, 30, -20, axes=(3, 1, 2)))
    assert_same_axes(datamine[[1, 0, 2]], gslib)  # there Datamine's y is the principal axis


# --- Leapfrog


@given(ANGLES)
def test_leapfrog_s_angles_turn_clockwise_about_z_x_z(given_angles):
    dip, dip_azimuth, pitch = given_angles
    turned = Rotation.from_euler("ZXZ", [-dip_azimuth, -dip, -pitch], degrees=True).as_matrix()
    assert_same_axes(rotation_matrix(*angles.from_leapfrog(dip, dip_azimuth, pitch)), turned.T)


def test_leapfrog_s_axes_are_those_of_a_point_in_seequent_s_own_tests():
    # dip azimuth 124, dip 63.5, pitch 22.1 take (2, 5, 2.5) to this point, with major, semi-major, minor along x, y, z
    expected = [1.2020506, -5.31502659, -2.35702497]
    major, semi, minor = rotation_matrix(*angles.from_leapfrog(63.5, 124.0, 22.1))
    np.testing.assert_allclose(-2.0 * major + 5.0 * semi - 2.5 * minor, expected, atol=1e-7)


@pytest.mark.parametrize(
    ("dip", "dip_azimuth", "pitch", "major"),
    [
        (60, 125, 0, direction(35, 0)),  # along the strike that has the dip to its right
        (60, 125, 90, direction(125, -60)),  # down the dip
        (90, 125, 30, direction(35, -30)),
        (90, 125, 150, direction(215, -30)),
    ],
)
def test_leapfrog_s_major_axis_by_hand(dip, dip_azimuth, pitch, major):
    assert_same_axes(rotation_matrix(*angles.from_leapfrog(dip, dip_azimuth, pitch))[:1], [major])
    np.testing.assert_allclose(
        angles.to_leapfrog(*angles.from_leapfrog(dip, dip_azimuth, pitch)), (dip, dip_azimuth, pitch), atol=1e-10
    )


def test_leapfrog_s_angles_are_ours_with_the_dip_azimuth_for_the_strike():
    np.testing.assert_allclose(angles.from_leapfrog(60, 125, 20), (35, 60, 20), atol=1e-12)
    np.testing.assert_allclose(angles.to_leapfrog(35, 60, -20), (60, 125, 160), atol=1e-12)


# --- Datamine


@given(DATAMINE_AXES, ANGLES)
def test_datamine_s_angles_turn_clockwise_about_the_named_axes(axes, given_angles):
    names = "".join("XYZ"[axis - 1] for axis in axes)
    turned = Rotation.from_euler(names, -np.array(given_angles), degrees=True).as_matrix()
    assert_same_axes(rotation_matrix(*angles.from_datamine(*given_angles, axes=axes)), turned.T)


@given(DATAMINE_AXES, ANGLES)
def test_datamine_there_and_back_about_any_axes(axes, given_angles):
    back = angles.from_datamine(*angles.to_datamine(*given_angles, axes=axes), axes=axes)
    assert_same_axes(rotation_matrix(*back), rotation_matrix(*given_angles))


@pytest.mark.parametrize(
    ("given_angles", "axes"),
    [
        # Datamine's own example of one model spelled twice: 20 m along 180/60, 60 m along 90/0, 120 m along 0/30 (dips down);
        ((-90, -30, 180), (3, 2, 1)),  # once with x, y, z as the axes of 120, 60 and 20 m,
        ((0, 0, 30), (3, 2, 1)),  # once as those of 60, 120 and 20 m
    ],
)
def test_datamine_s_own_example_of_two_spellings(given_angles, axes):
    found = rotation_matrix(*angles.from_datamine(*given_angles, axes=axes))
    expected = np.array([direction(0, -30), direction(90, 0), direction(180, -60)])
    assert_same_axes(found, expected if given_angles[0] else expected[[1, 0, 2]])


def test_datamine_s_default_axes_take_leapfrog_s_angles():
    np.testing.assert_allclose(angles.from_datamine(125, 60, 20), angles.from_leapfrog(60, 125, 20), atol=1e-12)
    np.testing.assert_allclose(angles.to_datamine(35, 60, 20), (125, 60, 20), atol=1e-12)


def test_datamine_s_first_turn_is_an_azimuth_and_the_second_a_dip():
    # its help: A about z turns the search clockwise, B about the new x dips it
    axes = rotation_matrix(*angles.from_datamine(30, 40, 0))
    assert_same_axes(axes[:2], [direction(120, 0), direction(30, -40)])


def test_datamine_s_axes_that_are_none_are_refused():
    with pytest.raises(InputError, match=r"rotation axes are \(3, 0, 3\); they must be three of 1 \(x\), 2 \(y\) and 3 \(z\)"):
        angles.from_datamine(1, 2, 3, axes=(3, 0, 3))
    with pytest.raises(InputError, match=r"rotation axes are \(3, 3, 1\); neighbours must differ"):
        angles.to_datamine(1, 2, 3, axes=(3, 3, 1))
    # to read they need not differ: two turns about one axis are their sum
    np.testing.assert_allclose(angles.from_datamine(10, 20, 30, axes=(3, 3, 1)), angles.from_datamine(30, 30, 0), atol=1e-12)


# --- GSTools


@given(st.tuples(*[st.floats(-7, 7)] * 3))
def test_gstools_angles_have_the_axes_that_gstools_gives_them(given_angles):
    assert_same_axes(rotation_matrix(*angles.from_gstools(*given_angles)), rotated_main_axes(3, given_angles))


@given(ANGLES)
def test_gstools_is_given_right_angles_in_radians(given_angles):
    assert_same_axes(rotated_main_axes(3, angles.to_gstools(*given_angles)), rotation_matrix(*given_angles))


# --- the table of docs/conventions.md


@pytest.mark.parametrize(
    ("ours", "gslib", "leapfrog", "datamine", "vulcan"),
    [
        ((35, 90, 0), (35, 0, 90), (90, 125, 0), (125, 90, 0), (35, 0, -90)),
        ((35, 60, 0), (35, 0, 60), (60, 125, 0), (125, 60, 0), (35, 0, -60)),
        ((35, 60, 90), (125, -60, 0), (60, 125, 90), (125, 60, 90), (125, -60, 0)),
        ((35, 60, 30), (51.10, -25.66, 56.31), (60, 125, 30), (125, 60, 30), (51.10, -25.66, -56.31)),
        ((215, 60, 0), (35, 0, -60), (60, 305, 0), (305, 60, 0), (35, 0, 60)),
    ],
)
def test_the_rows_of_the_printed_table_are_one_ellipsoid(ours, gslib, leapfrog, datamine, vulcan):
    axes, printed = rotation_matrix(*ours), 2e-4  # two printed decimals
    assert_same_axes(rotation_matrix(*angles.from_gslib(*gslib)), axes, atol=printed)
    assert_same_axes(rotation_matrix(*angles.from_leapfrog(*leapfrog)), axes)
    assert_same_axes(rotation_matrix(*angles.from_datamine(*datamine)), axes)
    assert_same_axes(rotation_matrix(*angles.from_vulcan(*vulcan)), axes, atol=printed)


def test_angles_come_out_as_people_write_them():
    np.testing.assert_allclose(angles.to_gslib(35, 90, 0), (35, 0, 90), atol=1e-12)
    np.testing.assert_allclose(angles.to_vulcan(35, 60, 90), (125, -60, 0), atol=1e-12)
    np.testing.assert_allclose(angles.to_datamine(35, 90, 0), (125, 90, 0), atol=1e-12)
    np.testing.assert_allclose(angles.to_datamine(0, 0, 0), (90, 0, 0), atol=1e-12)
