"""The waterfall: differences by hand, steps that chain and add up, and published shares as their releases printed them."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from scandia.errors import InputError
from scandia.resource.reconcile import CONTEXT, TOTAL, published_context, waterfall
from scandia.resource.reconcile_settings import PublishedEstimate

NAMES = ("previous", "drilling", "domains", "economics")
NAMED = {name: (name, f"what {name} changed") for name in NAMES}
CUTOFFS = {"previous": 75.0, "drilling": 75.0, "domains": 75.0, "economics": 150.0}


def tonnage(indicated, inferred, cutoff, outside=0.0):
    rows = []
    for name, (tonnes, grade) in (("indicated", indicated), ("inferred", inferred)):
        rows.append((name, "all", "inside", cutoff, tonnes, grade, tonnes * grade / 1e6, 0.0))
        rows.append((name, "all", "outside", cutoff, outside, grade, outside * grade / 1e6, 0.0))
    return pd.DataFrame(rows, columns=["class", "domain", "shell", "cutoff", "tonnage", "g", "g_metal", "g_missing"])


def made():
    tables = {
        "previous": tonnage((100.0, 200.0), (80.0, 150.0), 75.0, outside=1e6),
        "drilling": tonnage((160.0, 210.0), (0.0, np.nan), 75.0),
        "domains": tonnage((160.0, 210.0), (0.0, np.nan), 75.0),
        "economics": tonnage((120.0, 250.0), (30.0, 190.0), 150.0),
    }
    return waterfall(tables, CUTOFFS, NAMED, "g", "g/t")


def test_differences_are_those_worked_by_hand_inside_the_pit():
    table = made().set_index(["resource", "measure", "cause"]).sort_index(level=[0, 1], sort_remaining=False)
    tonnes = table.loc[("Measured + Indicated", "tonnage")]
    assert tonnes["before"].tolist() == [100.0, 160.0, 160.0, 100.0]
    assert tonnes["after"].tolist() == [160.0, 160.0, 120.0, 120.0]
    assert tonnes["difference"].to_dict() == {"drilling": 60.0, "domains": 0.0, "economics": -40.0, TOTAL: 20.0}
    assert tonnes["share"].tolist() == pytest.approx([0.6, 0.0, -0.4, 0.2])
    grade = table.loc[("Measured + Indicated", "grade")]
    assert grade["difference"].tolist() == pytest.approx([10.0, 0.0, 40.0, 50.0]) and set(grade["unit"]) == {"g/t"}
    metal = table.loc[("Measured + Indicated", "metal")]
    assert metal["difference"].tolist() == pytest.approx([0.0136, 0.0, -0.0036, 0.01])
    assert table.loc[("Inferred", "tonnage", TOTAL), "difference"] == -50.0


def test_steps_chain_and_add_up_exactly():
    for (_, measure), own in made().groupby(["resource", "measure"], sort=False):
        steps, total = own[own["cause"] != TOTAL], own[own["cause"] == TOTAL].iloc[0]
        assert np.array_equal(steps["before"].to_numpy()[1:], steps["after"].to_numpy()[:-1], equal_nan=True)
        assert steps["before"].iloc[0] == total["before"] and steps["after"].iloc[-1] == total["after"]
        if steps[["before", "after"]].notna().all(axis=None):
            exact = sum(Fraction(to) - Fraction(one) for one, to in zip(steps["before"], steps["after"], strict=True))
            assert exact == Fraction(total["after"]) - Fraction(total["before"])
            assert steps["difference"].sum() == pytest.approx(total["difference"], rel=1e-12)
        else:
            assert measure == "grade"


def test_a_grade_without_tonnes_is_missing_and_so_are_its_differences():
    grade = (
        made()
        .set_index(["resource", "measure", "cause"])
        .sort_index(level=[0, 1], sort_remaining=False)
        .loc[("Inferred", "grade")]
    )
    assert grade.loc[["drilling", "domains", "economics"], "difference"].isna().all()
    assert grade.loc[TOTAL, "difference"] == pytest.approx(40.0)


def test_one_estimate_alone_is_refused():
    with pytest.raises(InputError, match="needs a previous and a present"):
        waterfall({"previous": made()}, CUTOFFS, NAMED, "g", "g/t")


def test_published_shares_are_those_of_the_releases():
    """The releases say +58 % and +22 % of 2023 (metal) and +38 % and +31 % of 2025 (tonnes), each of Indicated and Inferred."""
    given = [
        ("2021", "indicated", 7.3, 282.0),
        ("2021", "inferred", 13.2, 264.0),
        ("2023", "indicated", 11.8, 275.9),
        ("2023", "inferred", 15.9, 268.4),
        ("2025", "indicated", 16.3, 277.9),
        ("2025", "inferred", 20.9, 271.7),
    ]
    keys = ("estimate", "resource_class", "tonnage", "grade")
    rows = [PublishedEstimate(**dict(zip(keys, one, strict=True)), source="Release.") for one in given]
    table = published_context(rows, "g/t").set_index(["estimate", "class"])
    assert set(table["kind"]) == {CONTEXT}
    assert table.loc[("2021", "indicated"), "metal"] == pytest.approx(2058.6)
    assert table.loc["2021", ["tonnage_share", "metal_share"]].isna().all(axis=None)
    assert [round(100 * table.loc[("2023", name), "metal_share"]) for name in ("indicated", "inferred")] == [58, 22]
    assert [round(100 * table.loc[("2025", name), "tonnage_share"]) for name in ("indicated", "inferred")] == [38, 31]
