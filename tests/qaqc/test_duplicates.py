import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.drillholes.settings import Analyte
from scandia.errors import InputError
from scandia.qaqc.duplicates import judge_duplicates, summarise_duplicates
from scandia.units import oxide_factor

SC = {"sc": Analyte(label="Sc", unit="ppm", species="Sc", column="Sc", column_unit="ppm", column_species="Sc")}
LIMITS = {"field_duplicate": 0.30, "pulp_duplicate": 0.10}


def pairs(originals, duplicates, kind="pulp_duplicate"):
    count = len(originals)
    assay = pd.DataFrame({"sample": [f"P{i}" for i in range(count)], "sc": originals})
    qc = pd.DataFrame({"sample": [f"D{i}" for i in range(count)], "type": kind, "parent": assay["sample"], "batch": "B1"})
    return qc.assign(sc=duplicates), assay


def test_half_difference_by_hand():
    """|90 - 110| / 200 = 0.10 is at the limit and passes; |80 - 120| / 200 = 0.20 does not."""
    judged = judge_duplicates(*pairs([90.0, 80.0, 100.0], [110.0, 120.0, 100.0]), LIMITS, SC)
    assert judged["half_difference"].tolist() == pytest.approx([0.10, 0.20, 0.0])
    assert judged["verdict"].tolist() == ["pass", "fail", "pass"]
    assert judged["mean"].tolist() == [100.0, 100.0, 100.0]


def test_parents_flow_as_oxide_and_are_compared_as_element():
    """A parent that flows as 0.0153382 % Sc2O3 is 100 ppm Sc, as its duplicate."""
    analyte = Analyte(label="Sc₂O₃", unit="%", species="Sc2O3", column="Sc_ppm", column_unit="ppm", column_species="Sc")
    judged = judge_duplicates(*pairs([100.0 * oxide_factor("Sc", "Sc2O3") / 1e4], [100.0]), LIMITS, {"sc": analyte})
    assert judged["original"].iloc[0] == pytest.approx(100.0)
    assert judged["half_difference"].iloc[0] == pytest.approx(0.0, abs=1e-12)


def test_each_type_has_its_own_limit():
    judged = [judge_duplicates(*pairs([80.0], [120.0], kind), LIMITS, SC)["verdict"].iloc[0] for kind in LIMITS]
    assert judged == ["pass", "fail"]


def test_summary_by_hand():
    """Half differences 0.1 and 0.2: CV_avg = sqrt(2 / 2 (0.01 + 0.04)); half of the pairs keep 0.10."""
    summary = summarise_duplicates(judge_duplicates(*pairs([90.0, 80.0], [110.0, 120.0]), LIMITS, SC)).iloc[0]
    assert summary["cv_average"] == pytest.approx(np.sqrt(0.05))
    assert summary["within"] == 0.5
    assert summary["verdict"] == "fail"
    assert summary["bias"] == pytest.approx(230.0 / 170.0 - 1.0)


@pytest.mark.parametrize(
    ("factor", "count", "verdict"), [(1.0, 40, "pass"), (1.2, 40, "warning"), (0.8, 40, "warning"), (1.2, 2, "not judged")]
)
def test_limits_of_the_slope_that_leave_out_1_are_a_warning(factor, count, verdict):
    rng = np.random.default_rng(5)
    originals = rng.uniform(100.0, 200.0, count)
    duplicates = 150.0 + factor * (originals - 150.0) + rng.normal(0.0, 4.0, count)
    summary = summarise_duplicates(judge_duplicates(*pairs(originals, duplicates, "field_duplicate"), LIMITS, SC)).iloc[0]
    assert summary["slope_verdict"] == verdict
    assert summary["bias_verdict"] != "fail" and summary["verdict"] == "pass"


def test_pairs_that_agree_but_for_their_last_bits_have_a_slope_of_1():
    originals = np.array([0.1, 0.2, 0.3, 0.4])
    judged = judge_duplicates(*pairs(originals, originals * (1.0 + 1e-15)), LIMITS, SC)
    assert summarise_duplicates(judged)["slope_verdict"].tolist() == ["pass"]


@pytest.mark.parametrize(("bad", "verdict"), [(1, "pass"), (2, "fail")])
def test_nine_of_ten_pairs_must_keep_the_limit(bad, verdict):
    judged = judge_duplicates(*pairs([100.0] * 10, [100.0] * (10 - bad) + [200.0] * bad), LIMITS, SC)
    assert summarise_duplicates(judged)["verdict"].iloc[0] == verdict


def test_cv_average_of_a_pair_is_its_coefficient_of_variation():
    """For one pair, deviation (n - 1) over mean."""
    summary = summarise_duplicates(judge_duplicates(*pairs([70.0], [95.0]), LIMITS, SC))
    assert summary["cv_average"].iloc[0] == pytest.approx(np.std([70.0, 95.0], ddof=1) / np.mean([70.0, 95.0]))


@given(st.floats(0.0, 1e4), st.floats(0.0, 1e4))
def test_half_difference_lies_between_0_and_1_and_has_no_side(first, second):
    one = judge_duplicates(*pairs([first], [second]), LIMITS, SC)["half_difference"].iloc[0]
    other = judge_duplicates(*pairs([second], [first]), LIMITS, SC)["half_difference"].iloc[0]
    assert 0.0 <= one <= 1.0
    assert one == other


def test_two_zeros_agree():
    assert judge_duplicates(*pairs([0.0], [0.0]), LIMITS, SC)["half_difference"].iloc[0] == 0.0


def test_pairs_without_parent_or_result_are_listed_not_judged():
    qc, assay = pairs([100.0, 100.0, np.nan, 100.0], [100.0, np.nan, 100.0, 100.0])
    qc.loc[0, "parent"] = "elsewhere"
    qc.loc[3, "parent"] = None
    judged = judge_duplicates(qc, pd.concat([assay, pd.DataFrame({"sample": [None, None], "sc": [1.0, 2.0]})]), LIMITS, SC)
    assert judged["verdict"].tolist() == ["not judged"] * 4
    lost = "parent is not among the assays"
    assert judged["reason"].tolist() == [lost, "no result", "no result", lost]
    assert summarise_duplicates(judged)["verdict"].tolist() == ["not judged"]


def test_a_parent_that_stands_twice_is_refused():
    qc, assay = pairs([100.0], [100.0])
    with pytest.raises(InputError, match="P0 stands more than once"):
        judge_duplicates(qc, pd.concat([assay, assay]), LIMITS, SC)


def test_a_type_without_limit_is_refused():
    with pytest.raises(InputError, match="coarse_duplicate have no limit"):
        judge_duplicates(*pairs([1.0], [1.0], "coarse_duplicate"), LIMITS, SC)


def test_assays_without_sample_names_are_refused():
    qc, assay = pairs([1.0], [1.0])
    with pytest.raises(InputError, match="map `sample`"):
        judge_duplicates(qc, assay.drop(columns="sample"), LIMITS, SC)


def test_no_duplicates_give_empty_tables():
    qc, assay = pairs([], [])
    assert summarise_duplicates(judge_duplicates(qc, assay, LIMITS, SC)).empty
