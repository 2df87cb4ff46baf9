"""Significant intercepts: laws first, then cases worked by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.drillholes.intercept_settings import Intercepts
from scandia.drillholes.intercepts import significant_intercepts
from scandia.drillholes.sample_density import with_density
from scandia.errors import InputError, SettingError

RULES = Intercepts(analyte="sc2o3", cutoff=200.0, including_cutoffs=(300.0,), minimum_length=2.0, maximum_dilution=3.0)


def samples(grades, *, lengths=None, hole="A", start=0.0, **columns):
    lengths = np.ones(len(grades)) if lengths is None else np.asarray(lengths, dtype=float)
    depth = start + np.concatenate([[0.0], np.cumsum(lengths)])
    frame = {"row": np.arange(2, len(grades) + 2), "hole": hole, "from": depth[:-1], "to": depth[1:], "sc2o3": grades}
    return pd.DataFrame({**frame, **columns})


def spans(table, including=0):
    part = table[table["including"] == including]
    return list(zip(part["from"].tolist(), part["to"].tolist(), strict=True))


grade = st.one_of(st.just(np.nan), st.integers(0, 600).map(float))
holes = st.lists(st.tuples(grade, st.sampled_from([0.5, 1.0, 1.5, 2.0])), min_size=1, max_size=40)


@given(holes)
def test_every_mean_agrees_with_the_samples_between_its_depths_and_reaches_its_cutoff(hole):
    grades, lengths = zip(*hole, strict=True)
    frame = samples(list(grades), lengths=lengths)
    for row in significant_intercepts(frame, RULES, ["sc2o3"]).to_dict("records"):
        inside = frame[(frame["from"] >= row["from"] - 1e-9) & (frame["to"] <= row["to"] + 1e-9)]
        metal = ((inside["to"] - inside["from"]) * inside["sc2o3"].fillna(0.0)).sum()
        assert row["sc2o3"] == pytest.approx(metal / row["length"])
        assert row["sc2o3"] >= row["cutoff"] - 1e-9
        assert row["length"] == pytest.approx(row["to"] - row["from"])
        assert row["length"] >= RULES.minimum_length - 1e-9
        assert inside["sc2o3"].iloc[0] >= row["cutoff"]
        assert inside["sc2o3"].iloc[-1] >= row["cutoff"]


@given(holes)
def test_intercepts_of_one_level_never_overlap_and_including_rows_lie_in_their_parent(hole):
    grades, lengths = zip(*hole, strict=True)
    table = significant_intercepts(samples(list(grades), lengths=lengths), RULES, [])
    mains = table[table["including"] == 0]
    assert (mains["from"].to_numpy()[1:] >= mains["to"].to_numpy()[:-1] - 1e-9).all()
    for parent, parts in table[table["including"] == 1].groupby("parent"):
        main = mains.set_index("intercept").loc[parent]
        assert (parts["from"].to_numpy()[1:] >= parts["to"].to_numpy()[:-1] - 1e-9).all()
        assert parts["from"].min() >= main["from"] - 1e-9
        assert parts["to"].max() <= main["to"] + 1e-9


@given(holes)
def test_no_internal_run_below_the_cutoff_is_longer_than_the_dilution_rule(hole):
    grades, lengths = zip(*hole, strict=True)
    frame = samples(list(grades), lengths=lengths)
    for row in significant_intercepts(frame, RULES, []).to_dict("records"):
        inside = frame[(frame["from"] >= row["from"] - 1e-9) & (frame["to"] <= row["to"] + 1e-9)]
        low = ~(inside["sc2o3"].to_numpy() >= row["cutoff"])
        run = 0.0
        for length, is_low in zip(inside["to"] - inside["from"], low, strict=True):
            run = run + length if is_low else 0.0
            assert run <= RULES.maximum_dilution + 1e-9


@given(holes)
def test_every_sample_at_the_cutoff_that_is_long_enough_alone_is_in_an_intercept(hole):
    grades, lengths = zip(*hole, strict=True)
    frame = samples(list(grades), lengths=lengths)
    table = significant_intercepts(frame, RULES, [])
    alone = frame[(frame["sc2o3"] >= RULES.cutoff) & (frame["to"] - frame["from"] >= RULES.minimum_length)]
    for row in alone.to_dict("records"):
        assert any(first <= row["from"] + 1e-9 and row["to"] <= last + 1e-9 for first, last in spans(table))


@given(st.lists(st.tuples(st.floats(0.0, 600.0), st.sampled_from([0.5, 1.0, 1.5])), min_size=1, max_size=30))
def test_a_hole_logged_upside_down_gives_the_same_intercepts(hole):
    grades, lengths = zip(*hole, strict=True)
    end = float(np.sum(lengths))
    down = significant_intercepts(samples(list(grades), lengths=lengths), RULES, [])
    up = significant_intercepts(samples(list(grades[::-1]), lengths=lengths[::-1]), RULES, [])
    mirrored = sorted((end - last, end - first) for first, last in spans(up))
    np.testing.assert_allclose(np.array(mirrored).reshape(-1, 2), np.array(spans(down)).reshape(-1, 2), atol=1e-9)


def test_the_order_of_the_rows_does_not_matter():
    frame = pd.concat([samples([250, 100, 300, 400], hole="B"), samples([220, 210, 0, 250, 260], hole="A")], ignore_index=True)
    shuffled = frame.sample(frac=1.0, random_state=3)
    pd.testing.assert_frame_equal(significant_intercepts(frame, RULES, []), significant_intercepts(shuffled, RULES, []))


def test_samples_in_two_pieces_give_the_same_intercepts():
    frame = samples([250, 100, 300, 400, 150, 90])
    half = (frame["from"] + frame["to"]) / 2
    pieces = pd.concat([frame.assign(to=half), frame.assign(**{"from": half})])
    pd.testing.assert_frame_equal(significant_intercepts(frame, RULES, []), significant_intercepts(pieces, RULES, []))


def test_a_hand_worked_hole():
    # 0-1 low; 1-3 at 220, 260; 3-4 dilution of 130; 4-6 at 310, 350; 6-10 low (4 m: too long to carry); 10-12 at 250; 12-13 low
    frame = samples([50, 220, 260, 130, 310, 350, 20, 30, 20, 10, 250, 250, 100], treo=np.full(13, 0.3))
    table = significant_intercepts(frame, RULES, ["sc2o3", "treo"])
    assert spans(table) == [(1.0, 6.0), (10.0, 12.0)]
    assert spans(table, including=1) == [(4.0, 6.0)]
    first = table.iloc[0]
    assert first["sc2o3"] == pytest.approx((220 + 260 + 130 + 310 + 350) / 5)  # 254
    assert first["treo"] == pytest.approx(0.3)
    assert first["samples"] == 5
    assert first["without_best"] == pytest.approx((220 + 260 + 130 + 310) / 4)  # 230
    assert not first["smeared"]
    assert table["parent"].tolist() == [0, 1, 0]
    assert table["cutoff"].tolist() == [200.0, 300.0, 200.0]


def test_gaps_are_no_samples():
    """2-14 m: five assay rows of 2 m, and 6-8 m that nobody drilled or sent: (4 x 300 + 0 + 250) / 6 = 241.7 over 12 m."""
    frame = pd.concat([samples([300, 300], lengths=[2, 2], start=2.0), samples([300, 300, 250], lengths=[2, 2, 2], start=8.0)])
    for given_rows in (frame.assign(row=range(2, 7)), frame.drop(columns="row")):
        row = significant_intercepts(given_rows, RULES, []).query("including == 0").iloc[0]
        assert (row["from"], row["to"], row["samples"], row["dilution"]) == (2.0, 14.0, 5, 2.0)
        assert row["sc2o3"] == pytest.approx(1450 / 6)
        assert row["without_best"] == pytest.approx(1150 / 5)  # the gap stays in the length


def test_lengths_weigh_the_mean():
    table = significant_intercepts(samples([300, 200], lengths=[1.0, 3.0]), RULES, [])
    assert table["sc2o3"].tolist() == [225.0]


def test_dilution_up_to_the_limit_is_carried_and_a_centimetre_more_is_not():
    grades = [400, 400, 100, 400, 400]
    carried = significant_intercepts(samples(grades, lengths=[1, 1, 3.0, 1, 1]), RULES, [])
    parted = significant_intercepts(samples(grades, lengths=[1, 1, 3.01, 1, 1]), RULES, [])
    assert spans(carried) == [(0.0, 7.0)]
    assert len(spans(parted)) == 2


@pytest.mark.parametrize(
    ("grades", "expected"),
    [([210, 0, 210, 190, 210], [(0.0, 1.0), (2.0, 5.0)]), ([210, 190, 210, 0, 210], [(0.0, 3.0), (4.0, 5.0)])],
)
def test_a_whole_below_the_cutoff_is_parted_at_the_poorest_gap(grades, expected):
    # together 164; the gap of 0 lacks 200 and the gap of 190 lacks 10, so it is parted at 0, wherever that is
    rules = Intercepts(analyte="sc2o3", cutoff=200.0, minimum_length=1.0, maximum_dilution=3.0)
    table = significant_intercepts(samples(grades), rules, [])
    assert spans(table) == expected
    assert sorted(table["sc2o3"]) == pytest.approx([610 / 3, 210.0])


def test_one_rich_sample_among_low_ones_makes_no_wide_intercept():
    # 5000 over 1 m would lift 21 m above 200, but low ground beside it is no end of an intercept and is never carried outwards
    table = significant_intercepts(samples([100] * 10 + [5000.0] + [100] * 10), RULES, [])
    assert table.empty


def test_an_intercept_that_leans_on_one_sample_is_marked_as_smeared():
    table = significant_intercepts(samples([210, 20, 20, 2000, 20, 20, 210]), RULES, [])
    assert spans(table) == [(0.0, 7.0)]
    assert table["without_best"].tolist() == pytest.approx([500 / 6])
    assert table["smeared"].tolist() == [True]


def test_missing_assays_and_undrilled_gaps_count_as_zero():
    whole = significant_intercepts(samples([300, np.nan, 300]), RULES, [])
    gap = samples([300, 300, 300]).drop(index=1)
    assert whole["sc2o3"].tolist() == [200.0]
    assert whole["sc2o3_coverage"].tolist() == pytest.approx([2 / 3])
    parted = significant_intercepts(gap, RULES, [])
    assert (whole["samples"].tolist(), parted["samples"].tolist()) == ([3], [2])
    pd.testing.assert_frame_equal(whole.drop(columns="samples"), parted.drop(columns="samples"))


def test_a_companion_that_was_never_assayed_stays_missing():
    table = significant_intercepts(samples([300, 300], treo=[np.nan, np.nan]), RULES, ["treo"])
    assert np.isnan(table["treo"].iloc[0])
    assert table["treo_coverage"].iloc[0] == 0.0


def test_an_including_row_that_repeats_its_intercept_is_left_out():
    table = significant_intercepts(samples([350, 350]), RULES, [])
    assert spans(table) == [(0.0, 2.0)]
    assert table["including"].tolist() == [0]


def test_no_intercepts_give_an_empty_table_with_its_columns():
    table = significant_intercepts(samples([1.0, 2.0]), RULES, ["sc2o3"])
    assert table.empty
    assert {"hole", "from", "to", "length", "including", "cutoff", "sc2o3", "smeared"} <= set(table.columns)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (samples([1.0]).drop(columns="sc2o3"), "need the column sc2o3"),
        (pd.concat([samples([1.0, 2.0]), samples([1.0], start=1.5)]), "overlap above 2.0 m by more than 0.01 m"),
        (samples([1.0] * 3).assign(to=[3.0, 2.0, 3.0]), "overlap above 3.0 m"),
        (samples([1.0]).assign(to=0.0), "no positive length"),
    ],
)
def test_tables_that_give_no_one_grade_per_depth_are_refused(frame, words):
    with pytest.raises(InputError, match=words):
        significant_intercepts(frame, RULES, [])


@pytest.mark.parametrize("shift", [-0.01, -0.004, 0.004, 0.01])
def test_overlaps_and_gaps_up_to_the_tolerance_of_the_gate_are_rounding(shift):
    whole = samples([300, 300, 300, 300])
    moved = whole.assign(**{"from": whole["from"] + shift * (whole["from"] == 2.0)})
    table = significant_intercepts(moved, RULES, [], tolerance=0.01 + 1e-12)
    pd.testing.assert_frame_equal(table, significant_intercepts(whole, RULES, []))


def test_a_wider_tolerance_of_the_config_is_the_one_that_counts():
    frame = pd.concat([samples([300, 300]), samples([300, 300], start=1.95)])
    with pytest.raises(InputError, match=r"by more than 0\.01 m"):
        significant_intercepts(frame, RULES, [])
    table = significant_intercepts(frame, RULES, [], tolerance=0.06)
    assert spans(table) == [(0.0, 3.95)]
    assert table["sc2o3"].tolist() == pytest.approx([300.0])
    assert table["length"].tolist() == pytest.approx([3.95])


def test_a_sample_that_lies_wholly_in_the_one_above_within_the_tolerance_has_no_length_left():
    frame = pd.concat([samples([300, 300]), samples([5000], lengths=[0.004], start=1.996), samples([300], start=2.0)])
    table = significant_intercepts(frame, RULES, [])
    assert table["sc2o3"].tolist() == pytest.approx([300.0])
    assert table["length"].tolist() == [3.0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"including_cutoffs": (200.0,)}, "must be above the cut-off before it, 200"),
        ({"including_cutoffs": (300.0, 250.0)}, "must be above the cut-off before it, 300"),
        ({"top_cut": 150.0}, "must be above every cut-off"),
        ({"minimum_dilution_grade": 200.0}, "must be below cutoff, 200"),
        ({"true_width": "plane"}, "where a plane is given"),
        ({"weighting": "length_and_density"}, "assumed_density is given where"),
    ],
)
def test_rules_that_contradict_each_other_are_refused(change, words):
    with pytest.raises(SettingError, match=words):
        Intercepts(analyte="sc2o3", cutoff=200.0, **change)


def test_the_wolfpass_assays_give_intercepts_that_hold_against_their_samples(shared_data):
    raw = pd.read_csv(shared_data / "wolfpass" / "Wolfpass_WP_assay.csv")
    copper = pd.to_numeric(raw["CU_pct"], errors="coerce").where(lambda value: value >= 0)
    frame = raw.assign(row=np.arange(len(raw)) + 2, cu=copper).rename(columns={"BHID": "hole", "FROM": "from", "TO": "to"})
    rules = Intercepts(analyte="cu", cutoff=0.5, including_cutoffs=(1.5,), minimum_length=10.0, maximum_dilution=6.0)
    table = significant_intercepts(frame, rules, ["cu"])
    lengths = frame["to"] - frame["from"]
    for row in table.sample(60, random_state=1).to_dict("records"):
        inside = (frame["hole"] == row["hole"]) & (frame["from"] >= row["from"] - 1e-6) & (frame["to"] <= row["to"] + 1e-6)
        assert row["cu"] == pytest.approx((lengths[inside] * copper[inside].fillna(0)).sum() / row["length"])
    mains = table[table["including"] == 0]
    assert mains["hole"].nunique() > 45
    assert (mains["length"] * mains["cu"]).sum() < (lengths * copper.fillna(0)).sum()


def test_a_top_cut_decides_and_the_uncut_mean_stands_beside_it():
    """3000 counts as 600: (600 + 100 + 210) / 3 = 303.3; uncut (3000 + 100 + 210) / 3 = 1103.3."""
    rules = Intercepts(analyte="sc2o3", cutoff=200.0, minimum_length=1.0, maximum_dilution=3.0, top_cut=600.0)
    row = significant_intercepts(samples([3000.0, 100.0, 210.0]), rules, []).iloc[0]
    assert row["sc2o3"] == pytest.approx(910 / 3)
    assert row["sc2o3_uncut"] == pytest.approx(3310 / 3)
    assert (row["dilution"], row["dilution_grade"]) == (1.0, 100.0)


def test_internal_dilution_poorer_than_its_limit_parts_an_intercept():
    rules = Intercepts(analyte="sc2o3", cutoff=200.0, minimum_length=1.0, maximum_dilution=3.0, minimum_dilution_grade=50.0)
    assert spans(significant_intercepts(samples([400, 40, 400]), rules, [])) == [(0.0, 1.0), (2.0, 3.0)]
    assert spans(significant_intercepts(samples([400, 60, 400]), rules, [])) == [(0.0, 3.0)]


def test_means_weigh_length_and_density():
    """Two metres: 300 g/t at 3 t/m3 and 210 g/t at the assumed 2 t/m3: (3 x 300 + 2 x 210) / 5 = 264."""
    rules = Intercepts(analyte="sc2o3", cutoff=200.0, minimum_length=1.0, weighting="length_and_density", assumed_density=2.0)
    frame = samples([300.0, 210.0])
    measured = pd.DataFrame({"hole": ["A", "A", "B"], "from": [0.2, 0.4, 1.1], "to": [0.3, 0.5, 1.2], "density": [2.9, 3.1, 9.0]})
    dense = with_density(frame, measured)
    assert dense["density"].tolist() == pytest.approx([3.0, np.nan], nan_ok=True)
    assert significant_intercepts(dense, rules, [])["sc2o3"].tolist() == pytest.approx([264.0])


def test_three_cutoffs_nest():
    rules = Intercepts(analyte="sc2o3", cutoff=200.0, including_cutoffs=(300.0, 400.0), minimum_length=1.0, maximum_dilution=0.0)
    table = significant_intercepts(samples([210, 350, 450, 310, 220]), rules, [])
    assert table[["from", "to", "parent", "cutoff"]].values.tolist() == [[0, 5, 0, 200], [1, 4, 1, 300], [2, 3, 2, 400]]
