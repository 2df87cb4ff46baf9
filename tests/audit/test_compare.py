"""Two runs side by side: the gravest difference is named with its first place, both values and the largest share."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from scandia.audit.compare import (
    DIFFERENT,
    IDENTICAL,
    SAME,
    WITHIN,
    compare_datasets,
    compare_tables,
    compare_texts,
    compare_values,
)

TABLE = pd.DataFrame({"hole": ["A", "B", "C"], "grade": [1.0, np.nan, 1000.0], "row": [1, 2, 3]})


def test_equal_tables_are_identical_with_missing_values_too():
    assert compare_tables(TABLE, TABLE.copy()) == SAME


@pytest.mark.parametrize(("share", "verdict"), [(1e-12, WITHIN), (0.9e-9, WITHIN), (1.1e-9, DIFFERENT)])
def test_the_tolerance_is_a_share_of_the_largest_number_of_the_column(share, verdict):
    other = TABLE.assign(grade=[1.0 + 1000.0 * share, np.nan, 1000.0])
    found = compare_tables(TABLE, other)
    assert (found.verdict, found.where) == (verdict, "column grade, row 1")
    assert found.largest == pytest.approx(share, rel=1e-3)


@pytest.mark.parametrize(
    ("other", "where"),
    [
        (TABLE.assign(hole=["A", "X", "C"]), "column hole, row 2"),
        (TABLE.assign(grade=[1.0, 2.0, 1000.0]), "column grade, row 2"),
        (TABLE.iloc[:2], "the number of rows"),
        (TABLE.drop(columns="row"), "the columns"),
    ],
)
def test_what_is_different_is_named(other, where):
    found = compare_tables(TABLE, other)
    assert (found.verdict, found.where) == (DIFFERENT, where)


def test_a_difference_is_graver_than_one_within_the_tolerance():
    found = compare_tables(TABLE, TABLE.assign(grade=[1.0 + 1e-12, np.nan, 1000.0], row=[1, 2, 4]))
    assert (found.verdict, found.where, found.before, found.after) == (DIFFERENT, "column row, row 3", "3.0", "4.0")


def model(**changes):
    values = {"grade": (("y", "x"), np.arange(6.0).reshape(2, 3), {"units": "g/t"}), "code": ("x", np.array([1, 2, 3], np.int8))}
    return xr.Dataset(values | changes, attrs={"title": "A"})


def test_arrays_are_compared_number_by_number():
    changed = np.arange(6.0).reshape(2, 3)
    changed[1, 2] += 1e-6
    assert compare_datasets(model(), model()).verdict == IDENTICAL
    found = compare_datasets(model(), model(grade=(("y", "x"), changed, {"units": "g/t"})))
    assert (found.verdict, found.where, found.before) == (DIFFERENT, "grade, index 1, 2", "5.0")


def test_attributes_shapes_and_variables_count():
    assert compare_datasets(model(), model().assign_attrs(title="B")).where == "attribute title"
    assert compare_datasets(model(), model().drop_vars("code")).where == "the variables code"
    assert compare_datasets(model(), model(code=("u", np.zeros(2)))).where == "the shape of code"


def test_plain_values_are_compared_to_their_leaves():
    assert compare_values({"a": [1, {"b": 2.0}]}, {"a": [1, {"b": 2.0}]}) == SAME
    assert compare_values({"a": [1, {"b": 2.0}]}, {"a": [1, {"b": 2.0 + 1e-13}]}).verdict == WITHIN
    assert compare_values({"a": [1, {"b": 2.0}]}, {"a": [1, {"b": 3.0}]}).where.startswith("a 1 b")
    assert compare_values({"a": True}, {"a": 1}) == SAME  # as Python has it
    assert compare_values({"a": "x"}, {"a": "y"}).verdict == DIFFERENT


def test_texts_differ_at_a_line():
    found = compare_texts("one\ntwo\n", "one\n2\n")
    assert (found.verdict, found.where, found.before, found.after) == (DIFFERENT, "line 2", "two", "2")
    assert compare_texts("one\n", "one\ntwo\n").where == "line 2"
