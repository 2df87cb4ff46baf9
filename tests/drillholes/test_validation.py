import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scandia.drillholes.settings import Analyte, Table
from scandia.drillholes.validation import validate
from scandia.errors import SettingError


def rows_of(result, rule):
    found = result.findings[result.findings["rule"] == rule]
    return found[["file", "row", "hole", "column", "value"]].values.tolist()


def test_a_clean_database_has_no_errors_or_warnings_and_all_its_rows(database):
    result = database()
    assert result.errors == [] and result.warnings == [] and result.notes == ["values_below_detection"]
    assert result.rows["rows_in"].tolist() == result.rows["rows_used"].tolist() == [2, 4, 4, 2, 2]
    assert (result.rows["reason"] == "").all()
    assert result.tables["assay"]["Sc2O3"].tolist() == pytest.approx([153.38, 230.07, 0.383, 306.76], abs=0.01)


# Each fault alone: the table as given, and exactly the errors, warnings and place it must give.
FAULTS = [
    ("assay", "A,5,10,S2,150", "A,9,6,S2,150", "interval_upside_down", ["assay.csv", 3, "A", "FROM", "9"]),
    ("assay", "A,5,10,S2,150", "A,5,5,S2,150", "interval_zero_length", ["assay.csv", 3, "A", "FROM", "5"]),
    ("assay", "A,5,10,S2,150", "A,4.9,10,S2,150", "interval_overlap", ["assay.csv", 3, "A", "FROM", "4.9"]),
    ("assay", "A,5,10,S2,150", "A,0,5,S2,150", "duplicate_interval", ["assay.csv", 3, "A", "FROM", "0"]),
    ("assay", "A,5,10,S2,150", "A,5,10.5,S2,150", "beyond_hole_depth", ["assay.csv", 3, "A", "TO", "10.5"]),
    ("assay", "A,0,5,S1,100", "A,-1,5,S1,100", "depth_negative", ["assay.csv", 2, "A", "FROM", "-1"]),
    ("assay", "A,5,10,S2,150", "A,5,ten,S2,150", "text_in_number", ["assay.csv", 3, "A", "TO", "ten"]),
    ("assay", "A,5,10,S2,150", "A,,10,S2,150", "missing_key", ["assay.csv", 3, "A", "FROM", ""]),
    ("assay", "A,5,10,S2,150", ",5,10,S2,150", "missing_key", ["assay.csv", 3, "", "BHID", ""]),
    ("assay", "A,5,10,S2,150", "A,5,10,S2,NS", "text_in_number", ["assay.csv", 3, "A", "Sc", "NS"]),
    ("assay", "A,5,10,S2,150", "A,5,10,S2,-150", "value_negative", ["assay.csv", 3, "A", "Sc", "-150"]),
    ("assay", "A,5,10,S2,150", "A,5,10,S2,1500", "value_out_of_bounds", ["assay.csv", 3, "A", "Sc", "1500"]),
    ("assay", "A,5,10,S2,150", "X,5,10,S2,150", "hole_without_collar", ["assay.csv", 3, "X", "BHID", "X"]),
    ("collar", "B,1050,2000,305,10", "B,1050,2000,305,-10", "depth_not_positive", ["collar.csv", 3, "B", "EOH", "-10"]),
    ("collar", "B,1050,2000,305,10", "B,1050,,305,10", "missing_value", ["collar.csv", 3, "B", "Y", ""]),
    ("collar", "B,1050,2000,305,10", "B,1050,2000,305,", "missing_value", ["collar.csv", 3, "B", "EOH", ""]),
    (
        "collar",
        "B,1050,2000,305,10\n",
        "B,1050,2000,305,10\nA,0,0,0,10\n",
        "duplicate_collar",
        ["collar.csv", 4, "A", "BHID", "A"],
    ),
    ("survey", "B,0,90,-50\nB,10,90,-50\n", "", "hole_without_survey", ["collar.csv", 3, "B", "", ""]),
    ("survey", "B,10,90,-50", "B,0,90,-50", "survey_duplicate_depth", ["survey.csv", 5, "B", "AT", "0"]),
    ("survey", "B,10,90,-50", "B,10,361,-50", "azimuth_range", ["survey.csv", 5, "B", "AZ", "361"]),
    ("survey", "B,10,90,-50", "B,10,90,-91", "dip_range", ["survey.csv", 5, "B", "DIP", "-91"]),
    ("survey", "B,10,90,-50", "B,10,,-50", "missing_value", ["survey.csv", 5, "B", "AZ", ""]),
    ("survey", "B,10,90,-50", "B,-10,90,-50", "depth_negative", ["survey.csv", 5, "B", "AT", "-10"]),
    ("density", "A,1,1.1,3.1", "A,1,1.1,0", "value_out_of_bounds", ["density.csv", 2, "A", "SG", "0"]),
    ("density", "A,1,1.1,3.1", "A,1,1.1,3100", "value_out_of_bounds", ["density.csv", 2, "A", "SG", "3100"]),
    ("lithology", "A,0,10,FS", "A,0,10,FS\nA,8,9,SY", "interval_overlap", ["lithology.csv", 3, "A", "FROM", "8"]),
]


