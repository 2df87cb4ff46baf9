"""Sheets of Excel workbooks: what stands in the cells; formulas are text here and are never evaluated."""

import zipfile
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from scandia.errors import InputError
from scandia.io.cells import COMMENT, is_blank
from scandia.io.values import text_of

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")  # how a file of Excel 97 begins, and a workbook locked with a password
OLD_WORKBOOK = "it is an old workbook (.xls), or one with a password; save it as .xlsx without password, or as CSV"
_LARGEST = 4 << 30  # bytes unpacked; a workbook is a zip file, and a small one can unpack to fill the disk


@contextmanager
def workbook_records(path, table):
    """Names of the columns, None where there are none, and an iterator over row number and cells.

    Parameters
    ----------
    path : path-like
    table : drillholes.sources.Table
        Names the sheet. Numbers become texts with its decimal mark; a number shown with leading zeros keeps them.

    Raises
    ------
    InputError
        The file is no workbook, or has no such sheet.
    """
    import openpyxl

    with Path(path).open("rb") as stream:
        if stream.read(len(COMPOUND)) == COMPOUND:
            raise InputError(OLD_WORKBOOK)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _LARGEST:
            message = f"it unpacks to {unpacked >> 30} GB"
            raise InputError(message)
        book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except InputError:
        raise
    except Exception as error:  # the library raises whatever a broken file leads it to
        message = f"it is no Excel workbook ({type(error).__name__})"
        raise InputError(message) from None
    try:
        if table.sheet not in book.sheetnames:
            message = f"there is no sheet {table.sheet!r}; there are {', '.join(book.sheetnames[:40])}"
            raise InputError(message)
        yield _records(book[table.sheet], table)
    finally:
        book.close()


def _records(sheet, table):
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows = _texts(sheet, table)
    above = table.header_row or 1
    header = next((cells for number, cells in rows if number >= above and cells is not COMMENT and not is_blank(cells)), None)
    if header is None:
        return None, iter(())
    while header and not header[-1].strip():
        header.pop()
    padded = ((number, cells if cells is COMMENT else cells + [""] * (len(header) - len(cells))) for number, cells in rows)
    return header, islice(padded, table.skip_rows, None)


def _texts(sheet, table):
    try:
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = [text_of(cell.value, table.decimal, getattr(cell, "number_format", "")) for cell in row]
            yield number, COMMENT if table.comment and cells and cells[0].startswith(table.comment) else cells
    except Exception as error:  # as above
        message = f"its sheet {table.sheet!r} cannot be read ({type(error).__name__})"
        raise InputError(message) from None
