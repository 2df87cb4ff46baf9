from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from scandia.drillholes.settings import Analyte, Table
from scandia.errors import InputError, SettingError
from scandia.qaqc.settings import Certified, Override, Overrides, QualityControl
from scandia.qaqc.verdict import judge, order_of_analysis, overall

ANALYTES = {
    "sc": Analyte(label="Sc", unit="ppm", species="Sc", column="Sc", column_unit="ppm", column_species="Sc"),
    "total": Analyte(label="Total", unit="ppm", species="total", sum_of=("sc",)),
}
SETTINGS = QualityControl(
    table=Table(file="qc.csv", columns={}),
    standards={"A": {"sc": Certified(value=100.0, deviation=4.0)}},
    analytes=("sc",),
    detection_limits={"sc": 0.5},
)
ASSAY = pd.DataFrame({"sample": ["P1", "P2", "P3"], "sc": [150.0, 160.0, 170.0]})
ROWS = [
    # sample, type, reference, parent, batch, sc
    ("Q1", "standard", "A", None, "B1", 101.0),
    ("Q2", "blank", "SAND", None, "B1", 0.25),
    ("Q3", "standard", "A", None, "B2", 109.0),
    ("Q4", "pulp_duplicate", None, "P1", "B2", 152.0),
    ("Q5", "standard", "A", None, "B3", 108.5),
    ("Q6", "blank", "SAND", None, "B4", 2.6),
    ("Q7", "field_duplicate", None, "P2", "B5", 170.0),
    ("Q8", "standard", "A", None, "B6", np.nan),
    ("Q9", "blank", "SAND", None, None, 0.25),
]


def controls(rows=ROWS):
    frame = pd.DataFrame(rows, columns=["sample", "type", "reference", "parent", "batch", "sc"])
    return frame.assign(row=np.arange(2, len(frame) + 2))


def test_batches_by_hand():
    """B2 and B3 hold two consecutive results beyond +2 deviations, B4 a dirty blank; B5 and B6 have nothing to judge by."""
    batches = judge(controls(), ASSAY, SETTINGS, ANALYTES)["batches"].set_index("batch")
    assert batches["verdict"].to_dict() == {
        "B1": "pass",
        "B2": "fail",
        "B3": "fail",
        "B4": "fail",
        "B5": "not judged",
        "B6": "not judged",
        "no batch": "pass",
    }
    assert batches.loc["B2", ["standards", "blanks", "duplicates", "failed_standards", "failed_blanks"]].tolist() == [
        1,
        0,
        1,
        1,
        0,
    ]
    assert batches.loc["B4", "reason"] == "Q6 sc: above 5 detection limits"


def test_one_failed_batch_fails_the_whole():
    tables = judge(controls(), ASSAY, SETTINGS, ANALYTES)
    assert overall(tables) == "fail"
    verdict = tables["verdict"].set_index("check")
    assert verdict.loc["standards", ["judged", "failed", "verdict"]].tolist() == [3, 2, "fail"]
    assert verdict.loc["pulp_duplicate", "verdict"] == "pass"


def test_clean_controls_pass():
    assert overall(judge(controls(ROWS[:2]), ASSAY, SETTINGS, ANALYTES)) == "pass"


def test_a_failing_type_of_duplicate_fails_the_whole_but_no_batch():
    rows = [*ROWS[:2], ("Q4", "pulp_duplicate", None, "P1", "B1", 250.0)]
    tables = judge(controls(rows), ASSAY, SETTINGS, ANALYTES)
    assert tables["batches"]["verdict"].tolist() == ["pass"]
    assert overall(tables) == "fail"


def test_nothing_to_judge_is_no_pass():
    assert overall(judge(controls(ROWS[7:8]), ASSAY, SETTINGS, ANALYTES)) == "not judged"


def test_every_control_result_is_in_one_table():
    tables = judge(controls(), ASSAY, SETTINGS, ANALYTES)
    assert sorted([*tables["standards"]["sample"], *tables["blanks"]["sample"], *tables["duplicates"]["sample"]]) == [
        row[0] for row in ROWS
    ]
    assert tables["insertion"].set_index("type").loc["all_control", "count"] == len(ROWS)


