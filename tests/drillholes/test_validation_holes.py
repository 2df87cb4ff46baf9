"""Checks of whole holes: keys, collars, surveys and columns."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from scandia.drillholes.settings import Drillholes
from scandia.drillholes.sources import Straight, Table
from scandia.errors import SettingError
from scandia.geometry.surface import surface_from_table

COLLARS = (Straight(holes="all", reason="the contractor lost them", who="J. Doe", date="2024-05-31"),)


def rows_of(result, rule):
    found = result.findings[result.findings["rule"] == rule]
    return found[["file", "row", "hole", "column", "value"]].values.tolist()


def test_a_survey_with_the_wrong_sign_is_one_error_that_says_what_to_change(database):
    result = database(dip_sign="positive_down")
    assert result.errors == ["dip_sign"]
    found = result.findings[result.findings["rule"] == "dip_sign"].iloc[0]
    assert found["message"] == "2 of 2 holes start upwards if dips are positive_down"
    assert found["hint"] == "set drillholes.dip_sign to negative_down if they go down"


def test_the_declared_sign_is_applied(database):
    survey = "BHID,AT,AZ,DIP\nA,0,90,60\nB,0,90,50\nB,10,90,0\n"
    result = database(survey=survey, dip_sign="positive_down")
    assert result.errors == [] and result.tables["survey"]["dip"].tolist() == [-60.0, -50.0, 0.0]


def test_a_hole_without_survey_takes_the_collars_direction_only_by_permission(database):
    columns = {
        "collar": {
            "hole": "BHID",
            "easting": "X",
            "northing": "Y",
            "elevation": "Z",
            "depth": "EOH",
            "azimuth": "AZ",
            "dip": "DIP",
        }
    }
    files = {
        "collar": "BHID,X,Y,Z,EOH,AZ,DIP\nA,1000,2000,300,10,10,60\nB,1050,2000,305,10,20,50\n",
        "survey": "BHID,AT,AZ,DIP\nA,0,90,60\nA,10,90,60\n",
        "columns": columns,
        "dip_sign": "positive_down",
    }
    assert database(**files).errors == ["hole_without_survey"]
    result = database(**files, straight=COLLARS)
    assert result.errors == [] and result.warnings == ["survey_from_collar"]
    assert result.tables["survey"].values.tolist() == [[2, "A", 0, 90, -60], [3, "A", 10, 90, -60], [-1, "B", 0, 20, -50]]
    said = result.findings.loc[result.findings["rule"] == "survey_from_collar", "message"].iloc[0]
    words = "by permission of J. Doe, 2024-05-31 it is straight along the collar's azimuth and dip: the contractor lost them"
    assert said.endswith(words)
    assert result.rows.loc["survey", "rows_used"] == 2
    alone = database(**{**files, "survey": None}, straight=COLLARS)
    assert alone.warnings == ["survey_from_collar"] * 2 and alone.tables["survey"]["hole"].tolist() == ["A", "B"]
    bare = {**files, "collar": "BHID,X,Y,Z,EOH,AZ,DIP\nA,1000,2000,300,10,10,60\nB,1050,2000,305,10,,50\n"}
    assert database(**bare, straight=COLLARS).errors == ["hole_without_survey"]
    one = database(**{**files, "survey": None}, straight=(Straight(holes=("B",), reason="lost", who="J. Doe"),))
    faults = one.findings[one.findings["severity"] == "error"]
    assert faults[["hole", "rule"]].values.tolist() == [["A", "hole_without_survey"]]
    two = (COLLARS[0], Straight(holes=("B",), azimuth=90.0, dip=70.0, reason="driller's sheet", who="J. Doe"))
    mixed = database(**{**files, "survey": None}, straight=two)
    assert mixed.tables["survey"][["hole", "azimuth", "dip"]].values.tolist() == [["A", 10, -60], ["B", 90, -70]]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reason": "", "who": "J. Doe"}, "Straight.reason is ''; a decision needs a reason and a name"),
        ({"reason": "lost", "who": "-"}, "Straight.who is '-'"),
        ({"reason": "lost", "who": "J. Doe", "date": "2024-02-30"}, "Straight.date is '2024-02-30'; it must be a day"),
        ({"reason": "lost", "who": "J. Doe", "azimuth": 10.0}, "give azimuth and dip, or neither"),
    ],
)
def test_a_permission_is_a_decision_with_reason_and_name(given, words):
    with pytest.raises(SettingError, match=re.escape(words)):
        Straight(holes="all", **given)


def test_permissions_of_one_hole_or_without_any_direction_are_refused():
    one = Straight(holes=("A",), reason="lost", who="J. Doe")
    collar = Table(file="c", columns={"hole": "H", "easting": "E", "northing": "N", "elevation": "Z", "azimuth": "A", "dip": "D"})
    for entries, table, words in (
        ((one, one), collar, "names hole 'A' twice"),
        ((COLLARS[0], COLLARS[0]), collar, "two entries are for all holes"),
        ((one,), replace(collar, columns={"hole": "H"}), "collar.columns maps no azimuth and no dip"),
    ):
        with pytest.raises(SettingError, match=words):
            Drillholes(root=".", dip_sign="negative_down", collar=table, straight=entries)


def test_rows_of_a_hole_without_collar_are_all_accounted_for(database):
    result = database(collar="BHID,X,Y,Z,EOH\nA,1000,2000,300,10\n")
    assert result.errors == ["hole_without_collar"] * 4
    for name in ("survey", "assay", "lithology", "density"):
        assert set(result.tables[name]["hole"]) == {"A"}
        assert result.rows.loc[name, "reason"] == f"{result.rows.loc[name, 'rows_excluded']} hole_without_collar"


def test_rows_of_a_hole_with_a_faulty_collar_go_with_it(database):
    result = database(collar="BHID,X,Y,Z,EOH\nA,1000,2000,300,10\nB,x,2000,305,10\n")
    assert result.rows.loc["assay", "reason"] == "2 hole excluded" and set(result.tables["assay"]["hole"]) == {"A"}


def test_a_hole_spelt_differently_is_named_in_the_hint(database):
    collar = "BHID,X,Y,Z,EOH\nA-001,1000,2000,300,10\nB,1050,2000,305,10\n"
    found = database(collar=collar, assay="BHID,FROM,TO,SAMPLE,Sc\na1,0,5,S1,1\n").findings
    hints = found[(found["rule"] == "hole_without_collar") & (found["file"] == "assay.csv")]["hint"].tolist()
    assert hints == ["did you mean A-001? add its collar"]


def test_many_collars_at_one_place_are_one_warning_each_and_name_another_hole(database):
    names = [f"W{number}" for number in range(12)]
    collar = "BHID,X,Y,Z,EOH\n" + "".join(f"{name},1000,2000,300,10\n" for name in names)
    result = database(collar=collar, survey=None, assay=None, lithology=None, density=None)
    found = result.findings[result.findings["rule"] == "near_duplicate_collar"]
    assert found["hole"].tolist() == names
    for hole, message in zip(found["hole"], found["message"], strict=True):
        other = message.removeprefix("the collar is 0 m from that of hole ")
        assert other in names and other != hole


def test_collars_are_compared_with_the_ground(database):
    nodes = pd.DataFrame({"easting": [990.0, 1020, 990, 1020], "northing": [1990.0, 1990, 2010, 2010], "elevation": 290.0})
    result = database(surface=surface_from_table(nodes))
    assert result.warnings == ["collar_off_topography", "collar_outside_topography"]
    assert "10 m above the ground at 290 m" in result.findings.query("rule == 'collar_off_topography'")["message"].iloc[0]


def test_a_missing_depth_column_takes_the_deepest_record_and_says_so(database):
    columns = {"collar": {"hole": "BHID", "easting": "X", "northing": "Y", "elevation": "Z"}}
    result = database(columns=columns, lithology="BHID,FROM,TO,ROCK\nA,0,12,FS\nB,0,10,SY\n")
    assert result.warnings == ["depth_not_given"] and result.tables["collar"]["depth"].tolist() == [12.0, 10.0]


def test_an_unmapped_column_is_named(database):
    result = database(columns={"survey": {"hole": "BHID", "depth": "AT", "dip": "DIP"}})
    assert result.errors == ["column_unmapped"]
    assert result.rows.loc["survey", ["rows_in", "rows_used", "rows_excluded"]].tolist() == [4, 0, 4]


def test_a_missing_column_is_one_finding_not_two(database):
    result = database(assay="BHID,FROM,TO,SAMPLE,SC\nA,0,5,S1,1\nB,0,5,S1,1\n")
    assert (
        result.errors == ["column_missing"] and "did you mean SC?" in result.findings.query("severity == 'error'")["hint"].iloc[0]
    )


BARE = {"hole": "BHID", "easting": "X", "northing": "Y", "elevation": "Z"}


def test_a_survey_far_below_the_intervals_is_named_and_gives_no_depth(database):
    survey = "BHID,AT,AZ,DIP\nA,0,90,-60\nA,25,90,-60\nB,0,90,-50\nB,90000,90,-50\n"
    result = database(survey=survey, columns={"collar": BARE})
    assert result.tables["collar"]["depth"].tolist() == [10.0, 10.0]
    found = result.findings[result.findings["rule"].isin(["survey_far_below", "survey_depth_impossible"])]
    assert found[["row", "hole", "rule", "severity"]].values.tolist() == [
        [3, "A", "survey_far_below", "warning"],
        [5, "B", "survey_depth_impossible", "error"],
    ]
    assert "2.5 times as deep" in found["message"].iloc[0]
    assert result.tables["survey"]["depth"].tolist() == [0.0, 25.0, 0.0]


def test_a_hole_without_intervals_is_as_deep_as_its_survey(database):
    collar = "BHID,X,Y,Z\nA,1000,2000,300\nB,1050,2000,305\nC,1100,2000,305\n"
    survey = "BHID,AT,AZ,DIP\nA,0,90,-60\nB,0,90,-50\nC,0,90,-50\nC,40,90,-50\nC,90000,90,-50\n"
    result = database(collar=collar, survey=survey, columns={"collar": BARE})
    assert result.tables["collar"]["depth"].tolist() == [10.0, 10.0, 40.0]


@pytest.mark.parametrize(
    ("unit", "reach", "said"), [(3.2808399, 1.0, "feet"), (3.2808399, 0.85, "feet"), (100.0, 0.9, "centimetres")]
)
def test_a_survey_table_in_another_unit_is_an_error(database, unit, reach, said):
    collar = "BHID,X,Y,Z,EOH\n" + "".join(f"H{i},{1000 + 50 * i},2000,300,{100 + i}\n" for i in range(5))
    survey = "BHID,AT,AZ,DIP\n" + "".join(f"H{i},0,90,-60\nH{i},{reach * (100 + i) * unit:.4f},90,-60\n" for i in range(5))
    result = database(collar=collar, survey=survey, assay="BHID,FROM,TO,SAMPLE,Sc\nH0,0,5,S1,100\n", lithology=None, density=None)
    found = result.findings[result.findings["rule"] == "table_depths_scaled"]
    assert found[["file", "column", "severity"]].values.tolist() == [["survey.csv", "AT", "error"]]
    assert said in found["hint"].iloc[0]


@pytest.mark.parametrize("reach", [0.2, 0.3048, 0.5, 1.0, 1.2])
def test_surveys_of_the_upper_part_of_a_hole_are_not_in_another_unit(database, reach):
    collar = "BHID,X,Y,Z,EOH\n" + "".join(f"H{i},{1000 + 50 * i},2000,300,{100 + i}\n" for i in range(5))
    survey = "BHID,AT,AZ,DIP\n" + "".join(f"H{i},0,90,-60\nH{i},{reach * (100 + i):.4f},90,-60\n" for i in range(5))
    result = database(collar=collar, survey=survey, assay="BHID,FROM,TO,SAMPLE,Sc\nH0,0,5,S1,100\n", lithology=None, density=None)
    assert "table_depths_scaled" not in result.errors
