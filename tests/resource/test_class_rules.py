"""The rule table: every condition, what bars the next class, rules by domain, and holes that do not count."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtri

from scandia.errors import InputError, SettingError
from scandia.resource.classify import classify
from scandia.resource.classify_holes import untrusted_holes
from scandia.resource.classify_rules import Barrier
from scandia.resource.classify_settings import Classification, ClassRule, HolesWithin, ProductionError, Untrusted
from scandia.resource.classify_tables import class_table, group_table, reason_table

BASE = {"fraction": 1.0, "grade": 200.0, "grade_pass": 1, "grade_holes": 3, "grade_mean_distance": 30.0,
        "grade_slope": 0.9, "grade_efficiency": 0.5, "grade_samples": 12}  # fmt: skip


def row_of(make_parts, *changes, domain="ore"):
    columns = {name: [one.get(name, value) for one in changes] for name, value in BASE.items()}
    variance = {"grade_variance": [one.get("grade_variance", 1.0) for one in changes]}
    return make_parts({domain: columns | variance})


def rules(*conditions, **more):
    made = [ClassRule(resource_class=name, **given) for name, given in conditions]
    return Classification(rules=tuple(made), reason="Test", **more)


def holes(*places):
    """Composites of holes at x along the row of blocks."""
    rows = [(f"H{k}", "ore", float(x), 5.0, 2.5, 1.0) for k, x in enumerate(places)]
    return pd.DataFrame(rows, columns=["hole", "domain", "x", "y", "z", "grade"])


@pytest.mark.parametrize(
    ("condition", "change", "barrier"),
    [
        ({"max_pass": 1}, {"grade_pass": 2}, Barrier.PASS),
        ({"min_holes": 3}, {"grade_holes": 2}, Barrier.HOLES),
        ({"max_distance": 30.0}, {"grade_mean_distance": 30.1}, Barrier.DISTANCE),
        ({"min_slope": 0.9}, {"grade_slope": 0.89}, Barrier.SLOPE),
        ({"min_slope": 0.9}, {"grade_slope": np.nan}, Barrier.SLOPE),
        ({"min_efficiency": 0.5}, {"grade_efficiency": 0.49}, Barrier.EFFICIENCY),
    ],
)
def test_a_condition_lets_its_limit_through_and_names_itself_beyond_it(make_parts, condition, change, barrier):
    parts = row_of(make_parts, {}, change)
    result = classify(parts, rules(("indicated", condition), ("inferred", {})), "grade")
    assert result["class"].values.ravel().tolist() == [2, 3]
    assert result["class_barred"].values.ravel().tolist() == [0, barrier]
    assert result["class_rule"].values.ravel().tolist() == [1, 2]


def test_holes_within_a_distance_are_the_distance_to_the_so_manieth_hole(make_parts):
    parts = row_of(make_parts, {}, {}, {})  # centres at x 5, 15, 25
    chosen = rules(("indicated", {"holes_within": (HolesWithin(count=2, distance=20.0),)}))
    result = classify(parts, chosen, "grade", composites=holes(0.0, 35.0))
    # second nearest: 30, 20, 25 m
    assert result["class"].values.ravel().tolist() == [0, 2, 0]
    assert result["class_barred"].values.ravel().tolist() == [Barrier.HOLES_WITHIN, 0, Barrier.HOLES_WITHIN]
    with pytest.raises(InputError, match="give the composites"):
        classify(parts, chosen, "grade")


def test_a_hole_without_a_grade_or_of_another_domain_does_not_count(make_parts):
    table = holes(5.0, 5.0, 5.0)
    table.loc[1, "grade"], table.loc[2, "domain"] = np.nan, "halo"
    chosen = rules(("indicated", {"holes_within": (HolesWithin(count=2, distance=100.0),)}))
    assert classify(row_of(make_parts, {}), chosen, "grade", composites=table)["class"].values.item() == 0


def test_untrusted_holes_count_for_lower_classes_only(make_parts):
    near = {"holes_within": (HolesWithin(count=3, distance=50.0),)}
    barred = Untrusted(reason="Not surveyed", holes=("H1",))
    parts, table = row_of(make_parts, {}), holes(0.0, 5.0, 10.0)
    chosen = rules(("indicated", near), ("inferred", near), untrusted=barred)
    assert classify(parts, chosen, "grade", composites=table)["class"].values.item() == 2
    assert classify(parts, chosen, "grade", composites=table, untrusted=["H1"])["class"].values.item() == 3
    with pytest.raises(SettingError, match="holes are told apart"):
        rules(("indicated", {"max_distance": 50.0}), untrusted=barred)


def test_holes_are_untrusted_by_name_by_failed_batches_and_by_a_collar_survey_only():
    table = pd.DataFrame({"hole": ["A", "B", "C"], "records": [1, 5, 3]})
    failed = pd.DataFrame({"hole": ["C", "C"]})
    assert untrusted_holes(None, table, failed) == []
    assert untrusted_holes(Untrusted(reason="r", holes=("Z",)), table, failed) == ["Z"]
    assert untrusted_holes(Untrusted(reason="r", collar_only=True, failed_quality=True), table, failed) == ["A", "C"]
    assert untrusted_holes(Untrusted(reason="r", failed_quality=True), table, None) == []


def test_the_error_of_a_production_volume_is_that_worked_by_hand(make_parts):
    # blocks of 500 m3 and 1000 t: the cube of 3000 t is 1500 m3, 11.4 m wide, one block of 10 m long
    parts = row_of(make_parts, *({"grade": grade, "grade_variance": 900.0} for grade in (200.0, 300.0, 400.0)))
    error = ndtri(0.95) * 30.0 / np.array([200.0, 300.0, 400.0])
    for limit in (error[1], error[1] * 0.999):
        production = ProductionError(tonnes=3000.0, error=limit)
        result = classify(parts, rules(("measured", {"production": production})), "grade")
        assert result["class"].values.ravel().tolist() == [0, 1 if limit == error[1] else 0, 1]
    third = ProductionError(tonnes=3000.0, error=error[0] / np.sqrt(3.0), independent=3.0)
    assert classify(parts, rules(("measured", {"production": third})), "grade")["class"].values.ravel().tolist() == [1, 1, 1]
    # 54,000 t are a cube of 30 m: three blocks along x, at the end two of them
    wide = ProductionError(tonnes=54_000.0, error=ndtri(0.95) * 30.0 / 300.0)
    assert classify(parts, rules(("measured", {"production": wide})), "grade")["class"].values.ravel().tolist() == [0, 1, 1]


def test_a_domain_may_have_rules_of_its_own(make_parts):
    own = (ClassRule(resource_class="measured"),)
    parts = row_of(make_parts, {})
    chosen = rules(("inferred", {}), domains={"ore": own})
    result = classify(parts, chosen, "grade")
    assert result["class"].values.item() == 1
    assert class_table(result, chosen, "grade")["rule"].tolist() == ["rule 1: measured if holes >= 2"]
    assert classify(parts, rules(("inferred", {}), domains={"halo": own}), "grade")["class"].values.item() == 3


def test_the_reasons_account_for_every_tonne_that_is_barred(make_parts):
    changes = [{}, {"grade_pass": 2}, {"grade_pass": 2, "grade_holes": 2}, {"grade_holes": 2}, {"grade_holes": 1}]
    chosen = rules(("indicated", {"max_pass": 1, "min_holes": 3}), ("inferred", {}))
    table = reason_table(classify(row_of(make_parts, *changes), chosen, "grade"), chosen)
    inferred = table[table["class"] == "inferred"].set_index("condition")
    assert inferred["next_class"].tolist() == ["indicated"] * 2
    assert inferred.loc["pass <= 1", ["tonnage", "first_tonnage", "alone_tonnage"]].tolist() == [2000.0, 2000.0, 1000.0]
    assert inferred.loc["holes >= 3", ["tonnage", "first_tonnage", "alone_tonnage"]].tolist() == [2000.0, 1000.0, 1000.0]
    none = table[table["class"] == "unclassified"]
    assert none["condition"].tolist()[0] == "never a class from one hole" and none["next_class"].tolist()[0] == "inferred"
    assert table.groupby("class")["first_tonnage"].sum().to_dict() == {"inferred": 3000.0, "unclassified": 1000.0}


def test_groups_count_every_tonne_of_a_class_once(make_parts):
    parts = row_of(make_parts, {}, {"grade_holes": 2}, {"grade_holes": 6})
    result = classify(parts, rules(("inferred", {})), "grade", composites=holes(0.0, 10.0, 40.0))
    table = group_table(result, "grade", ground=np.full((1, 3), 60.0))
    assert table.groupby("by")["tonnage"].sum().to_dict() == dict.fromkeys(table["by"].unique(), 3000.0)
    depth = table[table["by"] == "depth below ground (m)"]
    assert depth[["from", "to"]].to_numpy().tolist() == [[50.0, 100.0]]  # centres at 2.5 m
    assert table[table["by"] == "holes used"]["from"].tolist() == [2.0, 3.0, 5.0]
