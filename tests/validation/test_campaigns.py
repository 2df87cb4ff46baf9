"""Campaigns: their order, and that nothing later informs what came before; errors by decile."""

import numpy as np
import pandas as pd
import pytest

from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid
from scandia.kriging.search import Pass, Search
from scandia.kriging.settings import Estimation
from scandia.validation.campaigns import campaign_ranks
from scandia.validation.crossval import cross_validate_domains
from scandia.validation.deciles import error_deciles
from scandia.validation.settings import Validation
from scandia.variography.model import Variogram

WIDE = Search(passes=(Pass(ranges=(1000.0, 1000.0, 1000.0), min_samples=1, max_samples=16),))
NUGGET = Variogram(nugget=4.0, structures=())


def settings(**changes):
    return Validation(swaths=(1.0, 1.0, 1.0), **changes)


def drilled(campaigns, values):
    count = len(values)
    frame = pd.DataFrame(
        {"x": np.arange(count) * 10.0, "y": 0.0, "z": 0.0, "grade": values, "domain": "ore", "campaign": campaigns}
    )
    return frame.assign(hole=[f"H{k}" for k in range(count)], composite=np.arange(count) + 1, **{"from": 0.0})


def test_campaigns_sort_by_the_numbers_in_them_or_as_the_config_says():
    frame = drilled(["P10", "P9", "P10"], [1.0, 2.0, 3.0])
    assert campaign_ranks(frame, settings()).tolist() == [1, 0, 1]
    assert campaign_ranks(frame, settings(campaigns=("P10", "P9"))).tolist() == [0, 1, 0]
    dates = drilled(["2021-11-02", "2021-03-01", "2019-01-31"], [1.0, 2.0, 3.0])
    assert campaign_ranks(dates, settings()).tolist() == [2, 1, 0]
    assert campaign_ranks(dates, settings(campaign_letters=4)).tolist() == [1, 1, 0]


def test_without_two_campaigns_or_where_they_are_not_asked_for_there_are_none():
    assert campaign_ranks(drilled(["A", "A"], [1.0, 2.0]), settings()) is None
    assert campaign_ranks(drilled(["A", "B"], [1.0, 2.0]).drop(columns="campaign"), settings()) is None
    assert campaign_ranks(drilled(["A", "B"], [1.0, 2.0]), settings(cross_validation=("hole",))) is None


def test_a_hole_without_a_campaign_and_an_unknown_campaign_are_refused():
    with pytest.raises(InputError, match="hole H1 has no campaign"):
        campaign_ranks(drilled(["A", None], [1.0, 2.0]), settings())
    with pytest.raises(InputError, match="campaign 'B' is not in"):
        campaign_ranks(drilled(["A", "B"], [1.0, 2.0]), settings(campaigns=("A",)))


def test_each_campaign_is_estimated_from_those_before_it_alone():
    frame = drilled(["1", "1", "2", "3", "2"], [1.0, 3.0, 10.0, 50.0, 30.0])
    records, scores = cross_validate_domains(
        frame, Estimation(variables=("grade",), search=WIDE), {"ore": {"grade": NUGGET}}, ["grade"], mine_grid=MineGrid(),
        leaves=("hole", "campaign"), campaigns=campaign_ranks(frame, settings()),
    )  # fmt: skip
    later = records[records["leave"] == "campaign"].set_index("hole")["estimate"]
    assert later.to_dict() == pytest.approx({"H2": 2.0, "H4": 2.0, "H3": 11.0})  # means of what was known: 1, 3; then 10, 30
    row = scores[(scores["leave"] == "campaign") & (scores["domain"] == "ore")].iloc[0]
    assert row["n"] == 3 and row["mean_error"] == pytest.approx((2 - 10 + 2 - 30 + 11 - 50) / 3)
    assert set(records["leave"]) == {"hole", "campaign"}


def test_without_campaigns_that_way_has_no_rows():
    frame = drilled(["1", "1"], [1.0, 3.0])
    _, scores = cross_validate_domains(
        frame, Estimation(variables=("grade",), search=WIDE), {"ore": {"grade": NUGGET}}, ["grade"], mine_grid=MineGrid(),
        leaves=("hole", "campaign"), campaigns=None,
    )  # fmt: skip
    assert set(scores["leave"]) == {"hole"}


def test_deciles_hold_the_records_once_and_their_means_are_those_worked_by_hand():
    estimate = np.arange(20.0)
    records = pd.DataFrame({"domain": "ore", "variable": "grade", "leave": "hole", "estimate": estimate, "value": estimate[::-1]})
    records = records.assign(standardised=np.tile([-1.0, 1.0], 10))
    table = error_deciles(records)
    ore = table[table["domain"] == "ore"]
    assert ore["n"].tolist() == [2] * 10
    assert ore["estimate"].tolist() == pytest.approx(np.arange(10) * 2 + 0.5)
    assert ore.iloc[0]["mean_error"] == pytest.approx(0.5 - 18.5) and ore.iloc[0]["standardised_variance"] == pytest.approx(1.0)
    same = error_deciles(records.assign(estimate=3.0))
    assert same[same["domain"] == "ore"][["n", "decile"]].to_numpy().tolist() == [[20, 1]]  # equal estimates are one decile


def test_a_domain_that_one_campaign_met_alone_has_no_rows_of_its_own():
    frame = pd.concat([drilled(["1", "2"], [1.0, 3.0]), drilled(["2", "2"], [5.0, 7.0]).assign(domain="halo", y=50.0)])
    frame = frame.reset_index(drop=True).assign(hole=["A", "B", "C", "D"])
    records, scores = cross_validate_domains(
        frame, Estimation(variables=("grade",), search=WIDE), {"ore": {"grade": NUGGET}, "halo": {"grade": NUGGET}}, ["grade"],
        mine_grid=MineGrid(), leaves=("campaign",), campaigns=campaign_ranks(frame, settings()),
    )  # fmt: skip
    assert records[["domain", "hole"]].to_numpy().tolist() == [["ore", "B"]]
    assert scores.set_index("domain")["n"].to_dict() == {"ore": 1, "halo": 0, "all": 1}
