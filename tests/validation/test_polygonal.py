"""The polygonal estimate against hand-drawn polygons, and classes and conditional bias against the truth."""

import numpy as np
import pandas as pd
import pytest

from scandia.geometry.minegrid import MineGrid
from scandia.validation.polygonal import with_polygonal
from scandia.validation.truth import compare_truth


@pytest.fixture
def parts(make_parts):
    grade = [100.0, 200.0, 300.0, np.nan]
    return make_parts({"ore": {"fraction": [1.0] * 4, "grade": grade, "class": [2, 2, 3, 0]}})


def composites():
    """Two holes: means by length 110 at x = 7 and 50 at x = 27; the second lies far across the plane, which does not count."""
    rows = [
        ("A", 2.0, 6.0, 0.0, 2.5, 100.0),
        ("A", 2.0, 8.0, 0.0, 2.5, 120.0),
        ("B", 1.0, 27.0, 500.0, 2.5, 50.0),
        ("B", 1.0, 27.0, 500.0, 2.5, np.nan),
    ]
    return pd.DataFrame(rows, columns=["hole", "length", "x", "y", "z", "grade"]).assign(domain="ore")


def test_a_block_takes_the_mean_of_the_hole_whose_centre_is_nearest_in_the_plane(parts):
    found = with_polygonal(parts, composites(), ["grade"], (90.0, 90.0), MineGrid())["grade_polygonal"].values.ravel()
    np.testing.assert_array_equal(found, [110.0, 110.0, 50.0, np.nan])  # centres at x 5, 15, 25, 35; no estimate in the last


def test_the_plane_is_given_in_the_world_and_turned_into_the_mine_grid(parts):
    turned = with_polygonal(parts, composites(), ["grade"], (125.0, 90.0), MineGrid(azimuth=35.0))
    np.testing.assert_array_equal(turned["grade_polygonal"].values.ravel()[:3], [110.0, 110.0, 50.0])


def test_of_two_holes_at_one_distance_the_first_by_name_counts(parts):
    table = composites().assign(x=[5.0, 5.0, 25.0, 25.0])
    found = with_polygonal(parts, table.iloc[::-1], ["grade"], (90.0, 90.0), MineGrid())["grade_polygonal"].values.ravel()
    assert found[1] == 110.0  # at x 15


def test_classes_are_held_against_the_truth_of_the_same_blocks(parts, make_parts):
    truth = make_parts({"ore": {"fraction": [1.0, 0.5, 1.0, 1.0], "grade": [120.0, 160.0, 330.0, 999.0]}})
    polygons = with_polygonal(parts, composites(), ["grade"], (90.0, 90.0), MineGrid())
    tables = compare_truth(polygons, truth, ["grade"], [150.0])
    rows = tables["classes"].set_index(["class", "estimator", "cutoff"])
    indicated = rows.loc[("indicated", "estimate", 0.0)]
    assert (indicated["tonnage"], indicated["true_tonnage"]) == (2000.0, 1500.0)
    assert indicated["metal"] == pytest.approx(300 * 1e3 / 1e6) and indicated["true_metal"] == pytest.approx(200 * 1e3 / 1e6)
    cut = rows.loc[("indicated", "estimate", 150.0)]
    assert (cut["tonnage"], cut["true_tonnage"]) == (1000.0, 500.0)
    assert rows.loc[("indicated", "polygonal", 150.0), "tonnage"] == 0.0
    assert ("unclassified", "estimate", 0.0) not in rows.index  # it has no estimate
    assert set(tables["local"]["estimator"]) == {"estimate", "nearest", "inverse_distance", "polygonal"}


def test_conditional_bias_is_the_regression_of_truth_on_estimate_by_class(make_parts):
    rng = np.random.default_rng(5)
    grade, code = rng.normal(250, 40, 3000), np.repeat([2, 3], 1500)
    true = np.where(code == 2, grade, 100.0 + 0.6 * grade) + rng.normal(0, 1.0, 3000)
    model = make_parts({"ore": {"fraction": np.ones(3000), "grade": grade, "class": code}})
    table = compare_truth(model, make_parts({"ore": {"fraction": np.ones(3000), "grade": true}}), ["grade"], [])["conditional"]
    rows = table[table["estimator"] == "estimate"].set_index("class")
    assert rows.loc["indicated", ["slope", "intercept"]].tolist() == pytest.approx([1.0, 0.0], abs=0.5)
    assert rows.loc["inferred", "slope"] == pytest.approx(0.6, abs=0.01)
    assert rows.loc["inferred", "intercept"] == pytest.approx(100.0, abs=1.0)
    assert rows.loc["all", "n"] == 3000
