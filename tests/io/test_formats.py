"""The same table in every format gives the same texts; what is no such table is named, and nothing in it is run."""

import os
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from scandia.drillholes.settings import Table
from scandia.errors import SettingError
from scandia.io.tables import read_raw

COLUMNS = {"hole": "Loch", "from": "von", "to": "bis", "sample": "Probe"}
HEADER = ["Loch", "von", "bis", "Probe", "Sc ppm"]
ROWS = [["0", 0, 1.5, "P1", 120.25], ["0012", 1.5, 3, "P2", "<0.5"], ["Ä-7", 0, 2, None, None]]
EXPECTED = {
    "hole": ["0", "0012", "Ä-7"],
    "from": ["0", "1.5", "0"],
    "to": ["1.5", "3", "2"],
    "sample": ["P1", "P2", None],
    "Sc ppm": ["120.25", "<0.5", None],
}


def text(rows, *, separator=",", decimal=".", end="\n"):
    cells = [["" if cell is None else str(cell).replace(".", decimal) for cell in row] for row in [HEADER, *rows]]
    return end.join(separator.join(row) for row in cells) + end


def workbook(path, rows, *, above=(), sheet="Assays", zeros=False):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    page = book.create_sheet(sheet)
    for row in [*above, HEADER, *rows]:
        page.append(row)
    if zeros:
        for cell in page["A"][1 + len(above) :]:
            cell.number_format = "0000"
    book.save(path)


def read(path, extra=("Sc ppm",), **options):
    columns = options.pop("columns", COLUMNS)
    return read_raw(path, Table(file=path.name, columns=columns, **options), path.name, extra=extra)


def cells(frame):
    return {name: [None if pd.isna(cell) else cell for cell in frame[name]] for name in EXPECTED}


def rules(found):
    return found["rule"].tolist()


@pytest.mark.parametrize(
    ("encoding", "options"),
    [
        ("utf-8", {}),
        ("utf-8-sig", {}),
        ("latin-1", {"encoding": "latin-1"}),
        ("cp1252", {"encoding": "cp1252", "separator": ";", "decimal": ","}),
        ("utf-16", {"encoding": "utf-16", "separator": "\t"}),
    ],
)
def test_text_in_every_declared_encoding(tmp_path, encoding, options):
    path = tmp_path / "assay.csv"
    marks = {name: value for name, value in options.items() if name != "encoding"}
    path.write_bytes(text(ROWS, **marks).encode(encoding))
    frame, found = read(path, **options)
    assert rules(found) == []
    expected = {
        name: [cell.replace(".", marks.get("decimal", ".")) if cell else cell for cell in values]
        for name, values in EXPECTED.items()
    }
    assert cells(frame) == expected and frame["row"].tolist() == [2, 3, 4]


def test_a_workbook_gives_the_texts_of_its_cells(tmp_path):
    path = tmp_path / "drilling.xlsx"
    workbook(path, ROWS)
    frame, found = read(path, format="excel", sheet="Assays")
    assert rules(found) == []
    assert cells(frame) == EXPECTED and frame["row"].tolist() == [2, 3, 4]


def test_numbers_of_a_workbook_have_the_decimal_mark_of_its_texts(tmp_path):
    path = tmp_path / "drilling.xlsx"
    workbook(path, [["A", 0.5, "1,5", "P", 2]])
    frame, _ = read(path, format="excel", sheet="Assays", decimal=",")
    assert frame[["from", "to"]].values.tolist() == [["0,5", "1,5"]]


def test_comments_of_a_workbook_are_declared_and_counted(tmp_path):
    path = tmp_path / "a.xlsx"
    workbook(path, [["#1", 0, 1, None, 1.0], ["A", 0, 1, None, 1.0]])
    assert read(path, format="excel", sheet="Assays")[0]["hole"].tolist() == ["#1", "A"]
    frame, found = read(path, format="excel", sheet="Assays", comment="#")
    assert frame["hole"].tolist() == ["A"] and rules(found) == ["lines_skipped"]


def test_a_hole_that_a_workbook_shows_with_leading_zeros_keeps_them(tmp_path):
    path = tmp_path / "drilling.xlsx"
    workbook(path, [[12, 0, 1, None, 1.0]], zeros=True)
    frame, _ = read(path, format="excel", sheet="Assays")
    assert frame["hole"].tolist() == ["0012"]


