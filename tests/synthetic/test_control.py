"""The control samples hold the faults that were planted among them, and quality control finds those and no others."""

import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.settings import Analyte, Table
from scandia.qaqc.settings import Certified, QualityControl
from scandia.qaqc.verdict import judge
from scandia.synthetic.control import QC_ANALYTES, STANDARDS
from scandia.synthetic.laboratory import DETECTION_LIMITS


@pytest.fixture(scope="module")
def judged(raw):
    analytes = {e: Analyte(label=e, unit="ppm", species=e, column=e, column_unit="ppm", column_species=e) for e in QC_ANALYTES}
    certified = {
        name: {e: Certified(value=value, deviation=deviation) for e, (value, deviation) in zip(QC_ANALYTES, values, strict=True)}
        for name, values in STANDARDS.items()
    }
    limits = {element: DETECTION_LIMITS[element] for element in QC_ANALYTES}
    settings = QualityControl(
        table=Table(file="qc.csv", columns={}), standards=certified, analytes=QC_ANALYTES, detection_limits=limits
    )
    qc = raw["qc"].rename(columns=str.lower).rename(columns={"sampleid": "sample"}).assign(row=np.arange(len(raw["qc"])))
    assay = raw["assay"].rename(columns={"SampleID": "sample"})
    for element in QC_ANALYTES:
        qc[element] = pd.to_numeric(qc[f"{element.lower()}_ppm"], errors="coerce").fillna(limits[element] / 2)
        assay[element] = pd.to_numeric(assay[f"{element}_ppm"], errors="coerce")
    return judge(qc, assay, settings, analytes)


def test_standards_fail_by_calibration_by_drift_and_by_a_swap(judged):
    failed = judged["standards"][judged["standards"]["verdict"] == "fail"].sort_values("sample")
    by_sample = failed.groupby("sample")["analyte"].agg(list)
    assert by_sample.tolist() == [["Sc"], ["Sc"], ["Sc"], ["Sc", "Ce"]]
    reasons = failed.drop_duplicates("sample")["reason"].tolist()
    assert [reason.split(";")[0].split(" ")[0] for reason in reasons] == ["1-3s", "2-2s", "2-2s", "1-3s"]
    assert failed.drop_duplicates("sample")["swap"].ne("").tolist() == [False, False, False, True]


def test_one_blank_takes_from_the_sample_before_it(judged):
    assert judged["blanks"].loc[judged["blanks"]["verdict"] == "fail", "sample"].nunique() == 1


def test_one_field_duplicate_is_of_other_core(judged):
    failed = judged["duplicates"][judged["duplicates"]["verdict"] == "fail"]
    assert failed["sample"].nunique() == 1
    assert failed["type"].unique().tolist() == ["field_duplicate"]


def test_the_other_batches_pass(judged):
    verdicts = judged["batches"]["verdict"].value_counts()
    assert verdicts["fail"] == 5
    assert verdicts["pass"] > 50


def test_precision_gets_better_from_field_to_pulp(judged):
    """The largest error is at sampling, the smallest in the analysis."""
    table = judged["duplicate_summary"].set_index(["analyte", "type"])["cv_average"]
    for element in QC_ANALYTES:
        field, coarse, pulp = (table[element, f"{stage}_duplicate"] for stage in ("field", "coarse", "pulp"))
        assert field > coarse > pulp
