import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.qaqc.settings import Certified
from scandia.qaqc.standards import BEYOND_ACTION, TWICE_BEYOND_WARNING, failures, judge_standards, summarise_standards

CERTIFIED = {"A": {"sc": Certified(value=100.0, deviation=4.0)}}


def results(values, reference="A"):
    count = len(values)
    return pd.DataFrame(
        {
            "sample": [f"S{i}" for i in range(count)],
            "type": "standard",
            "reference": reference,
            "batch": [f"B{i}" for i in range(count)],
            "sc": values,
        }
    )


@pytest.mark.parametrize(
    ("z", "failed"),
    [
        ([0.0, 1.9, -1.9, 2.9], []),
        ([0.0, 3.0, 0.0], []),  # on the line is not beyond it
        ([0.0, 3.01, 0.0], [1]),
        ([-3.01], [0]),
        ([2.1, 2.1, 0.0], [0, 1]),
        ([-2.1, -2.1], [0, 1]),
        ([2.1, -2.1, 2.1], []),  # not on one side
        ([2.1, 0.0, 2.1], []),  # not consecutive
        ([2.0, 2.1], []),  # the first is not beyond 2
        ([2.1, 2.1, 2.1], [0, 1, 2]),
        ([2.1, np.nan, 2.1], [0, 2]),  # the lost result is passed over
        ([np.nan, np.nan], []),
        ([], []),
    ],
)
def test_failures_by_hand(z, failed):
    assert np.flatnonzero(failures(z) != "").tolist() == failed


def test_a_result_beyond_3_keeps_that_reason_also_in_a_pair():
    assert failures([2.5, 3.5]).tolist() == [TWICE_BEYOND_WARNING, BEYOND_ACTION]


@given(st.lists(st.floats(-5, 5), max_size=30))
def test_turning_all_signs_changes_no_verdict(z):
    assert failures(z).tolist() == failures([-value for value in z]).tolist()


@given(st.lists(st.floats(-5, 5), max_size=30))
def test_failures_read_backwards_are_the_same(z):
    assert failures(z).tolist() == failures(z[::-1])[::-1].tolist()


def test_the_reasons_name_the_limits_given():
    found = failures([1.2, 1.6, 0.0], failure_deviations=1.5, warning_deviations=1.0).tolist()
    assert found == ["two consecutive beyond 1 standard deviations on the same side", "beyond 1.5 standard deviations", ""]


def test_z_is_the_distance_from_the_certified_value_in_its_deviations():
    judged = judge_standards(results([100.0, 106.0, 87.0]), CERTIFIED, ["sc"])
    assert judged["z"].tolist() == [0.0, 1.5, -3.25]
    assert judged["verdict"].tolist() == ["pass", "pass", "fail"]
    assert judged["order"].tolist() == [1, 2, 3]


def test_references_have_their_own_charts():
    """Two high results of two references are not consecutive results of one."""
    certified = {**CERTIFIED, "B": {"sc": Certified(value=200.0, deviation=5.0)}}
    table = results([109.0, 211.0, 100.0])
    table["reference"] = ["A", "B", "A"]
    judged = judge_standards(table, certified, ["sc"])
    assert judged["verdict"].tolist() == ["pass"] * 3
    assert judged["reference"].tolist() == ["A", "A", "B"]


def test_results_without_certified_value_or_without_result_are_listed_not_judged():
    table = pd.concat([results([100.0, np.nan]), results([50.0], reference="unknown")], ignore_index=True)
    judged = judge_standards(table, CERTIFIED, ["sc"])
    assert judged["verdict"].tolist() == ["pass", "not judged", "not judged"]
    assert judged["reason"].tolist() == ["", "no result", "no certified value in the config"]
    assert len(judged) == len(table)


def test_blanks_are_no_standards():
    assert judge_standards(results([1.0]).assign(type="blank"), CERTIFIED, ["sc"]).empty


def test_summary_by_hand():
    """102, 98, 112 against 100 ± 4: mean 104, bias +4 %, deviation sqrt(52) over 104; 112 is at z = 3, which passes."""
    summary = summarise_standards(judge_standards(results([102.0, 98.0, 112.0, np.nan]), CERTIFIED, ["sc"])).iloc[0]
    assert (summary["results"], summary["not_judged"], summary["failed"]) == (3, 1, 0)
    assert summary["mean"] == pytest.approx(104.0)
    assert summary["bias"] == pytest.approx(0.04)
    assert summary["relative_deviation"] == pytest.approx(np.sqrt(52.0) / 104.0)
