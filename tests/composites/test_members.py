"""Every composite names the lines of the raw table that it is made of."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from scandia.composites import length as module
from scandia.composites.length import composite
from scandia.composites.members import members
from scandia.composites.runs import DEPTH_ROUNDING
from scandia.composites.settings import Compositing
from scandia.domains.flag import code_intervals
from scandia.domains.settings import Domain, Domains, Implicit
from scandia.drillholes.assays import merge_assays
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid

POLICIES = ("keep", "merge", "distribute", "drop")
ROUNDING = DEPTH_ROUNDING / 2


@pytest.fixture(autouse=True)
def nowhere(monkeypatch):
    """Composites lie at one point: members ask for no place."""
    place = dict.fromkeys(("easting", "northing", "elevation", "x", "y", "z"), 0.0)
    monkeypatch.setattr(module, "locate_intervals", lambda frame, stations, mine_grid: frame.assign(**place))


def run(intervals, **changes):
    compositing = Compositing(**{"length": 2.0, "residual": "keep", "unsampled": "missing"} | changes)
    return composite(intervals, compositing, ["grade"], None, MineGrid())


def table(rows):
    """Intervals from (hole, from, to, domain, row); the grade of a row is ten times its number, that of row -1 is missing."""
    frame = pd.DataFrame(rows, columns=["hole", "from", "to", "domain", "row"])
    assayed = frame["row"] > 0
    return frame.assign(grade=(10.0 * frame["row"]).where(assayed), sample=("S" + frame["row"].astype(str)).where(assayed))


@st.composite
def coded(draw):
    """Holes of samples, some cut at a contact, with unassayed length, stretches outside, gaps and joints off by rounding."""
    rows, row = [], 1
    for hole in range(draw(st.integers(1, 3))):
        depth = 0.0
        for _ in range(draw(st.integers(1, 25))):
            depth = max(depth + draw(st.sampled_from([0.0, 0.0, 0.0, 3.0, ROUNDING, -ROUNDING])), 0.0)
            row += 1
            for domain in draw(st.sampled_from([["low"], ["low"], ["high"], ["outside"], ["low", "high"]])):
                size = draw(st.floats(0.2, 4.0))
                rows.append((f"H{hole}", depth, depth + size, domain, draw(st.sampled_from([row, row, row, -1]))))
                depth += size
    rows.append(("H9", 0.0, 5.0, "high", row + 1))  # at least one interval lies in a domain
    return table(rows)


LAWS = (coded(), st.sampled_from(POLICIES), st.floats(0.7, 6.0))


@settings(max_examples=25)
@given(*LAWS)
def test_the_lengths_of_the_members_add_to_the_length_of_their_composite(intervals, residual, size):
    found = run(intervals, residual=residual, length=size)
    inside = members(intervals, found)
    assert list(inside["composite"].unique()) == list(found["composite"])
    np.testing.assert_allclose(inside.groupby("composite")["length"].sum(), found["length"], rtol=1e-8)
    np.testing.assert_allclose(inside["to"] - inside["from"], inside["length"], atol=1e-8)


@settings(max_examples=25)
@given(*LAWS, st.sampled_from(["missing", "zero"]))
def test_the_mean_of_the_assayed_members_is_the_grade_of_their_composite(intervals, residual, size, unsampled):
    found = run(intervals, residual=residual, length=size, unsampled=unsampled, minimum_coverage=0.0)
    inside = members(intervals, found)
    grade = 10.0 * inside["row"].where(inside["row"] > 0, 0.0 if unsampled == "zero" else np.nan)
    weight = inside["length"].where(grade.notna(), 0.0).groupby(inside["composite"]).sum()
    mean = (grade * inside["length"]).groupby(inside["composite"]).sum() / weight
    np.testing.assert_allclose(mean, found["grade"], rtol=1e-6)


@settings(max_examples=25)
@given(*LAWS)
def test_every_member_is_part_of_the_interval_whose_row_it_names(intervals, residual, size):
    found = run(intervals, residual=residual, length=size)
    inside = members(intervals, found)
    domain = found.set_index("composite")["domain"]
    for piece in inside.to_dict("records"):
        own = intervals[(intervals["row"] == piece["row"]) & (intervals["hole"] == piece["hole"])]
        own = own[(own["from"] <= piece["from"] + 1e-8) & (own["to"] >= piece["to"] - 1e-8)]
        assert domain[piece["composite"]] in set(own["domain"])
        assert piece["sample"] == f"S{piece['row']}" if piece["row"] > 0 else pd.isna(piece["sample"])


@settings(max_examples=25)
@given(*LAWS, st.randoms())
def test_row_order_changes_nothing(intervals, residual, size, random):
    found = run(intervals, residual=residual, length=size)
    shuffled = [frame.iloc[random.sample(range(len(frame)), len(frame))] for frame in (intervals, found)]
    assert_frame_equal(members(intervals, found), members(*shuffled))


def test_members_match_a_hand_worked_hole():
    intervals = table(
        [
            ("A", 0, 1.5, "low", 2),
            ("A", 1.5, 2.5, "low", -1),
            ("A", 2.5, 3, "low", 3),
            ("A", 3, 4, "high", 3),
            ("A", 4, 6, "outside", 4),
        ]
    )
    found = members(intervals, run(intervals))
    expected = [
        (1, "A", 2, "S2", 0.0, 1.5, 1.5),
        (1, "A", -1, np.nan, 1.5, 2.0, 0.5),
        (2, "A", -1, np.nan, 2.0, 2.5, 0.5),
        (2, "A", 3, "S3", 2.5, 3.0, 0.5),
        (3, "A", 3, "S3", 3.0, 4.0, 1.0),
    ]
    columns = ["composite", "hole", "row", "sample", "from", "to", "length"]
    assert_frame_equal(found, pd.DataFrame(expected, columns=columns), check_dtype=False)


def test_joints_that_differ_by_float_noise_make_no_member():
    intervals = table([("A", 0.1 * i, 0.1 * i + 0.1, "low", i + 2) for i in range(60)])
    found = members(intervals, run(intervals, length=0.3))
    assert list(found["row"]) == list(range(2, 62))


def test_samples_that_nobody_numbered_stay_away():
    intervals = table([("A", 0, 2, "low", 2)]).drop(columns="sample")
    assert "sample" not in members(intervals, run(intervals))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda frame: frame.assign(hole="B"), "composite 1 .*does not lie in these"),
        (lambda frame: frame.assign(domain="high"), "composite 1 .*does not lie in these"),
        (lambda frame: frame.assign(length=3.0), "composite 3 .*does not lie in these"),
        (lambda frame: frame.drop(columns="length"), "composites lack length"),
    ],
)
def test_composites_of_other_intervals_are_refused(change, words):
    intervals = table([("A", 0, 6, "low", 2)])
    with pytest.raises(InputError, match=words):
        members(intervals, change(run(intervals)))


def test_a_composite_keeps_its_members_when_those_above_it_are_dropped():
    intervals = table([("A", 0, 3, "low", 2), ("A", 3, 6, "low", 3)])
    found = run(intervals)
    whole = members(intervals, found)
    assert_frame_equal(
        members(intervals, found.drop(index=0)), whole[whole["composite"] > 1].reset_index(drop=True), check_exact=False
    )


def test_intervals_without_a_row_are_refused():
    intervals = table([("A", 0, 6, "low", 2)])
    with pytest.raises(InputError, match="intervals lack row"):
        members(intervals.drop(columns="row"), run(intervals))


@pytest.mark.parametrize(("unsampled", "copper"), [("missing", 0.5), ("zero", 0.4)])
def test_merged_assays_lead_to_the_lines_of_each_table(unsampled, copper):
    """0 to 1 m stands in the first table alone, 1 to 4 m in both, 4 to 9 m in the further one alone, 9 to 10 m in none."""
    own = {"hole": "A", "au_censored": False}
    gold = pd.DataFrame({"row": [7], "from": [0.0], "to": [4.0], "au": [1.0]}).assign(**own)
    icp = pd.DataFrame({"row": [3, 4], "from": [1.0, 4.0], "to": [4.0, 9.0], "cu": [0.5, 0.5]}).assign(
        hole="A", cu_censored=False
    )
    assay = merge_assays({"assay": gold, "icp": icp}, {"assay": ["au"], "icp": ["cu"]})
    lithology = pd.DataFrame({"hole": ["A"], "from": [0.0], "to": [10.0], "lithology": ["LOW"]})
    collar = pd.DataFrame({"hole": ["A"], "depth": [10.0]})
    domains = Domains(
        domains={"low": Domain(code=1, label="Low", lithology=("LOW",))},
        implicit=Implicit(azimuth=0.0, dip=90.0, rake=0.0, ratios=(1.0, 1.0, 1.0), reach=50.0),
    )
    intervals = code_intervals(assay, lithology, collar, domains, ["au", "cu"])
    settings = Compositing(length=5.0, residual="keep", unsampled=unsampled)
    found = composite(intervals, settings, ["au", "cu"], None, MineGrid())
    inside = members(intervals, found)
    assert inside[["composite", "from", "to", "row", "row_icp"]].values.tolist() == [
        [1, 0.0, 1.0, 7, -1],
        [1, 1.0, 4.0, 7, 3],
        [1, 4.0, 5.0, -1, 4],
        [2, 5.0, 9.0, -1, 4],
        [2, 9.0, 10.0, -1, -1],
    ]
    assert found["cu"].tolist() == pytest.approx([0.5, copper])
    assert found["cu_coverage"].tolist() == pytest.approx([0.8, 1.0 if unsampled == "zero" else 0.8])