def test_the_header_may_stand_below_a_title_and_above_a_row_of_units(tmp_path):
    path = tmp_path / "drilling.xlsx"
    workbook(path, [[None, "m", "m", None, "ppm"], *ROWS], above=[["Export of 3 May"], []])
    frame, found = read(path, format="excel", sheet="Assays", header_row=3, skip_rows=1)
    assert rules(found) == [] and cells(frame) == EXPECTED and frame["row"].tolist() == [5, 6, 7]
    plain = tmp_path / "assay.csv"
    plain.write_text("Export, of\n\n" + text([["", "m", "m", "", "ppm"], *ROWS]))
    frame, found = read(plain, header_row=3, skip_rows=1)
    assert rules(found) == [] and cells(frame) == EXPECTED and frame["row"].tolist() == [5, 6, 7]


def test_parquet_gives_whole_numbers_without_a_fraction(tmp_path):
    path = tmp_path / "assay.parquet"
    frame = pd.DataFrame(ROWS, columns=HEADER).astype({"Sc ppm": str, "von": "float32"})
    frame.loc[2, "Sc ppm"] = None
    frame.to_parquet(path)
    frame, found = read(path, format="parquet")
    assert rules(found) == [] and cells(frame) == EXPECTED and frame["row"].tolist() == [1, 2, 3]


def test_holes_that_parquet_holds_as_floats_join_those_of_text(tmp_path):
    path = tmp_path / "assay.parquet"
    pd.DataFrame({"Loch": [12.0, np.nan], "von": [0, 1], "bis": [1, 2]}).to_parquet(path)
    frame, _ = read(path, format="parquet", columns={"hole": "Loch", "from": "von", "to": "bis"}, extra=())
    assert frame["hole"].tolist()[0] == "12" and pd.isna(frame["hole"][1])


def test_a_geo_eas_file_has_its_names_line_by_line(tmp_path):
    path = tmp_path / "cluster.dat"
    path.write_text("Clustered samples\n 3  50 50\nXlocation\n Y location \nPrimary\n 39.5  18.5   .06\n\n 5.5\t1.5  -999\n1 2\n")
    columns = {"easting": "Xlocation", "northing": "Y location"}
    frame, found = read(path, format="geoeas", columns=columns, extra=("Primary",), missing=("", "-999"))
    assert found[["row", "rule"]].values.tolist() == [[9, "line_ragged"]]
    assert frame["row"].tolist() == [6, 8] and frame["easting"].tolist() == ["39.5", "5.5"]
    assert frame["Primary"].tolist()[0] == ".06" and pd.isna(frame["Primary"][1])


def test_missing_texts_may_stand_for_one_column_and_match_as_numbers(tmp_path):
    path = tmp_path / "survey.csv"
    path.write_text("Hole,At,Az,Dip\n0,0,-99.0,-5\n-99,-5,10,-99\n7,5,NS,-60\n")
    table = {"columns": {"hole": "Hole", "depth": "At", "azimuth": "Az", "dip": "Dip"}, "extra": ()}
    frame, _ = read(path, missing=("", "NS", "-99"), column_missing={"Dip": ("-5",), "At": ("-5",)}, **table)
    texts = frame.astype(object).where(frame.notna(), None)
    assert texts["hole"].tolist() == ["0", "-99", "7"]  # a hole may have any name
    assert texts["depth"].tolist() == ["0", None, "5"]
    assert texts["azimuth"].tolist() == [None, "10", None]
    assert texts["dip"].tolist() == [None, None, "-60"]


@pytest.mark.parametrize("format", ["text", "excel"])
def test_a_formula_is_found_and_never_run(tmp_path, format):
    rows = [['=HYPERLINK("x")', 0, 1, "P", "=1+1"], ["A", 1, 2, "P2", 5]]
    path = tmp_path / ("drilling.xlsx" if format == "excel" else "assay.csv")
    if format == "excel":
        workbook(path, rows)
    else:
        path.write_text('Loch,von,bis,Probe,Sc ppm\n"=HYPERLINK(""x"")",0,1,P,=1+1\nA,1,2,P2,5\n')
    frame, found = read(path, format=format, **({"sheet": "Assays"} if format == "excel" else {}))
    assert found[["row", "column", "value", "rule"]].values.tolist() == [
        [2, "Loch", '=HYPERLINK("x")', "formula_cell"],
        [2, "Sc ppm", "=1+1", "formula_cell"],
    ]
    assert frame.loc[1, "Sc ppm"] == "5"


