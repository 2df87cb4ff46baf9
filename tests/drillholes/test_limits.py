"""Limits of detection by the policy of each analyte; what is censored is marked and counted."""

import numpy as np
import pandas as pd
import pytest

from scandia.config.typed import typed
from scandia.drillholes.analytes import read_grades
from scandia.drillholes.settings import Analyte, Table
from scandia.drillholes.tables import as_written
from scandia.drillholes.unreadable import gather_marks
from scandia.errors import SettingError

TABLE = Table(file="assay.csv", columns={"hole": "Hole"})


def gold(**options):
    return Analyte(label="Au", unit="ppm", species="Au", column="Au", column_unit="ppm", column_species="Au", **options)


def read(*texts, table=TABLE, **options):
    raw = pd.DataFrame({"row": np.arange(2, len(texts) + 2), "hole": "A", "Au": pd.array(texts, dtype="str")})
    grades, found = read_grades(raw, {"au": gold(**options)}, table)
    return grades["au"].tolist(), grades["au_censored"].tolist(), found


@pytest.mark.parametrize(
    ("options", "below", "above"),
    [
        ({"above_detection": 1.0}, 0.005, 100.0),
        ({"below_detection": 0.0, "above_detection": 1.25}, 0.0, 125.0),
        ({"below_detection": 1.0, "above_detection": "missing"}, 0.01, np.nan),
        ({"below_detection": "missing", "above_detection": 1.0}, np.nan, 100.0),
    ],
)
def test_each_limit_has_its_policy(options, below, above):
    values, censored, found = read("<0.01", "> 100", "2", **options)
    np.testing.assert_equal(values, [below, above, 2.0])
    assert censored == [True, True, False]
    counted = {row["rule"]: row["message"][:6] for row in found.to_dict("records")}
    assert counted == {"values_below_detection": "1 of 3", "values_above_detection": "1 of 3"}


def test_an_upper_limit_is_an_error_until_it_is_chosen():
    values, censored, found = read(">100", "2")
    assert found["rule"].tolist() == ["text_in_number"] and found["row"].tolist() == [2]
    assert np.isnan(values[0]) and censored == [False, False]


def test_codes_mean_below_a_limit_however_a_number_is_written():
    """Half limits, negative flags and words of the database; a true value beside them stays."""
    codes = {"0.005": 0.01, "-5": 5.0, "BDL": 0.02}
    values, censored, found = read("0.0050", "0.006", "-5.0", "BDL", "<0.005", "-5.1", limit_codes=codes)
    np.testing.assert_allclose(values, [0.005, 0.006, 2.5, 0.01, 0.0025, -5.1])
    assert censored == [True, False, True, True, True, False]
    assert sorted(found["rule"]) == ["value_negative", "values_below_detection"]


def test_limits_are_read_with_the_marks_of_the_table():
    table = Table(file="assay.csv", columns={"hole": "Hole"}, decimal=",", thousands=".")
    values, censored, _ = read("<0,5", ">10.000", table=table, above_detection=1.0)
    assert values == [0.25, 10000.0] and censored == [True, True]


def test_missing_texts_come_before_limits():
    values, censored, _ = read("<0.01", missing=("<0.01",))
    assert np.isnan(values[0]) and censored == [False]


@pytest.mark.parametrize("options", [{"below_detection": 1.5}, {"below_detection": -0.1}, {"above_detection": 0.5}])
def test_shares_out_of_range_are_refused(options):
    with pytest.raises(SettingError, match="it must be"):
        gold(**options)


@pytest.mark.parametrize("policy", [0.5, 0.0, "missing"])
def test_every_policy_can_be_written_in_a_config(policy):
    plain = {"label": "Au", "unit": "ppm", "species": "Au", "column": "Au", "column_unit": "ppm", "column_species": "Au"}
    assert typed(Analyte, plain | {"below_detection": policy}).below_detection == policy


def test_a_missing_number_of_an_analyte_matches_however_it_is_written():
    table = Table(file="assay.csv", columns={"hole": "Hole"}, decimal=",")
    values, _, found = read("-0,02", "-0,020", "0,02", table=table, missing=("-0.02",))
    assert np.isnan(values).tolist() == [True, True, False]
    assert "value_negative" not in found["rule"].tolist()


def test_findings_in_a_file_with_decimal_commas_show_what_it_says():
    table = Table(file="assay.csv", columns={"hole": "Hole", "from": "F", "to": "T"}, decimal=",")
    raw = pd.DataFrame({"row": [2, 3], "hole": "A", "from": ["0", "1"], "to": ["1", "2"], "Au": ["-0,020", "1,5"]}, dtype="str")
    raw["row"] = [2, 3]
    _, found = read_grades(raw, {"au": gold()}, table)
    assert as_written(found, raw, table)["value"].tolist() == ["-0,020"]


@pytest.mark.parametrize(
    ("text", "decimal", "words"),
    [
        (">10", ".", "above_detection"),
        (">10,5", ",", "above_detection"),
        ("<0.01", ",", "limit_codes"),
        ("1,5", ".", "`decimal` or `thousands`"),
        ("1,234.5", ".", "`decimal` or `thousands`"),
        ("n.a.", ".", "missing texts"),
    ],
)
def test_the_hint_of_a_text_fits_what_stands_there(text, decimal, words):
    table = Table(file="assay.csv", columns={"hole": "Hole"}, decimal=decimal)
    _, _, found = read(text, table=table)
    assert found["rule"].tolist() == ["text_in_number"] and words in found["hint"][0]


def test_the_codes_that_the_hint_names_help():
    table = Table(file="assay.csv", columns={"hole": "Hole"}, decimal=",")
    values, censored, found = read("<0.01", "<0,02", "1,5", table=table, limit_codes={"<0.01": 0.01})
    assert values == [0.005, 0.01, 1.5] and censored == [True, True, False]
    assert found["rule"].tolist() == ["values_below_detection"]


def test_a_column_in_other_marks_is_one_finding():
    _, _, found = read(*["1,5"] * 21, "n.a.")
    assert len(found) == 22
    gathered = gather_marks(found)
    assert sorted(gathered["rule"]) == ["marks_suspect", "text_in_number"]
    suspect = gathered[gathered["rule"] == "marks_suspect"].iloc[0]
    assert (suspect["column"], suspect["value"]) == ("Au", "1,5") and suspect["message"].startswith("21 numbers")
    assert len(gather_marks(read(*["1,5"] * 20)[2])) == 20
