"""Corrections of raw cells, each with its old value, its reason and who made it: checked, applied and listed."""

import numpy as np
import pandas as pd

from scandia.drillholes.findings import concat, find
from scandia.drillholes.layouts import NUMBERS
from scandia.drillholes.limits import read_limits
from scandia.drillholes.numbers import numbers_meant, parse_numbers
from scandia.settings import is_date
from scandia.vocabulary import DEPTH, FROM, HOLE, ROW

COLUMNS = ("table", "hole", "from", "column", "old", "new", "reason", "who")
DATE = "date"  # its column may be left out
NUMBER = "correction"  # line of the file of corrections
LINE = "line"  # line or row of the table that was corrected
APPLIED = (NUMBER, "table", LINE, *COLUMNS[1:], DATE)  # of the list of what was applied
LEFT_OUT = "row"  # in place of a column: the whole row is left out


def apply_corrections(raw, sources, corrections, file, analytes=None):
    """Corrected raw tables, the list of what was corrected, and a finding for each correction that does not fit.

    Parameters
    ----------
    raw : dict of str to DataFrame
        Raw text tables by name, with ``row``.
    sources : dict of str to drillholes.sources.Table
        How each was read.
    corrections : DataFrame of str
        ``row`` and the columns `COLUMNS`, and `DATE` where the file has one. ``from`` is the depth of an interval's top or of a
        survey record, blank for collars; ``column`` is the column's name in the file, or ``row`` to leave the whole row out,
        with its line number as ``old``.
    file : str
        Name of the corrections in findings.
    analytes : dict of str to drillholes.settings.Analyte, optional
        Say what is readable in their columns.

    Returns
    -------
    raw : dict of str to DataFrame
        A row that is left out is there without any cell, and is accounted for as empty.
    applied : DataFrame
        The columns `APPLIED`, in the order of the file.
    findings : DataFrame
    """
    raw = {name: frame.copy() for name, frame in raw.items()}
    applied, found = [], []
    for given in corrections.to_dict("records"):
        words = {name: "" if pd.isna(given.get(name)) else given[name] for name in (*COLUMNS, DATE)}
        fault, line = _apply(raw, sources, words, analytes or {})
        if fault is None:
            applied.append({NUMBER: given[ROW], LINE: line, **words})
        else:
            rule, told = fault
            where = pd.DataFrame({ROW: [given[ROW]], HOLE: [words["hole"]]})
            found.append(find(rule, file, where, column=words["column"], value=words["old"], **told))
    table = pd.DataFrame(applied, columns=list(APPLIED))
    return raw, table.astype({NUMBER: np.int64, LINE: np.int64} if len(table) else {}), concat(found)


def _apply(raw, sources, words, analytes):
    """The fault of one correction, as rule and words, or None, and the line it corrected."""
    name = words["table"]
    lacking = [key for key in ("table", "hole", "column", "reason", "who") if not words[key]]
    if lacking:
        return ("correction_unusable", {"reason": f"{lacking[0]} is missing"}), None
    if words[DATE] and not is_date(words[DATE]):
        return ("correction_unusable", {"reason": f"its date {words[DATE]!r} is no day, written YYYY-MM-DD"}), None
    if name not in raw or HOLE not in raw[name]:
        return ("correction_unusable", {"reason": f"there is no table {name!r}; there are {', '.join(raw)}"}), None
    frame, table = raw[name], sources[name]
    column = _column(frame, table, words["column"])
    if column is None:
        return ("correction_unusable", {"reason": f"table {name} reads no column {words['column']!r}"}), None
    if column != LEFT_OUT and not _is_readable(words["new"], column, table, analytes):
        marks = f"decimal mark {table.decimal!r}, thousands mark {table.thousands or 'none'!r}"
        reason = f"the new value {words['new']!r} is no number as {table.label} writes them ({marks})"
        return ("correction_unusable", {"reason": reason}), None
    rows = _rows(frame, table, words, column == LEFT_OUT)
    place = {"table": table.label, "hole": words["hole"], "top": words["from"] or "any depth"}
    if len(rows) == 0:
        return ("correction_unmatched", place), None
    if len(rows) > 1:
        lines = ", ".join(str(frame.at[at, ROW]) for at in rows[:10])
        return ("correction_ambiguous", {**place, "count": len(rows), "rows": lines}), None
    return _change(frame, table, rows[0], column, words)


def _change(frame, table, at, column, words):
    line = int(frame.at[at, ROW])
    there = str(line) if column == LEFT_OUT else frame.at[at, column]
    if not _same(pd.Series([there], dtype="str"), words["old"], table)[0]:
        told = {"there": "nothing" if pd.isna(there) else repr(there), "old": repr(words["old"]), "line": line}
        return ("correction_outdated", {**told, "table": table.label}), None
    if column == LEFT_OUT:
        frame.loc[at, [name for name in frame if name != ROW]] = None
    else:
        frame.at[at, column] = None if words["new"] in _missing_texts(column, table) else words["new"]
    return None, line


def _missing_texts(column, table):
    return {"", *table.missing, *table.column_missing.get(table.columns.get(column, column), ())}


def _is_readable(text, column, table, analytes):
    """Whether a new value can be read in its column: a number, a limit or a code of the analyte, a missing text."""
    if text in _missing_texts(column, table):
        return True
    cell = pd.Series([text], dtype="str")
    if column in NUMBERS and column in table.columns:
        return not parse_numbers(cell, table.decimal, table.thousands)[1][0]
    return not any(read_limits(cell, analyte, table)[4][0] for analyte in analytes.values() if analyte.column == column)


def _column(frame, table, named):
    """Name in the raw frame of a column as the file, or the vocabulary, names it."""
    if named == LEFT_OUT:
        return LEFT_OUT
    back = {raw: name for name, raw in table.columns.items()}
    name = back.get(named, named)
    return name if name in frame and name != ROW else None


def _rows(frame, table, words, left_out):
    """Index of the rows of a hole and depth; of a whole row also by its line, so that one of two twins can be named."""
    chosen = np.array(frame[HOLE].eq(words["hole"]).fillna(False), dtype=bool)
    top = next((name for name in (FROM, DEPTH) if name in frame and name in table.columns), None)
    if words["from"] and top is not None:
        at = np.flatnonzero(chosen)
        chosen[at] = _same(frame[top].iloc[at], words["from"], table)
    if left_out:
        chosen &= frame[ROW].astype(str).eq(words["old"]).to_numpy(dtype=bool)
    return frame.index[chosen]


def _same(cells, given, table):
    """Which cells ``(n,)`` equal a text, or are the same number; missing ones equal nothing and the table's missing texts."""
    # NaN equals nothing, so that two texts that are no numbers are no one number.
    numbers, _ = parse_numbers(cells, table.decimal, table.thousands)
    same = np.array(cells.eq(given).fillna(False), dtype=bool) | (numbers == numbers_meant([given], table)[0])
    return same | (cells.isna().to_numpy() & (given in {"", *table.missing}))
