"""Cells of a raw table, from whatever format, as text: columns found, missing texts made missing, faults named."""

import difflib

import numpy as np
import pandas as pd

from scandia.drillholes.findings import concat, find, no_findings
from scandia.drillholes.numbers import numbers_meant, parse_numbers
from scandia.vocabulary import DEPTH, FROM, HOLE, ROW, TO

COMMENT = None  # in place of the cells of a line that the table says is a comment
KEYS = (HOLE, FROM, TO, DEPTH)
_SEARCHED = 1000  # names that a near match is looked for among; a hostile header can hold a million
_CHUNK = 50_000  # rows turned into compact columns at a time: a million rows as Python lists would take gigabytes


def assemble(header, records, table, file, wanted):
    """Raw cells as text and the findings of one table.

    Parameters
    ----------
    header : sequence of str or None
        Names of the columns; None where the file has none.
    records : iterable of (int, sequence of str)
        Number of the line or row in the file, and its cells; `COMMENT` in place of the cells of a comment.
    table : drillholes.sources.Table
    file : str
        Name of the table in findings.
    wanted : dict of str to str
        Name in the frame to name in the file.

    Returns
    -------
    frame : DataFrame of str
        ``row`` and the wanted columns that are there; no columns at all without a header.
    findings : DataFrame
    """
    if header is None:
        return pd.DataFrame(), find("file_empty", file)
    header = [cell.strip() for cell in header]
    found = [_check_column(file, header, raw) for raw in dict.fromkeys(wanted.values())]
    places = {name: header.index(raw) for name, raw in wanted.items() if header.count(raw) == 1}
    cleaners = {name: _Cleaner(name, wanted[name], table) for name in places}
    chunks, ragged, comments = _collect(records, len(header), places, cleaners)
    frame = pd.concat(chunks, ignore_index=True)
    if ragged:
        found.append(_ragged(file, ragged, len(header)))
    if comments:
        found.append(find("lines_skipped", file, count=len(comments), mark=table.comment, first=comments[0]))
    if frame.empty:
        found.append(find("table_without_rows", file))
    found += [_formulas(file, frame, wanted[name], cleaner) for name, cleaner in cleaners.items() if cleaner.formula]
    return frame, concat(found)


def is_blank(cells):
    """True where no cell holds anything but spaces."""
    return not any(cell.strip() for cell in cells)


class _Cleaner:
    """Makes the cells of one column text or None, and remembers whether a formula was among them."""

    def __init__(self, name, column, table):
        self.name, self.marks, self.formula = name, (table.decimal, table.thousands), False
        missing = ["", *table.missing]
        if name in KEYS:  # depth 0 is a depth and hole 0 a hole, though 0 may mean 'no value' elsewhere
            numbers = numbers_meant(missing, table)
            missing = [text for text, number in zip(missing, numbers, strict=True) if np.isnan(number)]
        self.missing = {*missing, *table.column_missing.get(column, ())}
        numbers = numbers_meant(sorted(self.missing), table)
        self.numbers = numbers[~np.isnan(numbers)]

    def __call__(self, cells):
        """The cells as an array of str, missing ones NA."""
        stripped = [cell.strip() for cell in cells]
        self.formula = self.formula or any(cell[:1] == "=" for cell in stripped)
        missing = self.missing
        texts = pd.array([None if cell in missing else cell for cell in stripped], dtype="str")
        if self.numbers.size:
            texts[np.isin(parse_numbers(texts, *self.marks)[0], self.numbers)] = pd.NA
        return texts


def _collect(records, width, places, cleaners):
    """Frames of chunks of rows, ``(row, cells)`` of the ragged lines, and the numbers of the comments."""
    rows, numbers, ragged, chunks, comments = [], [], [], [], []
    picked = tuple(places.values())
    for number, cells in records:
        if cells is COMMENT:
            comments.append(number)
        elif len(cells) == width or (len(cells) > width and is_blank(cells[width:])):
            rows.append([cells[place] for place in picked])
            numbers.append(number)
        elif not is_blank(cells):
            ragged.append((number, len(cells)))
        if len(rows) == _CHUNK:
            chunks.append(_chunk(rows, numbers, cleaners))
            rows, numbers = [], []
    chunks.append(_chunk(rows, numbers, cleaners))
    return chunks, ragged, comments


def _chunk(rows, numbers, cleaners):
    columns = {ROW: np.array(numbers, dtype=np.int64)}
    for cleaner, cells in zip(cleaners.values(), zip(*rows, strict=True) if rows else [()] * len(cleaners), strict=True):
        columns[cleaner.name] = cleaner(cells)
    return pd.DataFrame(columns)


def _formulas(file, frame, column, cleaner):
    """Findings of formulas."""
    formula = frame[cleaner.name].str.startswith("=", na=False).to_numpy()
    return find("formula_cell", file, frame, formula, column=column, value=frame[cleaner.name])


def _check_column(file, header, raw):
    times = header.count(raw)
    if times == 1:
        return no_findings()
    if times > 1:
        return find("column_duplicated", file, column=raw)
    folded = {name.casefold(): name for name in header[:_SEARCHED] if name}
    near = [folded[name] for name in difflib.get_close_matches(raw.casefold(), list(folded), n=3, cutoff=0.6)]
    there = ", ".join(header[:40]) + (f", … ({len(header)} in all)" if len(header) > 40 else "")
    asked = f"did you mean {' or '.join(near)}? " if near else ""
    if header[0].startswith("\u00ef\u00bb\u00bf"):  # the bytes of the mark, read as Latin-1
        asked += "the file begins as UTF-8 does: set the table's encoding to utf-8-sig; "
    if header[0].startswith("#"):
        asked += "if the first line is a comment, declare `comment: '#'`; "
    return find("column_missing", file, column=raw, near=asked, columns=there)


def _ragged(file, ragged, width):
    rows, cells = np.array(ragged, dtype=np.int64).T
    return find("line_ragged", file, pd.DataFrame({ROW: rows}), cells=cells, header=width)
