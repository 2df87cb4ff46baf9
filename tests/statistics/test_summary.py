"""The table of statistics counts what is there and what is not, group by group."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from scandia.errors import InputError
from scandia.statistics.overview import correlation_overview, group_overview, statistics_overview
from scandia.statistics.summary import correlations, summarise

FRAME = pd.DataFrame(
    {
        "domain": ["b", "a", "a", "a", "a"],
        "campaign": ["1", "1", "1", "2", "2"],
        "length": [1.0, 1.0, 2.0, 1.0, 1.0],
        "weight": [1.0, 2.0, 0.5, 1.0, np.nan],
        "grade": [7.0, 10.0, 20.0, np.nan, 30.0],
        "grade_censored": [False, True, False, False, False],
    }
)


def test_statistics_weighted_by_length_worked_by_hand():
    row = summarise(FRAME, ["grade"]).iloc[0]
    assert (row["domain"], row["n"], row["missing"], row["weight_sum"]) == ("a", 3, 1, 4.0)
    assert row["mean"] == pytest.approx((10 + 40 + 30) / 4)
    assert row["deviation"] == pytest.approx(np.sqrt((100 + 0 + 100) / 4))
    assert row["cv"] == pytest.approx(np.sqrt(50) / 20)
    assert row["median"] == pytest.approx(20.0)
    assert (row["minimum"], row["maximum"]) == (10.0, 30.0)
    assert row["skewness"] == pytest.approx(0.0)
    assert row["censored"] == pytest.approx(1 / 3)


def test_a_row_without_weight_is_missing():
    row = summarise(FRAME, ["grade"], weight="weight").iloc[0]
    assert (row["n"], row["missing"]) == (2, 2)
    assert row["mean"] == pytest.approx((20 + 10) / 2.5)


def test_groups_may_be_of_several_columns_and_come_sorted():
    table = summarise(FRAME, ["grade"], by=["domain", "campaign"], weight=None)
    assert list(zip(table["domain"], table["campaign"], strict=True)) == [("a", "1"), ("a", "2"), ("b", "1")]
    assert table["n"].sum() + table["missing"].sum() == len(FRAME)


def test_row_order_changes_nothing():
    random = np.random.default_rng(1)
    frame = pd.DataFrame({"domain": "a", "length": 1.0, "grade": random.lognormal(size=50)})
    shuffled = frame.sample(frac=1.0, random_state=2)
    assert_frame_equal(summarise(frame, ["grade"]), summarise(shuffled, ["grade"]), rtol=1e-12)


def test_a_group_without_a_grade_has_a_row_of_missing_statistics():
    table = summarise(FRAME.assign(grade=np.nan), ["grade"])
    assert table["n"].tolist() == [0, 0]
    assert table[["mean", "median", "maximum"]].isna().all().all()


def test_correlations_are_those_of_pandas_where_weights_are_equal():
    random = np.random.default_rng(2)
    frame = pd.DataFrame(random.normal(size=(60, 3)), columns=["p", "q", "r"]).assign(domain="a", length=1.0)
    frame["q"] = np.round(frame["p"] + frame["q"], 1)
    frame.loc[::9, "r"] = np.nan
    found = correlations(frame, ["p", "q", "r"]).set_index(["method", "first", "second"])["correlation"]
    for method in ("pearson", "spearman"):
        expected = frame[["p", "q", "r"]].corr(method)
        for first, second in (("p", "q"), ("p", "r"), ("q", "r")):
            assert found[method, first, second] == pytest.approx(expected.loc[first, second])


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="no column gold"):
        summarise(FRAME, ["gold"])


def test_the_overview_weighs_each_support_in_its_own_way():
    table = statistics_overview(FRAME.drop(columns="weight"), FRAME, ["grade"]).set_index(["support", "domain"])
    assert table.loc[("samples", "a"), "mean"] == pytest.approx((10 + 40 + 30) / 4)
    assert table.loc[("composites", "a"), "mean"] == pytest.approx((10 + 40 + 30) / 4)
    assert table.loc[("declustered", "a"), "mean"] == pytest.approx((2 * 10 + 1 * 20) / 3)  # the one at 30 has no weight


def test_campaigns_and_laboratories_have_statistics_of_their_own():
    samples = FRAME.drop(columns=["weight", "campaign"]).assign(laboratory=["X", "X", "Y", "Y", None])
    table = group_overview(samples, FRAME, ["grade"])
    assert table.columns[:4].tolist() == ["grouped_by", "group", "domain", "analyte"]
    rows = table.set_index(["grouped_by", "domain", "group"])["mean"]
    assert rows["campaign", "a", "1"] == pytest.approx((2 * 10 + 1 * 20) / 3)
    assert rows["campaign", "b", "1"] == pytest.approx(7.0)
    assert rows["laboratory", "a", "X"] == pytest.approx(10.0)
    assert rows["laboratory", "a", "Y"] == pytest.approx(20.0)
    nameless = table[(table["grouped_by"] == "laboratory") & table["group"].isna()]
    assert nameless["mean"].tolist() == pytest.approx([30.0])
    assert group_overview(samples.drop(columns="laboratory"), FRAME.drop(columns="campaign"), ["grade"]).empty


def test_correlations_of_the_composites_are_pearson_s_and_spearman_s():
    grades = {"first": [1.0, 2.0, 3.0, 4.0], "second": [1.0, 8.0, 27.0, 64.0]}
    frame = pd.DataFrame({"domain": "a", "length": 1.0, "weight": 1.0} | grades)
    found = correlation_overview(frame, ["first", "second"]).set_index("method")["correlation"]
    assert found["spearman"] == pytest.approx(1.0)
    assert found["pearson"] == pytest.approx(np.corrcoef(frame["first"], frame["second"])[0, 1])
