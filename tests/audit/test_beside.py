"""Two runs side by side: every number that differs stands there with both values, and nothing else."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from scandia.audit.beside import BASELINE, HERE, beside_blocks, beside_code, beside_config, beside_files, beside_numbers

BEFORE = pd.DataFrame({"class": ["indicated", "inferred"], "tonnage": [100.0, 50.0], "grade": [2.0, 1.0]})


def test_only_numbers_that_differ_are_listed_with_both_and_their_share():
    table = beside_numbers(BEFORE, BEFORE.assign(tonnage=[110.0, 50.0]), ("class",))
    assert table.to_dict("records") == [
        {"class": "indicated", "quantity": "tonnage", BASELINE: 100.0, HERE: 110.0, "difference": 10.0, "share": 0.1}
    ]
    assert beside_numbers(BEFORE, BEFORE, ("class",)).empty
    assert beside_numbers(BEFORE, BEFORE.assign(tonnage=[100.0 + 1e-8, 50.0]), ("class",)).empty
    assert len(beside_numbers(BEFORE, BEFORE.assign(tonnage=[100.0 + 1e-6, 50.0]), ("class",))) == 1


def test_rows_are_matched_by_their_keys_in_any_order_and_a_row_of_one_run_stands_alone():
    after = BEFORE.iloc[::-1].assign(**{"class": ["inferred", "measured"]})
    table = beside_numbers(BEFORE, after, ("class", "shell")).set_index(["class", "quantity"])
    assert sorted(set(table.index.get_level_values("class"))) == ["indicated", "measured"]
    assert np.isnan(table.loc[("measured", "tonnage"), BASELINE])
    assert table.loc[("measured", "tonnage"), HERE] == 100.0
    assert np.isnan(table.loc[("indicated", "grade"), HERE])


def test_rows_that_are_alike_are_matched_by_their_order():
    before = pd.DataFrame({"domain": ["ore", "ore"], "n": [1, 2]})
    table = beside_numbers(before, before.assign(n=[1, 3]), ("domain",))
    assert table[["number", BASELINE, HERE]].to_numpy().tolist() == [[1, 2.0, 3.0]]


def test_keys_of_the_config_that_differ_are_named_by_their_path():
    before = {"a": {"b": 1, "c": [1, 2]}, "d": {}}
    table = beside_config(before, {"a": {"b": 2, "c": [1, 2]}, "d": {}, "e": "new"})
    assert table.to_numpy().tolist() == [["a.b", "1", "2"], ["e", "–", "new"]]


def test_inputs_and_code_that_differ_are_named():
    before = {"inputs": [{"path": "a.csv", "sha256": "1"}, {"path": "b.csv", "sha256": "2"}], "rules": {"x": {"code": "1"}}}
    after = {"inputs": [{"path": "a.csv", "sha256": "1"}, {"path": "b.csv", "sha256": "3"}], "rules": {"x": {"code": "2"}}}
    assert beside_files(before, after, "inputs").to_numpy().tolist() == [["b.csv", "2", "3"]]
    assert beside_code(before, after).to_numpy().tolist() == [["x", "1", "2"]]


def blocks(values, origin=0.0):
    axes = {axis: [origin, origin + 1.0] for axis in "zyx"}
    return xr.Dataset({"cu": (("z", "y", "x"), np.reshape(np.asarray(values, dtype=float), (2, 2, 2)))}, coords=axes)


def test_blocks_are_compared_where_both_have_an_estimate():
    before, after = blocks([1, 2, 3, 4, 5, 6, 7, np.nan]), blocks([1, 2, 3, 4, 5, 8, np.nan, 9])
    differences, summary = beside_blocks(before, after, ["cu", "au"])
    assert np.nansum(differences["cu"].values) == 2.0
    assert summary.iloc[0, :4].tolist() == ["cu", 6, 1, 1]
    assert summary.iloc[0, 4:].tolist() == pytest.approx([2 / 6, 2.0, (4 / 6) ** 0.5])


def test_blocks_of_another_grid_have_no_fellows():
    assert beside_blocks(blocks(range(8)), blocks(range(8), origin=5.0), ["cu"])[0] == {}
