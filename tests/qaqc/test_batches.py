"""Verdicts of batches, what a person overrides, and what is held out."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.settings import Analyte, Table
from scandia.errors import InputError, SettingError
from scandia.qaqc.gate import quality_words
from scandia.qaqc.hold_out import hold_out
from scandia.qaqc.settings import Certified, Override, Overrides, QualityControl
from scandia.qaqc.verdict import judge, overall

SC = {"sc": Analyte(label="Sc", unit="ppm", species="Sc", column="Sc", column_unit="ppm", column_species="Sc")}
SETTINGS = QualityControl(
    table=Table(file="qc.csv", columns={}),
    standards={"A": {"sc": Certified(value=100.0, deviation=4.0)}},
    analytes=("sc",),
    detection_limits={"sc": 0.5},
    on_failure="hold_out",
)
ROWS = [
    ("Q1", "standard", "A", None, "B1", 101.0),
    ("Q2", "standard", "A", None, "B2", 130.0),
    ("Q3", "blank", "S", None, "B2", 0.2),
]
QC = pd.DataFrame(ROWS, columns=["sample", "type", "reference", "parent", "batch", "sc"])
ASSAY = pd.DataFrame(
    {
        "row": [2, 3, 4, 5],
        "hole": "H",
        "from": [0.0, 1.0, 3.0, 4.5],
        "to": [1.0, 3.0, 4.5, 6.0],
        "sample": ["P1", "P2", "P3", "P4"],
        "batch": ["B1", "B2", "B3", None],
        "sc": [150.0, 160.0, 170.0, 180.0],
        "sc_censored": [False, True, False, False],
    }
)
ACCEPTED = Override(reason="the standard was mislabelled", name="A. Geologist")


def judged(**changes):
    return judge(QC, ASSAY, replace(SETTINGS, **changes), SC)


def test_every_batch_of_core_or_control_samples_has_a_verdict():
    batches = judged()["batches"].set_index("batch")
    assert batches["verdict"].to_dict() == {"B1": "pass", "B2": "fail", "B3": "not judged", "no batch": "not judged"}
    assert batches["core"].tolist() == [1, 1, 1, 1]
    assert batches.loc["B2", "reason"] == "Q2 sc: 1-3s"


def test_the_samples_of_a_failed_batch_are_held_out_and_counted():
    held = judged()["failed_samples"]
    assert held[["sample", "length", "batch", "verdict"]].values.tolist() == [["P2", 2.0, "B2", "fail"]]
    out = hold_out(ASSAY, held, {"sc": ["assay"]})
    assert out["sc"].isna().tolist() == [False, True, False, False]
    assert out["sc_censored"].tolist() == [False] * 4
    pd.testing.assert_frame_equal(out.drop(columns=["sc", "sc_censored"]), ASSAY.drop(columns=["sc", "sc_censored"]))
    assert ASSAY["sc"].notna().all()


def test_batches_without_control_samples_are_held_out_where_the_config_says_so():
    assert judged(not_judged="hold_out")["failed_samples"]["sample"].tolist() == ["P2", "P3", "P4"]
    kept = judged(not_judged="hold_out", on_failure="keep_with_warning")["failed_samples"]
    assert kept["sample"].tolist() == ["P2"]


def test_an_override_lifts_the_failure_with_reason_and_name():
    tables = judged(overrides=Overrides(batches={"B2": ACCEPTED}))
    row = tables["batches"].set_index("batch").loc["B2"]
    assert (row["verdict"], row["override_name"]) == ("overridden", "A. Geologist")
    assert row["reason"] == "Q2 sc: 1-3s"  # what was accepted stays on record
    assert tables["failed_samples"].empty
    assert overall(tables) != "fail"


def test_an_override_of_a_batch_that_does_not_exist_is_an_error():
    with pytest.raises(InputError, match=r"overrides.batches names 'B9', but there is no such batch; batches are such as B"):
        judged(overrides=Overrides(batches={"B9": ACCEPTED}))


def test_an_override_of_a_check_that_does_not_exist_is_an_error():
    with pytest.raises(InputError, match=r"overrides.checks names 'field', which is no check of this run"):
        judged(overrides=Overrides(checks={"field": ACCEPTED}))


def test_a_failing_type_of_duplicate_can_be_accepted():
    qc = pd.concat([QC.iloc[:1], pd.DataFrame([("Q9", "pulp_duplicate", None, "P1", "B1", 300.0)], columns=QC.columns)])
    assert overall(judge(qc, ASSAY, SETTINGS, SC)) == "fail"
    accepted = replace(SETTINGS, overrides=Overrides(checks={"pulp_duplicate": ACCEPTED}))
    tables = judge(qc, ASSAY, accepted, SC)
    assert overall(tables) == "overridden"
    assert tables["verdict"].set_index("check").loc["pulp_duplicate", "verdict"] == "overridden"
    words = quality_words(tables["verdict"], tables["batches"])
    assert "pulp duplicate accepted by A. Geologist: the standard was mislabelled" in words


@pytest.mark.parametrize("key", ["reason", "name"])
def test_an_override_needs_words(key):
    with pytest.raises(SettingError, match="needs a reason and a name"):
        replace(ACCEPTED, **{key: " "})


def test_nothing_can_be_held_out_without_the_batches_of_the_core():
    with pytest.raises(InputError, match=r"map `batch` in drillholes.assay.columns"):
        judge(QC, ASSAY.drop(columns="batch"), SETTINGS, SC)
    kept = judge(QC, ASSAY.drop(columns="batch"), replace(SETTINGS, on_failure="keep_with_warning"), SC)
    assert kept["failed_samples"].empty


def test_dates_decide_the_order_and_must_be_dates():
    dated = QC.assign(date=["2021-05-02", "2021-05-01", "2021-04-30"])
    assert judge(dated, ASSAY, SETTINGS, SC)["standards"]["sample"].tolist() == ["Q2", "Q1"]
    for wrong in ("2.5.2021", None, "2021-13-01"):
        table = Table(file="qc.csv", columns={"date": "Day"})
        with pytest.raises(InputError, match=r"qc\.csv, row 2, column Day: control sample Q1: its date is"):
            given = dated.assign(row=[2, 3, 4], date=[wrong, "2021-05-01", "2021-04-30"])
            judge(given, ASSAY, replace(SETTINGS, table=table), SC)


def test_a_hundred_thousand_control_samples_are_judged_in_seconds():
    from time import perf_counter

    count, generator = 100_000, np.random.default_rng(1)
    kinds = np.resize(["standard", "blank", "pulp_duplicate", "standard"], count)
    assay = pd.DataFrame(
        {"row": np.arange(count) + 2, "hole": "H", "from": np.arange(count) * 1.0, "sc": generator.lognormal(5, 0.5, count)}
    )
    assay = assay.assign(
        to=assay["from"] + 1.0, sample=[f"P{i:06d}" for i in range(count)], batch=[f"B{i // 40:05d}" for i in range(count)]
    )
    sc = np.select(
        [kinds == "standard", kinds == "blank"], [generator.normal(100, 4, count), generator.exponential(0.4, count)], assay["sc"]
    )
    qc = pd.DataFrame(
        {"sample": [f"Q{i:06d}" for i in range(count)], "type": kinds, "reference": "A", "batch": assay["batch"], "sc": sc}
    )
    qc = qc.assign(parent=np.where(kinds == "pulp_duplicate", assay["sample"], None))
    start = perf_counter()
    tables = judge(qc, assay, SETTINGS, SC)
    assert perf_counter() - start < 20  # 2 to 3 s on an idle core
    assert len(tables["batches"]) == 2500
