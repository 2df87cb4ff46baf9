"""Delimited text: its column names, and its lines with their true numbers."""

import csv
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from scandia.io.cells import is_blank


@contextmanager
def delimited_records(path, table):
    """Names of the columns, None where there are none, and an iterator over line number and cells.

    Parameters
    ----------
    path : path-like
    table : drillholes.sources.Table
    """
    with Path(path).open(encoding=table.encoding, newline="") as stream:
        reader = csv.reader(_lines(stream, table), delimiter=table.separator, strict=True)
        header = next((cells for cells in reader if not is_blank(cells)), None)
        yield header, islice(_numbered(reader), table.skip_rows, None)


def _numbered(reader):
    number = reader.line_num + 1
    for cells in reader:
        yield number, cells
        number = reader.line_num + 1


def _lines(stream, table):
    """Lines, those of comments and above the header blank, so that the reader counts them as the file does."""
    above = (table.header_row or 1) - 1
    for number, line in enumerate(stream):
        if number == 0:
            line = line.removeprefix("\ufeff")
        if "\0" in line:
            message = f"line {number + 1} holds binary data"
            raise csv.Error(message)
        yield "\n" if number < above or (table.comment and line.startswith(table.comment)) else line
