"""Maps and fans hold every pair where it belongs, and threads change no bit."""

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from scandia.geometry.rotation import rotation_matrix
from scandia.variography._loops import BLOCK
from scandia.variography._pairs import directional_sums
from scandia.variography.experimental import directional, directions, frame_along, lag_limits
from scandia.variography.exploration import PLANES, variogram_fans, variogram_maps
from scandia.variography.settings import Lags

AXES = rotation_matrix(30.0, 70.0, 20.0)


def points(count=200, seed=4):
    random = np.random.default_rng(seed)
    return random.uniform(0.0, [90.0, 70.0, 40.0], (count, 3)), random.lognormal(size=count)


@pytest.mark.parametrize("plane", list(PLANES))
def test_a_map_equals_all_pairs_at_once_and_is_its_own_mirror(plane):
    coordinates, values = points()
    table = variogram_maps(coordinates, values, AXES, 12.0, 4, 8.0)
    rows = table[table["plane"] == plane]
    i, j = np.nonzero(~np.eye(len(values), dtype=bool))  # every pair in both senses
    first, second, away = ((coordinates[j] - coordinates[i]) @ AXES[list(PLANES[plane])].T).T
    near = np.abs(away) <= 8.0
    for row in rows.itertuples():
        here = near & (np.abs(first - row.first) < 6.0) & (np.abs(second - row.second) < 6.0)
        assert row.pairs == here.sum()
        if here.any():
            assert row.gamma == pytest.approx(0.5 * np.mean((values[j] - values[i])[here] ** 2), rel=1e-9)
    grid = rows.pivot_table(index="first", columns="second", values="gamma", dropna=False).to_numpy()
    np.testing.assert_array_equal(grid, grid[::-1, ::-1])


def test_a_fan_holds_the_variogram_of_each_of_its_directions():
    coordinates, values = points()
    lags = Lags(lag=10.0, count=5, angle=25.0, bandwidth=15.0)
    fan = variogram_fans(coordinates, values, np.arange(200), AXES, lags, step=45.0)
    turned = np.cos(np.deg2rad(135.0)) * AXES[0] + np.sin(np.deg2rad(135.0)) * AXES[2]
    expected = directional(coordinates, values, np.arange(200), turned, lags)
    rows = fan[(fan["plane"] == "major-minor") & (fan["angle"] == 135.0)].reset_index(drop=True)
    assert_frame_equal(rows[["gamma", "pairs"]], expected[["gamma", "pairs"]], check_exact=True)
    assert sorted(set(fan["angle"])) == [0.0, 45.0, 90.0, 135.0]


def test_a_fan_finds_the_axis_of_a_field_that_is_longer_one_way():
    random = np.random.default_rng(9)
    coordinates = random.uniform(0.0, [300.0, 300.0, 5.0], (1200, 3))
    direction = np.array([np.sin(np.deg2rad(60.0)), np.cos(np.deg2rad(60.0)), 0.0])
    across = coordinates @ np.array([direction[1], -direction[0], 0.0])
    values = np.sin(across / 12.0) + 0.1 * random.normal(size=1200)
    axes = rotation_matrix(0.0, 0.0, 0.0)
    lags = Lags(lag=20.0, count=5, angle=10.0, bandwidth=15.0)
    fan = variogram_fans(coordinates, values, np.arange(1200), axes, lags, step=15.0)
    rows = fan[(fan["plane"] == "major-semi") & (fan["pairs"] >= 30)]
    angle = np.deg2rad(rows.groupby("angle")["gamma"].mean().idxmin())
    assert abs((np.cos(angle) * axes[0] + np.sin(angle) * axes[1]) @ direction) > np.cos(np.deg2rad(1.0))


def test_threads_change_no_bit():
    coordinates, values = points(2 * BLOCK + 77)
    holes, lags = np.arange(len(values)) // 50, Lags(lag=3.0, count=4, angle=30.0, bandwidth=4.0)
    one, three = (directional(coordinates, values, holes, [1, 2, 0], lags, threads=n) for n in (1, 3))
    assert_frame_equal(one, three, check_exact=True)
    assert one["pairs"].min() > 1000
    first, second = (variogram_maps(coordinates, values, AXES, 2.0, 2, 1.0, threads=n) for n in (1, 3))
    assert_frame_equal(first, second, check_exact=True)
    robust = [directional(coordinates, values, holes, [1, 2, 0], lags, estimator="dowd", threads=n) for n in (1, 3)]
    assert_frame_equal(*robust, check_exact=True)


def test_blocks_hold_each_pair_and_each_pair_of_holes_once(monkeypatch):
    coordinates, values = points(400)
    holes, lags = np.arange(400) // 30, Lags(lag=8.0, count=5, angle=40.0, bandwidth=20.0)
    whole = directional(coordinates, values, holes, [0, 1, 1], lags)
    monkeypatch.setattr("scandia.variography._pairs.BLOCK", 64)
    cut = directional(coordinates, values, holes, [0, 1, 1], lags)
    assert_frame_equal(whole[["pairs", "hole_pairs"]], cut[["pairs", "hole_pairs"]], check_exact=True)
    np.testing.assert_allclose(whole["gamma"], cut["gamma"], rtol=1e-12)


def test_several_directions_are_those_one_by_one():
    coordinates, values = points()
    lags = Lags(lag=10.0, count=5, angle=25.0, bandwidth=15.0)
    for axis, table in zip(AXES, directions(coordinates, values, np.arange(200), AXES, lags), strict=True):
        assert_frame_equal(table, directional(coordinates, values, np.arange(200), axis, lags), check_exact=True)


@pytest.mark.parametrize("axis", [[1, 2, -1], [0, 0, 1], [3, 1, 0]])
def test_two_bandwidths_cut_a_box_level_and_upright(axis):
    coordinates, values = points()
    frame = frame_along(axis)
    assert frame[0, 2] == pytest.approx(0.0, abs=1e-15)  # the first row is level
    np.testing.assert_allclose(frame @ frame.T, np.eye(3), atol=1e-12)
    lower, upper = lag_limits(Lags(lag=10.0, count=6, bandwidth=1.0))
    pairs = directional_sums(coordinates, values, np.arange(200), frame, lower, upper, 10.0, 50.0, 12.0, vertical_bandwidth=5.0)[
        0
    ]
    i, j = np.triu_indices(200, 1)
    level, upright, along = np.abs((coordinates[j] - coordinates[i]) @ frame.T).T
    distance = np.linalg.norm(coordinates[j] - coordinates[i], axis=1)
    inside = (level <= 12.0) & (upright <= 5.0) & (along >= np.cos(np.deg2rad(50.0)) * distance)
    expected = [(inside & (distance >= low) & (distance < high)).sum() for low, high in zip(lower, upper, strict=True)]
    assert pairs.tolist() == expected
