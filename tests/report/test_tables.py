"""Cells as a geologist reads them."""

import numpy as np
import pandas as pd
import pytest

from scandia.report.tables import cells, decimals_of, heading, number, numeric_columns


def column(name, values, **options):
    return [text for ((text, _),) in cells(pd.DataFrame({name: values}), **options)]


@pytest.mark.parametrize(
    ("name", "values", "texts"),
    [
        ("northing", [6133665.04], ["6,133,665.0"]),
        ("from", [1.5, np.nan], ["1.50", "–"]),
        ("dip", [-60.0], ["-60.0"]),
        ("tonnage", [16300000.4], ["16,300,000"]),
        ("sc2o3", [271.26, 310.0], ["271.3", "310.0"]),
        ("treo_percent", [0.445, 0.419], ["0.445", "0.419"]),
        ("pairs", [1234, 5], ["1,234", "5"]),
        ("row", [1234], ["1234"]),
        ("bias_declustered", [-0.0234, np.nan], ["-2.3 %", "–"]),
        ("coverage_90", [0.9], ["90.0 %"]),
        ("smeared", [True, False], ["yes", "no"]),
        ("reason", ["", None, "gap"], ["–", "–", "gap"]),
        ("counts", [3.0, np.nan], ["3", "–"]),
        ("error", [-0.0001, 250.0], ["0.0", "250.0"]),
    ],
)
def test_columns_choose_their_decimals_by_name_and_size(name, values, texts):
    if name == "error":
        assert column(name, values, formats={name: 1}) == texts
    else:
        assert column(name, values) == texts


def test_formats_overrule_the_choice():
    assert column("metal_removed", [0.0123], formats={"metal_removed": "%"}) == ["1.2 %"]
    assert column("correlation", [0.98765], formats={"correlation": 2}) == ["0.99"]


def test_rounded_numbers_in_text_stay_as_printed_and_sort_as_numbers():
    frame = pd.DataFrame({"Tonnes (Mt)": ["7.30", "13,000", "–"]})
    assert [pair for (pair,) in cells(frame)] == [("7.30", 7.3), ("13,000", 13000.0), ("–", None)]
    assert numeric_columns(frame) == [True]
    assert numeric_columns(pd.DataFrame({"hole": ["7.30", "CL1"], "code": ["a", "b"]})) == [False, False]


def test_nullable_columns_show_their_gaps():
    assert column("samples", pd.array([1200, None], dtype="Int64")) == ["1,200", "–"]


def test_minus_zero_is_zero():
    assert number(-0.001, 1) == "0.0"


def test_headings_name_the_unit_where_the_column_has_one():
    assert heading("mean_distance") == "mean distance"
    assert heading("easting") == "easting (m)"
    assert (heading("end_northing"), heading("end_x")) == ("end northing (m)", "end x (m)")
    assert heading("sc2o3", headers={"sc2o3": "Sc₂O₃ (g/t)"}) == "Sc₂O₃ (g/t)"


def test_decimals_of_nothing_are_none():
    assert decimals_of("grade", np.array([np.nan])) == 0
