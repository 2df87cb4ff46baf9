"""The ground surface: exact on planes, NaN outside, and errors that name the coordinate."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.errors import InputError
from scandia.geometry.surface import elevation_at, surface_from_points, surface_from_table, surveyed_at


def table(east=(440000.0, 440010.0, 440020.0), north=(6133000.0, 6133020.0), height=lambda e, n: 500 + 0.1 * (e - 440000)):
    e, n = np.meshgrid(east, north)
    return pd.DataFrame({"easting": e.ravel(), "northing": n.ravel(), "elevation": height(e, n).ravel()})


def test_bilinear_elevation_is_exact_on_a_twisted_plane():
    surface = surface_from_table(
        table(height=lambda e, n: 500 + 0.1 * (e - 440000) - 0.2 * (n - 6133000) + 0.01 * (e - 440000) * (n - 6133000))
    )
    east, north = np.array([440003.0, 440017.5]), np.array([6133004.0, 6133011.0])
    expected = 500 + 0.1 * (east - 440000) - 0.2 * (north - 6133000) + 0.01 * (east - 440000) * (north - 6133000)
    np.testing.assert_allclose(elevation_at(surface, east, north), expected, rtol=0, atol=1e-9)


def test_four_unequal_corners_give_the_hand_worked_mean_in_the_middle():
    surface = surface_from_table(
        pd.DataFrame({"easting": [0, 10, 0, 10.0], "northing": [0, 0, 20, 20.0], "elevation": [1, 2, 3, 8.0]})
    )
    assert elevation_at(surface, 5, 10) == pytest.approx(3.5)
    assert elevation_at(surface, 10, 5) == pytest.approx(2 + 6 / 4)  # towards the north-east corner, not the north-west one


def test_nodes_and_edges_belong_to_the_surface_and_the_ground_outside_is_missing():
    surface = surface_from_table(table())
    assert elevation_at(surface, 440020.0, 6133020.0) == pytest.approx(502.0)
    outside = elevation_at(surface, [[439999.99, 440020.01], [440005, 440005]], [[6133001, 6133001], [6132999.9, 6133020.1]])
    assert outside.shape == (2, 2)
    assert np.isnan(outside).all()


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(random):
    frame = table(height=lambda e, n: np.sin(e) + n)
    order = list(range(len(frame)))
    random.shuffle(order)
    shuffled, plain = surface_from_table(frame.iloc[order]), surface_from_table(frame)
    np.testing.assert_array_equal(shuffled.elevation, plain.elevation)
    np.testing.assert_array_equal(shuffled.easting, plain.easting)


def test_coordinates_rounded_to_centimetres_are_still_regular():
    east = np.round(440000 + np.arange(7) * 10 / 3, 2)
    assert surface_from_table(table(east=east)).easting.size == 7


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (table().drop(index=4), "easting 440010, northing 6133020 is missing"),
        (pd.concat([table(), table().iloc[[1]]]), "easting 440010, northing 6133000 occurs more than once"),
        (table(east=(0.0, 10.0, 20.0, 40.0)), "easting goes from 20 to 40"),
        (table().assign(elevation=[1, 2, np.nan, 4, np.nan, 6]), "easting 440020, northing 6133000 has no elevation"),
        (table().assign(northing=[1, 2, np.nan, 4, 5, 6]), "northing that is not a number in line 3"),
        (table(north=(6133000.0,)), "1 northing; a grid needs at least 2"),
    ],
)
def test_a_table_that_is_no_full_regular_grid_is_refused_at_its_first_coordinate(frame, words):
    with pytest.raises(InputError, match=words):
        surface_from_table(frame)


def drawn(points, spacing=5.0, margin=200.0):
    return surface_from_points(*np.asarray(points, dtype=float).T, spacing=spacing, margin=margin)


CORNERS = [(5000.0, 7000.0, 0.0), (5100.0, 7000.0, 20.0), (5000.0, 7100.0, 40.0), (5100.0, 7100.0, 60.0)]


def test_beyond_the_points_the_ground_is_that_of_the_nearest_place_of_their_hull():
    surface = drawn(CORNERS)
    assert elevation_at(surface, 5050.0, 6900.0) == pytest.approx(10.0)  # the middle of the southern edge, not a corner
    assert elevation_at(surface, 4900.0, 7025.0) == pytest.approx(10.0)
    assert elevation_at(surface, 5200.0, 7200.0) == pytest.approx(60.0)


def test_beyond_the_points_there_are_no_cliffs():
    surface = drawn([*CORNERS, (5050.0, 7050.0, 500.0)])  # a peak inside; the edges of the hull rise by 40 and 20 m in 100 m
    beyond = ~surveyed_at(surface, *np.meshgrid(surface.easting, surface.northing))
    assert beyond.mean() > 0.9
    for axis, steepest in ((0, 0.4), (1, 0.2)):
        step = np.abs(np.diff(surface.elevation, axis=axis)) / 5.0
        assert step[np.delete(beyond, -1, axis) & np.delete(beyond, 0, axis)].max() == pytest.approx(steepest)
    assert surface.elevation[beyond].min() >= 0.0 and surface.elevation[beyond].max() <= 60.0


def test_the_ground_is_known_between_the_points_alone_and_on_a_survey_everywhere():
    surface = drawn(CORNERS[:3])
    assert surveyed_at(surface, [5030.0, 5060.0, 4990.0], [7030.0, 7060.0, 7050.0]).tolist() == [True, False, False]
    assert surveyed_at(surface_from_table(table()), [440005.0, 439990.0], 6133010.0).tolist() == [True, False]


def test_points_on_one_line_are_refused():
    with pytest.raises(InputError, match="4 places of the points lie on one line"):
        drawn([(10.0 * k, 20.0 * k, k) for k in range(4)])
