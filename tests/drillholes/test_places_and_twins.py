"""Collars where they cannot be, and holes that share their place."""

import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.settings import Checks, Table
from scandia.drillholes.validation_places import check_places
from scandia.drillholes.validation_surveys import check_surveys
from scandia.drillholes.validation_twins import check_repeated_surveys, check_twins
from scandia.geometry.surface import Surface

COLLAR = Table(file="collar.csv", columns={name: name for name in ("hole", "easting", "northing", "elevation", "depth")})
SURVEY = Table(file="survey.csv", columns={name: name for name in ("hole", "depth", "azimuth", "dip")})


def collars(*rows, depth=100.0):
    frame = pd.DataFrame([(*row, depth) if len(row) == 4 else row for row in rows])
    frame.columns = ["hole", "easting", "northing", "elevation", "depth"]
    return frame.assign(row=np.arange(len(frame)) + 2)


def surveys(**holes):
    rows = [(hole, *record) for hole, records in holes.items() for record in records]
    frame = pd.DataFrame(rows, columns=["hole", "depth", "azimuth", "dip"]).astype(
        {"depth": float, "azimuth": float, "dip": float}
    )
    return frame.assign(row=np.arange(len(frame)) + 2)


GRID = [(f"H{number}", 440_000.0 + 50 * number, 6_130_000.0 + 40 * (number % 3), 500.0 + number) for number in range(9)]


def rules(found):
    return list(zip(found["rule"], found["hole"], strict=True))


def placed(row, *, checks=None, surface=None):
    return check_places(collars(*GRID, row), COLLAR, checks or Checks(), surface)


@pytest.mark.parametrize(
    ("row", "rule", "words"),
    [
        (("X", 6_130_000.0, 440_000.0, 500.0), "collar_swapped", "easting and northing are swapped"),
        (("X", 440_100.0 / 0.3048, 6_130_000.0 / 0.3048, 500.0), "collar_scaled", "times 0.3048"),
        (("X", 440.1, 6130.0, 500.0), "collar_scaled", "times 1000"),
        (("X", 440_100.0, -6_130_000.0, 500.0), "collar_scaled", "times -1"),
        (("X", 490_100.0, 6_130_000.0, 500.0), "collar_far_away", "49875 m from the middle"),
        (("X", 440_100.0, 6_130_000.0, 500.0 / 0.3048), "elevation_scaled", "times 0.3048 it fits the others"),
        (("X", 440_100.0, 6_130_000.0, -500.0), "elevation_scaled", "times -1 it fits the others"),
        (("X", 440_100.0, 6_130_000.0, 5000.0), "elevation_extreme", "is 4495.5 m from the middle"),
    ],
)
def test_a_collar_that_cannot_be_is_named_with_what_mends_it(row, rule, words):
    found = placed(row)
    assert rules(found) == [(rule, "X")]
    assert words in found["message"].iloc[0]


def test_collars_among_the_others_are_no_fault_and_a_step_out_of_a_local_grid_is_not_swapped():
    assert placed(("X", 440_460.0, 6_130_010.0, 509.0)).empty
    local = [(f"L{number}", 10.0 * number, 5.0 * number, 100.0 + number) for number in range(9)]
    found = check_places(collars(*local, ("X", 30.0, 900.0, 105.0)), COLLAR, Checks())
    assert rules(found) == [("collar_far_away", "X")]


def test_a_declared_extent_decides():
    checks = Checks(extent=(439_000.0, 441_000.0, 6_129_000.0, 6_131_000.0))
    assert placed(("X", 440_990.0, 6_130_900.0, 500.0), checks=checks).empty
    assert rules(placed(("X", 441_010.0, 6_130_900.0, 500.0), checks=checks)) == [("collar_outside_extent", "X")]
    assert rules(placed(("X", 6_130_000.0, 440_000.0, 500.0), checks=checks)) == [("collar_swapped", "X")]


def test_all_collars_swapped_are_seen_against_the_ground():
    ground = Surface(np.array([439e3, 442e3]), np.array([6_129e3, 6_132e3]), np.full((2, 2), 504.0))
    assert check_places(collars(*GRID), COLLAR, Checks(), ground).empty
    mirrored = [(hole, north, east, up) for hole, east, north, up in GRID]
    assert set(check_places(collars(*mirrored), COLLAR, Checks(), ground)["rule"]) == {"collar_swapped"}


def test_one_elevation_for_all_is_a_placeholder():
    found = check_places(collars(*[(*row[:3], 0.0) for row in GRID]), COLLAR, Checks())
    assert found["rule"].tolist() == ["elevation_constant"] and "all 9 collars" in found["message"].iloc[0]