AGAIN = [
    *ROWS,
    ("Q3", "standard", "A", None, "B2", 91.0),  # analysed twice
    ("Q4", "field_duplicate", None, "P3", "B2", 171.3),  # one number, another type
    *((f"R{i}", "pulp_duplicate", None, "P1", f"B{i % 5}", 150.0 + 1.1**i) for i in range(30)),
    *((f"T{i}", "standard", "A", None, f"B{i % 7}", 100.0 + 0.1 * i) for i in range(30)),
]


@settings(max_examples=25)
@given(st.permutations(range(len(AGAIN))), st.permutations(range(len(ASSAY))))
def test_the_order_of_the_input_rows_changes_no_bit_of_any_table(lines, cores):
    """Rows are shuffled as in the file: their line numbers follow the new order."""
    straight = judge(controls(AGAIN), ASSAY, SETTINGS, ANALYTES)
    mixed = judge(controls([AGAIN[line] for line in lines]), ASSAY.iloc[list(cores)], SETTINGS, ANALYTES)
    for name, table in straight.items():
        assert_frame_equal(table, mixed[name], check_exact=True)


def test_consecutive_is_by_batch_then_sample_whatever_the_file_says():
    """Q3 of B2 and Q5 of B3 are high and follow each other; a low result that the file puts between them does not part them."""
    rows = [ROWS[2], ("Q0", "standard", "A", None, "B1", 92.0), ROWS[4]]
    standards = judge(controls(rows), ASSAY, SETTINGS, ANALYTES)["standards"]
    assert standards["sample"].tolist() == ["Q0", "Q3", "Q5"]
    assert standards["order"].tolist() == [1, 2, 3]
    assert standards["verdict"].tolist() == ["pass", "fail", "fail"]


@pytest.mark.parametrize("dated", [False, True])
@pytest.mark.parametrize("named", [lambda i: (f"S{i}", "B1"), lambda i: ("Q1", f"B{i}"), lambda i: (f"S{i:03d}", "B1")])
def test_numbers_order_the_analyses_by_hand(named, dated):
    """6 to 13, of which 9 and 10 have z = (108.8 - 100) / 4 = 2.2: two in a row beyond 2. As text, 10 to 13 would go first."""
    rows = [(named(i)[0], "standard", "A", None, named(i)[1], 108.8 if i in (9, 10) else 100.0) for i in range(13, 5, -1)]
    frame = controls(rows)
    judged = judge(frame.assign(date="2021-05-01") if dated else frame, ASSAY, SETTINGS, ANALYTES)["standards"]
    assert judged[["sample", "batch"]].agg(tuple, axis=1).tolist() == [named(i) for i in range(6, 14)]
    assert judged["verdict"].tolist() == ["pass"] * 3 + ["fail"] * 2 + ["pass"] * 3


def test_the_declared_order_puts_a_sequence_before_or_behind_the_batch():
    """Two days; on the second the laboratory counts 1 to 4 through two batches, against the numbers of the samples."""
    rows = [(f"Q{i}", "standard", "A", None, batch, 100.0) for i, batch in enumerate(["B1", "B2", "B2", "B1", "B9"])]
    days = ["2021-05-02"] * 4 + ["2021-05-01"]
    frame = controls(rows).assign(date=days, sequence=[10.0, 2.0, 1.0, 9.0, 50.0])
    by_batch = order_of_analysis(frame, ["sc"])
    assert by_batch["sample"].tolist() == ["Q4", "Q3", "Q0", "Q2", "Q1"]  # 9 before 10, and not as text
    by_day = order_of_analysis(frame, ["sc"], order=("date", "sequence"))
    assert by_day["sample"].tolist() == ["Q4", "Q2", "Q1", "Q3", "Q0"]
    declared = replace(SETTINGS, order=("date", "sequence"))
    assert judge(frame, ASSAY, declared, ANALYTES)["standards"]["sample"].tolist() == ["Q4", "Q2", "Q1", "Q3", "Q0"]
    with pytest.raises(InputError, match=r"qc\.csv, row 3, column Seq: control sample Q1: its sequence is missing"):
        table = Table(file="qc.csv", columns={"sequence": "Seq"})
        order_of_analysis(frame.assign(sequence=[1.0, np.nan, 1, 1, 1]), ["sc"], table=table)
    with pytest.raises(InputError, match="its date is '2021-02-30'"):
        order_of_analysis(frame.assign(date="2021-02-30"), ["sc"])