@pytest.mark.parametrize(
    ("table", "old", "new", "rule", "place"), FAULTS, ids=[f"{fault[3]}-{fault[0]}-{n}" for n, fault in enumerate(FAULTS)]
)
def test_each_fault_is_found_alone_at_its_place_and_its_row_is_left_out(database, clean, table, old, new, rule, place):
    assert old in clean[table]
    result = database(**{table: clean[table].replace(old, new)})
    assert result.errors == [rule]
    assert rows_of(result, rule) == [place]
    name = place[0].removesuffix(".csv")
    assert place[1] not in result.tables[name]["row"].tolist()
    assert result.rows.loc[name, "reason"].startswith(f"1 {rule}")


WARNINGS = [
    ("collar", "B,1050,2000,305", "B,1000.5,2000,300.5", "near_duplicate_collar", 2),
    ("survey", "B,0,90,-50\nB,10,90,-50", "B,0,90,-50", "survey_single_record", 1),
    ("survey", "B,0,90,-50", "B,2,90,-50", "survey_first_not_at_zero", 1),
    ("survey", "B,10,90,-50", "B,12,90,-50", "survey_beyond_depth", 1),
    ("survey", "B,10,90,-50", "B,10,90,-60", "dogleg", 1),
    ("survey", "B,0,90,-50\nB,10,90,-50", "B,0,90,3\nB,10,90,3", "dip_up", 2),
    ("assay", "B,0,5,S3,<0.5\nB,5,10,S4,200\n", "", "collar_without_assays", 1),
    ("assay", "A,5,10,S2", "A,5,10,S1", "duplicate_sample", 1),
]


@pytest.mark.parametrize(("table", "old", "new", "rule", "count"), WARNINGS, ids=[fault[3] for fault in WARNINGS])
def test_what_is_doubtful_warns_and_stays(database, clean, table, old, new, rule, count):
    assert old in clean[table]
    result = database(**{table: clean[table].replace(old, new)})
    assert result.errors == [] and result.warnings == [rule] * count
    assert (result.rows["rows_excluded"] == 0).all()


def test_gaps_are_notes_by_their_place_in_the_hole(database):
    result = database(assay="BHID,FROM,TO,SAMPLE,Sc\nA,1,4,S1,1\nA,5,9,S2,2\nB,0,10,S3,3\n")
    assert [(rule, rows_of(result, rule)) for rule in ("gap_at_collar", "interval_gap", "gap_at_end")] == [
        ("gap_at_collar", [["assay.csv", 2, "A", "FROM", "1"]]),
        ("interval_gap", [["assay.csv", 3, "A", "FROM", "5"]]),
        ("gap_at_end", [["assay.csv", 3, "A", "TO", "9"]]),
    ]
    assert result.errors == []


def test_an_overlap_names_the_interval_that_it_lies_under_not_the_one_before(database):
    result = database(lithology="BHID,FROM,TO,ROCK\nA,0,9,FS\nA,2,3,SY\nA,5,6,SY\nB,0,10,SY\n")
    found = result.findings[result.findings["rule"] == "interval_overlap"]
    assert found["message"].tolist() == ["the interval starts above the end at 9 m of row 2"] * 2


def test_differences_within_the_tolerance_are_rounding(database):
    result = database(assay="BHID,FROM,TO,SAMPLE,Sc\nA,0.005,5,S1,1\nA,4.995,10.005,S2,2\nB,0,5,S3,3\nB,5.005,10,S4,3\n")
    assert result.errors == result.warnings == result.notes == []


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), min_size=1, max_size=8))
def test_overlaps_and_gaps_agree_with_metre_by_metre_counting(intervals):
    from scandia.drillholes.settings import Checks
    from scandia.drillholes.tables import sort_table
    from scandia.drillholes.validation_intervals import check_intervals

    distinct = sorted(set(intervals))
    frame = pd.DataFrame({"row": np.arange(len(distinct)), "hole": "A", "from": [float(a) for a, _ in distinct]})
    frame = sort_table(frame.assign(to=[float(a + b) for a, b in distinct]))
    table = Table(file="f", columns={"from": "FROM", "to": "TO"})
    found = check_intervals(frame, table, pd.Series({"A": 100.0}), Checks()).set_index("rule")
    cover = np.zeros(101, dtype=int)
    for start, length in distinct:
        cover[start : start + length] += 1
    assert ("interval_overlap" in found.index) == (cover > 1).any()
    covered = np.flatnonzero(cover)
    assert ("interval_gap" in found.index) == (cover[covered[0] : covered[-1]] == 0).any()
    assert ("gap_at_collar" in found.index) == (cover[0] == 0)


