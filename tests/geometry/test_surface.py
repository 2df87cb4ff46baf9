"""The ground surface: exact on planes, NaN outside, and errors that name the coordinate."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.errors import InputError
from scandia.geometry.surface import elevation_at, surface_from_table


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
