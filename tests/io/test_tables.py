import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.drillholes.settings import Table
from scandia.errors import InputError, SettingError
from scandia.io import cells
from scandia.io.tables import read_raw, read_table, write_table

COLUMNS = {"hole": "BHID", "from": "FROM", "to": "TO"}


@pytest.fixture
def read(tmp_path):
    """A function that writes bytes and reads them raw."""

    def run(content, *, extra=(), columns=COLUMNS, **options):
        path = tmp_path / "assay.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_raw(path, Table(file="assay.csv", columns=columns, **options), "assay.csv", extra=extra)

    return run


def test_rows_carry_their_true_line_number_past_comments_and_blank_lines(read):
    frame, found = read('# SYNTHETIC\nBHID,FROM,TO\nA,0,1\n\n# note, with "quote\nB,0,2\n   \nC,1,3\n', comment="#")
    assert list(frame["row"]) == [3, 6, 8]
    assert list(frame["hole"]) == ["A", "B", "C"]
    assert rules(found) == ["lines_skipped"] and found["severity"].tolist() == ["note"]
    assert found["message"][0].endswith("1 line, the first in row 5")


def test_a_hole_whose_name_starts_with_a_hash_is_a_row_unless_a_comment_is_declared(read):
    text = "BHID,FROM,TO\n#12,0,1\nA,0,1\n#13,0,1\n"
    frame, found = read(text)
    assert list(frame["hole"]) == ["#12", "A", "#13"] and found.empty
    frame, found = read(text, comment="#")
    assert list(frame["hole"]) == ["A"]
    assert "2 lines" in found["message"][0] and found["message"][0].endswith("in row 2")


def test_a_first_line_that_looks_like_a_comment_is_spoken_of(read):
    _, found = read("# SYNTHETIC\nBHID,FROM,TO\nA,0,1\n")
    assert "`comment: '#'`" in found["hint"][0]


def test_a_quoted_cell_over_two_lines_keeps_the_numbers_below_it_true(read):
    frame, _ = read('BHID,FROM,TO,NOTE\nA,0,1,"two\nlines"\nB,0,2,x\n', extra=("NOTE",))
    assert list(frame["row"]) == [2, 4]
    assert frame["NOTE"][0] == "two\nlines"


def test_cells_stay_text_and_only_asked_columns_are_kept(read):
    frame, _ = read(" BHID ,FROM,TO,CU,OTHER\n 007 ,0.10,NA, <0.01 ,x\n", extra=("CU",))
    assert list(frame.columns) == ["row", "hole", "from", "to", "CU"]
    assert frame.loc[0].tolist() == [2, "007", "0.10", "NA", "<0.01"]


def test_missing_texts_apply_everywhere_but_numbers_among_them_spare_the_keys(read):
    frame, _ = read("BHID,FROM,TO,SG\n0,0,NS,0\nA,,2,-99\n", extra=("SG",), missing=("NS", "0", "-99"))
    assert frame["hole"].tolist() == ["0", "A"]
    assert frame["from"].isna().tolist() == [False, True]
    assert frame["to"].isna().tolist() == [True, False]
    assert frame["SG"].isna().all()


@pytest.mark.parametrize(
    ("content", "options"),
    [
        ("\ufeffBHID,FROM,TO\nÄ,0,1\n".encode(), {}),
        ("\ufeffBHID,FROM,TO\nÄ,0,1\n".encode(), {"encoding": "utf-8"}),
        ("BHID,FROM,TO\nÄ,0,1\n".encode("latin-1"), {"encoding": "latin-1"}),
        ("BHID,FROM,TO\nÄ,0,1\n".encode("utf-16"), {"encoding": "utf-16"}),
        ("BHID;FROM;TO\r\nÄ;0;1\r\n".encode(), {"separator": ";"}),
        ("BHID\tFROM\tTO\nÄ\t0\t1\n".encode(), {"separator": "\t"}),
        ("BHID,FROM,TO,\nÄ,0,1,\n".encode(), {}),
        ("BHID,FROM,TO\nÄ,0,1,,,\n".encode(), {}),
    ],
)
def test_encodings_separators_and_trailing_separators(read, content, options):
    frame, found = read(content, **options)
    assert frame.loc[0].tolist() == [2, "Ä", "0", "1"]
    assert found.empty