def test_empty_rows_and_ragged_lines_are_in_the_account(database):
    text = "BHID,FROM,TO,SAMPLE,Sc\nA,0,5,S1,100\n,,,,\nA,5,10\nB,0,10,S3,5\n"
    result = database(assay=text)
    assert result.errors == ["line_ragged"] and "row_empty" in result.notes
    account = result.rows.loc["assay"]
    assert (account["rows_in"], account["rows_used"], account["rows_excluded"]) == (4, 2, 2)
    assert account["reason"] == "1 row_empty; 1 line_ragged"


def test_density_rows_without_value_are_left_out_with_that_reason(database):
    result = database(density="BHID,FROM,TO,SG\nA,1,2,NS\nB,2,3,3.2\n", missing=("NS",))
    assert result.errors == [] and result.rows.loc["density", "reason"] == "1 no value"
    assert result.tables["density"]["density"].tolist() == [3.2]


def test_control_samples_are_read_in_the_laboratorys_unit(database):
    from types import SimpleNamespace

    result = database()
    text = {"sample": "Q1", "type": "blank", "reference": None, "parent": None, "batch": "B1", "Sc": "<1"}
    frame = pd.DataFrame([text, {**text, "sample": "Q2", "type": "pebble", "Sc": "55"}], dtype="str").assign(row=[2, 3])
    table = Table(file="qc.csv", columns={name: name for name in text if name != "Sc"})
    control = SimpleNamespace(table=table, analytes=("Sc2O3",), standards={}, not_certified={})
    tables, findings, rows = validate({**result.raw, "qc": frame}, result.settings, result.analytes, quality_control=control)
    assert findings[findings["severity"] == "error"][["row", "rule", "value"]].values.tolist() == [[3, "type_unknown", "pebble"]]
    assert tables["qc"]["Sc2O3"].tolist() == [0.5] and tables["qc"]["Sc2O3_censored"].tolist() == [True]
    assert rows.set_index("table").loc["qc", "reason"] == "1 type_unknown"


def test_the_order_of_the_rows_changes_nothing_but_the_note(database):
    result = database(assay="BHID,FROM,TO,SAMPLE,Sc\nA,0,5,S1,100\nA,4,10,S2,x\nA,0,5,S3,7\nB,2,10,S4,200\n")
    generator = np.random.default_rng(1)
    mixed = {name: frame.iloc[generator.permutation(len(frame))].reset_index(drop=True) for name, frame in result.raw.items()}
    tables, findings, rows = validate(mixed, result.settings, result.analytes)
    for name, frame in result.tables.items():
        pd.testing.assert_frame_equal(tables[name], frame)
    kept = findings[findings["rule"] != "rows_unsorted"].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, result.findings.query("rule != 'rows_unsorted'").reset_index(drop=True))
    pd.testing.assert_frame_equal(rows.set_index("table"), result.rows)


CELLS = st.sampled_from(["", "x", "-1", "0", "5", "1e9", "<1", "nan", "A", "Z", '"', ",", "\n", "É", "#"])


@settings(max_examples=30)
@given(
    table=st.sampled_from(["collar", "survey", "assay", "lithology", "density"]),
    line=st.integers(0, 4),
    cell=st.integers(0, 4),
    text=CELLS,
)
def test_no_corruption_crashes_or_loses_a_row_from_the_account(shared_database, clean, table, line, cell, text):
    lines = [row.split(",") for row in clean[table].splitlines()]
    row = lines[line % len(lines)]
    row[cell % len(row)] = text
    result = shared_database(**{table: "\n".join(",".join(row) for row in lines) + "\n"})
    assert (result.rows["rows_in"] == result.rows["rows_used"] + result.rows["rows_excluded"]).all()
    for name, frame in result.tables.items():
        if name in result.rows.index:
            assert result.rows.loc[name, "rows_used"] == (frame["row"] >= 0).sum()


