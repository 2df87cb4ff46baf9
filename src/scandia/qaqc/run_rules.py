"""Westgard's rules: which results of a control chart break which rule."""

import numpy as np

from scandia.qaqc.settings import RULES, QualityControl, RunRules

FAIL_FIRST = ("one_three", "two_two", "r_four", "four_one", "ten_mean", "one_two")  # the order in which reasons are given


def broken_rules(
    z,
    *,
    failure_deviations=QualityControl.failure_deviations,
    warning_deviations=QualityControl.warning_deviations,
):
    """Dict of rule to the results that break it, bool ``(n,)``: every rule of `RunRules` but R-4s, which needs the batches.

    Parameters
    ----------
    z : array (n,)
        Standardised results of one reference material and analyte in order of analysis; NaN is passed over.
    failure_deviations, warning_deviations : float
        Limits that stand for the 3s and the 2s of the rules' names.

    Notes
    -----
    "Beyond" is strict: a result on the line is within it. All results of a row that breaks a rule are marked [1]_.

    References
    ----------
    .. [1] Westgard, J. O., Barry, P. L., Hunt, M. R. & Groth, T. (1981). A multi-rule Shewhart chart for quality control in
       clinical chemistry. Clinical Chemistry 27(3).
    """
    z = np.asarray(z, dtype=float)
    present = np.flatnonzero(np.isfinite(z))
    seen = z[present]
    found = {
        "one_two": np.abs(seen) > warning_deviations,
        "one_three": np.abs(seen) > failure_deviations,
        "two_two": _in_a_row(seen, warning_deviations, 2),
        "four_one": _in_a_row(seen, 1.0, 4),
        "ten_mean": _in_a_row(seen, 0.0, 10),
    }
    broken = {name: np.zeros(len(z), dtype=bool) for name in found}
    for name, marks in found.items():
        broken[name][present] = marks
    return broken


def opposite_sides(z, batch, *, warning_deviations=QualityControl.warning_deviations):
    """Results that break R-4s, bool ``(n,)``: their batch has one beyond +limit and one beyond -limit, and they are one of these.

    Parameters
    ----------
    z : array (n,)
        Standardised results of one analyte, of all reference materials.
    batch : array of int (n,)
        Number of the batch of each; negative is no batch, and breaks no rule.
    """
    z, batch = np.asarray(z, dtype=float), np.asarray(batch)
    high, low = z > warning_deviations, z < -warning_deviations
    size = int(batch.max(initial=-1)) + 1
    known = batch >= 0
    both = (np.bincount(batch[high & known], minlength=size) > 0) & (np.bincount(batch[low & known], minlength=size) > 0)
    marks = np.zeros(len(z), dtype=bool)
    marks[known] = (both[batch[known]]) & (high | low)[known]
    return marks


def verdicts(broken, rules=None):
    """Names of the broken rules that count, such as ``"1-3s 2-2s"`` (object ``(n,)``), and two bool ``(n,)``: failed, warned."""
    rules = RunRules() if rules is None else rules
    size = len(next(iter(broken.values())))
    names, failed, warned = np.full(size, "", dtype=object), np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for rule in FAIL_FIRST:
        consequence = getattr(rules, rule)
        if consequence == "off":
            continue
        marks = broken[rule] & ~broken["one_three"] if rule == "one_two" and rules.one_three != "off" else broken[rule]
        names[marks] = [f"{text} {RULES[rule]}".strip() for text in names[marks]]
        (failed if consequence == "fail" else warned)[marks] = True
    return names, failed, warned


def _in_a_row(seen, limit, count):
    """Members of rows of at least ``count`` results beyond ``limit`` on one side."""
    side = np.where(seen > limit, 1, np.where(seen < -limit, -1, 0))
    start = np.flatnonzero(np.diff(side, prepend=2))
    length = np.diff(start, append=len(side))
    return np.repeat((length >= count) & (side[start] != 0), length)
