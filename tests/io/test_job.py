"""A job's log, its plain errors, and its marked files."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from scandia.errors import InputError
from scandia.io.files import read, write
from scandia.io.folders import inside
from scandia.io.hashes import file_hash
from scandia.io.job import RUN, job
from scandia.io.plain import PART, whole_file
from scandia.io.stopped import killed_jobs

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


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "a.csv"), "a.csv cannot be opened or written: the disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "a.csv"), "a.csv cannot be opened or written: permission is missing"),
        (MemoryError("Unable to allocate 8 GiB"), "The memory ran out (Unable to allocate 8 GiB)"),
    ],
)
def test_an_error_of_the_machine_is_one_sentence_in_the_log(tmp_path, capsys, monkeypatch, error, words):
    left = iter(range(10**9, 0, -(10**6)))  # others write to the disk meanwhile
    monkeypatch.setattr("scandia.io.machine.shutil.disk_usage", lambda _: SimpleNamespace(free=next(left)))
    with pytest.raises(SystemExit) as stopped, job(tmp_path / "a.log"):
        raise error
    text = (tmp_path / "a.log").read_text()
    assert stopped.value.code == 1 and text.startswith(words) and text.count("\n") == 1 and "Hint" in text
    assert capsys.readouterr() == ("", "")


def test_a_log_that_takes_nothing_sends_the_sentence_to_the_terminal(tmp_path, capsys):
    full = Path("/dev/full")  # takes no byte
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    (tmp_path / "a.log").symlink_to(full)
    with pytest.raises(SystemExit), job(tmp_path / "a.log"):
        raise InputError("the grade is 7")
    with pytest.raises(SystemExit), job(tmp_path / "a.log"):
        print("x" * 100_000)  # noqa: T201
    told, full = capsys.readouterr().err.splitlines(), "a.log cannot be opened or written: the disk is full"
    assert told[0] == "the grade is 7" and len(told) == 3 and all(full in line for line in told[1:])


def test_the_word_to_end_is_an_error_like_others_and_leaves_nothing(tmp_path):
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit), job(tmp_path / "a.log") as write_marked, whole_file(tmp_path / "b.txt") as temporary:
        write_marked("half", tmp_path / "c.txt")
        temporary.write_text("half")
        os.kill(os.getpid(), signal.SIGTERM)
        signal.pause()
    assert "told to end from outside" in (tmp_path / "a.log").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.log", "c.txt"]
    assert signal.getsignal(signal.SIGTERM) is before


KILLED = """
import os, signal, sys
from pathlib import Path
from scandia.io.job import job
from scandia.io.plain import whole_file
with job(Path(sys.argv[1], "a.log")), whole_file(Path(sys.argv[1], "b.txt")) as temporary:
    temporary.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_job_is_told_of_by_its_run_and_swept_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setenv(RUN, "this")
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len([path for path in tmp_path.iterdir() if PART.fullmatch(path.name)]) == 2
    assert killed_jobs(tmp_path, "another") == ""
    assert "before it could say why: a. Most often the memory" in killed_jobs(tmp_path, "this")
    assert killed_jobs(tmp_path, "this") == ""
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    with job(tmp_path / "a.log") as write_marked:
        write_marked("whole", tmp_path / "b.txt")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.log", "b.txt"]


def test_raw_files_are_told_with_their_hashes_and_one_that_changes_meanwhile_ends_the_job(tmp_path):
    (tmp_path / "a.csv").write_text("a")
    with job(tmp_path / "a.log"):
        inside(tmp_path, "a.csv")
    assert (tmp_path / "a.log").read_text() == f'read: ["{tmp_path}/a.csv", "{file_hash(tmp_path / "a.csv")}"]\n'
    for change in (lambda: (tmp_path / "a.csv").write_text("b"), (tmp_path / "a.csv").unlink):
        with pytest.raises(SystemExit), job(tmp_path / "a.log"):
            inside(tmp_path, "a.csv")
            change()
        assert "a.csv was changed while it was read. Hint" in (tmp_path / "a.log").read_text()
