import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.drillholes.tables import LAYOUTS, empty_table, negative_down, parse_numbers, sort_table


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=20))
def test_numbers_are_read_exactly(values):
    parsed, bad = parse_numbers(pd.Series([repr(value) for value in values], dtype="str"))
    assert parsed.tolist() == values and not bad.any()


@given(st.lists(st.text(max_size=6), max_size=20))
def test_no_text_is_read_as_another_number_than_python_reads(texts):
    parsed, bad = parse_numbers(pd.Series(texts, dtype="str"))
    for text, number, wrong in zip(texts, parsed, bad, strict=True):
        assert wrong == np.isnan(number)
        assert wrong or float(text) == number


@pytest.mark.parametrize(
    "text", ["", "NS", "<0.5", "1,5", "1 000", "1_000", "inf", "nan", "NaN", "1e999", "0x10", "−1", "1.2.3", "--1", "True"]
)
def test_what_is_no_plain_number_is_bad(text):
    parsed, bad = parse_numbers(pd.Series([text], dtype="str"))
    assert bad[0] and np.isnan(parsed[0])


def test_missing_cells_are_neither_numbers_nor_bad():
    parsed, bad = parse_numbers(pd.Series(["1", None], dtype="str"))
    assert parsed[0] == 1 and np.isnan(parsed[1]) and not bad.any()
    assert parse_numbers(pd.Series([None, None], dtype="object"))[1].tolist() == [False, False]


def test_the_decimal_comma_replaces_the_point():
    parsed, bad = parse_numbers(pd.Series(["1,5", "-2", "1.5", "1.234,5"], dtype="str"), ",")
    assert parsed[:2].tolist() == [1.5, -2.0] and bad.tolist() == [False, False, True, True]


def test_dips_become_negative_down_and_flat_holes_stay_at_plain_zero():
    frame = pd.DataFrame({"dip": [60.0, 0.0, -5.0]})
    turned = negative_down(frame, "positive_down")["dip"]
    assert turned.tolist() == [-60.0, 0.0, 5.0] and not np.signbit(turned[1])
    assert negative_down(frame, "negative_down") is frame


def test_tables_sort_by_hole_depth_and_row():
    frame = pd.DataFrame({"row": [5, 4, 3, 2], "hole": ["B", "A", "A", "A"], "from": [0.0, 1, 0, 0], "to": [1.0, 2, 1, 1]})
    assert sort_table(frame)["row"].tolist() == [2, 3, 4, 5]


@pytest.mark.parametrize("name", list(LAYOUTS))
def test_empty_tables_have_the_columns_of_full_ones(name):
    assert set(LAYOUTS[name].mandatory) | {"row"} == set(empty_table(name).columns)


def test_holes_stay_text_and_rows_find_their_way_back(database):
    assay = "BHID,FROM,TO,SAMPLE,Sc\n007,0.10,1,S1,1\n0,2,3,,2\n0,1,2,S3,3\n"
    collar = "BHID,X,Y,Z,EOH\n0,1,2,3,9\n007,40,5,6,9\n"
    survey = "BHID,AT,AZ,DIP\n0,0,0,-90\n007,0,0,-90\n"
    frame = database(assay=assay, collar=collar, survey=survey, lithology=None, density=None).tables["assay"]
    assert frame["hole"].tolist() == ["0", "0", "007"]
    assert frame["row"].tolist() == [4, 3, 2]
    assert frame["from"].tolist() == [1.0, 2.0, 0.1]
    assert list(frame.columns) == ["row", "hole", "from", "to", "sample", "Sc2O3", "Sc2O3_censored"]
    assert frame["sample"].isna().tolist() == [False, True, False]


def test_a_blank_lithology_stays_missing(database):
    result = database(lithology="BHID,FROM,TO,ROCK\nA,0,10,\nB,0,10,SY\n")
    assert result.tables["lithology"]["lithology"].isna().tolist() == [True, False] and not result.errors


def test_campaign_and_text_columns_are_kept_when_mapped(database):
    columns = {"collar": {"hole": "BHID", "easting": "X", "northing": "Y", "elevation": "Z", "depth": "EOH", "campaign": "C"}}
    collar = "BHID,X,Y,Z,EOH,C\nA,1000,2000,300,10,2020\nB,1050,2000,305,10,\n"
    frame = database(collar=collar, columns=columns).tables["collar"]
    assert list(frame.columns) == ["row", "hole", "easting", "northing", "elevation", "depth", "campaign"]
    assert frame["campaign"][0] == "2020" and pd.isna(frame["campaign"][1])
