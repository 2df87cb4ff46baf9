"""World and mine-grid coordinates and bearings agree with each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.geometry.minegrid import MineGrid, local_azimuth, to_local, to_world
from scandia.geometry.rotation import azimuth_dip, direction

GRIDS = st.builds(
    MineGrid,
    azimuth=st.floats(-360, 360),
    easting=st.floats(-1e6, 1e6),
    northing=st.floats(-1e6, 1e6),
    x=st.floats(-1e4, 1e4),
    y=st.floats(-1e4, 1e4),
)


def test_the_tie_point_is_itself():
    grid = MineGrid(azimuth=35, easting=440_000, northing=6_000_000, x=1000, y=450)
    assert to_local(grid, 440_000, 6_000_000) == (1000, 450)
    assert to_world(grid, 1000, 450) == (440_000, 6_000_000)


def test_local_y_runs_towards_the_azimuth_and_x_to_the_right_of_it():
    grid = MineGrid(azimuth=35, easting=100, northing=200)
    np.testing.assert_allclose(to_world(grid, 0, 10), 10 * direction(35, 0)[:2] + [100, 200])
    np.testing.assert_allclose(to_world(grid, 10, 0), 10 * direction(125, 0)[:2] + [100, 200])


@pytest.mark.parametrize(("azimuth", "local"), [(0, (3, 4)), (90, (-4, 3)), (180, (-3, -4)), (270, (4, -3))])
def test_quarter_turns_by_hand(azimuth, local):
    np.testing.assert_allclose(to_local(MineGrid(azimuth=azimuth), 3, 4), local, atol=1e-15)


@given(GRIDS, st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_there_and_back_is_the_same_place(grid, easting, northing):
    np.testing.assert_allclose(to_world(grid, *to_local(grid, easting, northing)), (easting, northing), atol=1e-8)


@given(GRIDS, st.tuples(*[st.floats(-1e5, 1e5)] * 4))
def test_distances_are_kept(grid, ends):
    e1, n1, e2, n2 = ends
    (x1, y1), (x2, y2) = to_local(grid, e1, n1), to_local(grid, e2, n2)
    assert np.hypot(x2 - x1, y2 - y1) == pytest.approx(np.hypot(e2 - e1, n2 - n1), abs=1e-8)


@given(st.builds(MineGrid, azimuth=st.integers(-360, 360)), st.integers(0, 360))
def test_a_local_bearing_is_the_world_bearing_seen_from_mine_north(grid, azimuth):
    start, step = np.zeros(2), 1000 * direction(azimuth, 0)[:2]
    x1, y1 = to_local(grid, *start)
    x2, y2 = to_local(grid, *step)
    seen = azimuth_dip(np.array([x2 - x1, y2 - y1, 0.0]))[0]
    difference = local_azimuth(grid, azimuth) - seen
    assert (difference + 180) % 360 - 180 == pytest.approx(0, abs=1e-6)
    assert 0 <= local_azimuth(grid, azimuth) < 360


def test_arrays_keep_their_shape():
    x, y = to_local(MineGrid(azimuth=20), np.zeros((2, 3)), np.ones((2, 3)))
    assert x.shape == y.shape == (2, 3)
