"""The one verdict on every check of the model: pass, warn or fail against named limits, with its table and its picture."""

from math import isfinite

import pandas as pd

from scandia.validation.limits import BY_EXCESS, BY_FACTOR, BY_LOSS, IN_POINTS, NEVER_NEGATIVE, NEVER_POSITIVE

PASS, WARN, FAIL, UNJUDGED = "pass", "warn", "fail", "not judged"
MINUS = "\u2212"  # no formula sign to a spreadsheet, so that a written number needs no guard
COLUMNS = (
    *("check", "case", "domain", "variable", "value", "measure", "passes", "warns", "fails", "limit", "verdict"),
    *("table", "picture", "words"),
)
LEFT_OUT = {"sample": "itself", "hole": "its hole", "fold": "its part of space", "campaign": "its and later campaigns"}


def verdict(value, limits, name):
    """Word for a number: pass, warn or fail by the limits of that name; "not judged" where it is NaN.

    Parameters
    ----------
    value : float
    limits : Limits
    name : str
        Of the pair of limits, which says what is judged: the size of the number, how many times it is larger or smaller than 1,
        or how low it is.
    """
    warn, fail = getattr(limits, name)
    if value is None or not isfinite(value):
        return UNJUDGED
    if name in BY_LOSS:
        return PASS if value >= warn else WARN if value >= fail else FAIL
    size = abs(value)
    if name in BY_FACTOR:
        size = max(value, 1.0 / value) if value > 0 else float("inf")
    if size <= warn == 0:
        return PASS
    return PASS if size < warn else WARN if size < fail else FAIL


def limit_words(limits, name):
    """What passes, warns and fails by the limits of that name, in words, three texts."""
    warn, fail = (_number(limit, name) for limit in getattr(limits, name))
    if name in BY_LOSS:
        return f"≥ {warn}", f"{fail} to {warn}", f"< {fail}"
    if name in BY_FACTOR:
        return f"within a factor of {warn}", f"a factor of {warn} to {fail}", f"a factor of {fail} or more"
    if name in BY_EXCESS:
        return f"< {warn}", f"{warn} to {fail}", f"≥ {fail}"
    if name in NEVER_POSITIVE:
        return f"above {MINUS}{warn}", f"{MINUS}{warn} to {MINUS}{fail}", f"{MINUS}{fail} or lower"
    sign = "" if name in NEVER_NEGATIVE else "± "
    passes = "none" if getattr(limits, name)[0] == 0 else f"{sign}less than {warn}"
    return passes, f"{sign}{warn} to {fail}", f"{sign}{fail} or more"


def row(limits, name, value, *, check, domain, variable, measure, table, picture="", case="", words=None, judged=True):
    """Row of `verdicts.csv` of one check, dict; the columns of `COLUMNS`. ``words`` tell the value better than it alone.

    What is not ``judged`` has its number all the same.
    """
    value = float("nan") if value is None else float(value)
    passes, warns, fails = limit_words(limits, name)
    words = "–" if not isfinite(value) else words or _number(value, name)
    return {
        "check": check,
        "case": case,
        "domain": domain,
        "variable": variable,
        "value": value,
        "measure": measure,
        "passes": passes,
        "warns": warns,
        "fails": fails,
        "limit": f"model.validation.limits.{name}",
        "verdict": verdict(value, limits, name) if judged else UNJUDGED,
        "table": table,
        "picture": picture,
        "words": words,
    }


def verdict_table(rows):
    """Table of verdicts, DataFrame: what failed first, then what warns, the rest as it came."""
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    rank = frame["verdict"].map({FAIL: 0, WARN: 1, UNJUDGED: 3, PASS: 2})
    return frame.iloc[rank.argsort(kind="stable")].reset_index(drop=True)


def tally(table):
    """How many checks passed, warn, failed and were not judged, dict in that order of gravity: fail first."""
    counted = table["verdict"].value_counts()
    return {name: int(counted.get(name, 0)) for name in (FAIL, WARN, PASS, UNJUDGED)}


def signed_points(share):
    """A difference of two shares in percentage points, with its sign, in words."""
    return f"{100 * share:+.3g} points".replace("-", MINUS)


def _number(value, name):
    if name in (*BY_FACTOR, *BY_LOSS, *BY_EXCESS):
        text = f"{value:.3g}"
    else:
        text = f"{100 * value:.3g} {'points' if name in IN_POINTS else '%'}"
    return text.replace("-", MINUS)
