"""What auditors ask for: cross-validation by folds, lists of weights, merged duplicates."""

import runpy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scandia.geometry.discretisation import regular_offsets
from scandia.kriging import HighGrade, cross_validate, estimate, list_weights, spatial_folds
from scandia.kriging.search import Pass, Search
from scandia.vocabulary import Reason

systems = runpy.run_path(str(Path(__file__).with_name("systems.py")))
krige, random_drilling, random_search, random_variogram, SIZE = (
    systems[name] for name in ("krige", "random_drilling", "random_search", "random_variogram", "SIZE")
)
WIDE = Search(passes=(Pass(ranges=(90.0, 90.0, 90.0), min_samples=1, max_samples=20),))


class TestCrossValidation:
    @pytest.mark.parametrize("leave", ["sample", "hole", "fold"])
    def test_every_sample_is_estimated_as_the_twin_does_without_what_is_left_out(self, leave):
        estimated = 0
        for seed in range(12):
            rng = np.random.default_rng(20_000 + seed)
            points, holes, values = random_drilling(rng)
            variogram, search = random_variogram(rng), random_search(rng, octants=True, own_angles=True)
            folds = spatial_folds(points, 3) if len(points) > 2 else None
            mean = 1.2 if seed % 3 == 0 else None
            method = "ordinary" if mean is None else "simple"
            options = {"variogram": variogram, "search": search, "leave": leave, "folds": folds, "method": method, "mean": mean}
            got = cross_validate(points, values, holes, **options)
            own = {"sample": np.arange(len(points)), "hole": holes, "fold": folds}[leave]
            for i, row in enumerate(got.itertuples(index=False)):
                said = krige(points, values, holes, points[i], variogram, search, mean=mean, allowed=own != own[i])
                np.testing.assert_allclose(row.estimate, said.get("estimate", np.nan), rtol=1e-10, atol=1e-10)
                np.testing.assert_allclose(row.variance, said.get("variance", np.nan), rtol=1e-10, atol=1e-10)
                assert (row.samples, row.holes) == (said.get("samples", 0), said.get("holes", 0))
                assert row.reason == (Reason[said["reason"]] if said["reason"] else 0)
                estimated += not said["reason"]
        assert estimated > 40


class TestFolds:
    def test_folds_are_slabs_of_equal_number_across_the_longest_direction(self):
        points = np.random.default_rng(1).uniform(0, 1, (300, 3)) * [20.0, 400.0, 30.0]
        folds = spatial_folds(points, 4)
        assert np.bincount(folds).tolist() == [75] * 4
        for lower in range(3):
            assert points[folds == lower, 1].max() < points[folds == lower + 1, 1].min() + 5.0

    @pytest.mark.parametrize("mirror", [[1, 1, 1], [-1, 1, 1], [-1, -1, 1], [1, -1, -1]])
    def test_fold_0_lies_where_the_coordinate_that_varies_most_is_least(self, mirror):
        points = mirror * np.random.default_rng(1).uniform(0, 1, (300, 3)) * [20.0, 400.0, 30.0]
        folds = spatial_folds(points, 2)
        assert points[folds == 0, 1].mean() < points[folds == 1, 1].mean()

    def test_samples_at_one_place_along_it_fall_into_one_fold_whatever_their_order(self):
        rng = np.random.default_rng(2)
        hole, depth = np.divmod(np.arange(600), 30)  # inclined holes across an oblique section
        points = 37.3 * hole[:, None] * np.array([1.0, 0.7, 0.4]) + 1.7 * (depth - 14.5)[:, None] * np.array([0.7, -1.0, 0.0])
        points += np.array([5e5, 6.1e6, 0.0])
        folds = spatial_folds(points, 7)
        assert all(len(np.unique(folds[hole == one])) == 1 for one in range(20))
        assert (np.diff(folds) >= 0).all()
        for _ in range(20):
            order = rng.permutation(len(points))
            np.testing.assert_array_equal(spatial_folds(points[order], 7), folds[order])


class TestWeights:
    @pytest.mark.parametrize("method", ["ordinary", "simple", "linear_drift"])
    @pytest.mark.parametrize("blocks", [False, True])
    def test_weights_and_covariances_are_the_twins_and_give_the_estimate(self, method, blocks):
        listed = 0
        for seed in range(30):
            rng = np.random.default_rng(21_000 + seed)
            points, holes, values = random_drilling(rng)
            fewest = {"fewest": 8, "fewest_holes": 4} if method == "linear_drift" else {}
            variogram, search = random_variogram(rng), random_search(rng, **fewest)
            targets, counts, mean = rng.uniform(5, 45, (6, 3)), (2, 3, 2) if blocks else (1, 1, 1), 1.2
            options = {"variogram": variogram, "search": search, "holes": holes, "discretisation": counts, "block_size": SIZE}
            options |= {"method": method} | ({"mean": mean} if method == "simple" else {})
            got, known = list_weights(points, values, targets, **options), estimate(points, values, targets, **options)
            for row, rows in got.groupby("target"):
                offsets = regular_offsets(SIZE, counts) if blocks else None
                own = {"mean": mean} if method == "simple" else {"linear": (0, 1, 2)} if method == "linear_drift" else {}
                said = krige(points, values, holes, targets[row], variogram, search, offsets, **own)
                order = np.argsort(said["kept"])
                assert rows["sample"].tolist() == sorted(said["kept"])
                np.testing.assert_allclose(rows["weight"], said["weights"][order], rtol=1e-10, atol=1e-10)
                np.testing.assert_allclose(rows["covariance"], said["cross"][order], rtol=1e-10, atol=1e-12)
                np.testing.assert_array_equal(rows["value"], values[rows["sample"]])
                np.testing.assert_array_equal(rows["hole"], holes[rows["sample"]])
                true = np.linalg.norm(points[rows["sample"]] - targets[row], axis=1)
                np.testing.assert_allclose(rows["distance"], true, rtol=1e-12)
                total = rows["weight"].sum()
                rest = (1 - total) * mean if method == "simple" else 0.0
                assert method == "simple" or total == pytest.approx(1.0, abs=1e-12)
                assert rows["weight"] @ rows["value"] + rest == pytest.approx(known["value"].values[row], rel=1e-11)
                assert rows["estimate"].iloc[0] == known["value"].values[row]
                assert rows["variance"].iloc[0] == known["variance"].values[row]
                listed += 1
            assert set(got["target"]) == set(np.flatnonzero(known["reason"].values == 0))
        assert listed > 15

    def test_rescaled_weights_are_listed_as_they_were_used(self):
        rng = np.random.default_rng(4)
        points, _, values = random_drilling(rng)
        options = {"variogram": random_variogram(rng, ("gaussian",)), "search": WIDE}
        got = list_weights(points, values, points[:4] + 1.0, negative_weights="zero_and_rescale", **options)
        assert (got["weight"] >= 0).all()
        assert (got["weight"] == 0).any()
        np.testing.assert_allclose(got.groupby("target")["weight"].sum(), 1.0, atol=1e-12)


