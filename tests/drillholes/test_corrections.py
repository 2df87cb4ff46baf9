"""Corrections are applied where they fit exactly, listed, and errors where they do not."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.corrections import COLUMNS, apply_corrections
from scandia.drillholes.settings import Analyte, Drillholes, Table
from scandia.drillholes.sources import Corrections
from scandia.errors import InputError
from scandia.io.deposit import take_in

SURVEY = Table(file="survey.csv", columns={"hole": "Hole", "depth": "At", "azimuth": "Az", "dip": "Dip"}, missing=("", "NS"))
ASSAY = Table(file="assay.csv", columns={"hole": "Hole", "from": "From", "to": "To"}, decimal=",")
SOURCES = {"survey": SURVEY, "assay": ASSAY}


def raw(columns, *rows):
    frame = pd.DataFrame(rows, columns=list(columns), dtype="str")
    frame.insert(0, "row", np.arange(2, len(rows) + 2))
    return frame


def tables():
    survey = raw(SURVEY.columns, ["A", "0", "10", "-60"], ["A", "30.0", "190", None], ["B", "0", "10", "60"])
    assay = raw([*ASSAY.columns, "Sc"], ["A", "0", "5", "1,5"], ["A", "5", "10", "2"], ["A", "5", "10", None])
    return {"survey": survey, "assay": assay}


def correct(*rows):
    given = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
    given.insert(0, "row", np.arange(2, len(rows) + 2))
    return apply_corrections(tables(), SOURCES, given, "corrections.csv")


def test_a_cell_is_changed_where_table_hole_depth_and_old_value_fit():
    fixed, applied, found = correct(
        ["survey", "B", "0", "Dip", "60", "-60", "sign", "J. Doe"],
        ["survey", "A", "30", "dip", "", "-61", "read from the paper log", "J. Doe"],
        ["survey", "A", "30", "Az", "190.0", "NS", "instrument off", "J. Doe"],
        ["assay", "A", "0,0", "Sc", "1,50", "15", "typed wrongly", "J. Doe"],
    )
    assert found.empty
    assert fixed["survey"]["dip"].tolist() == ["-60", "-61", "-60"] and pd.isna(fixed["survey"]["azimuth"][1])
    assert fixed["assay"]["Sc"][0] == "15"
    assert applied[["correction", "line"]].values.tolist() == [[2, 4], [3, 3], [4, 3], [5, 2]]
    assert applied.loc[0, list(COLUMNS)].tolist() == ["survey", "B", "0", "Dip", "60", "-60", "sign", "J. Doe"]


def test_what_was_given_is_not_changed_in_place():
    before = tables()
    given = raw(COLUMNS, ["survey", "B", "0", "Dip", "60", "-60", "sign", "J. Doe"])
    apply_corrections(before, SOURCES, given, "corrections.csv")
    pd.testing.assert_frame_equal(before["survey"], tables()["survey"])


def test_a_row_is_left_out_by_its_line():
    fixed, applied, found = correct(["assay", "A", "5", "row", "4", "", "copy without grade", "J. Doe"])
    assert found.empty and len(applied) == 1
    assert fixed["assay"].iloc[2].drop("row").isna().all() and fixed["assay"]["row"].tolist() == [2, 3, 4]


@pytest.mark.parametrize(
    ("row", "rule", "words"),
    [
        (
            ["survey", "B", "0", "Dip", "-50", "-60", "x", "y"],
            "correction_outdated",
            "the cell holds '60', not the old value '-50'",
        ),
        (["survey", "B", "5", "Dip", "60", "-60", "x", "y"], "correction_unmatched", "no row of survey.csv is hole B from 5"),
        (["survey", "C", "0", "Dip", "60", "-60", "x", "y"], "correction_unmatched", "hole C"),
        (["assay", "A", "5", "Sc", "2", "3", "x", "y"], "correction_ambiguous", "2 rows of assay.csv"),
        (["assay", "A", "5", "row", "2", "", "x", "y"], "correction_unmatched", "no row"),
        (["assays", "A", "5", "Sc", "2", "3", "x", "y"], "correction_unusable", "no table 'assays'"),
        (["survey", "A", "0", "Colour", "2", "3", "x", "y"], "correction_unusable", "reads no column 'Colour'"),
        (["survey", "A", "0", "Dip", "-60", "-61", None, "y"], "correction_unusable", "reason is missing"),
        (["survey", "A", "0", "Dip", "-60", "-61", "x", None], "correction_unusable", "who is missing"),
    ],
)
def test_a_correction_that_does_not_fit_is_an_error_with_its_line(row, rule, words):
    fixed, applied, found = correct(row)
    assert found[["file", "row", "rule", "severity"]].values.tolist() == [["corrections.csv", 2, rule, "error"]]
    assert words in found["message"][0] and applied.empty
    for name, frame in tables().items():
        pd.testing.assert_frame_equal(fixed[name], frame)


def test_a_correction_sees_those_before_it():
    fixed, _, found = correct(
        ["survey", "B", "0", "Dip", "60", "-60", "sign", "J. Doe"], ["survey", "B", "0", "Dip", "-60", "-59", "again", "J. Doe"]
    )
    assert found.empty and fixed["survey"]["dip"][2] == "-59"


@pytest.mark.parametrize(("cell", "old"), [("-9.9", "-99"), ("1_0", "10")])
def test_an_old_value_is_the_number_by_the_marks_of_the_table(cell, old):
    sources = {"assay": replace(ASSAY, thousands=".")}
    before = {"assay": raw([*ASSAY.columns, "Sc"], ["A", "0", "5", cell])}
    given = raw(COLUMNS, ["assay", "A", "0", "Sc", old, "1", "x", "y"])
    _, applied, found = apply_corrections(before, sources, given, "corrections.csv")
    assert applied.empty and found["rule"].tolist() == ["correction_outdated"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["survey", "B", "0", "Dip", "60", "-6O", "x", "y"], "'-6O' is no number as survey.csv writes them"),
        (["survey", "B", "0", "Dip", "60", "-60,5", "x", "y"], "decimal mark '.'"),
        (["assay", "A", "0", "Sc", "1,5", "1.6", "x", "y"], "decimal mark ','"),
    ],
)
def test_a_new_value_that_cannot_be_read_is_a_fault_of_the_corrections(row, words):
    given = raw(COLUMNS, row)
    analytes = {"sc": Analyte(label="Sc", unit="ppm", species="Sc", column="Sc", column_unit="ppm", column_species="Sc")}
    _, applied, found = apply_corrections(tables(), SOURCES, given, "corrections.csv", analytes)
    assert applied.empty and found[["file", "row", "rule"]].values.tolist() == [["corrections.csv", 2, "correction_unusable"]]
    assert words in found["message"][0]
    for new in ("<0,5", "1,6", ""):
        given = raw(COLUMNS, ["assay", "A", "0", "Sc", "1,5", new, "x", "y"])
        assert apply_corrections(tables(), SOURCES, given, "corrections.csv", analytes)[2].empty


def deposit(folder, corrections, **options):
    (folder / "collar.csv").write_text("Hole,E,N,Z,EOH\nA,0,0,0,10\n")
    (folder / "corrections.csv").write_text(corrections)
    columns = {"hole": "Hole", "easting": "E", "northing": "N", "elevation": "Z", "depth": "EOH"}
    settings = Corrections(**({"file": "corrections.csv"} | options))
    collar = Table(file="collar.csv", columns=columns)
    return Drillholes(root=str(folder), collar=collar, dip_sign="negative_down", corrections=settings)


def test_a_correction_may_carry_its_day(tmp_path):
    head = ",".join((*COLUMNS, "date")) + "\n"
    row = "collar,A,,E,0,2,typing error,J. Doe,"
    taken = take_in(deposit(tmp_path, head + row + "2024-05-31\n"), {})
    assert taken.findings[taken.findings["file"] == "corrections.csv"].empty
    assert taken.corrections["date"].tolist() == ["2024-05-31"]
    wrong = take_in(deposit(tmp_path, head + row + "2024-05-32\n"), {})
    assert "its date '2024-05-32' is no day" in wrong.findings["message"].iloc[0] and wrong.corrections.empty


def test_corrections_come_from_their_own_file(tmp_path):
    row = 'collar,A,,EOH,10,12,"deepened, 2024",J. Doe\n'
    taken = take_in(deposit(tmp_path, ",".join(COLUMNS) + "\n" + row), {})
    assert taken.raw["collar"]["depth"].tolist() == ["12"] and taken.corrections["reason"].tolist() == ["deepened, 2024"]
    assert taken.findings.empty
    nothing = take_in(deposit(tmp_path, ",".join(COLUMNS) + "\n"), {})
    assert nothing.corrections.empty and nothing.findings.empty


def test_a_file_of_corrections_without_its_columns_is_an_error(tmp_path):
    taken = take_in(deposit(tmp_path, "table,hole\ncollar,A\n"), {})
    assert set(taken.findings["rule"]) == {"column_missing"} and taken.corrections.empty


def test_corrections_outside_their_folder_are_refused(tmp_path):
    (tmp_path / "inner").mkdir()
    with pytest.raises(InputError, match="leads out of"):
        take_in(deposit(tmp_path / "inner", "", file="../corrections.csv"), {})
