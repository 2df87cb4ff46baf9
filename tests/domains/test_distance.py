"""Signed distances along holes: the hand-worked hole, its symmetries, and unlogged ground."""

import numpy as np
import pandas as pd
import pytest

from scandia.domains.distance import contact_points, logged_runs, signed_distances
from scandia.errors import InputError

NAMES = ["outside", "ore", "waste"]


def intervals(*rows):
    frame = pd.DataFrame(rows, columns=["hole", "from", "to", "lithology", "domain"])
    return frame.assign(length=frame["to"] - frame["from"])


HOLE = intervals(
    ("A", 0.0, 10.0, "SY", "outside"),
    ("A", 10.0, 14.0, "OF", "ore"),
    ("A", 14.0, 30.0, "PF", "ore"),
    ("A", 30.0, 36.0, "IW", "waste"),
    ("A", 36.0, 60.0, "OF", "ore"),
    ("B", 0.0, 20.0, "SY", "outside"),
)


def at(hole, depth, domain):
    return pd.DataFrame({"hole": [hole], "depth": [float(depth)], "domain": [domain]})


def test_runs_join_codes_of_one_domain_and_know_their_contacts():
    runs = logged_runs(HOLE)
    assert runs["domain"].tolist() == ["outside", "ore", "waste", "ore", "outside"]
    assert runs["from"].tolist() == [0, 10, 30, 36, 0]
    assert runs["above"].tolist() == [False, True, True, True, False]
    assert runs["below"].tolist() == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        (at("A", 12, "ore"), [-2, 2, -18]),
        (at("A", 32, "waste"), [-22, -2, 2]),
        (at("A", 3, "outside"), [7, -7, -25]),  # waste is 27 m away and the clip 25 m
        (at("A", 50, "ore"), [-25, 14, -14]),
        (at("B", 5, "outside"), [25, -25, -25]),
    ],
)
def test_hand_worked_distances(point, expected):
    np.testing.assert_allclose(signed_distances(point, logged_runs(HOLE), NAMES, 25.0)[0], expected, atol=1e-9)


def test_with_two_domains_inside_of_one_is_outside_of_the_other():
    runs = logged_runs(intervals(("A", 0.0, 20.0, "SY", "outside"), ("A", 20.0, 45.0, "OF", "ore")))
    points = contact_points(runs, 3.0)
    fields = signed_distances(points, runs, ["outside", "ore"], 50.0)
    np.testing.assert_allclose(fields[:, 0], -fields[:, 1])
    assert (np.sign(fields[:, 1]) == np.where(points["domain"] == "ore", 1, -1)).all()


def test_points_stand_at_both_sides_of_each_contact_and_no_step_is_too_long():
    points = contact_points(logged_runs(HOLE), 5.0)
    depths = points.loc[points["hole"] == "A", "depth"].to_numpy()
    for contact in (10.0, 30.0, 36.0):
        assert {round(contact - 0.1, 6), round(contact + 0.1, 6)} <= set(np.round(depths, 6))
    assert (np.diff(depths) > 0).all()
    assert np.diff(depths).max() <= 5.0 + 1e-9
    assert depths[0] == 0
    assert depths[-1] == 60


def test_a_run_thinner_than_the_points_stand_apart_keeps_them_in_order():
    runs = logged_runs(
        intervals(("A", 0.0, 5.0, "SY", "outside"), ("A", 5.0, 5.1, "OF", "ore"), ("A", 5.1, 9.0, "SY", "outside"))
    )
    inside = contact_points(runs, 5.0).query("domain == 'ore'")["depth"]
    assert inside.between(5.0, 5.1).all()
    assert inside.is_monotonic_increasing


def test_the_edge_of_unlogged_ground_is_no_contact():
    gap = intervals(("A", 0.0, 20.0, "OF", "ore"), ("A", 20.0, 30.0, np.nan, "outside"), ("A", 30.0, 50.0, "SY", "outside"))
    runs = logged_runs(gap)
    assert not runs[["above", "below"]].to_numpy().any()
    assert signed_distances(at("A", 19, "ore"), runs, ["outside", "ore"], 40.0)[0].tolist() == [-40, 40]
    assert not contact_points(runs, 5.0)["depth"].between(20.01, 29.99).any()


def test_nothing_logged_is_an_error():
    with pytest.raises(InputError, match="no interval has a logged code"):
        logged_runs(intervals(("A", 0.0, 20.0, None, "outside")))


def test_a_shell_of_grades_has_contacts_with_ground_that_nobody_logged():
    shell = intervals(("A", 0.0, 20.0, None, "outside"), ("A", 20.0, 30.0, None, "ore"), ("A", 30.0, 50.0, None, "outside"))
    runs = logged_runs(shell)
    assert runs["domain"].tolist() == ["outside", "ore", "outside"]
    assert runs["above"].tolist() == [False, True, True]
    assert signed_distances(at("A", 22, "ore"), runs, ["outside", "ore"], 40.0)[0].tolist() == [-2, 2]


def test_contacts_of_another_hole_do_not_count_however_near_its_collar():
    runs = logged_runs(
        intervals(("A", 0.0, 60.0, "SY", "outside"), ("B", 0.0, 1.0, "SY", "outside"), ("B", 1.0, 60.0, "OF", "ore"))
    )
    assert signed_distances(at("A", 59.5, "outside"), runs, ["outside", "ore"], 50.0)[0].tolist() == [50, -50]