class TestMerging:
    def case(self):
        rng = np.random.default_rng(5)
        points, values = rng.uniform(0, 50, (40, 3)), rng.lognormal(size=43)
        points = np.vstack([points, points[[7, 20, 7]] + np.array([[1e-7, 0, 0], [0, 0, 0], [0, 0, -1e-7]])])
        return points, values, np.append(np.arange(40) % 6, [9, 2, 0]).astype(str), rng.uniform(0, 50, (30, 3))

    def options(self):
        rng = np.random.default_rng(6)
        return {"variogram": random_variogram(rng), "search": random_search(rng, octants=True), "duplicates": "merge"}

    def test_a_group_becomes_its_mean_at_the_place_of_the_first_by_hole_and_coordinates(self):
        points, values, holes, targets = self.case()
        got = estimate(points, values, targets, holes=holes, **self.options())
        groups = {frozenset(map(int, group.split())) for group in got.attrs["merged_samples"].split("; ")}
        assert groups == {frozenset({7, 40, 42}), frozenset({20, 41})}
        merged, stays = values.copy(), np.setdiff1d(np.arange(43), [7, 40, 41])  # 42 is of hole 0, 7 of 1, 40 of 9
        merged[42], merged[20] = values[[7, 40, 42]].mean(), values[[20, 41]].mean()
        expected = estimate(points[stays], merged[stays], targets, holes=holes[stays], **self.options())
        for name in got.data_vars:
            np.testing.assert_allclose(got[name].values, expected[name].values, rtol=1e-10, atol=1e-10)

    def test_the_order_of_the_rows_changes_no_bit_of_what_is_merged(self):
        points, values, holes, targets = self.case()
        whole = estimate(points, values, targets, holes=holes, **self.options())
        for seed in range(10):
            order = np.random.default_rng(seed).permutation(43)
            other = estimate(points[order], values[order], targets, holes=holes[order], **self.options())
            for name in whole.data_vars:
                assert whole[name].values.tobytes() == other[name].values.tobytes(), name

    def test_a_wider_distance_merges_chains_and_is_named_where_they_are_an_error(self):
        points = np.column_stack([[0.0, 0.4, 0.8, 30.0], np.zeros(4), np.zeros(4)])
        options = {"variogram": self.options()["variogram"], "search": self.options()["search"], "holes": list("aaab")}
        got = estimate(points, np.arange(4.0), [[5, 0, 0]], duplicates="merge", duplicate_distance=0.5, **options)
        assert got.attrs["merged_samples"] == "0 1 2"
        with pytest.raises(ValueError, match=r"nearer than 0\.5 m"):
            estimate(points, np.arange(4.0), [[5, 0, 0]], duplicate_distance=0.5, **options)


def test_columns_of_a_table_are_taken_as_arrays():
    points, values, _, targets = TestMerging().case()
    table, options = pd.DataFrame({"Sc": values[:40]}), {"variogram": random_variogram(np.random.default_rng(7)), "search": WIDE}
    one = estimate(points[:40], table["Sc"], targets, **options)
    other = estimate(points[:40], table, targets, **options)
    assert one["value"].values.tobytes() == other["Sc"].values.tobytes()


def test_a_clamped_high_grade_counts_as_its_threshold_in_the_estimate():
    rng = np.random.default_rng(8)
    points, _, values = random_drilling(rng)
    high = HighGrade(threshold=1.0, ranges=(5.0, 4.0, 3.0), action="clamp", reason="outliers", name="QP")
    options = {"variogram": random_variogram(rng), "search": WIDE}
    got = list_weights(points, values, points[:3] + 1.0, high_grade=high, **options)
    for row, rows in got.groupby("target"):
        lag = points[rows["sample"]] - points[row] - 1.0  # axes of a search without angles: north, east, down
        beyond = (lag[:, 1] / 5) ** 2 + (lag[:, 0] / 4) ** 2 + (lag[:, 2] / 3) ** 2 > 1
        used = np.where(beyond, np.minimum(rows["value"], 1.0), rows["value"])
        assert rows["weight"] @ used == pytest.approx(rows["estimate"].iloc[0], rel=1e-12)