# Twins and wedges


def twins(collar, survey, assay=None, **checks):
    tables = {"collar": collar, "survey": survey} | ({} if assay is None else {"assay": assay})
    return check_twins(tables, COLLAR, Checks(**checks))


BENT = [(0, 30, -60), (30, 33, -58), (60, 37, -55), (90, 40, -53)]


def test_one_hole_under_two_names_follows_itself_to_the_end():
    found = twins(collars(("A", 0.0, 0.0, 0.0), ("B", 0.3, 0.0, 0.0)), surveys(A=BENT, B=BENT))
    assert rules(found) == [("same_hole_twice", "B")]
    assert "follows hole A from collar to end within 0.3 m" in found["message"].iloc[0]


def test_a_wedge_leaves_its_parent_where_it_was_set_and_repeats_no_sample():
    wedge = [*BENT[:3], (90, 60, -40)]
    collar, survey = collars(("A", 0.0, 0.0, 0.0), ("AW1", 0.0, 0.0, 0.0)), surveys(A=BENT, AW1=wedge)
    found = twins(collar, survey)
    assert rules(found) == [("wedged_hole", "AW1")]
    depth = float(found["message"].iloc[0].split("down to ")[1].split(" m")[0])
    assert 60 <= depth <= 65
    assay = pd.DataFrame({"hole": ["A", "A", "AW1", "AW1"], "from": [0.0, 80.0, 0.0, 80.0], "to": [2.0, 82.0, 2.0, 82.0]})
    found = twins(collar, survey, assay)
    assert sorted(found["rule"]) == ["wedge_repeats_parent", "wedged_hole"]
    assert found.loc[found["rule"] == "wedge_repeats_parent", "message"].iloc[0].startswith("1 sample above the wedge")


def test_twins_run_side_by_side_and_a_fan_from_one_pad_does_not():
    collar = collars(("A", 0.0, 0.0, 0.0), ("B", 6.0, 0.0, 0.0))
    assert rules(twins(collar, surveys(A=BENT, B=BENT))) == [("twinned_hole", "B")]
    fan = surveys(A=[(0, 0, -60), (90, 0, -60)], B=[(0, 90, -60), (90, 90, -60)])
    assert twins(collars(("A", 0.0, 0.0, 0.0), ("B", 0.0, 0.0, 0.0)), fan).empty


def test_where_all_holes_are_close_none_is_a_twin():
    rows = [(f"G{a}{b}", 5.0 * a, 5.0 * b, 0.0) for a in range(4) for b in range(4)]
    down = surveys(**{row[0]: [(0, 0, -90), (90, 0, -90)] for row in rows})
    assert twins(collars(*rows), down).empty


def test_a_survey_copied_from_another_hole_is_seen_and_straight_holes_are_not():
    straight = [(0, 30, -60), (30, 30, -60), (60, 30, -60)]
    survey = surveys(A=BENT, B=BENT, C=straight, D=straight)
    found = check_repeated_surveys(survey, SURVEY)
    assert rules(found) == [("survey_repeated", "B")] and "all 4 records are those of hole A" in found["message"].iloc[0]


# Stretches of the survey


def checked(survey, **depths):
    return check_surveys(survey, SURVEY, pd.Series(depths, dtype=float), Checks(), "negative_down")


def test_a_missing_record_and_what_lies_below_the_last_one_are_noted():
    survey = surveys(A=[(0, 30, -60), (30, 30, -60), (60, 30, -60), (90, 30, -60)], B=[(0, 30, -60), (60, 30, -60)])
    found = checked(survey, A=110.0, B=100.0)
    assert rules(found) == [("survey_extrapolated", "B"), ("survey_spacing", "B")]
    assert "the last 40 m of the hole" in found["message"].iloc[0]
    assert "60 m without a record above; records are usually 30 m apart" in found["message"].iloc[1]


def test_a_back_bearing_is_seen_through_north_and_not_in_steep_holes():
    survey = surveys(A=[(0, 359, -30), (300, 181, -30), (600, 2, -30)], B=[(0, 10, -89), (300, 190, -89), (600, 10, -89)])
    found = checked(survey, A=600.0, B=600.0)
    assert found.loc[found["rule"] == "azimuth_reversed", "row"].tolist() == [3]
    at_ends = surveys(A=[(0, 190, -30), (300, 10, -30), (600, 10, -30)], B=[(0, 10, -30), (300, 190, -30)])
    found = checked(at_ends, A=600.0, B=300.0)
    assert found.loc[found["rule"] == "azimuth_reversed", "row"].tolist() == [2, 6]
