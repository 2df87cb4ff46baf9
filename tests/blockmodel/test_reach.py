"""The gate between holes and grid: holes that touch it, and what is said where none does."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.blockmodel.reach import accept_grid, segments_touch
from scandia.blockmodel.settings import GridSettings
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid, to_world

MINE_GRID = MineGrid(azimuth=35.0, easting=440870.0, northing=6133665.0, x=500.0, y=450.0)
GRID = GridSettings(origin=(0.0, 0.0, 0.0), size=(10.0, 10.0, 5.0), count=(10, 20, 8))  # x to 100, y to 200, z to 40
BOX = np.zeros(3), np.array([4.0, 4.0, 4.0])
corner = st.tuples(*[st.integers(-4, 8)] * 3)


def stations(*holes):
    """Stations of straight holes, each from one local point to another."""
    rows = []
    for number, ends in enumerate(holes):
        for depth, (x, y, z) in zip((0.0, 50.0), ends, strict=True):
            easting, northing = to_world(MINE_GRID, x, y)
            rows.append((f"H{number}", depth, float(easting), float(northing), z))
    return pd.DataFrame(rows, columns=["hole", "depth", "easting", "northing", "elevation"])


@given(corner, corner)
def test_a_segment_with_a_point_in_the_box_touches_it_and_one_clear_of_a_wider_box_does_not(start, end):
    start, end = np.array([start], dtype=float), np.array([end], dtype=float)
    points = start + np.linspace(0.0, 1.0, 3001)[:, None] * (end - start)
    clear = np.maximum(BOX[0] - points, points - BOX[1]).max(axis=1).min()  # of the box; 0 or below is inside
    touches = bool(segments_touch(start, end, *BOX)[0])
    assert touches or clear > 0.0
    assert not touches or clear < 0.01
    assert touches == bool(segments_touch(end, start, *BOX)[0])


def test_a_hole_that_runs_through_with_both_ends_outside_counts():
    through, beside = ((50.0, 100.0, 300.0), (50.0, 100.0, -300.0)), ((-50.0, 100.0, 300.0), (-50.0, 100.0, -300.0))
    assert accept_grid(stations(through, beside), GRID, MINE_GRID) == "The block grid is accepted: 1 of 2 holes run through it.\n"


def test_the_step_from_one_hole_to_the_next_is_no_hole():
    either_side = ((-50.0, 100.0, 20.0), (-51.0, 100.0, 20.0)), ((151.0, 100.0, 20.0), (150.0, 100.0, 20.0))
    with pytest.raises(InputError, match="none of the 2 holes"):
        accept_grid(stations(*either_side), GRID, MINE_GRID)


def test_a_grid_away_from_the_holes_is_refused_with_both_extents_what_is_allowed_and_a_hint():
    hole = ((500.0, 450.0, 540.0), (450.0, 450.0, 320.0))
    with pytest.raises(InputError) as caught:
        accept_grid(stations(hole).sample(frac=1.0, random_state=1), GRID, MINE_GRID)
    for words in (
        "model.grid: origin [0.0, 0.0, 0.0]",
        "x 0 to 100, y 0 to 200, z 0 to 40 m",
        "x 450 to 500, y 450 to 450, z 320 to 540 m",
        "Allowed is",
        "Hint: ",
    ):
        assert words in str(caught.value)
