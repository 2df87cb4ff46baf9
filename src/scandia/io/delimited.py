"""Delimited text: its column names, and its lines with their true numbers."""

import csv
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from scandia.errors import InputError
from scandia.io.cells import COMMENT, is_blank
from scandia.io.workbook import COMPOUND, OLD_WORKBOOK


@contextmanager
def delimited_records(path, table):
    """Names of the columns, None where there are none, and an iterator over line number and cells (`COMMENT` comes last).

    Parameters
    ----------
    path : path-like
    table : drillholes.sources.Table
    """
    _refuse_workbooks(path)
    with Path(path).open(encoding=table.encoding, newline="") as stream:
        skipped = []
        reader = csv.reader(_lines(stream, table, skipped), delimiter=table.separator, strict=True)
        header = next((cells for cells in reader if not is_blank(cells)), None)
        skipped.clear()  # those above the header are no rows in any reading
        yield header, chain(islice(_numbered(reader), table.skip_rows, None), _comments(skipped))


def _refuse_workbooks(path):
    """None, or InputError where a text is declared and a workbook stands there, which no separator would part."""
    with Path(path).open("rb") as stream:
        head = stream.read(len(COMPOUND))
    if head == COMPOUND:
        raise InputError(OLD_WORKBOOK)
    if head.startswith(b"PK\x03\x04"):
        message = "it is a workbook or another zip file, and the table is declared as text; declare format: excel and its sheet"
        raise InputError(message)


def _numbered(reader):
    number = reader.line_num + 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        opened = " (a quotation mark is opened there and never closed)" if "unexpected end of data" in str(error) else ""
        message = f"in the row that begins in line {number}: {error}{opened}"
        raise csv.Error(message) from None


def _comments(skipped):
    """The numbers of the skipped lines, once all lines are read."""
    for number in skipped:
        yield number, COMMENT


def _lines(stream, table, skipped):
    """Lines, those of comments and above the header blank, so that the reader counts them as the file does."""
    above = (table.header_row or 1) - 1
    for number, line in enumerate(stream):
        if number == 0:
            line = line.removeprefix("\ufeff")
        if "\0" in line:
            message = f"line {number + 1} holds binary data"
            raise csv.Error(message)
        comment = bool(table.comment) and line.startswith(table.comment)
        if comment:
            skipped.append(number + 1)
        yield "\n" if number < above or comment else line
