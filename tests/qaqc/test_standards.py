import numpy as np
import pandas as pd
import pytest
from scipy import stats

from scandia.qaqc.settings import Certified
from scandia.qaqc.standards import judge_standards, summarise_standards

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
    assert judged["rules"].tolist() == ["1-2s", "", "1-2s"]
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


def test_charts_of_two_laboratories_are_two_charts():
    """Two high results in a row, one of each laboratory, are not two in a row of either."""
    table = results([109.0, 109.0, 100.0, 100.0]).assign(laboratory=["A", "B", "A", "B"])
    judged = judge_standards(table, CERTIFIED, ["sc"])
    assert judged["laboratory"].tolist() == ["A", "A", "B", "B"]
    assert judged["verdict"].tolist() == ["warning", "pass", "warning", "pass"]
    assert judged["rules"].tolist() == ["1-2s", "", "1-2s", ""]


def test_the_bias_and_its_limits_are_those_of_students_t():
    values = np.array([103.0, 105.0, 101.0, 104.0, 106.0, 102.0])
    row = summarise_standards(judge_standards(results(values), CERTIFIED, ["sc"]), significance=0.05, bias_limit=0.05).iloc[0]
    expected = stats.ttest_1samp(values, 100.0).confidence_interval(0.95)
    assert row["bias"] == pytest.approx(0.035)
    assert row["bias_low"] == pytest.approx(expected.low / 100.0 - 1.0)
    assert row["bias_high"] == pytest.approx(expected.high / 100.0 - 1.0)
    assert row["bias_verdict"] == "warning"  # significant, but within 5 %
    assert (
        summarise_standards(judge_standards(results(values), CERTIFIED, ["sc"]), bias_limit=0.03)["bias_verdict"].item() == "fail"
    )


def test_the_drift_is_the_rise_of_a_straight_line():
    """z climbs from -1 to 1 by equal steps: the line moves 2 deviations; ten results that do not move have none."""
    straight = summarise_standards(judge_standards(results(100.0 + 4.0 * np.linspace(-1, 1, 9)), CERTIFIED, ["sc"])).iloc[0]
    assert straight["drift"] == pytest.approx(2.0)
    assert straight["drift_verdict"] == "warning"
    still = summarise_standards(judge_standards(results([101.0, 99.0] * 5), CERTIFIED, ["sc"])).iloc[0]
    assert still["drift_verdict"] == "pass"


def test_a_swapped_standard_is_named_fails_and_spoils_neither_bias_nor_rows():
    certified = {**CERTIFIED, "B": {"sc": Certified(value=150.0, deviation=5.0)}}
    table = results([109.0, 151.0, 109.0, 100.0])
    judged = judge_standards(table, certified, ["sc"])
    assert judged["swap"].tolist() == ["", "B", "", ""]
    assert judged["verdict"].tolist() == ["fail", "fail", "fail", "pass"]  # the two high ones follow each other past the swap
    assert judged["reason"].tolist() == ["2-2s 1-2s", "1-3s; fits B", "2-2s 1-2s", ""]
    summary = summarise_standards(judged).iloc[0]
    assert summary["swaps"] == 1
    assert summary["mean"] == pytest.approx(106.0)


def test_a_blank_in_place_of_a_standard_is_recognised():
    judged = judge_standards(results([0.3]), CERTIFIED, ["sc"], blank_limits={"sc": 2.5})
    assert judged["swap"].tolist() == ["a blank"]
