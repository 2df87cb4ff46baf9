"""Cell declustering: weights add up, a regular grid is left alone, and GSLIB's declus finds the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from scandia.errors import InputError
from scandia.statistics.declustering import decluster, decluster_cells
from scandia.statistics.settings import Declustering


def settings(**changes):
    return Declustering(**({"size": 20.0, "smallest": 5.0, "largest": 60.0, "sizes": 12} | changes))


def clustered(domain="a", seed=0):
    random = np.random.default_rng(seed)
    places = np.r_[random.uniform(0.0, 100.0, (40, 3)), random.normal(30.0, 3.0, (60, 3))]
    frame = pd.DataFrame(places, columns=["x", "y", "z"]).assign(domain=domain, to=np.arange(100.0) + 1.0)
    frame["hole"] = [f"H{k % 7}" for k in range(100)]
    frame["from"] = np.arange(100.0)
    return frame.assign(grade=np.r_[random.lognormal(0.0, 0.3, 40), random.lognormal(1.0, 0.3, 60)], grade_coverage=1.0)


@pytest.fixture(scope="module")
def gslib(shared_data):
    folder = shared_data / "bench_cluster"
    data = np.loadtxt(folder / "cluster.dat", skiprows=7)
    curve = np.loadtxt(folder / "reference_declus_default.sum", skiprows=4)[1:]
    weights = np.loadtxt(folder / "reference_declus_default.out", skiprows=8)[:, -1]
    return np.c_[data[:, :2], np.zeros(len(data))], data[:, 2], curve, weights


def test_gslib_declus_finds_the_same_mean_at_every_cell_size(gslib):
    coordinates, values, curve, _ = gslib
    means = [np.mean(decluster_cells(coordinates, np.full(3, size), 5) * values) for size in curve[:, 0]]
    np.testing.assert_allclose(means, curve[:, 1], atol=5.1e-4)  # printed with three decimals
    assert min(means) == pytest.approx(2.524, abs=5e-4)
    assert curve[np.argmin(means), 0] == 5.0


def test_gslib_declus_finds_the_same_weights(gslib):
    coordinates, _, _, weights = gslib
    np.testing.assert_allclose(decluster_cells(coordinates, np.full(3, 5.0), 5), weights, atol=5.1e-6)


@given(st.integers(0, 10**6), st.floats(1.0, 200.0), st.integers(1, 8), st.tuples(*[st.floats(0.2, 5.0)] * 3))
def test_weights_are_positive_and_sum_to_the_number_of_points(seed, size, origins, ratios):
    coordinates = np.random.default_rng(seed).uniform(0.0, 100.0, (60, 3))
    weights = decluster_cells(coordinates, size * np.array(ratios), origins)
    assert weights.sum() == pytest.approx(60.0)
    assert np.all(weights > 0.0)


@pytest.mark.parametrize("size", [3.0, 10.0, 20.0, 40.0])
def test_a_regular_grid_gets_equal_weights(size):
    axes = np.meshgrid(np.arange(0.0, 80.0, 10.0), np.arange(0.0, 80.0, 10.0), [0.0])
    weights = decluster_cells(np.column_stack([axis.ravel() for axis in axes]), np.full(3, size), 1)
    np.testing.assert_allclose(weights, 1.0)


@given(st.integers(0, 10**6), st.floats(2.0, 80.0))
def test_drilling_a_cluster_twice_leaves_the_mean(seed, size):
    random = np.random.default_rng(seed)
    coordinates, values = random.uniform(0.0, 100.0, (50, 3)), random.lognormal(size=50)
    cells = np.full(3, size)
    once = np.mean(decluster_cells(coordinates, cells, 5) * values)
    # all points of one place, again and again: the whole table doubled, and one single place a hundred times
    doubled = decluster_cells(np.r_[coordinates, coordinates], cells, 5)
    assert np.mean(doubled * np.r_[values, values]) == pytest.approx(once)
    alone = np.r_[coordinates, [[500.0, 500.0, 500.0]]]
    many = np.r_[alone, np.repeat(alone[-1:], 99, axis=0)]
    expected = np.mean(decluster_cells(alone, cells, 5) * np.r_[values, 9.0])
    assert np.mean(decluster_cells(many, cells, 5) * np.r_[values, np.full(100, 9.0)]) == pytest.approx(expected)


def test_cells_smaller_than_any_distance_and_larger_than_the_field_weigh_all_alike():
    coordinates = clustered()[["x", "y", "z"]].to_numpy()
    np.testing.assert_allclose(decluster_cells(coordinates, np.full(3, 1e-6), 5), 1.0)
    np.testing.assert_allclose(decluster_cells(coordinates, np.full(3, 1e6), 1), 1.0)


def test_each_domain_has_weights_of_mean_one_and_its_own_scan():
    frame = pd.concat([clustered("a"), clustered("b", 1)], ignore_index=True)
    weighted, scan, _ = decluster(frame, settings())
    assert weighted.groupby("domain")["weight"].mean().tolist() == pytest.approx([1.0, 1.0])
    for domain, rows in scan.groupby("domain"):
        inside = weighted[weighted["domain"] == domain]
        assert rows["size"].iloc[0] == 0.0
        assert rows["mean"].iloc[0] == pytest.approx(inside["grade"].mean())
        used = rows[rows["used"]]
        assert used["size"].tolist() == [20.0]
        assert used["mean"].iloc[0] == pytest.approx(np.average(inside["grade"], weights=inside["weight"]))
        assert used["mean"].iloc[0] < rows["mean"].iloc[0]


def test_the_means_of_the_scan_and_of_the_methods_weigh_by_length_too():
    frame = clustered().assign(length=np.linspace(0.1, 3.0, 100))
    weighted, scan, methods = decluster(frame, settings())
    mean = np.average(weighted["grade"], weights=weighted["weight"] * weighted["length"])
    plain = np.average(weighted["grade"], weights=weighted["length"])
    assert scan.loc[scan["used"], "mean"].item() == pytest.approx(mean) == methods.loc[methods["used"], "mean"].item()
    assert scan.loc[scan["size"] == 0, "mean"].item() == pytest.approx(plain) == methods["mean"].iloc[0]


def test_a_composite_without_any_grade_has_no_weight():
    frame = clustered()
    frame.loc[3, "grade"] = np.nan
    weighted, _, _ = decluster(frame, settings())
    assert weighted["weight"].isna().sum() == 1
    assert weighted["weight"].mean() == pytest.approx(1.0)


def test_row_order_changes_nothing():
    frame = clustered()
    assert_frame_equal(decluster(frame, settings())[0], decluster(frame.sample(frac=1.0, random_state=1), settings())[0])


def test_flat_cells_follow_their_ratios():
    frame = clustered()
    flat, _, _ = decluster(frame, settings(ratios=(1.0, 1.0, 0.1)))
    coordinates = flat[["x", "y", "z"]].to_numpy()
    np.testing.assert_allclose(flat["weight"], decluster_cells(coordinates, [20.0, 20.0, 2.0], 5))


def test_a_scan_needs_an_analyte():
    with pytest.raises(InputError, match="no analyte"):
        decluster(clustered().drop(columns=["grade_coverage"]), settings())
