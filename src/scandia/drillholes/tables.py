"""Typed drillhole tables made from raw text: numbers parsed exactly, dips negative down, sorted by hole and depth."""

import numpy as np
import pandas as pd

from scandia.drillholes.findings import concat, find
from scandia.drillholes.layouts import LAYOUTS
from scandia.drillholes.numbers import parse_numbers
from scandia.drillholes.unreadable import find_texts
from scandia.vocabulary import (
    AZIMUTH,
    DEPTH,
    DIP,
    EASTING,
    FROM,
    HOLE,
    LENGTH,
    ROW,
    SAMPLE,
    TO,
    WORLD,
)

_SPARSE = "the table is declared sparse, and the row has nothing but its keys; nothing to do"


_OPTIONAL_NUMBERS = (DEPTH, AZIMUTH, DIP, "sequence")


def type_table(name, raw, table):
    """Typed table of one raw table, sorted by hole and depth; the findings; and the rows that are empty.

    Parameters
    ----------
    name : str
        A name of `LAYOUTS`.
    raw : DataFrame of str
        As read by `io.tables.read_raw`, one line per row.
    table : drillholes.settings.Table
        How it was read.

    Returns
    -------
    frame : DataFrame
        ``row``, ``hole`` and the columns of the layout. Rows whose key cannot be read are left out; each has an error.
    findings : DataFrame
    """
    layout, file = LAYOUTS[name], table.file
    found = _missing_columns(layout, raw, table)
    if not is_complete(name, raw):
        return empty_table(name), concat(found)
    empty = raw.drop(columns=ROW).isna().all(axis=1)
    found.append(find("row_empty", file, raw, empty))
    if table.sparse:
        keys = [ROW, *({HOLE, *layout.keys, SAMPLE} & set(raw.columns))]
        bare = raw.drop(columns=keys).isna().all(axis=1) & ~empty
        found.append(find("row_empty", file, raw, bare, hint=_SPARSE))
        empty |= bare
    raw = raw[~empty]
    frame = pd.DataFrame({ROW: raw[ROW].astype(np.int64)})
    usable = np.ones(len(raw), dtype=bool)
    for column in _columns(layout, raw):
        if column in _numbers_of(layout):
            values, bad = parse_numbers(raw[column], table.decimal, table.thousands)
            frame[column] = to_convention(column, values, table)
            found.append(find_texts(file, raw, bad, table.columns[column], raw[column], table))
        else:
            frame[column] = raw[column].astype("str")
            bad = np.zeros(len(raw), dtype=bool)
        absent = raw[column].isna().to_numpy()
        if column == HOLE or column in layout.keys:
            found.append(find("missing_key", file, raw, absent, column=table.columns[column]))
            usable &= ~(absent | bad)
        elif column in layout.required or (name == "collar" and column == DEPTH):
            found.append(find("missing_value", file, raw, absent, column=table.columns[column]))
    frame = frame[usable]
    found.append(_unsorted(frame, file, layout))
    return sort_table(frame), concat(found)


def to_convention(column, values, table):
    """Values of one column in metres, and azimuths in degrees from grid north; an azimuth out of range stays as it is."""
    if column in (DEPTH, FROM, TO, LENGTH):
        return values * table.depth_factor if table.depth_factor != 1.0 else values
    if column in WORLD:
        return values * table.coordinate_factor if table.coordinate_factor != 1.0 else values
    if column == AZIMUTH and table.azimuth_shift:
        # Turned into the range, an azimuth of 400 would no longer be seen by the check of its range.
        sound = (values >= 0) & (values <= 360)
        return np.where(sound, np.mod(values + table.azimuth_shift, 360.0), values)
    return values


def as_written(findings, raw, table):
    """Findings whose values are those of the file where units, conventions or number marks have been converted.

    Parameters
    ----------
    findings : DataFrame
        Of this table.
    raw : DataFrame of str
        With ``row`` and the columns by their vocabulary names.
    table : Table
    """
    converted = table.depth_factor != 1.0 or table.coordinate_factor != 1.0 or table.azimuth_shift
    converted = converted or table.decimal != "." or table.thousands is not None
    if findings.empty or not converted or raw.empty:
        return findings
    values = findings["value"].astype(object)
    texts = raw.drop_duplicates(ROW).set_index(ROW)
    own = {name: name for name in texts if name not in table.columns}  # the analytes' columns
    for name, column in (table.columns | own).items():
        here = findings["column"].eq(column) & findings[ROW].notna() & findings["value"].ne("")
        if name in texts and here.any():
            written = texts[name].reindex(findings.loc[here, ROW].astype(np.int64)).to_numpy(dtype=object)
            values[here] = [old if pd.isna(text) else text for old, text in zip(values[here], written, strict=True)]
    return findings.assign(value=values.astype("str"))


def is_complete(name, raw):
    """True where the raw table has every column that its layout needs."""
    return all(column in raw for column in LAYOUTS[name].mandatory)


def empty_table(name):
    """A table of this name without rows, with its columns and types."""
    layout = LAYOUTS[name]
    columns = {column: np.empty(0) if column in _numbers_of(layout) else pd.array([], dtype="str") for column in layout.mandatory}
    return pd.DataFrame({ROW: np.empty(0, dtype=np.int64), **columns})


def sort_table(frame):
    """The table by hole, then depth (or from, to), then row; fresh index."""
    order = [column for column in (HOLE, DEPTH if FROM not in frame else FROM, TO, ROW) if column in frame]
    if HOLE not in frame or EASTING in frame:
        order = [column for column in (HOLE, ROW) if column in frame]
    return frame.sort_values(order, kind="stable", ignore_index=True)


def negative_down(frame, dip_sign):
    """The table with dips negative down; ``positive_down`` dips are negated."""
    if dip_sign == "negative_down" or DIP not in frame:
        return frame
    return frame.assign(**{DIP: 0.0 - frame[DIP]})  # 0 - x keeps a flat hole at 0.0, not -0.0


def survey_from_collar(collar):
    """A survey of one record at depth 0 for each hole, along azimuth and dip of the collar table; ``row`` is -1."""
    survey = collar[[HOLE, AZIMUTH, DIP]].assign(**{ROW: -1, DEPTH: 0.0})
    return survey[[ROW, HOLE, DEPTH, AZIMUTH, DIP]]


def _numbers_of(layout):
    return (*layout.keys, *layout.required, *layout.numbers, *(set(layout.optional) & set(_OPTIONAL_NUMBERS)))


def _columns(layout, raw):
    return (*layout.mandatory, *(column for column in layout.optional if column in raw))


def _missing_columns(layout, raw, table):
    found = []
    for column in layout.mandatory:
        if column not in table.columns:
            found.append(find("column_unmapped", table.file, column=column, name=column))
        elif column not in raw:
            found.append(find("column_missing", table.file, column=table.columns[column], near="", columns="see the file"))
    return found


def _unsorted(frame, file, layout):
    if not layout.keys:
        return find("rows_unsorted", file, frame, np.zeros(len(frame), dtype=bool))
    same_hole = frame[HOLE].eq(frame[HOLE].shift())
    upwards = same_hole & frame[layout.keys[0]].lt(frame[layout.keys[0]].shift())
    again = ~same_hole & frame[HOLE].duplicated()
    return find("rows_unsorted", file) if (upwards | again).any() else find("rows_unsorted", file, frame, upwards)
