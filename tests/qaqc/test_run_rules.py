"""Run rules: worked by hand, against a slow twin, and with their rate of false alarms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scandia.qaqc.run_rules import broken_rules, opposite_sides, verdicts
from scandia.qaqc.settings import RunRules

NAN = float("nan")


@pytest.mark.parametrize(
    ("rule", "z", "broken"),
    [
        ("one_two", [0.0, 2.0, 2.1, -2.1], [2, 3]),  # on the line is not beyond it
        ("one_three", [0.0, 3.0, 3.01, -3.01], [2, 3]),
        ("two_two", [2.1, 2.1, 0.0], [0, 1]),
        ("two_two", [-2.1, -2.1], [0, 1]),
        ("two_two", [2.1, -2.1, 2.1], []),  # not on one side
        ("two_two", [2.1, 0.0, 2.1], []),  # not consecutive
        ("two_two", [2.0, 2.1], []),
        ("two_two", [2.1, 2.1, 2.1], [0, 1, 2]),
        ("two_two", [2.1, NAN, 2.1], [0, 2]),  # the lost result is passed over
        ("two_two", [NAN, NAN], []),
        ("two_two", [], []),
        ("four_one", [0.5, 1.1, 1.2, 1.3, 1.4, 0.9], [1, 2, 3, 4]),
        ("four_one", [1.1, 1.2, 1.3, -1.4], []),
        ("ten_mean", [-0.1] + [0.1] * 10 + [-0.1], list(range(1, 11))),
        ("ten_mean", [0.1] * 9 + [0.0] + [0.1] * 9, []),  # a result on the certified value is on no side
        ("ten_mean", [0.1] * 12, list(range(12))),
    ],
)
def test_rules_by_hand(rule, z, broken):
    assert np.flatnonzero(broken_rules(z)[rule]).tolist() == broken


def test_r_4s_by_hand():
    """Batch 0 has one above +2 and one below -2; batch 1 only above; the results of no batch break nothing."""
    z = [2.5, 0.0, -2.1, 2.5, 2.6, 0.0, 3.0, -3.0]
    assert np.flatnonzero(opposite_sides(z, [0, 0, 0, 1, 1, 1, -1, -1])).tolist() == [0, 2]


scores = st.lists(st.one_of(st.floats(-4, 4), st.just(NAN)), max_size=40)


@given(scores)
def test_rules_are_those_of_a_slow_twin(z):
    seen = [(place, value) for place, value in enumerate(z) if not np.isnan(value)]
    broken = broken_rules(z)
    for rule, count, limit in (("two_two", 2, 2.0), ("four_one", 4, 1.0), ("ten_mean", 10, 0.0)):
        expected = set()
        for start in range(len(seen) - count + 1):
            window = seen[start : start + count]
            if all(value > limit for _, value in window) or all(value < -limit for _, value in window):
                expected |= {place for place, _ in window}
        assert set(np.flatnonzero(broken[rule]).tolist()) == expected


@given(scores)
def test_turning_all_signs_or_the_order_changes_no_rule(z):
    straight, turned, back = broken_rules(z), broken_rules([-value for value in z]), broken_rules(z[::-1])
    for rule, marks in straight.items():
        assert marks.tolist() == turned[rule].tolist() == back[rule].tolist()[::-1]


def test_what_a_rule_does_is_the_configs_choice():
    z = [3.5, 0.0, 2.2]
    broken = broken_rules(z) | {"r_four": np.zeros(3, dtype=bool)}
    names, failed, warned = verdicts(broken)
    assert names.tolist() == ["1-3s", "", "1-2s"]
    assert failed.tolist() == [True, False, False]
    assert warned.tolist() == [False, False, True]
    names, failed, _ = verdicts(broken, RunRules(one_three="off", one_two="fail"))
    assert names.tolist() == ["1-2s", "", "1-2s"]
    assert failed.tolist() == [True, False, True]


def test_the_rate_of_false_alarms_is_the_theoretical_one():
    """A laboratory without a fault: 0.27 % of the results break 1-3s, and each pair 2-2s with twice 0.0228 squared."""
    z = np.random.default_rng(11).normal(size=400_000)
    broken = broken_rules(z)
    tail = stats.norm.sf(2.0)
    assert broken["one_three"].mean() == pytest.approx(2 * stats.norm.sf(3.0), rel=0.06)
    assert broken["one_two"].mean() == pytest.approx(2 * tail, rel=0.03)
    expected = 2 * tail * (1 - (1 - tail) ** 2)  # beyond on one side, and so is one of its neighbours
    assert broken["two_two"].mean() == pytest.approx(expected, rel=0.06)
