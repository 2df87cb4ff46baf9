"""Units, norths, signs and shapes that a table declares, against numbers worked by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.findings import find
from scandia.drillholes.settings import Analyte, Drillholes, Table
from scandia.drillholes.shaping import shape
from scandia.drillholes.sources import Straight
from scandia.drillholes.tables import as_written, parse_numbers, to_convention, type_table
from scandia.drillholes.validation import check_database, validate
from scandia.errors import SettingError
from scandia.units import convert

SURVEY = {"hole": "Hole", "depth": "At", "azimuth": "Az", "dip": "Dip"}
COLLAR = {"hole": "Hole", "easting": "E", "northing": "N", "elevation": "Z", "depth": "EOH"}


def raw(columns, *rows):
    frame = pd.DataFrame(rows, columns=list(columns), dtype="str")
    frame.insert(0, "row", np.arange(2, len(rows) + 2))
    return frame


def database(survey=SURVEY, *, collar_options=None, survey_options=None, **options):
    tables = {
        "collar": Table(file="collar.csv", columns=COLLAR, **(collar_options or {})),
        "survey": survey and Table(file="survey.csv", columns=survey, **(survey_options or {})),
    }
    return Drillholes(root=".", dip_sign="negative_down", **tables, **options)


def rules(findings, severity="error"):
    return findings.loc[findings["severity"] == severity, "rule"].tolist()


@pytest.mark.parametrize(
    ("text", "decimal", "thousands", "number"),
    [
        ("1.234.567,5", ",", ".", 1234567.5),
        ("-12,345.25", ".", ",", -12345.25),
        ("6 133 665", ".", " ", 6133665.0),
        ("999", ".", ",", 999.0),
        ("1'000", ".", "'", 1000.0),
    ],
)
def test_thousands_marks_part_groups_of_three(text, decimal, thousands, number):
    values, bad = parse_numbers(pd.Series([text], dtype="str"), decimal, thousands)
    assert values.tolist() == [number] and not bad[0]


@pytest.mark.parametrize("text", ["1,23", "12,3456", ",123", "1,,234", "1.5,000", "1,234,56"])
def test_a_mark_that_parts_no_group_of_three_is_no_number(text):
    assert parse_numbers(pd.Series([text], dtype="str"), ".", ",")[1][0]


def test_feet_become_metres_by_their_definitions():
    collar = raw(COLLAR, ["A", "1000", "3937", "100", "10"])
    table = Table(file="collar.csv", columns=COLLAR, coordinate_unit="us_ft", depth_unit="ft")
    frame, _ = type_table("collar", collar, table)
    assert frame["northing"][0] == pytest.approx(1200.0, rel=1e-15)  # 3937 US survey feet are 1200 m
    assert frame["depth"][0] == 3.048


def test_findings_of_a_table_in_feet_show_what_the_file_says():
    table = Table(file="assay.csv", columns={"hole": "Hole", "from": "From", "to": "To"}, depth_unit="ft")
    settings = replace(database(), assay=table)
    tables = {
        "collar": raw(COLLAR, ["A", "0", "0", "0", "100"]),
        "survey": raw(SURVEY, ["A", "0", "0", "-90"]),
        "assay": raw(table.columns, ["A", "0", "10"], ["A", "9", "20"]),
    }
    _, findings, _ = validate(tables, settings, {})
    overlap = findings[findings["rule"] == "interval_overlap"]
    assert overlap["value"].tolist() == ["9"]
    silent = find("dip_up", "assay.csv", tables["assay"], column="From", value="")
    assert as_written(silent, tables["assay"], table)["value"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("options", "given", "expected"),
    [
        ({}, 350.0, 350.0),
        ({"azimuth_reference": "true", "convergence": 2.0}, 350.0, 348.0),
        ({"azimuth_reference": "true", "convergence": 2.0}, 1.0, 359.0),
        # Magnetic north 12 east of true north, grid north 2 east of it: the compass needs 10 more to count from grid north.
        ({"azimuth_reference": "magnetic", "declination": 12.0, "convergence": 2.0}, 355.0, 5.0),
        ({"azimuth_reference": "magnetic", "declination": -12.0, "convergence": 0.0}, 5.0, 353.0),
        ({"azimuth_reference": "magnetic", "declination": 12.0, "convergence": 2.0}, 400.0, 400.0),
        ({"azimuth_reference": "magnetic", "declination": 12.0, "convergence": 2.0}, -5.0, -5.0),
    ],
)
def test_azimuths_are_turned_to_grid_north_and_faulty_ones_left_to_be_found(options, given, expected):
    table = Table(file="survey.csv", columns=SURVEY, **options)
    assert to_convention("azimuth", np.array([given]), table).tolist() == [expected]


def test_each_table_has_its_own_sign_of_the_dip():
    columns = {**COLLAR, "azimuth": "Az", "dip": "Dip"}
    collar = Table(file="collar.csv", columns=columns, dip_sign="positive_down")
    settings = Drillholes(
        root=".", dip_sign="negative_down", collar=collar, survey=Table(file="s", columns=SURVEY), straight=COLLARS
    )
    tables = {
        "collar": raw(columns, ["A", "0", "0", "0", "50", "0", "60"], ["B", "100", "0", "0", "50", "0", "60"]),
        "survey": raw(SURVEY, ["A", "0", "0", "-70"]),
    }
    shaped, described, found = shape(tables, settings)
    clean, findings, _ = validate(shaped, described, {}, reading=found)
    assert rules(findings) == []
    assert clean["survey"][["hole", "dip"]].values.tolist() == [["A", -70.0], ["B", -60.0]]


@pytest.mark.parametrize(("station", "depths"), [("from", [0.0, 10.5]), ("middle", [5.25, 15.3]), ("to", [10.5, 20.1])])
def test_a_survey_in_intervals_holds_at_the_declared_end(station, depths):
    columns = {"hole": "Hole", "from": "Von", "to": "Bis", "azimuth": "Az", "dip": "Dip"}
    settings = database(columns, survey_options={"station": station, "decimal": ","})
    tables = {
        "collar": raw(COLLAR, ["A", "0", "0", "0", "50"]),
        "survey": raw(columns, ["A", "0", "10,5", "10", "-60"], ["A", "10,5", "20,1", "12", "-61"]),
    }
    shaped, described, found = shape(tables, settings)
    clean, findings, rows = validate(shaped, described, {})
    assert found.empty and rules(findings) == []
    assert clean["survey"]["depth"].tolist() == depths
    assert rows.set_index("table").loc["survey", "rows_used"] == 2


def test_a_faulty_interval_of_a_survey_is_found_where_it_stands():
    columns = {"hole": "Hole", "from": "From", "to": "To", "azimuth": "Az", "dip": "Dip"}
    settings = database(columns, survey_options={"station": "middle"})
    tables = {
        "collar": raw(COLLAR, ["A", "0", "0", "0", "50"]),
        "survey": raw(columns, ["A", "0", "10", "10", "-60"], ["A", "x", "20", "12", "-61"], ["A", None, "30", "12", "-61"]),
    }
    shaped, described, _ = shape(tables, settings)
    findings = validate(shaped, described, {})[1]
    errors = findings[findings["severity"] == "error"]
    assert errors[["row", "rule"]].values.tolist() == [[3, "text_in_number"], [4, "missing_key"]]
    assert errors["value"].tolist() == ["x, 20", ""]


@pytest.mark.parametrize("columns", [SURVEY, {"hole": "Hole", "from": "From", "to": "To", "azimuth": "Az", "dip": "Dip"}])
def test_a_survey_is_in_points_or_says_where_its_intervals_hold(columns):
    with pytest.raises(SettingError, match="say `station`"):
        database(columns, survey_options={} if "from" in columns else {"station": "from"})


def test_a_survey_in_the_assay_table_leaves_out_rows_without_a_direction():
    columns = {"hole": "Hole", "from": "From", "to": "To", "azimuth": "Az", "dip": "Dip"}
    settings = database(columns, survey_options={"station": "from", "sparse": True})
    rows = [["A", "0", "2", "10", "-60"], ["A", "2", "4", None, None], ["A", "4", "6", "12", None]]
    tables = {"collar": raw(COLLAR, ["A", "0", "0", "0", "50"]), "survey": raw(columns, *rows)}
    shaped, described, _ = shape(tables, settings)
    checked = check_database(shaped, described, {})
    assert rules(checked.findings) == ["missing_value"]  # a dip alone is no survey, and no blank row either
    account = checked.rows.set_index("table").loc["survey"]
    assert (account["rows_in"], account["rows_used"], account["rows_excluded"]) == (3, 1, 2)
    assert sorted(checked.excluded.loc[checked.excluded["table"] == "survey", "reason"]) == ["missing_value", "row_empty"]


COLLARS = (Straight(holes="all", reason="lost", who="J. Doe"),)
HOLES = [["A", "0", "0", "0", "50"], ["B", "100", "0", "0", "50"], ["C", "200", "0", "0", "50"]]


def straight(holes, **options):
    permission = Straight(holes=holes, azimuth=0.0, dip=-90.0, reason="short vertical holes", who="J. Doe", date="2024-05-31")
    settings = database(straight=(permission,), **options)
    tables = {"collar": raw(COLLAR, *HOLES), "survey": raw(SURVEY, ["A", "0", "10", "-60"])}
    shaped, described, found = shape(tables, settings)
    clean, findings, _ = validate(shaped, described, {}, reading=found)
    return clean, findings


def test_a_hole_without_survey_is_straight_only_by_permission():
    tables = {"collar": raw(COLLAR, *HOLES), "survey": raw(SURVEY, ["A", "0", "10", "-60"])}
    assert rules(validate(tables, database(), {})[1]) == ["hole_without_survey"] * 2
    clean, findings = straight("all")
    assert rules(findings) == []
    assert findings.loc[findings["rule"] == "hole_taken_as_straight", "hole"].tolist() == ["B", "C"]
    assert "short vertical holes" in findings.loc[findings["rule"] == "hole_taken_as_straight", "message"].iloc[0]
    assert clean["survey"][["hole", "azimuth", "dip"]].values.tolist() == [["A", 10, -60], ["B", 0, -90], ["C", 0, -90]]


def test_a_permission_for_some_holes_is_for_no_other():
    _, findings = straight(("B",))
    assert findings.loc[findings["severity"] == "error", ["hole", "rule"]].values.tolist() == [["C", "hole_without_survey"]]


def test_a_permission_that_fits_no_hole_is_a_slip():
    _, findings = straight(("A", "B", "C", "D"))
    found = findings[findings["rule"] == "straight_not_needed"]
    assert found["value"].tolist() == ["A", "D"]


def test_no_survey_table_at_all_needs_the_permission_too():
    tables = {"collar": raw(COLLAR, *HOLES)}
    assert rules(validate(tables, database(None), {})[1]) == ["hole_without_survey"] * 3
    permission = Straight(holes="all", azimuth=0.0, dip=-90.0, reason="short vertical holes", who="J. Doe")
    shaped, described, found = shape(tables, database(None, straight=(permission,)))
    clean, findings, _ = validate(shaped, described, {}, reading=found)
    assert rules(findings) == [] and clean["survey"]["dip"].tolist() == [-90.0] * 3


def test_troy_ounces_are_per_tonne_or_per_short_ton():
    assert convert(1.0, "oz/t", "g/t") == pytest.approx(31.1034768, rel=1e-15)
    assert convert(7.0, "oz/st", "g/t") == pytest.approx(240.0, rel=1e-15)  # 480 grains in 14 million
    assert convert(2.0, "kg/t", "%") == 0.2
    ounces = Analyte(label="Au", unit="g/t", species="Au", column="Au", column_unit="oz/st", column_species="Au")
    assert ounces.column_unit == "oz/st"


@pytest.mark.parametrize(
    ("cells", "marks", "depth"),
    [
        (("1.000,0", "1.234,0"), {"decimal": ",", "thousands": "."}, 1117.0),
        (("1.5", "2.5"), {"decimal": ","}, None),
        (("1_0", "20"), {}, None),
    ],
)
def test_the_middle_of_an_interval_is_taken_of_numbers_as_the_table_writes_them(cells, marks, depth):
    columns = {"hole": "Hole", "from": "From", "to": "To", "azimuth": "Az", "dip": "Dip"}
    settings = database(columns, survey_options={"station": "middle", **marks})
    tables = {"collar": raw(COLLAR, ["A", "0", "0", "0", "5000"]), "survey": raw(columns, ["A", *cells, "10", "-60"])}
    shaped, described, _ = shape(tables, settings)
    clean, findings, _ = validate(shaped, described, {})
    assert ("text_in_number" in rules(findings)) == (depth is None)
    assert clean["survey"]["depth"].tolist() == ([] if depth is None else [depth])


def test_a_permitted_direction_keeps_all_its_digits():
    straight = Straight(holes="all", azimuth=123.4567891, dip=-60.0, reason="short", who="J. Doe")
    settings = replace(database(None), straight=(straight,))
    shaped, _, _ = shape({"collar": raw(COLLAR, ["A", "0", "0", "0", "50"])}, settings)
    assert shaped["collar"][["azimuth", "dip"]].values.tolist() == [["123.4567891", "-60"]]