def test_mixed_line_ends_are_lines(tmp_path):
    path = tmp_path / "assay.csv"
    path.write_bytes(b"Loch,von,bis,Probe,Sc ppm\r\nA,0,1,P,1\rA,1,2,Q,2\nA,2,3,R,3\r\n")
    frame, found = read(path)
    assert rules(found) == [] and frame["row"].tolist() == [2, 3, 4] and frame["sample"].tolist() == ["P", "Q", "R"]


def hostile_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")


HOSTILE = {
    "empty": lambda path: path.write_bytes(b""),
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 20),
    "zip": hostile_zip,
    "folder": lambda path: path.mkdir(),
    "pipe": os.mkfifo,
    "text": lambda path: path.write_text("Loch,von\nA,1\n"),
}


@pytest.mark.parametrize("format", ["text", "geoeas", "excel", "parquet"])
@pytest.mark.parametrize("kind", list(HOSTILE))
def test_what_is_no_such_table_is_one_plain_error(tmp_path, format, kind):
    path = tmp_path / "assay"
    HOSTILE[kind](path)
    frame, found = read(path, format=format, **({"sheet": "Assays"} if format == "excel" else {}))
    assert (found["severity"] == "error").all() and len(found) >= 1
    wanted = {"file_unreadable", "file_empty"} if not (kind == "text" and format == "text") else {"column_missing"}
    assert set(rules(found)) <= wanted
    assert not len(frame.columns) or kind == "text"


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "drilling.xlsx"
    workbook(path, ROWS)
    monkeypatch.setattr("scandia.io.workbook._LARGEST", 1000)
    _, found = read(path, format="excel", sheet="Assays")
    assert rules(found) == ["file_unreadable"] and "unpacks to" in found["message"][0]


def test_an_unknown_sheet_names_those_that_are_there(tmp_path):
    path = tmp_path / "drilling.xlsx"
    workbook(path, ROWS)
    _, found = read(path, format="excel", sheet="Assay")
    assert rules(found) == ["file_unreadable"] and "there are Notes, Assays" in found["message"][0]


def test_columns_that_hold_no_plain_values_and_names_that_stand_twice_are_refused(tmp_path):
    path = tmp_path / "assay.parquet"
    parquet.write_table(pa.table({"Loch": [[1], [2]], "von": [0, 1], "bis": [1, 2], "Probe": ["a", "b"]}), path)
    _, found = read(path, format="parquet", extra=())
    assert rules(found) == ["file_unreadable"] and "column Loch" in found["message"][0]
    twice = pa.Table.from_arrays([pa.array(["a"])] * 5, names=["Loch", "von", "von", "bis", "Probe"])
    parquet.write_table(twice, path)
    _, found = read(path, format="parquet", extra=())
    assert rules(found) == ["column_duplicated"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"format": "excel"}, "needs `sheet`"),
        ({"sheet": "A"}, "needs `sheet`"),
        ({"format": "sqlite"}, "needs one of"),
        ({"query": "SELECT 1"}, "needs one of"),
        ({"format": "postgresql", "query": "SELECT 1", "relation": "a"}, "needs one of"),
        ({"decimal": ",", "thousands": ","}, "are both"),
        ({"azimuth_reference": "magnetic", "convergence": 0.0}, "need `declination`"),
        ({"azimuth_reference": "true"}, "need `convergence`"),
        ({"declination": 3.0}, "take no declination"),
    ],
)
def test_contradictions_in_the_config_are_named(options, words):
    with pytest.raises(SettingError, match=words):
        Table(file="a", columns={}, **options)


def test_an_address_in_place_of_a_name_is_refused_without_being_repeated():
    with pytest.raises(SettingError) as caught:
        Table(file="a", columns={}, format="postgresql", relation="a", database="postgresql://me:secret@host/db")
    assert "secret" not in str(caught.value)
