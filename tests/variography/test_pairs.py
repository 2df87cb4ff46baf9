"""The pair kernel finds every pair once and no other, whatever the buckets."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.geometry.rotation import direction as direction_of
from scandia.variography._pairs import directional_sums, downhole_sums
from scandia.variography.experimental import frame_along, lag_limits
from scandia.variography.settings import Lags


def points(seed, count=150, holes=9):
    random = np.random.default_rng(seed)
    coordinates = random.uniform(0.0, [120.0, 90.0, 40.0], (count, 3))
    codes = np.sort(random.integers(0, holes, count))
    return coordinates, random.lognormal(0.0, 1.0, count), np.unique(codes, return_inverse=True)[1].astype(np.int64)


def brute_force(coordinates, values, holes, axis, lags):
    """All pairs at once, in NumPy: pairs, hole pairs and sums of lags 0, 1, …"""
    i, j = np.triu_indices(len(values), 1)
    vector = coordinates[j] - coordinates[i]
    along = vector @ (np.asarray(axis) / np.linalg.norm(axis))
    i, j = np.where(along < 0, j, i), np.where(along < 0, i, j)
    distance = np.linalg.norm(vector, axis=1)
    across = np.sqrt(np.maximum(distance**2 - along**2, 0.0))
    inside = (np.abs(along) >= np.cos(np.deg2rad(lags.angle)) * distance) & (across <= lags.bandwidth)
    pairs, hole_pairs, sums = [], [], []
    for lower, upper in zip(*lag_limits(lags), strict=True):
        here = inside & (distance >= lower) & (distance < upper)
        head, tail = values[j[here]], values[i[here]]
        pairs.append(here.sum())
        hole_pairs.append(len({(min(a, b), max(a, b)) for a, b in zip(holes[i[here]], holes[j[here]], strict=True)}))
        sums.append([distance[here].sum(), 0.5 * ((head - tail) ** 2).sum(), head.sum(), tail.sum()])
    return np.array(pairs), np.array(hole_pairs), np.array(sums)


def kernel(coordinates, values, holes, axis, lags):
    pairs, hole_pairs, sums, _ = directional_sums(
        coordinates, values, holes, frame_along(axis), *lag_limits(lags), lags.lag, lags.angle, lags.bandwidth
    )
    return pairs, hole_pairs, sums[:, :4]


@given(
    st.integers(0, 10**6),
    st.tuples(*[st.integers(-3, 3)] * 3).filter(any),
    st.sampled_from([5.0, 22.5, 45.0, 70.0, 90.0]),
    st.sampled_from([2.0, 15.0, 1000.0]),
    st.sampled_from([0.3, 0.5, 0.8, 1.0]),
    st.sampled_from([(3.0, 8), (10.0, 12), (40.0, 5)]),
)
def test_the_kernel_equals_all_pairs_at_once(seed, axis, angle, bandwidth, tolerance, lag):
    lags = Lags(lag=lag[0], count=lag[1], tolerance=tolerance, angle=angle, bandwidth=bandwidth)
    data = points(seed)
    mine, theirs = kernel(*data, axis, lags), brute_force(*data, axis, lags)
    np.testing.assert_array_equal(mine[0], theirs[0])
    np.testing.assert_array_equal(mine[1], theirs[1])
    np.testing.assert_allclose(mine[2], theirs[2], rtol=1e-9)


def test_on_a_grid_level_pairs_count_once_and_edges_are_in():
    x, y = (axis.ravel().astype(float) for axis in np.meshgrid(np.arange(6), np.arange(5)))
    coordinates = np.c_[x, y, np.zeros(30)]
    arguments = coordinates, np.arange(30.0), np.arange(30)
    omnidirectional = kernel(*arguments, [0, 0, 1], Lags(lag=1.0, count=2, tolerance=0.1, angle=90.0, bandwidth=99.0))
    assert omnidirectional[0].tolist() == [0, 5 * 5 + 6 * 4, 4 * 5 + 6 * 3]
    diagonal = kernel(*arguments, [1, 0, 0], Lags(lag=np.sqrt(2.0), count=2, tolerance=0.1, angle=45.0, bandwidth=1.0))
    assert diagonal[0].tolist() == [0, 2 * 5 * 4, 0]  # on the cone's edge and, for one diagonal, on the band's edge


def test_a_mirrored_direction_swaps_head_and_tail_and_nothing_else():
    data, lags = points(3), Lags(lag=10.0, count=8, angle=30.0, bandwidth=40.0)
    one, other = kernel(*data, [1, 2, -1], lags), kernel(*data, [-1, -2, 1], lags)
    np.testing.assert_array_equal(one[0], other[0])
    np.testing.assert_allclose(one[2], other[2][:, [0, 1, 3, 2]], rtol=1e-12)


def test_turning_points_and_direction_together_changes_nothing():
    coordinates, values, holes = points(5)
    lags = Lags(lag=10.0, count=8, angle=30.0, bandwidth=40.0)
    turn = np.linalg.qr(np.random.default_rng(2).normal(size=(3, 3)))[0]
    one = kernel(coordinates, values, holes, [1, 2, -1], lags)
    other = kernel(coordinates @ turn.T + 500.0, values, holes, turn @ [1, 2, -1], lags)
    np.testing.assert_array_equal(one[0], other[0])
    np.testing.assert_array_equal(one[1], other[1])
    np.testing.assert_allclose(one[2], other[2], rtol=1e-9)


def test_the_sums_are_the_same_bits_every_time():
    data, lags = points(6, 400), Lags(lag=10.0, count=8, angle=30.0, bandwidth=40.0)
    np.testing.assert_array_equal(kernel(*data, [1, 2, -1], lags)[2], kernel(*data, [1, 2, -1], lags)[2])


def test_points_on_one_line_or_in_one_place_are_no_obstacle():
    lags = Lags(lag=1.0, count=3, angle=10.0, bandwidth=1.0)
    line = np.c_[np.zeros(4), np.zeros(4), np.arange(4.0)]
    assert kernel(line, np.arange(4.0), np.zeros(4, np.int64), [0, 0, 1], lags)[0].tolist() == [0, 3, 2, 1]
    same = kernel(np.zeros((4, 3)), np.arange(4.0), np.zeros(4, np.int64), [0, 0, 1], lags)
    assert same[0].tolist() == [6, 0, 0, 0]


@given(st.integers(0, 10**6), st.sampled_from([0.3, 0.5, 1.0]))
def test_downhole_pairs_are_those_of_one_hole(seed, tolerance):
    random = np.random.default_rng(seed)
    holes = np.sort(random.integers(0, 6, 80))
    depths, values = random.uniform(0.0, 50.0, 80), random.normal(size=80)
    order = np.lexsort((depths, holes))
    holes, depths = np.unique(holes[order], return_inverse=True)[1], depths[order]
    lower, upper = lag_limits(Lags(lag=3.0, count=10, tolerance=tolerance, bandwidth=1.0))
    pairs, supported, sums, _ = downhole_sums(depths, values, holes, lower, upper)
    i, j = np.triu_indices(80, 1)
    distance = depths[j] - depths[i]
    for k in range(len(lower)):
        here = (holes[i] == holes[j]) & (distance >= lower[k]) & (distance < upper[k])
        assert pairs[k] == here.sum()
        assert supported[k] == len(set(holes[i[here]]))
        expected = [
            distance[here].sum(),
            0.5 * ((values[j] - values[i])[here] ** 2).sum(),
            values[j[here]].sum(),
            values[i[here]].sum(),
        ]
        np.testing.assert_allclose(sums[k, :4], expected, atol=1e-9)


@pytest.mark.parametrize("direction", ["omni", "north", "east"])
def test_gslib_gamv_finds_the_same_pairs_on_its_own_data(shared_data, direction):
    data = np.loadtxt(shared_data / "bench_cluster" / "cluster.dat", skiprows=7)
    lines = (shared_data / "bench_cluster" / "reference_gamv_default.out").read_text().splitlines()
    place = ["omni", "north", "east"].index(direction)
    heads = [k for k, line in enumerate(lines) if line.startswith("Semivariogram") and "Primary  " in line]
    reference = np.array([line.split() for line in lines[heads[place] + 2 : heads[place] + 13]], dtype=float)
    angle, bandwidth = (90.0, 50.0) if direction == "omni" else (22.5, 25.0)
    axis = [1.0, 0.0, 0.0] if direction == "east" else [0.0, 1.0, 0.0]
    lower, upper = lag_limits(Lags(lag=5.0, count=10, tolerance=0.6, angle=90.0, bandwidth=50.0))
    upper = np.nextafter(upper, np.inf)  # gamv's lags hold their upper end,
    upper[-1] = 52.5  # but none of its pairs is farther than half a lag beyond the last
    coordinates, values = np.c_[data[:, :2], np.zeros(len(data))], data[:, 2]
    pairs, _, sums, _ = directional_sums(
        coordinates, values, np.arange(len(data)), frame_along(axis), lower, upper, 5.0, angle, bandwidth
    )
    twice = 2 if direction == "omni" else 1  # gamv counts a pair in both senses when the angle is 90
    np.testing.assert_array_equal(twice * pairs, reference[:, 3])
    distance, semivariance, head, tail = (sums[:, :4] / pairs[:, None]).T
    np.testing.assert_allclose(distance, reference[:, 1], atol=6e-4)
    np.testing.assert_allclose(semivariance / np.var(values), reference[:, 2], atol=6e-6)
    if direction != "omni":
        np.testing.assert_allclose(np.sort([head, tail], axis=0), np.sort(reference[:, 4:6].T, axis=0), atol=6e-6)


@pytest.mark.parametrize("azimuth", [0.0, 45.0, 90.0, 135.0])
def test_r_gstat_finds_the_same_directional_variogram_of_the_meuse_zinc(shared_data, azimuth):
    data = pd.read_csv(shared_data / "bench_meuse" / "meuse.csv")
    lines = (shared_data / "bench_meuse" / "reference_gstat_rerun.txt").read_text().splitlines()
    start = next(k for k, line in enumerate(lines) if line.startswith("## directional variogram")) + 2
    reference = np.array([line.split()[1:5] for line in lines[start : start + 60]], dtype=float)
    reference = reference[reference[:, 3] == azimuth]
    width = np.hypot(np.ptp(data["x"]), np.ptp(data["y"])) / 45.0  # gstat's: a third of the diagonal in 15 lags from zero
    edges = width * np.arange(16)
    coordinates, axis = np.c_[data[["x", "y"]], np.zeros(len(data))], direction_of(azimuth, 0.0)
    pairs, _, sums, _ = directional_sums(
        coordinates,
        np.log(data["zinc"]).to_numpy(),
        np.arange(len(data)),
        frame_along(axis),
        edges[:-1],
        edges[1:],
        width,
        22.5,
        1e9,
    )
    np.testing.assert_array_equal(pairs, reference[:, 0])
    np.testing.assert_allclose(sums[:, 0] / pairs, reference[:, 1], rtol=1e-9)
    np.testing.assert_allclose(sums[:, 1] / pairs, reference[:, 2], rtol=1e-9)
