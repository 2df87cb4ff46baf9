"""Our own tables as the sheets of an Excel workbook, the same bytes for the same tables."""

import re
import zipfile
from datetime import datetime

import numpy as np
import pandas as pd

from scandia.io.plain import whole_file

WIDEST = 60  # signs of a column; longer texts wrap
_EPOCH = (1980, 1, 1, 0, 0, 0)  # of zip archives; a workbook without the time of writing can be compared
_CORE = "docProps/core.xml"


def write_sheets(sheets, path, *, comment=None):
    """Nothing; writes a dict of sheet name to DataFrame whole or not at all, with a comment as first row of each.

    Texts are written as texts: what looks like a formula is never evaluated.
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    for name, frame in sheets.items():
        sheet = book.create_sheet(str(name)[:31])
        _fill(sheet, frame, comment)
    with whole_file(path) as temporary:
        book.save(temporary)
        _without_time(temporary)


def _fill(sheet, frame, comment):
    from openpyxl.styles import Alignment, Font

    top = [[comment]] if comment else []
    rows = [*top, list(frame.columns), *frame.itertuples(index=False)]
    for y, row in enumerate(rows, start=1):
        for x, value in enumerate(row, start=1):
            cell = sheet.cell(y, x)
            _put(cell, value)
            if y <= len(top) + 1:
                cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=y > len(top), vertical="top")
    for x, name in enumerate(frame.columns, start=1):
        longest = max([len(str(name)), *(len(str(value)) for value in frame.iloc[:, x - 1])])
        sheet.column_dimensions[sheet.cell(1, x).column_letter].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = sheet.cell(len(top) + 2, 1)


def _put(cell, value):
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return
    cell.value = value.item() if isinstance(value, np.generic) else value if isinstance(value, int | float) else str(value)
    if isinstance(cell.value, str):
        cell.data_type = "s"  # openpyxl would take a text that begins with = for a formula
    elif isinstance(cell.value, int | float):
        cell.number_format = "#,##0.########" if float(cell.value) % 1 else "#,##0"


def _without_time(path):
    """Pack the archive again with one fixed time, and with the one that was set inside it."""
    with zipfile.ZipFile(path) as archive:
        members = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            content = _fixed_times(content) if name == _CORE else content
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)


def _fixed_times(content):
    """Replace the time of saving, which the library writes whatever was set."""
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
