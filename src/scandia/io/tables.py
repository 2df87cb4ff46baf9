"""Delimited text and Parquet: raw tables read as text with their line numbers, our own tables written and read again."""

import csv
import difflib
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet

from scandia.drillholes.findings import concat, find, no_findings
from scandia.errors import InputError
from scandia.vocabulary import CAMPAIGN, DEPTH, DOMAIN, FINDING, FROM, HOLE, LITHOLOGY, ROW, SAMPLE, TO

_KEYS = (HOLE, FROM, TO, DEPTH)
_TEXTS = {HOLE, SAMPLE, CAMPAIGN, DOMAIN, LITHOLOGY, "type", "reference", "parent", "batch", "rule", "reason"}
_SEARCHED = 1000  # names that a near match is looked for among; a hostile header can hold a million
COMMENT = b"comment"
_CHUNK = 50_000  # rows turned into compact columns at a time: a million rows as Python lists would take gigabytes


def read_raw(path, table, file_label, *, extra=()):
    """Raw cells as text, and the findings of reading them.

    Parameters
    ----------
    path : path-like
        The delimited text file.
    table : drillholes.settings.Table
        How to read it. Its missing texts become missing in every column, but missing texts that are numbers (such as 0 or
        -99) do not apply to the keys hole, from, to and depth.
    file_label : str
        Name of the file in findings.
    extra : tuple of str
        Further columns, by their name in the file, that are kept under that name (the analytes' columns).

    Returns
    -------
    frame : DataFrame of str
        ``row`` (line number in the file, the first line is 1) and the mapped columns by their vocabulary names; no columns
        at all where the file cannot be used. Cells are stripped of spaces; missing cells are NA.
    findings : DataFrame
        Faults of the file, never exceptions. Ragged lines are findings and not in the frame.
    """
    wanted = {**table.columns, **{name: name for name in extra}}
    if any(name in table.columns and table.columns[name] != name for name in extra):
        message = (
            f"{file_label}: an analyte's column has the name of a mapped column; rename one of {', '.join(extra)} in the file"
        )
        raise InputError(message)
    if len(table.separator) != 1:
        message = f"{file_label}: the separator is {table.separator!r}; it must be one character, such as ',' or ';' or a tab"
        raise InputError(message)
    try:
        with Path(path).open(encoding=table.encoding, newline="") as stream:
            return _read(stream, table, file_label, wanted)
    except FileNotFoundError:
        found = find("file_missing", file_label, path=str(path))
    except (OSError, UnicodeError, LookupError, csv.Error) as error:
        found = find("file_unreadable", file_label, reason=str(error))
    return pd.DataFrame(), found


def _read(stream, table, file, wanted):
    reader = csv.reader(_lines(stream, table.comment), delimiter=table.separator, strict=True)
    header = next((cells for cells in reader if not _is_blank(cells)), None)
    if header is None:
        return pd.DataFrame(), find("file_empty", file)
    header = [cell.strip() for cell in header]
    found = [_check_column(file, header, raw) for raw in dict.fromkeys(wanted.values())]
    places = {name: header.index(raw) for name, raw in wanted.items() if header.count(raw) == 1}
    chunks, ragged = _collect(reader, len(header), places, table)
    frame = pd.concat(chunks, ignore_index=True)
    if ragged:
        found.append(_ragged(file, ragged, len(header)))
    if frame.empty:
        found.append(find("table_without_rows", file))
    return frame, concat(found)


def _lines(stream, comment):
    """Lines with comments blanked, so that the reader's own count of lines stays that of the file."""
    for number, line in enumerate(stream):
        if number == 0:
            line = line.removeprefix("\ufeff")
        if "\0" in line:
            message = f"line {number + 1} holds binary data"
            raise csv.Error(message)
        yield "\n" if comment and line.startswith(comment) else line


