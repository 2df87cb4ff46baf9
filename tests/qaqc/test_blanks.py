import numpy as np
import pandas as pd
import pytest

from scandia.qaqc.blanks import judge_blanks


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
