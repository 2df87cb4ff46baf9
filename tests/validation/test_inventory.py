"""Sums above a cut-off."""

import numpy as np
import pytest

from scandia.errors import InputError
from scandia.validation.inventory import above_cutoff, add_sums, inventory_row, pure_grades, reaches

TONNAGE = np.array([100.0, 200.0, 300.0, 400.0])
GRADES = {"scandium": np.array([150.0, 250.0, np.nan, 100.0]), "copper": np.array([1.0, np.nan, 5.0, 2.0])}
PURE = {"scandium": 1e6, "copper": 100.0}


def test_tonnage_grade_and_metal_are_those_worked_by_hand():
    row = inventory_row(above_cutoff(TONNAGE, GRADES, lead="scandium", cutoff=120.0), PURE)
    assert row["tonnage"] == 300.0
    assert row["scandium"] == pytest.approx((15_000 + 50_000) / 300)
    assert row["scandium_metal"] == pytest.approx(0.065)  # 65,000 g
    assert row["copper"] == 1.0 and row["copper_metal"] == pytest.approx(1.0)  # of the 100 t that have it
    assert row["copper_missing"] == 200.0


def test_a_grade_at_the_cutoff_counts():
    assert above_cutoff(TONNAGE, GRADES, lead="scandium", cutoff=250.0)["tonnage"] == 200.0
    assert above_cutoff(TONNAGE, GRADES, lead="scandium", cutoff=np.nextafter(250.0, 999.0))["tonnage"] == 0.0


def test_at_cutoff_zero_even_a_negative_estimate_counts():
    sums = above_cutoff(TONNAGE, {"scandium": np.array([-1.0, 5.0, np.nan, 0.0])}, lead="scandium", cutoff=0.0)
    assert sums["tonnage"] == 700.0


def test_sums_of_groups_are_sums_of_their_parts():
    first, second = slice(0, 2), slice(2, 4)
    halves = [
        above_cutoff(TONNAGE[half], {name: grade[half] for name, grade in GRADES.items()}, lead="scandium", cutoff=0.0)
        for half in (first, second)
    ]
    assert add_sums(halves) == above_cutoff(TONNAGE, GRADES, lead="scandium", cutoff=0.0)


def test_nothing_above_the_cutoff_has_no_grade_and_no_metal():
    row = inventory_row(above_cutoff(TONNAGE, GRADES, lead="scandium", cutoff=1e6), PURE)
    assert row["tonnage"] == 0 and np.isnan(row["scandium"]) and row["scandium_metal"] == 0


@pytest.mark.parametrize(("unit", "pure"), [("g/t", 1e6), ("ppm", 1e6), ("%", 100.0), ("ppb", 1e9)])
def test_contained_metal_follows_the_unit(make_parts, unit, pure):
    assert pure_grades(make_parts({"ore": {"fraction": [1.0]}}, units=unit), ["grade"]) == {"grade": pure}


@pytest.mark.parametrize("unit", ["t/m3", "unknown", ""])
def test_a_unit_that_is_none_of_grade_is_refused(make_parts, unit):
    with pytest.raises(InputError, match="grade has the unit"):
        pure_grades(make_parts({"ore": {"fraction": [1.0]}}, units=unit), ["grade"])


def test_one_rule_says_which_grades_reach_a_cutoff():
    grades = np.array([-1.0, 0.0, 2.0, np.nan])
    assert reaches(grades, 2.0).tolist() == [False, False, True, False]
    assert reaches(grades, 0.0).all() and reaches(grades, -5.0).all()
