"""Workbooks of our own tables: numbers stay numbers, texts stay texts, and the same tables give the same bytes."""

import openpyxl
import pandas as pd

from scandia.io.files import write

SHEETS = {
    "Statement": pd.DataFrame({"Class": ["Indicated", "=1+1"], "Tonnes (kt)": [13400.0, None], "Grade": [0.25, 2.0]}),
    "Footnotes": pd.DataFrame({"footnote": ["First."]}),
}


def test_numbers_texts_and_the_mark_come_back(tmp_path):
    path = tmp_path / "statement.xlsx"
    write(SHEETS, path, mark="SYNTHETIC: a test")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Statement", "Footnotes"]
    rows = [list(row) for row in book["Statement"].iter_rows(values_only=True)]
    assert rows[0][0] == "SYNTHETIC: a test"
    assert rows[1:] == [["Class", "Tonnes (kt)", "Grade"], ["Indicated", 13400, 0.25], ["=1+1", None, 2]]
    assert book["Statement"]["A4"].data_type == "s"  # never a formula


def test_the_same_tables_give_the_same_bytes(tmp_path):
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for path in (first, second):
        write(SHEETS, path)
    assert first.read_bytes() == second.read_bytes()
