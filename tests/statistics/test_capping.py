"""The capping study follows Parrish's rule, and a cap touches what lies above it and nothing else."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.errors import SettingError
from scandia.statistics.capping import apply_caps, candidate_caps, capping_table, decile_table
from scandia.statistics.settings import Cap


def composites(grades, domain="a"):
    grades = np.asarray(grades, dtype=float)
    frame = pd.DataFrame({"domain": domain, "length": 2.0, "grade": grades, "from": 2.0 * np.arange(grades.size)})
    return frame.assign(hole=[f"H{number % 8}" for number in range(grades.size)])


def cap(value):
    return {"a": {"grade": Cap(value=value, reason="break of the log-probability plot", who="J. Doe")}}


def test_deciles_worked_by_hand():
    table = decile_table(composites(np.arange(1.0, 201.0)), ["grade"]).set_index(["lower", "upper"])
    assert table.loc[(0, 10), "n"] == 20
    assert table.loc[(90, 100), "metal_share"] == pytest.approx(np.arange(181, 201).sum() / np.arange(1, 201).sum())
    assert table.loc[(99, 100), "minimum"] == 199.0
    assert table["metal_share"].iloc[:10].sum() == pytest.approx(1.0)
    assert table["metal_share"].iloc[10:].sum() == pytest.approx(table.loc[(90, 100), "metal_share"])


@pytest.mark.parametrize(
    ("grades", "rule"),
    [
        (np.arange(1.0, 201.0), "no cap"),
        (np.r_[np.ones(180), np.full(20, 7.0)], "cap"),  # top decile: 140 of 320
        (np.r_[np.ones(180), np.full(20, 2.5)], "cap"),  # more than twice the decile below
        (np.r_[np.full(160, 8.0), np.full(38, 20.0), 150.0, 150.0], "cap"),  # the top hundredth alone holds more than a tenth
        (np.ones(9), "too few composites"),
    ],
)
def test_the_decile_rule_speaks_as_parrish_wrote_it(grades, rule):
    assert capping_table(composites(grades), ["grade"], {}).loc[0, "rule"] == rule


def test_without_a_cap_the_table_says_so_in_words():
    row = capping_table(composites(np.arange(1.0, 201.0)), ["grade"], {}).iloc[0]
    assert row["decision"] == "no cap"
    assert np.isnan(row["cap"])
    assert (row["n_capped"], row["metal_removed"], row["mean_capped"]) == (0, 0.0, row["mean"])


def test_several_domains_and_analytes_need_no_sorted_names():
    frame = pd.concat([composites([1.0, 9.0], name) for name in ("b", "a")], ignore_index=True).assign(also=1.0)
    table = capping_table(frame, ["grade", "also"], {})
    assert list(zip(table["domain"], table["analyte"], strict=True)) == [
        ("a", "grade"),
        ("a", "also"),
        ("b", "grade"),
        ("b", "also"),
    ]


def test_a_cap_worked_by_hand_carries_reason_and_name():
    capped, table = apply_caps(composites([1.0, 2.0, 3.0, 14.0, np.nan]), cap(4.0), ["grade"])
    np.testing.assert_array_equal(capped["grade"], [1, 2, 3, 4, np.nan])
    np.testing.assert_array_equal(capped["grade_uncapped"], [1, 2, 3, 14, np.nan])
    row = table.iloc[0]
    assert (row["n"], row["n_capped"], row["cap"], row["mean"], row["mean_capped"]) == (4, 1, 4.0, 5.0, 2.5)
    assert row["metal_removed"] == pytest.approx(0.5)
    assert row["cv_capped"] < row["cv"]
    assert (row["decision"], row["who"]) == ("break of the log-probability plot", "J. Doe")


def test_other_domains_and_analytes_keep_their_grades_and_the_input_is_left_alone():
    frame = pd.concat([composites([1.0, 9.0]), composites([1.0, 9.0], "b")], ignore_index=True).assign(other=[9.0] * 4)
    capped, _ = apply_caps(frame, cap(4.0), ["grade", "other"])
    assert capped["grade"].tolist() == [1.0, 4.0, 1.0, 9.0]
    assert capped["other"].tolist() == capped["other_uncapped"].tolist() == [9.0] * 4
    assert "grade_uncapped" not in frame
    assert frame["grade"].tolist() == [1.0, 9.0, 1.0, 9.0]


@given(st.lists(st.floats(0.0, 600.0), min_size=1, max_size=50), st.floats(1.0, 600.0))
def test_capping_twice_is_capping_once_and_metal_goes_only_down(grades, value):
    once, table = apply_caps(composites(grades), cap(value), ["grade"])
    twice, _ = apply_caps(once.drop(columns="grade_uncapped"), cap(value), ["grade"])
    assert once["grade"].equals(twice["grade"])
    assert once["grade"].max() <= value
    assert np.isnan(table.loc[0, "metal_removed"]) or 0.0 <= table.loc[0, "metal_removed"] < 1.0 + 1e-12


def test_candidates_remove_less_metal_the_higher_they_are():
    table = candidate_caps(composites(np.random.default_rng(1).lognormal(size=500)), ["grade"])
    assert table["candidate"].tolist() == ["q95", "q97.5", "q99", "q99.5"]
    assert table["n_capped"].tolist() == [25, 12, 5, 2]
    assert table["metal_removed"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("caps", "words"),
    [({"c": {}}, "names domain c; composites have a"), ({"a": {"gold": None}}, "names analyte gold; composited are grade")],
)
def test_a_cap_for_what_is_not_there_stops_the_run(caps, words):
    with pytest.raises(SettingError, match=words):
        apply_caps(composites([1.0]), caps, ["grade"])