def rules(found):
    return found["rule"].tolist()


def test_a_missing_file_is_a_finding(tmp_path):
    frame, found = read_raw(tmp_path / "no.csv", Table(file="no.csv", columns=COLUMNS), "no.csv")
    assert rules(found) == ["file_missing"] and found["severity"].tolist() == ["error"]
    assert frame.columns.empty


@pytest.mark.parametrize(
    ("content", "options", "rule"),
    [
        (b"", {}, "file_empty"),
        (b"\n\n# only a comment\n", {"comment": "#"}, "file_empty"),
        (b"BHID,FROM,TO\n", {}, "table_without_rows"),
        ("BHID,FROM,TO\nÄ,0,1\n".encode("latin-1"), {}, "file_unreadable"),
        (bytes(range(256)) * 4, {"encoding": "latin-1"}, "file_unreadable"),
        (b"PK\x03\x04\x00\x00\x00xlsx", {"encoding": "latin-1"}, "file_unreadable"),
        (b'BHID,FROM,TO\nA,"0,1\n', {}, "file_unreadable"),
        (b"BHID,FROM,TO\nA,0," + b"9" * 200_000 + b"\n", {}, "file_unreadable"),
        (b"BHID,FROM,TO\nA,0,1\n", {"encoding": "utf-99"}, "file_unreadable"),
    ],
)
def test_a_file_that_is_no_table_is_a_finding(read, content, options, rule):
    _, found = read(content, **options)
    assert rules(found) == [rule]


def test_a_folder_in_place_of_a_file_is_a_finding(tmp_path):
    _, found = read_raw(tmp_path, Table(file="x", columns=COLUMNS), "x")
    assert rules(found) == ["file_unreadable"]


def test_a_missing_column_names_near_ones_and_those_there(read):
    frame, found = read("bhid,FROM,TO\nA,0,1\n")
    assert rules(found) == ["column_missing"]
    assert found.loc[0, "column"] == "BHID"
    assert found.loc[0, "hint"] == "did you mean bhid? columns there: bhid, FROM, TO"
    assert list(frame.columns) == ["row", "from", "to"]


def test_the_wrong_separator_shows_in_the_hint(read):
    _, found = read("BHID;FROM;TO\nA;0;1\n")
    assert rules(found) == ["column_missing"] * 3
    assert "columns there: BHID;FROM;TO" in found.loc[0, "hint"]


def test_a_wanted_name_that_stands_twice_is_a_finding_and_an_unwanted_one_is_not(read):
    _, found = read("BHID,FROM,FROM,TO,X,X\nA,0,1,2,3,4\n")
    assert rules(found) == ["column_duplicated"] and found.loc[0, "column"] == "FROM"


def test_ragged_lines_are_findings_with_their_line(read):
    frame, found = read("BHID,FROM,TO\nA,0,1\nB,0\nC,0,1,2\nD,1,2\n")
    assert rules(found) == ["line_ragged"] * 2
    assert found["row"].tolist() == [3, 4]
    assert found["message"].tolist() == ["the line has 2 cells, the header has 3", "the line has 4 cells, the header has 3"]
    assert frame["hole"].tolist() == ["A", "D"]


def test_a_header_of_a_million_columns_is_read(read):
    header = ",".join(["BHID", "FROM", "TO", *map(str, range(300_000))])
    frame, found = read(f"{header}\n" + "A,0,1" + "," * 300_000 + "\n", columns={**COLUMNS, "sample": "SAMPLE"})
    assert rules(found) == ["column_missing"] and len(found.loc[0, "hint"]) < 1000
    assert len(frame) == 1


