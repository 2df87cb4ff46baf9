"""The table of findings: every fault with its place, rule, severity and hint."""

import re
from functools import cache

import numpy as np
import pandas as pd

from scandia.drillholes.rules import RULES
from scandia.errors import FindingsError, InputError
from scandia.settings import decided
from scandia.vocabulary import FINDING, HOLE, ROW, SEVERITIES

_TEXTS = tuple(name for name in FINDING if name != ROW)


def find(rule, file, frame=None, mask=None, *, column="", value="", hint=None, **words):
    """Findings of one rule as a table with the columns of `vocabulary.FINDING`.

    Parameters
    ----------
    rule : str
        A name of `rules.RULES`, which holds severity, message and hint.
    file : str
        File as the config names it.
    frame : DataFrame, optional
        Rows that were checked, with ``row`` and, where known, ``hole``. Without it the finding is about the whole file.
    mask : array of bool (n,), optional
        Which rows of the frame are at fault; all of them when not given.
    column : str
        Column at fault, as the file names it where possible.
    value : scalar or array (n,)
        The value at fault.
    hint : str, optional
        In place of the rule's own hint.
    **words : scalar or array (n,)
        What the message and the hint name in braces.
    """
    if rule not in RULES:
        message = f"unknown rule {rule!r}; it needs an entry in scandia.drillholes.rules"
        raise InputError(message)
    where = _positions(frame, mask)
    count = len(where)
    if count == 0:
        return _empty()
    picked = {name: _pick(word, where) for name, word in words.items()}
    table = {
        "file": [file] * count,
        ROW: frame[ROW].to_numpy()[where] if frame is not None else [pd.NA],
        HOLE: frame[HOLE].iloc[where].to_numpy() if frame is not None and HOLE in frame else [""] * count,
        "column": [column] * count,
        "value": [show(item) for item in _pick(value, where)],
        "rule": [rule] * count,
        "severity": [RULES[rule].severity] * count,
        "message": _format(RULES[rule].message, picked, count),
        "hint": _format(RULES[rule].hint if hint is None else hint, picked, count),
    }
    return _typed(pd.DataFrame(table, columns=list(FINDING)))


def concat(parts):
    """All findings in one table, each once, sorted by file, row and rule."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return no_findings()
    return sort(pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True))


def sort(findings):
    """Findings by file, row (faults of the whole file first), rule, column and value."""
    order = ["file", ROW, "rule", "column", HOLE, "value"]
    return findings.sort_values(order, kind="stable", na_position="first", ignore_index=True)


def no_findings():
    """An empty table of findings with its columns and types."""
    return _empty().copy(deep=False)


def apply_ignored(findings, ignored):
    """The findings with those of ignored checks marked so, each with the reason and the name of who decided.

    Parameters
    ----------
    findings : DataFrame
    ignored : dict of str to drillholes.settings_checks.Ignored
        Check to reason and name.
    """
    hit = findings["rule"].isin(list(ignored))
    if not hit.any():
        return findings
    said = {rule: f" (ignored by {decided(why.who, why.date)}: {why.reason})" for rule, why in ignored.items()}
    words = findings.loc[hit, "rule"].map(said)
    message = findings["message"].where(~hit, findings["message"] + words.reindex(findings.index).fillna(""))
    return findings.assign(message=message, severity=findings["severity"].where(~hit, SEVERITIES[3]))


def count_words(findings):
    """The number of findings by severity in words, such as ``1 error, 2 warnings``; ``no findings`` where there are none."""
    counts = findings["severity"].value_counts()
    words = [f"{counts[name]} {name}{_plural(name, counts[name])}" for name in SEVERITIES if name in counts]
    return ", ".join(words) or "no findings"


def summarise(findings):
    """Number of findings by rule: severity, rule, count, file of the first and its row; errors first."""
    rank = findings["severity"].map({name: place for place, name in enumerate(SEVERITIES)})
    grouped = findings.assign(rank=rank).groupby(["rank", "severity", "rule"], sort=True)
    table = grouped.agg(count=("rule", "size"), files=("file", lambda names: ", ".join(sorted(set(names))))).reset_index()
    return table[["severity", "rule", "count", "files"]]


def require_no_errors(findings, *, table="", shown=10):
    """The same findings, where none is an error; otherwise a FindingsError that names the first of them.

    Parameters
    ----------
    findings : DataFrame
    table : str
        Where all findings stand; named at the end of the message.
    shown : int
        How many kinds of errors the message names, each by its first in a file: one slip of an export makes a thousand alike.
    """
    errors = findings[findings["severity"] == SEVERITIES[0]]
    if errors.empty:
        return findings
    kinds = errors.groupby(["rule", "file"], sort=False)
    first = kinds.head(1).assign(alike=kinds["rule"].transform("size"))
    lines = [describe(row) + _alike(row) for row in first.head(shown).to_dict("records")]
    rest = len(errors) - int(first["alike"].head(shown).sum())
    more = [f"… and {rest:,} more"] if rest else []
    place = f"\nAll findings: {table}" if table else ""
    count = f"{len(errors):,} error{_plural('error', len(errors))}"
    message = f"the drillhole tables hold {count}:\n  " + "\n  ".join([*lines, *more]) + place
    raise FindingsError(message)


def _alike(row):
    return f" (and {row['alike'] - 1:,} more of this kind in this file)" if row["alike"] > 1 else ""


def _plural(name, count):
    return "s" if count != 1 and name != SEVERITIES[3] else ""


def describe(finding):
    """One line of text for one finding (a mapping with the columns of `vocabulary.FINDING`)."""
    place = finding["file"] + ("" if pd.isna(finding[ROW]) else f":{finding[ROW]}")
    named = {name: "" if pd.isna(finding[name]) else finding[name] for name in (HOLE, "column", "value")}
    hole = f", hole {named[HOLE]}" if named[HOLE] else ""
    column = f", column {named['column']}" if named["column"] else ""
    value = f" = {named['value']!r}" if named["value"] else ""
    return f"{place}{hole}{column}{value}: {finding['message']} [{finding['rule']}]. Hint: {finding['hint']}"


def show(value):
    """Text of a value as a reader wants it: floats with at most 10 digits, missing as nothing."""
    if isinstance(value, str):
        return value
    if value is None or value is pd.NA or value != value:
        return ""
    return f"{value:.10g}" if isinstance(value, float | np.floating) else str(value)


@cache
def _empty():
    return _typed(pd.DataFrame({name: [] for name in FINDING}))


def _positions(frame, mask):
    if frame is None:
        return np.zeros(1, dtype=int)
    return np.arange(len(frame)) if mask is None else np.flatnonzero(np.asarray(mask, dtype=bool))


def _pick(word, where):
    if isinstance(word, str) or np.ndim(word) == 0:
        return [word] * len(where)
    return list(word.iloc[where] if isinstance(word, pd.Series) else np.asarray(word)[where])


def _format(template, picked, count):
    if not picked:
        return [template] * count
    shown = {name: [show(item) for item in items] for name, items in picked.items()}
    if "count" in shown:
        single = re.sub(r"\{count\} (\w+)s\b", r"{count} \1", template)
        return [
            (single if many == "1" else template).format(**{name: items[i] for name, items in shown.items()})
            for i, many in enumerate(shown["count"])
        ]
    return [template.format(**{name: items[i] for name, items in shown.items()}) for i in range(count)]


def _typed(frame):
    texts = {name: frame[name].astype(object).fillna("").astype("str") for name in _TEXTS}
    return frame.assign(**texts, row=frame[ROW].astype("Int64"))[list(FINDING)]
