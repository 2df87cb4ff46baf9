import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from scandia.drillholes.settings import Analyte, Table
from scandia.errors import InputError
from scandia.qaqc.settings import Certified, QualityControl
from scandia.qaqc.verdict import judge, overall

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


def test_the_order_of_the_rows_in_memory_changes_nothing():
    straight = judge(controls(), ASSAY, SETTINGS, ANALYTES)
    mixed = judge(controls().sample(frac=1.0, random_state=3), ASSAY[::-1], SETTINGS, ANALYTES)
    for name, table in straight.items():
        assert_frame_equal(table, mixed[name])


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