def _collect(reader, width, places, table):
    """Frames of chunks of rows, and ``(row, cells)`` of the ragged lines."""
    rows, numbers, ragged, chunks = [], [], [], []
    picked = tuple(places.values())
    number = reader.line_num + 1
    for cells in reader:
        if len(cells) == width or (len(cells) > width and _is_blank(cells[width:])):
            rows.append([cells[place] for place in picked])
            numbers.append(number)
        elif not _is_blank(cells):
            ragged.append((number, len(cells)))
        number = reader.line_num + 1
        if len(rows) == _CHUNK:
            chunks.append(_chunk(rows, numbers, places, table))
            rows, numbers = [], []
    chunks.append(_chunk(rows, numbers, places, table))
    return chunks, ragged


def _chunk(rows, numbers, places, table):
    columns = {ROW: np.array(numbers, dtype=np.int64)}
    for name, cells in zip(places, zip(*rows, strict=True) if rows else [()] * len(places), strict=True):
        missing = {"", *table.missing}
        if name in _KEYS:
            missing = {text for text in missing if not _is_number(text)}
        stripped = map(str.strip, cells)
        columns[name] = pd.array([None if cell in missing else cell for cell in stripped], dtype="str")
    return pd.DataFrame(columns)


def _is_blank(cells):
    return not any(cell.strip() for cell in cells)


def _is_number(text):
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


def _check_column(file, header, raw):
    times = header.count(raw)
    if times == 1:
        return no_findings()
    if times > 1:
        return find("column_duplicated", file, column=raw)
    folded = {name.casefold(): name for name in header[:_SEARCHED] if name}
    near = [folded[name] for name in difflib.get_close_matches(raw.casefold(), list(folded), n=3, cutoff=0.6)]
    there = ", ".join(header[:40]) + (f", … ({len(header)} in all)" if len(header) > 40 else "")
    return find("column_missing", file, column=raw, near=f"did you mean {' or '.join(near)}? " if near else "", columns=there)


def _ragged(file, ragged, width):
    rows, cells = np.array(ragged, dtype=np.int64).T
    return find("line_ragged", file, pd.DataFrame({ROW: rows}), cells=cells, header=width)


def write_table(frame, path, *, comment=None):
    """The path of a table written as Parquet or CSV, by its suffix; moved into place only when complete.

    Parameters
    ----------
    frame : DataFrame
        Its index is not written. CSV floats are the shortest texts that read back as the same numbers.
    path : path-like
        Ends in ``.parquet`` or ``.csv``.
    comment : str, optional
        Lines put before the header of a CSV, each behind ``# ``; the metadata of a Parquet file hold them as ``comment``.
    """
    path = Path(path)
    _check_suffix(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.suffix == ".parquet":
            table = pa.Table.from_pandas(frame, preserve_index=False)
            parquet.write_table(table.replace_schema_metadata({**table.schema.metadata, COMMENT: comment or ""}), temporary)
        else:
            with temporary.open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(f"# {line}\n" for line in (comment or "").splitlines())
                frame.to_csv(stream, index=False, lineterminator="\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def read_table(path):
    """The table that `write_table` wrote: keys and words as text, numbers as they were."""
    path = Path(path)
    _check_suffix(path)
    if path.suffix == ".parquet":
        return parquet.read_table(path).to_pandas()
    head = comment_lines(path)
    names = pd.read_csv(path, skiprows=head, nrows=0).columns
    texts = {*_TEXTS, *FINDING} if set(FINDING) <= set(names) else _TEXTS
    types = {name: "Int64" if name == ROW else "str" for name in names if name in texts or name == ROW}
    options = {"dtype": types, "keep_default_na": False, "na_values": [""]}
    frame = pd.read_csv(path, skiprows=head, **options)
    if ROW in frame and not frame[ROW].isna().any():
        frame[ROW] = frame[ROW].astype(np.int64)
    return frame


def comment_lines(path):
    """Number of lines behind ``#`` before the header of a CSV that `write_table` wrote."""
    with Path(path).open(encoding="utf-8", newline="") as stream:
        return next(number for number, line in enumerate(iter(stream.readline, None)) if not line.startswith("#"))


def _check_suffix(path):
    if path.suffix not in (".parquet", ".csv"):
        message = f"{path.name}: tables are written and read as .parquet or .csv, not {path.suffix or 'without suffix'}"
        raise InputError(message)