@pytest.mark.parametrize("name", ["collar", "survey", "assay", "lithology", "density"])
@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"BHID\n", b"A;B;C\n1;2;3\n", "É".encode("latin-1"), b'"'])
def test_hostile_files_are_findings(database, name, content):
    result = database(**{name: content})
    assert result.errors and set(result.findings["file"][result.findings["severity"] == "error"]) >= {f"{name}.csv"}
    assert (result.rows["rows_in"] == result.rows["rows_used"] + result.rows["rows_excluded"]).all()


def test_a_fault_in_one_cell_does_not_hide_another_table(database):
    result = database(collar=b"", assay="BHID,FROM,TO,SAMPLE,Sc\nA,5,0,S1,1\n")
    assert set(result.errors) == {"file_empty", "interval_upside_down"}


def test_analytes_may_be_none(database):
    assert database(analytes={}).errors == []


def test_findings_survive_as_plain_values(database):
    result = database(assay="BHID,FROM,TO,SAMPLE,Sc\nA,5,0,S1,1\nB,0,10,S2,1\n")
    assert json.loads(result.findings.to_json(orient="records"))[0]["file"] == "assay.csv"


def test_a_code_of_the_config_that_is_never_logged_is_an_error_with_the_codes_that_are(database):
    ore, waste = "model.domains.domains.ore.lithology", "model.domains.domains.waste.lithology"
    result = database(codes={ore: ("FS", "Fs2"), waste: ("SY", "QZ")})
    assert rows_of(result, "code_never_logged") == [
        ["lithology.csv", pd.NA, "", "ROCK", "Fs2"],
        ["lithology.csv", pd.NA, "", "ROCK", "QZ"],
    ]
    near, far = result.findings.loc[result.findings["rule"] == "code_never_logged"].to_dict("records")
    assert near["severity"] == far["severity"] == "error"
    assert near["message"].startswith(f"{ore} names this code")
    assert near["hint"] == f"did you mean FS? write it as it is logged, or take it out of {ore}; logged are FS, SY"
    assert far["hint"].startswith("write it as it is logged")
    assert result.rows.loc["lithology", "rows_used"] == 2


def test_codes_that_are_logged_and_codes_that_no_domain_takes_are_no_findings(database):
    assert database(codes={"model.domains.domains.ore.lithology": ("FS",)}).errors == []


def test_codes_are_not_looked_for_in_a_table_that_cannot_be_read(database):
    codes = {"model.domains.domains.ore.lithology": ("QZ",)}
    assert database(codes=codes, lithology="BHID,FROM,TO\nA,0,10\n").errors == ["column_missing"]
    assert database(codes=codes, lithology="BHID,FROM,TO,ROCK\n").errors == ["table_without_rows"]


def test_an_unknown_judged_analyte_is_refused(database):
    from types import SimpleNamespace

    result = database()
    control = SimpleNamespace(table=Table(file="qc.csv", columns={}), analytes=("Y",))
    raw = {**result.raw, "qc": pd.DataFrame({"row": [2], "sample": ["S"]})}
    with pytest.raises(ValueError, match=r"qaqc\.analytes names Y, which is no analyte; known are Sc2O3"):
        validate(raw, result.settings, result.analytes, quality_control=control)


def test_the_label_of_a_suspect_unit_reaches_the_findings(database):
    percent = Analyte(label="Sc", unit="%", species="Sc", column="Sc", column_unit="%", column_species="Sc")
    assert database(analytes={"Sc": percent}).errors == ["unit_suspect"]


def test_a_doubled_column_has_one_finding(database):
    result = database(assay="BHID,FROM,TO,SAMPLE,Sc,Sc\nA,0,5,S1,100,1\n")
    assert result.findings.loc[result.findings["column"] == "Sc", "rule"].tolist() == ["column_duplicated"]


def test_all_rock_of_one_code_is_a_log_of_every_hole(database):
    given = database(lithology=None)
    settings = replace(given.settings, lithology_of_all="ROCK")
    log = validate(given.raw, settings, given.analytes)[0]["lithology"]
    assert log[["row", "hole", "from", "to", "lithology"]].values.tolist() == [[-1, "A", 0, 10, "ROCK"], [-1, "B", 0, 10, "ROCK"]]
    table = Table(file="log.csv", columns={"hole": "BHID", "from": "FROM", "to": "TO", "lithology": "ROCK"})
    with pytest.raises(SettingError, match="lithology_of_all: stands in place of a lithology table"):
        replace(settings, lithology=table)
