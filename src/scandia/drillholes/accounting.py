"""Every row of the raw tables, used or excluded with the reason: rows in = rows used + rows excluded."""

import numpy as np
import pandas as pd

from scandia.drillholes.rules import EXCLUDED, RULES
from scandia.vocabulary import DENSITY, HOLE, ROW

NO_VALUE = "no value"
HOLE_EXCLUDED = "hole excluded"
COLUMN_MISSING = "column missing"
EXCLUDED_COLUMNS = ("file", "table", ROW, HOLE, "reason")


def exclusion_reasons(raw, tables, findings):
    """For each table a Series of row to the reason why it is not used: the first error of the row, or its hole's.

    Parameters
    ----------
    raw, tables : dict of str to DataFrame
        Raw and typed tables by name.
    findings : dict of str to DataFrame
        Findings by table, sorted.
    """
    reasons = {}
    for name, frame in raw.items():
        faults = findings[name]
        faults = faults[faults[ROW].notna() & _excludes(faults)] if len(faults) else faults
        first = faults.drop_duplicates(ROW) if len(faults) else faults
        reasons[name] = pd.Series(first["rule"].to_numpy(), index=first[ROW].astype(np.int64).to_numpy(), dtype="str")
        if len(frame.columns) and tables[name].empty and len(frame):
            _add(reasons, name, frame[ROW], COLUMN_MISSING)
    used = tables["collar"][~tables["collar"][ROW].isin(reasons["collar"].index)]
    for name in raw:
        frame = tables[name]
        if name == "density":
            _add(reasons, name, frame.loc[frame[DENSITY].isna(), ROW], NO_VALUE)
        if name not in ("collar", "qc"):
            lost = frame[~frame[HOLE].isin(used[HOLE].unique()) & (frame[ROW] >= 0)]
            if lost.empty:
                continue
            orphan = ~lost[HOLE].isin(tables["collar"][HOLE].unique())
            _add(reasons, name, lost.loc[orphan, ROW], "hole_without_collar")
            _add(reasons, name, lost.loc[~orphan, ROW], HOLE_EXCLUDED)
    return reasons


def list_excluded(raw, sources, reasons, reading):
    """One line for every row that is not used: file, table, row, hole, reason; sorted by table and row.

    Parameters
    ----------
    raw : dict of str to DataFrame
    sources : dict of str to drillholes.settings.Table
    reasons : dict of str to Series
        As `exclusion_reasons` gives them.
    reading : DataFrame
        Findings of reading, whose ragged lines are in no raw table.
    """
    parts = []
    for name, table in sources.items():
        reason = reasons[name].sort_index()
        ragged = reading[(reading["file"] == table.file) & (reading["rule"] == "line_ragged")]
        if reason.empty and ragged.empty:
            continue
        holes = raw[name].set_index(ROW)[HOLE] if HOLE in raw[name] else pd.Series(dtype="str")
        part = pd.DataFrame(
            {ROW: reason.index, HOLE: holes.reindex(reason.index).to_numpy(dtype=object), "reason": reason.to_numpy()}
        )
        lost = pd.DataFrame({ROW: ragged[ROW].to_numpy(dtype=np.int64), HOLE: None, "reason": "line_ragged"})
        parts.append(pd.concat([frame for frame in (part, lost) if len(frame)] or [part]).assign(file=table.file, table=name))
    empty = pd.DataFrame({name: [] for name in EXCLUDED_COLUMNS})
    table = pd.concat(parts, ignore_index=True)[list(EXCLUDED_COLUMNS)] if parts else empty
    texts = {name: table[name].astype(object).fillna("").astype("str") for name in ("file", "table", HOLE, "reason")}
    return table.assign(**texts, row=table[ROW].astype(np.int64))


def account(raw, clean, sources, excluded):
    """Rows in, used and excluded of each table, each counted for itself: in = used + excluded, always.

    Parameters
    ----------
    raw, clean : dict of str to DataFrame
        Raw tables as read, and the tables that flow on.
    sources : dict of str to drillholes.settings.Table
    excluded : DataFrame
        As `list_excluded` gives it.
    """
    lines = []
    for name, table in sources.items():
        lost = excluded[excluded["table"] == name]
        counts = lost["reason"].value_counts().sort_index()
        ragged = int((lost["reason"] == "line_ragged").sum())
        used = int((clean[name][ROW] >= 0).sum())
        words = "; ".join(f"{count} {reason}" for reason, count in _ragged_last(counts))
        lines.append((table.file, name, len(raw[name]) + ragged, used, len(lost), words))
    return pd.DataFrame(lines, columns=["file", "table", "rows_in", "rows_used", "rows_excluded", "reason"])


def keep(frame, reasons):
    """The typed table without the rows that have a reason; all of it where there is no raw table behind it (None)."""
    if reasons is None:
        return frame
    return frame[~frame[ROW].isin(reasons.index)].reset_index(drop=True)


def _excludes(findings):
    """Which findings keep their row out: errors, empty rows, and ignored errors that no step can use."""
    unusable = {name for name, rule in RULES.items() if rule.ignored == EXCLUDED and rule.severity == "error"}
    ignored = (findings["severity"] == "ignored") & findings["rule"].isin(unusable)
    return (findings["severity"] == "error") | (findings["rule"] == "row_empty") | ignored


def _add(reasons, name, rows, reason):
    """Give the reason to those rows that have none yet."""
    fresh = rows[~rows.isin(reasons[name].index)]
    if fresh.empty:
        return
    reasons[name] = pd.concat([reasons[name], pd.Series(reason, index=fresh.to_numpy(), dtype="str")])


def _ragged_last(counts):
    return [
        *((reason, count) for reason, count in counts.items() if reason != "line_ragged"),
        *((reason, count) for reason, count in counts.items() if reason == "line_ragged"),
    ]
