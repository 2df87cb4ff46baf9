"""A job's log, its plain errors, and its marked files."""

import pandas as pd
import pytest

from scandia.errors import InputError
from scandia.io.files import read, write
from scandia.io.job import job
from scandia.io.plain import whole_file

MARK = "SYNTHETIC: a test"


def test_what_a_job_prints_goes_to_its_log(tmp_path, capsys):
    with job(tmp_path / "logs" / "a.log"):
        print("hello")  # noqa: T201 the log catches it
    assert (tmp_path / "logs" / "a.log").read_text() == "hello\n"
    assert capsys.readouterr().out == ""


def test_an_error_of_scandia_ends_the_job_in_plain_words(tmp_path, capsys):
    message = "the grade is 7; it must be at most 5"
    with pytest.raises(SystemExit) as stopped, job(tmp_path / "a.log"):
        raise InputError(message)
    assert stopped.value.code == 1
    assert (tmp_path / "a.log").read_text() == message + "\n"  # shown by Snakemake, and so once
    assert capsys.readouterr() == ("", "")


def test_any_other_error_keeps_its_traceback(tmp_path):
    with pytest.raises(ZeroDivisionError), job(tmp_path / "a.log"):
        1 / 0  # noqa: B018
    assert "Traceback" in (tmp_path / "a.log").read_text()


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_a_table_comes_back_as_it_was_and_says_that_it_is_simulated(tmp_path, name):
    frame = pd.DataFrame({"hole": ["1", "02"], "sc2o3": [0.1, 1 / 3]})
    with job(tmp_path / "a.log", MARK) as write_marked:
        write_marked(frame, tmp_path / name)
    assert MARK.encode() in (tmp_path / name).read_bytes()
    pd.testing.assert_frame_equal(read(tmp_path / name), frame, check_dtype=False)


def test_plain_values_and_texts_are_marked_in_their_first_line(tmp_path):
    write({"a": [1, 2.5], "b": None}, tmp_path / "a.yaml", mark=MARK)
    write("text\n", tmp_path / "a.txt", mark=MARK)
    assert (tmp_path / "a.yaml").read_text().startswith(f"# {MARK}\n")
    assert read(tmp_path / "a.yaml") == {"a": [1, 2.5], "b": None}
    assert read(tmp_path / "a.txt") == f"{MARK}\ntext\n"


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    write("old", tmp_path / "a.txt")
    with pytest.raises(Exception, match="serializ"):
        write({"a": object()}, tmp_path / "a.json")
    with pytest.raises(TypeError):
        write(7, tmp_path / "a.txt")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt"]
    assert read(tmp_path / "a.txt") == "old"


def test_an_interrupted_write_leaves_the_old_file_and_no_other(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(KeyboardInterrupt), whole_file(tmp_path / "a.txt") as temporary:
        temporary.write_text("half")
        raise KeyboardInterrupt
    assert (tmp_path / "a.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_an_unknown_suffix_is_refused(tmp_path):
    with pytest.raises(InputError, match="no way is known"):
        write("x", tmp_path / "a.docx")
