"""The tornado: differences from the base by hand, ranks, and groups that are never added."""

import pandas as pd
import pytest

from scandia.errors import InputError
from scandia.resource.sensitivity import rank_sensitivities


def tonnage(measured, indicated, inferred, cutoff=100.0):
    rows = []
    for name, (tonnes, grade) in (("measured", measured), ("indicated", indicated), ("inferred", inferred)):
        rows.append((name, "all", cutoff, tonnes, grade, tonnes * grade / 1e6, 0.0))
    return pd.DataFrame(rows, columns=["class", "domain", "cutoff", "tonnage", "g", "g_metal", "g_missing"])


NAMED = {"base": ("base", ""), "a_up": ("a", "+"), "a_down": ("a", "-"), "b_up": ("b", "+")}
CUTOFFS = dict.fromkeys(NAMED, 100.0) | {"b_up": 110.0}


def ranked():
    tables = {
        "base": tonnage((100.0, 200.0), (300.0, 400.0), (100.0, 100.0)),
        "a_up": tonnage((100.0, 200.0), (320.0, 400.0), (100.0, 100.0)),
        "a_down": tonnage((100.0, 200.0), (200.0, 400.0), (150.0, 100.0)),
        "b_up": tonnage((100.0, 200.0), (240.0, 500.0), (100.0, 100.0), cutoff=110.0),
    }
    return rank_sensitivities(tables, CUTOFFS, NAMED, "g").set_index(["resource", "measure", "variant"]).sort_index()


def test_differences_and_ranks_are_those_worked_by_hand():
    table = ranked()
    tonnes = table.loc[("Measured + Indicated", "tonnage")]
    assert tonnes["base"].tolist() == [400.0] * 3
    assert tonnes["difference"].to_dict() == {"a_up": 20.0, "a_down": -100.0, "b_up": -60.0}
    assert tonnes.loc["a_up", ["swing", "rank"]].tolist() == [pytest.approx(0.25), 1]
    assert tonnes.loc["b_up", "rank"] == 2
    grade = table.loc[("Measured + Indicated", "grade")]
    assert grade.loc["a_up", "base"] == pytest.approx(350.0)
    assert grade.loc["b_up", "value"] == pytest.approx((100 * 200 + 240 * 500) / 340)
    assert table.loc[("Measured + Indicated", "metal", "a_down"), "value"] == pytest.approx(0.1)


def test_inferred_stands_alone():
    inferred = ranked().loc[("Inferred", "tonnage")]
    assert inferred["base"].tolist() == [100.0] * 3 and inferred["difference"].to_dict() == {
        "a_up": 0.0,
        "a_down": 50.0,
        "b_up": 0.0,
    }


def test_a_table_without_the_cutoff_or_no_base_is_refused():
    table = tonnage((1.0, 1.0), (1.0, 1.0), (1.0, 1.0))
    with pytest.raises(InputError, match="no cut-off 90"):
        rank_sensitivities({"base": table}, {"base": 90.0}, NAMED, "g")
    with pytest.raises(InputError, match="need the base"):
        rank_sensitivities({"a_up": table}, CUTOFFS, NAMED, "g")