def test_chunks_join_without_a_seam(read, monkeypatch):
    content = "BHID,FROM,TO\n" + "".join(f"H{i},{i},{i + 1}\n" for i in range(10))
    whole, _ = read(content)
    monkeypatch.setattr(cells, "_CHUNK", 3)
    parts, _ = read(content)
    pd.testing.assert_frame_equal(whole, parts)


def test_a_column_cannot_have_two_meanings(read):
    with pytest.raises(InputError, match="rename one of"):
        read("BHID,FROM,TO,from\nA,0,1,2\n", extra=("from",))


def test_a_separator_is_one_character(read):
    with pytest.raises(SettingError, match="must be one character"):
        read("BHID,FROM,TO\n", separator=", ")


FLOATS = st.floats(allow_nan=True, allow_infinity=False)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@given(values=st.lists(st.tuples(FLOATS, st.sampled_from(["0", "007", "NA", "a,b", 'q"', None])), min_size=1, max_size=8))
def test_tables_read_back_as_they_were(tmp_path_factory, suffix, values):
    frame = pd.DataFrame(
        {
            "row": np.arange(len(values), dtype=np.int64),
            "hole": pd.array([text for _, text in values], dtype="str"),
            "Sc2O3": np.array([number for number, _ in values], dtype=float),
            "Sc2O3_censored": [number == number for number, _ in values],
            "value": 0.5,
        }
    )
    path = write_table(frame, tmp_path_factory.mktemp("tables") / "deep" / f"table{suffix}")
    pd.testing.assert_frame_equal(read_table(path), frame, check_exact=True)
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_the_same_table_is_the_same_bytes_with_unix_line_ends(tmp_path):
    frame = pd.DataFrame({"hole": ["A", "B"], "from": [0.1, np.nan]}, index=[7, 3])
    write_table(frame, tmp_path / "a.csv", comment="SYNTHETIC\nsecond line")
    assert (tmp_path / "a.csv").read_bytes() == b"# SYNTHETIC\n# second line\nhole,from\nA,0.1\nB,\n"
    pd.testing.assert_frame_equal(read_table(tmp_path / "a.csv"), frame.reset_index(drop=True), check_dtype=False)
    write_table(frame, tmp_path / "a.parquet")
    write_table(frame, tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_findings_read_back_with_their_rows_and_texts(read, tmp_path):
    _, found = read("BHID,FROM,TX\nA,0,1\nB,0\n")
    for suffix in (".csv", ".parquet"):
        again = read_table(write_table(found, tmp_path / f"findings{suffix}"))
        assert again["row"].isna().tolist() == found["row"].isna().tolist()
        assert again["row"].dropna().tolist() == [3]
        texts = [name for name in found if name != "row"]
        assert again[texts].fillna("").to_dict("list") == found[texts].to_dict("list")


def test_a_failed_write_leaves_the_old_table_and_no_rest(tmp_path, monkeypatch):
    path = write_table(pd.DataFrame({"a": [1]}), tmp_path / "a.csv")

    def fail(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail)
    with pytest.raises(OSError, match="disk full"):
        write_table(pd.DataFrame({"a": [2]}), path)
    assert [item.name for item in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_text() == "a\n1\n"


def test_a_table_is_moved_into_place_not_written_over(tmp_path):
    path = write_table(pd.DataFrame({"a": [1]}), tmp_path / "a.csv")
    (tmp_path / "reader").hardlink_to(path)  # as a reader that has the old file open
    write_table(pd.DataFrame({"a": [2]}), path)
    assert (tmp_path / "reader").read_text() == "a\n1\n" and path.read_text() == "a\n2\n"


def test_other_suffixes_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"\.parquet or \.csv"):
        write_table(pd.DataFrame({"a": [1]}), tmp_path / "a.xlsx")


def test_a_missing_number_is_that_number_by_the_marks_of_the_table(read):
    text = "BHID;FROM;TO;CU\nA;0;1;-9.9\nB;0;1;-99\nC;0;1;-99,0\nD;0;1;-9,9\n"
    marks = {"separator": ";", "decimal": ",", "thousands": ".", "missing": ("-99",)}
    frame, _ = read(text, extra=("CU",), **marks)
    assert frame["CU"].isna().tolist() == [False, True, True, False]
    frame, _ = read("BHID;FROM;TO;CU\nA;0;1;10\nB;0;1;1_0\n", extra=("CU",), separator=";", missing=("1_0",))
    assert frame["CU"].isna().tolist() == [False, True]
    frame, _ = read(text, extra=("CU",), **(marks | {"thousands": None, "missing": ("-9.9",)}))
    assert frame["CU"].isna().tolist() == [True, False, False, True]  # the text itself, and the number however it is written


def test_texts_that_a_spreadsheet_would_run_are_escaped_and_read_back(tmp_path):
    holes = ["=HYPERLINK(1)", "+A", "-B-1", "@SUM(1)", "'=x", "\tx", "A-1", "-5", "-0,02", "'q"]
    frame = pd.DataFrame({"hole": pd.array(holes, dtype="str"), "row": range(10), "depth": [-1.5] * 10})
    path = write_table(frame, tmp_path / "a.csv")
    cells = [line.split(",")[0] for line in path.read_text().splitlines()[1:8]]
    assert cells == ["'=HYPERLINK(1)", "'+A", "'-B-1", "'@SUM(1)", "''=x", "'\tx", "A-1"]
    assert ",-1.5" in path.read_text() and '"-0,02"' in path.read_text() and "\n-5," in path.read_text()
    pd.testing.assert_frame_equal(read_table(path), frame)


OLD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


@pytest.mark.parametrize("options", [{"format": "excel", "sheet": "A"}, {}])
def test_an_old_workbook_is_to_be_saved_anew(tmp_path, options):
    (tmp_path / "collar.xls").write_bytes(OLD)
    _, found = read_raw(tmp_path / "collar.xls", Table(file="collar.xls", columns={"hole": "Hole"}, **options), "collar.xls")
    assert found["rule"].tolist() == ["file_unreadable"]
    assert "save it as .xlsx without password, or as CSV" in found["message"].iloc[0] + found["hint"].iloc[0]


def test_a_workbook_declared_as_text_is_named(tmp_path):
    pd.DataFrame({"Hole": ["A"]}).to_excel(tmp_path / "collar.xlsx", index=False)
    _, found = read_raw(tmp_path / "collar.xlsx", Table(file="collar.xlsx", columns={"hole": "Hole"}), "collar.xlsx")
    assert "declare format: excel" in found["message"].iloc[0]


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_line(tmp_path):
    (tmp_path / "a.csv").write_text('Hole,From\nA,0\n"B,1\nC,2\n')
    _, found = read_raw(tmp_path / "a.csv", Table(file="a.csv", columns={"hole": "Hole"}), "a.csv")
    assert "begins in line 3" in found["message"].iloc[0] and "never closed" in found["message"].iloc[0]


def test_utf8_read_as_latin_names_the_encoding(tmp_path):
    (tmp_path / "a.csv").write_text("Hole,From\nA,0\n", encoding="utf-8-sig")
    table = Table(file="a.csv", columns={"hole": "Hole"}, encoding="latin-1")
    assert "set the table's encoding to utf-8-sig" in read_raw(tmp_path / "a.csv", table, "a.csv")[1]["hint"].iloc[0]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"separator": '"'}, "the separator is"),
        ({"separator": "\n"}, "the separator is"),
        ({"separator": "\0"}, "the separator is"),
        ({"skip_rows": 10**30}, "skip_rows is 1000000000000000000000000000000; it must be at most 1000000"),
        ({"header_row": 10**9}, "header_row is 1000000000; it must be at most 1000000"),
    ],
)
def test_what_no_file_can_be_read_by_is_refused_with_the_config(options, words):
    with pytest.raises(SettingError, match=words):
        Table(file="a.csv", columns={}, **options)
