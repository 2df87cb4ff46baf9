import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.settings import Analyte
from scandia.qaqc.blanks import judge_blanks, summarise_blanks
from scandia.qaqc.preceding import preceding_samples
from scandia.qaqc.settings import Certified


def blanks(values):
    samples = [f"S{i}" for i in range(len(values))]
    return pd.DataFrame({"sample": samples, "type": "blank", "reference": "SAND", "batch": "B1", "sc": values})


def test_a_blank_fails_above_the_multiple_of_the_detection_limit():
    judged = judge_blanks(blanks([0.25, 2.5, 2.51, np.nan]), {"sc": 0.5}, ["sc"], blank_limit=5.0)
    assert judged["limit"].tolist() == [2.5] * 4
    assert judged["verdict"].tolist() == ["pass", "pass", "fail", "not judged"]
    assert judged["reason"].tolist() == ["", "", "above 5 detection limits", "no result"]


@pytest.mark.parametrize(("multiple", "failed"), [(1.0, 2), (3.0, 1), (10.0, 0)])
def test_a_wider_limit_fails_fewer(multiple, failed):
    judged = judge_blanks(blanks([0.4, 1.2, 2.4]), {"sc": 0.5}, ["sc"], blank_limit=multiple)
    assert (judged["verdict"] == "fail").sum() == failed


def test_each_analyte_has_its_own_limit():
    table = blanks([1.0]).assign(ce=[1.0])
    judged = judge_blanks(table, {"sc": 0.5, "ce": 0.1}, ["sc", "ce"], blank_limit=5.0)
    assert judged.set_index("analyte")["verdict"].to_dict() == {"sc": "pass", "ce": "fail"}


def test_no_blank_gives_an_empty_table_with_its_columns():
    judged = judge_blanks(blanks([1.0]).assign(type="standard"), {"sc": 0.5}, ["sc"], blank_limit=5.0)
    assert judged.empty
    assert {"sample", "limit", "verdict"} <= set(judged.columns)


def test_the_sample_before_a_blank_is_the_one_numbered_before_it_in_its_batch():
    analyte = Analyte(label="Sc2O3", unit="g/t", species="Sc2O3", column="Sc", column_unit="ppm", column_species="Sc")
    qc = pd.DataFrame({"sample": ["S3", "S1", "S5"], "type": "blank", "batch": ["B1", "B2", "B1"], "sc": [0.3, 0.3, 0.4]})
    assay = pd.DataFrame({"sample": ["S2", "S4", "S0"], "batch": ["B1", "B1", "B1"], "sc": [153.382, 306.764, 10.0]})
    before = preceding_samples(qc, assay, {"sc": analyte})
    assert before["sample"].tolist()[::2] == ["S2", "S4"]
    assert before["sc"].tolist()[::2] == pytest.approx([100.0, 200.0], rel=1e-5)  # oxide as it flows, element as analysed
    assert before["sample"].isna().tolist() == [False, True, False]  # first of its batch


def test_the_sample_before_number_ten_is_number_nine():
    """S6 to S13 of one batch, S10 the blank; as text, S10 is the first, and S9 stands before nothing."""
    analyte = Analyte(label="Sc", unit="ppm", species="Sc", column="Sc", column_unit="ppm", column_species="Sc")
    qc = pd.DataFrame({"sample": ["S10"], "type": "blank", "batch": "B1", "sc": [0.4]})
    numbers = [6, 7, 8, 9, 11, 12, 13]
    assay = pd.DataFrame({"sample": [f"S{i}" for i in numbers], "sc": [10.0 * i for i in numbers]})
    for given in (assay, assay.assign(batch="B1")):
        before = preceding_samples(qc, given, {"sc": analyte}).iloc[0]
        assert (before["sample"], before["sc"]) == ("S9", 90.0)


def test_a_standard_in_place_of_a_blank_is_named():
    judged = judge_blanks(
        blanks([0.3, 101.0]), {"sc": 0.5}, ["sc"], blank_limit=5.0, standards={"A": {"sc": Certified(value=100.0, deviation=4.0)}}
    )
    assert judged["swap"].tolist() == ["", "A"]
    assert judged["reason"].iloc[1] == "above 5 detection limits; fits A"
    summary = summarise_blanks(judged).iloc[0]
    assert (summary["failed"], summary["swaps"], summary["maximum"]) == (1, 1, 0.3)