def test_an_accepted_failure_says_when_it_was_accepted():
    given = Override(reason="mislabelled", name="A. Geologist", date="2021-06-01")
    chosen = replace(SETTINGS, overrides=Overrides(batches={"B2": given}, checks={"blanks": given}))
    tables = judge(controls(), ASSAY, chosen, ANALYTES)
    batches, checks = tables["batches"].set_index("batch"), tables["verdict"].set_index("check")
    for name in (batches.loc["B2", "override_name"], checks.loc["blanks", "override_name"]):
        assert name == "A. Geologist, 2021-06-01"
    with pytest.raises(SettingError, match=r"Override\.date is '1\.6\.2021'"):
        replace(given, date="1.6.2021")


def test_rows_sort_by_batch_then_sample_then_type_with_no_batch_named():
    rows = [("Q9", "blank"), ("Q10", "blank"), ("Q1", "standard"), ("Q1", "blank"), ("Q0", "blank")]
    frame = pd.DataFrame(rows, columns=["sample", "type"]).assign(reference=None, parent=None, sc=1.0)
    ordered = order_of_analysis(frame.assign(batch=["B1", "B1", "B2", "B2", None]), ["sc"])
    assert ordered[["sample", "type"]].agg(tuple, axis=1).tolist() == [rows[i] for i in (0, 1, 3, 2, 4)]
    assert ordered["batch"].tolist() == ["B1", "B1", "B2", "B2", "no batch"]


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        ({}, ["Q3", "Q5"]),
        ({"warning_deviations": 2.2}, []),
        ({"warning_deviations": 2.2, "failure_deviations": 2.2}, ["Q3"]),  # z = 2.25 and 2.125
    ],
)
def test_the_limits_of_standards_are_those_of_the_settings(change, failed):
    standards = judge(controls(), ASSAY, replace(SETTINGS, **change), ANALYTES)["standards"]
    assert standards.loc[standards["verdict"] == "fail", "sample"].tolist() == failed


def test_the_share_of_pairs_is_that_of_the_settings():
    """One of two pulp duplicates keeps its limit."""
    rows = [*ROWS[:2], ROWS[3], ("Q5", "pulp_duplicate", None, "P2", "B2", 250.0)]
    for share, verdict in ((0.5, "pass"), (0.51, "fail")):
        assert overall(judge(controls(rows), ASSAY, replace(SETTINGS, pair_share=share), ANALYTES)) == verdict


@pytest.mark.parametrize(
    ("key", "value"), [("failure_deviations", 0.0), ("warning_deviations", 0.0), ("pair_share", 0.0), ("pair_share", 1.1)]
)
def test_limits_out_of_bounds_are_refused(key, value):
    with pytest.raises(SettingError, match=f"QualityControl.{key} is {value}"):
        replace(SETTINGS, **{key: value})


def test_the_callers_table_is_left_alone():
    given = controls()
    judge(given, ASSAY, SETTINGS, ANALYTES)
    assert_frame_equal(given, controls())


@pytest.mark.parametrize("name", ["total", "unknown"])
def test_a_judged_analyte_needs_an_assay_column(name):
    settings = QualityControl(table=SETTINGS.table, analytes=(name,), detection_limits={name: 1.0})
    with pytest.raises(InputError, match=f"qaqc.analytes names '{name}', which has no assay column; allowed are sc"):
        judge(controls(), ASSAY, settings, ANALYTES)


def test_a_judged_analyte_needs_a_detection_limit():
    settings = QualityControl(table=SETTINGS.table, analytes=("sc",), detection_limits={})
    with pytest.raises(InputError, match="no limit for 'sc'"):
        judge(controls(), ASSAY, settings, ANALYTES)
