"""Compositing keeps length and metal, respects contacts and gaps, and depends on no order."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from scandia.composites import length as module
from scandia.composites.length import composite, conservation
from scandia.composites.lengths import sample_lengths
from scandia.composites.settings import Compositing
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid, to_local

POLICIES = ("keep", "merge", "distribute", "drop")


@pytest.fixture(autouse=True)
def vertical_holes(monkeypatch):
    """Every hole is vertical below (100, 200, 1000): the desurvey has its own tests."""

    def locate(frame, stations, mine_grid):
        middle = (frame["from"] + frame["to"]) / 2
        x, y = to_local(mine_grid, 100.0, 200.0)
        z = 1000.0 - middle
        return frame.assign(easting=100.0, northing=200.0, elevation=z, x=float(x), y=float(y), z=z)

    monkeypatch.setattr(module, "locate_intervals", locate)


def settings(**changes):
    return Compositing(**{"length": 2.0, "residual": "keep", "unsampled": "missing"} | changes)


def table(rows):
    frame = pd.DataFrame(rows, columns=["hole", "from", "to", "domain", "grade"])
    return frame.assign(row=np.where(frame["grade"].isna(), -1, np.arange(2, len(frame) + 2)))


def run(intervals, **changes):
    return composite(intervals, settings(**changes), ["grade"], None, MineGrid())


@st.composite
def drilling(draw):
    """Holes of intervals with contacts, stretches outside, unassayed length and gaps in the logging."""
    rows = []
    for hole in range(draw(st.integers(1, 3))):
        depth = 0.0
        for _ in range(draw(st.integers(1, 25))):
            depth += draw(st.sampled_from([0.0, 0.0, 0.0, 0.0, 3.0]))
            size = draw(st.floats(0.2, 4.0))
            grade = draw(st.one_of(st.just(np.nan), st.floats(0.0, 600.0)))
            rows.append((f"H{hole}", depth, depth + size, draw(st.sampled_from(["low", "low", "high", "outside"])), grade))
            depth += size
    rows.append(("H9", 0.0, 5.0, "high", 1.0))  # at least one interval lies in a domain
    return table(rows)


@given(
    drilling(), st.sampled_from(POLICIES), st.sampled_from(["missing", "zero"]), st.floats(0.7, 6.0), st.floats(0.0, 1.0),
    st.sampled_from(["keep", "drop"]),
)  # fmt: skip
def test_length_and_metal_are_conserved_or_accounted_for(intervals, residual, unsampled, size, share, short):
    found = run(intervals, residual=residual, unsampled=unsampled, length=size, minimum_share=share, short_runs=short)
    account = conservation(intervals, found, ["grade"])
    inside = intervals[intervals["domain"] != "outside"]
    assert account["length_before"].sum() == pytest.approx((inside["to"] - inside["from"]).sum())
    assert account["metal_before"].sum() == pytest.approx(((inside["to"] - inside["from"]) * inside["grade"]).sum())
    np.testing.assert_allclose(account["difference"], 0.0, atol=1e-5)
    np.testing.assert_allclose(account["length_difference"], 0.0, atol=1e-7)
    if "drop" not in (residual, short):
        np.testing.assert_allclose(account["length_after"], account["length_before"], atol=1e-7)
        np.testing.assert_allclose(account["metal_after"] + account["metal_below_coverage"], account["metal_before"], atol=1e-5)


@given(drilling(), st.sampled_from(POLICIES))
def test_no_composite_crosses_a_contact_or_a_gap(intervals, residual):
    found = run(intervals, residual=residual)
    for row in found.itertuples():
        under = intervals[
            (intervals["hole"] == row.hole) & (intervals["to"] > row._3 + 1e-6) & (intervals["from"] < row.to - 1e-6)
        ]
        assert set(under["domain"]) == {row.domain}
        steps = under["from"].to_numpy()[1:] - under["to"].to_numpy()[:-1]
        assert np.all(steps < 0.01)


@given(drilling(), st.sampled_from(POLICIES), st.randoms())
def test_row_order_changes_nothing(intervals, residual, random):
    order = list(range(len(intervals)))
    random.shuffle(order)
    assert_frame_equal(run(intervals, residual=residual), run(intervals.iloc[order], residual=residual))


@given(drilling(), st.floats(0.7, 6.0))
def test_compositing_composites_of_equal_length_changes_nothing(intervals, size):
    once = run(intervals, residual="keep", length=size, minimum_coverage=0.0)
    twice = run(once, residual="keep", length=size, minimum_coverage=0.0)
    names = ["hole", "from", "to", "length", "domain", "grade"]
    assert_frame_equal(once[names], twice[names], atol=1e-7, rtol=1e-7)


def test_other_holes_leave_the_grades_of_a_hole_untouched():
    rows = [("B", 0.3 * i, 0.3 * (i + 1), "low", 7.1 * i) for i in range(50)]
    alone = run(table(rows))
    together = run(table([("A", 0.0, 123456.7, "low", 1e7), *rows]))
    np.testing.assert_array_equal(alone["grade"], together.loc[together["hole"] == "B", "grade"])


HAND = table([("A", 0, 1.5, "low", 1.0), ("A", 1.5, 3, "low", 3.0), ("A", 3, 4, "low", 5.0), ("A", 4, 4.5, "low", 9.0)])


@pytest.mark.parametrize(
    ("residual", "ends", "grades"),
    [
        ("keep", [(0, 2), (2, 4), (4, 4.5)], [1.5, 4.0, 9.0]),
        ("merge", [(0, 2), (2, 4.5)], [1.5, 5.0]),
        ("drop", [(0, 2), (2, 4)], [1.5, 4.0]),
        ("distribute", [(0, 2.25), (2.25, 4.5)], [(1.5 + 0.75 * 3) / 2.25, (0.75 * 3 + 5 + 4.5) / 2.25]),
    ],
)
def test_residual_policies_match_a_hand_worked_run(residual, ends, grades):
    found = run(HAND, residual=residual)
    np.testing.assert_allclose(found[["from", "to"]], ends)
    np.testing.assert_allclose(found["grade"], grades)
    assert list(found["composite"]) == list(range(1, len(ends) + 1))
    np.testing.assert_allclose(found["z"], 1000 - np.mean(ends, axis=1))


@pytest.mark.parametrize("residual", ["merge", "drop"])
def test_a_last_piece_of_the_minimum_share_is_no_residual(residual):
    intervals = table([("A", 0, 5, "low", 1.0)])
    assert list(run(intervals, residual=residual, minimum_share=0.5)["to"]) == [2, 4, 5]


def test_a_run_too_short_for_one_composite_is_kept_by_merge_and_lost_by_drop():
    intervals = table([("A", 0, 0.5, "low", 1.0), ("A", 0.5, 10.5, "high", 2.0)])
    assert list(run(intervals, residual="merge")["to"]) == [0.5, 2.5, 4.5, 6.5, 8.5, 10.5]
    dropped = run(intervals, residual="drop")
    assert set(dropped["domain"]) == {"high"}
    account = conservation(intervals, dropped, ["grade"]).set_index("domain")
    assert account.loc["low", "metal_dropped"] == pytest.approx(0.5)


@pytest.mark.parametrize("residual", POLICIES)
def test_a_short_run_is_dropped_where_the_config_says_so_and_the_table_tells_why(residual):
    intervals = table([("A", 0, 0.9, "low", 1.0), ("A", 0.9, 3.9, "high", 2.0), ("A", 3.9, 4.9, "low", 3.0)])
    chosen = settings(residual=residual, short_runs="drop")
    found = composite(intervals, chosen, ["grade"], None, MineGrid())
    assert found.loc[found["domain"] == "low", ["from", "to"]].to_numpy().tolist() == [[3.9, 4.9]]
    account = conservation(intervals, found, ["grade"], chosen).set_index("domain")
    low = account.loc["low", ["composites", "short", "shortest", "runs", "runs_dropped", "length_runs_dropped", "reason"]]
    assert low.tolist() == [1, 0, pytest.approx(1.0), 2, 1, pytest.approx(0.9), "runs shorter than 0.5 x 2 m"]
    assert account.loc["high", ["runs_dropped", "length_runs_dropped", "reason"]].tolist() == [0, 0.0, ""]


def test_what_remains_short_is_counted():
    intervals = table([("A", 0, 0.9, "low", 1.0), ("A", 0.9, 3.9, "high", 2.0)])
    chosen = settings(residual="distribute")
    account = conservation(intervals, composite(intervals, chosen, ["grade"], None, MineGrid()), ["grade"], chosen)
    assert account.set_index("domain")["short"].to_dict() == {"high": 0, "low": 1}


def test_a_sample_that_a_gap_parts_is_counted_and_named():
    intervals = table([("A", 0, 1, "low", 1.0), ("A", 1.5, 2, "low", 1.0), ("A", 2, 4, "low", 5.0)])
    intervals["row"], intervals["length"] = [2, 2, 3], intervals["to"] - intervals["from"]
    found = sample_lengths(intervals, 2.0).set_index("domain")
    assert found.loc["low", ["parted", "parted_at"]].tolist() == [1, "A 0 to 1 and 1.5 to 2"]


def test_a_few_long_samples_and_ground_outside_recommend_no_long_composites():
    rows = [("A", 2.0 * k, 2.0 * k + 2.0, "low", 1.0) for k in range(20)]
    intervals = table([*rows, ("A", 40.0, 60.0, "low", 1.0), ("A", 60.0, 70.0, "outside", 1.0)])
    intervals["length"] = intervals["to"] - intervals["from"]
    found = sample_lengths(intervals, 2.0).set_index("domain")
    assert found.loc["low", "recommended"] == 2.0 and "for the sake of a few long ones" in found.loc["low", "reason"]
    assert np.isnan(found.loc["outside", "recommended"]) and "outside the domains" in found.loc["outside", "reason"]


@pytest.mark.parametrize(
    ("unsampled", "minimum_coverage", "grade", "coverage"),
    [("missing", 0.25, 8.0, 0.25), ("missing", 0.3, np.nan, 0.25), ("zero", 0.3, 2.0, 1.0)],
)
def test_unsampled_length_follows_the_policy(unsampled, minimum_coverage, grade, coverage):
    intervals = table([("A", 0, 0.5, "low", 8.0), ("A", 0.5, 2.0, "low", np.nan)])
    found = run(intervals, unsampled=unsampled, minimum_coverage=minimum_coverage)
    assert len(found) == 1
    np.testing.assert_allclose(found["grade"], grade)
    np.testing.assert_allclose(found["grade_coverage"], coverage)
    account = conservation(intervals, found, ["grade"]).iloc[0]
    assert account["metal_below_coverage"] == pytest.approx(4.0 if np.isnan(grade) else 0.0)
    assert account["difference"] == pytest.approx(0.0)


def test_an_analyte_missing_in_a_sampled_interval_is_never_zero():
    intervals = table([("A", 0, 1, "low", 8.0), ("A", 1, 2, "low", 4.0)]).assign(other=[6.0, np.nan])
    found = composite(intervals, settings(unsampled="zero"), ["grade", "other"], None, MineGrid())
    assert found.loc[0, "other"] == 6.0
    assert found.loc[0, "other_coverage"] == 0.5


def test_depths_stay_clean_numbers_and_gaps_by_rounding_do_not_break_a_run():
    rows = [("A", 0.1 * i, 0.1 * i + 0.1, "low", 1.0) for i in range(60)]
    found = run(table(rows), length=0.3)
    np.testing.assert_array_equal(found["from"], np.round(0.3 * np.arange(20), 9))
    broken = table([("A", 0, 1, "low", 1.0), ("A", 1.0000005, 2.0000005, "low", 1.0)])
    assert run(broken)["length"].tolist() == pytest.approx([2.0])
    assert run(broken, length=1.0)[["from", "to"]].to_numpy().tolist() == [[0.0, 1.0], [1.0000005, 2.0000005]]


@pytest.mark.parametrize(("depth", "count"), [(2.9, 1), (3.1, 2), (4.9, 2), (5.1, 3), (0.3, 1)])
def test_distribute_takes_the_number_that_comes_nearest_to_the_length(depth, count):
    found = run(table([("A", 0, depth, "low", 1.0)]), residual="distribute")
    np.testing.assert_allclose(found["length"], depth / count)
    assert len(found) == count


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("A", 0, 2, "low", 1.0), ("A", 1, 3, "low", 1.0)], "overlaps"),
        ([("A", 2, 2, "low", 1.0)], "no length"),
        ([("A", 0, 2, None, 1.0)], "no domain"),
        ([("A", 0, 2, "outside", 1.0)], "nothing to composite"),
    ],
)
def test_what_cannot_be_composited_is_named(rows, words):
    with pytest.raises(InputError, match=words):
        run(table(rows))


def test_a_missing_analyte_is_named():
    with pytest.raises(InputError, match="no column for gold"):
        composite(HAND, settings(), ["gold"], None, MineGrid())


def test_campaign_rides_along():
    found = run(HAND.assign(campaign="2020"))
    assert set(found["campaign"]) == {"2020"}
