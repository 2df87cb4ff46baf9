"""Raw tables read as text with their line numbers, whatever their format; our own tables written and read again."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet

from scandia.drillholes.findings import find
from scandia.errors import InputError
from scandia.io.cells import assemble
from scandia.io.columnar import parquet_records
from scandia.io.delimited import delimited_records
from scandia.io.escape import escape, unescape
from scandia.io.geoeas import geoeas_records
from scandia.io.plain import whole_file
from scandia.io.workbook import workbook_records
from scandia.vocabulary import CAMPAIGN, DOMAIN, FINDING, HOLE, LITHOLOGY, ROW, SAMPLE

_TEXTS = {HOLE, SAMPLE, CAMPAIGN, DOMAIN, LITHOLOGY, "type", "reference", "parent", "batch", "table", "rule", "reason"}
COMMENT = b"comment"


def read_raw(path, table, file_label, *, extra=()):
    """Raw cells as text, and the findings of reading them.

    Parameters
    ----------
    path : path-like
        The file; of a table in a database its snapshot, a Parquet file.
    table : drillholes.sources.Table
        How to read it. Its missing texts become missing in every column, but missing texts that are numbers (such as 0 or
        -99) do not apply to the keys hole, from, to and depth, unless they stand for that column alone.
    file_label : str
        Name of the file in findings.
    extra : tuple of str
        Further columns, by their name in the file, that are kept under that name (the analytes' columns).

    Returns
    -------
    frame : DataFrame of str
        ``row`` (number of the line in a text, the first line is 1; of the row in a sheet; of the record in Parquet) and the
        mapped columns by their vocabulary names; no columns at all where the file cannot be used. Cells are stripped of
        spaces; missing cells are NA.
    findings : DataFrame
        Faults of the file, never exceptions. Ragged lines are findings and not in the frame.
    """
    wanted = {**table.columns, **{name: name for name in extra}}
    if any(name in table.columns and table.columns[name] != name for name in extra):
        message = (
            f"{file_label}: an analyte's column has the name of a mapped column; rename one of {', '.join(extra)} in the file"
        )
        raise InputError(message)
    path = Path(path)
    if not path.exists():
        return pd.DataFrame(), find("file_missing", file_label, path=str(path))
    if not path.is_file():  # a folder, a pipe or a device, on which reading could wait for ever
        return pd.DataFrame(), find("file_unreadable", file_label, reason="it is no regular file")
    try:
        with _open(path, table, set(wanted.values())) as (header, records):
            return assemble(header, records, table, file_label, wanted)
    except (InputError, OSError, UnicodeError, LookupError, csv.Error) as error:
        return pd.DataFrame(), find("file_unreadable", file_label, reason=str(error))


def _open(path, table, wanted):
    """Context of the column names and the numbered records of a file."""
    if table.format == "text":
        return delimited_records(path, table)
    if table.format == "geoeas":
        return geoeas_records(path, table)
    if table.format == "excel":
        return workbook_records(path, table)
    return parquet_records(path, table, wanted)


def write_table(frame, path, *, comment=None):
    """The path of a table written as Parquet or CSV, by its suffix; moved into place only when complete.

    Parameters
    ----------
    frame : DataFrame
        Its index is not written. CSV floats are the shortest texts that read back as the same numbers; texts are
        kept from running in a spreadsheet (`io.escape`).
    path : path-like
        Ends in ``.parquet`` or ``.csv``.
    comment : str, optional
        Lines put before the header of a CSV, each behind ``# ``; the metadata of a Parquet file hold them as ``comment``.
    """
    path = Path(path)
    _check_suffix(path)
    with whole_file(path) as temporary:
        if path.suffix == ".parquet":
            table = pa.Table.from_pandas(frame, preserve_index=False)
            parquet.write_table(table.replace_schema_metadata({**table.schema.metadata, COMMENT: comment or ""}), temporary)
        else:
            _write_csv([frame], temporary, comment)
    return path


def write_rows(frames, path, *, comment=None):
    """The path of a CSV of tables that come one after another, all with the same columns: what `write_table` makes of all rows.

    Parameters
    ----------
    frames : iterable of DataFrame
        One at least; no more than one of them is held.
    path : path-like
    comment : str, optional
    """
    with whole_file(path) as temporary:
        _write_csv(frames, temporary, comment)
    return Path(path)


def _write_csv(frames, path, comment):
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(f"# {line}\n" for line in (comment or "").splitlines())
        for number, frame in enumerate(frames):
            escape(frame).to_csv(stream, index=False, header=number == 0, lineterminator="\n")


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
    frame = unescape(pd.read_csv(path, skiprows=head, **options))
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
