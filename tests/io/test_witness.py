"""Raw files that change while a run is at work are found, whatever their times say."""

import os

import pytest

from scandia.errors import InputError
from scandia.io.folders import inside
from scandia.io.hashes import describe_files
from scandia.io.job import job
from scandia.io.witness import content_digest, require_as_read


@pytest.fixture
def run(tmp_path):
    """A function that reads raw files as a rule does, and one that holds them against the logs as the manifest does."""
    raw = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in raw:
        path.write_text(path.name)

    def read(rule, name):
        with job(tmp_path / "results" / "logs" / f"{rule}.log"):
            inside(tmp_path, name).read_text()

    def check(*rules):
        made = {rule: {"outputs": ["chunks/1.nc", "chunks/0001.nc"]} for rule in rules}
        require_as_read(describe_files(raw, with_bytes=True), tmp_path / "results", made)

    return read, check


def test_a_run_whose_files_stay_is_let_through(run):
    read, check = run
    read("one", "a.csv")
    read("two/0001", "b.csv")
    check("one", "two")


def test_a_file_that_changed_after_it_was_read_is_named_with_its_reader(run, tmp_path):
    read, check = run
    read("one", "a.csv")
    read("two/0001", "b.csv")
    held = (tmp_path / "b.csv").stat()
    (tmp_path / "b.csv").write_text("x.csv")  # of the same length
    os.utime(tmp_path / "b.csv", ns=(held.st_atime_ns, held.st_mtime_ns))  # and of the same time
    with pytest.raises(InputError, match=r"b.csv was changed during the run: two 0001 read it with another content"):
        check("one", "two")
    check("one")  # the log of a rule that is none of this run is older


def test_a_file_that_was_changed_and_changed_back_is_found(run, tmp_path):
    read, check = run
    read("one", "a.csv")
    (tmp_path / "a.csv").write_text("other")
    read("two", "a.csv")
    (tmp_path / "a.csv").write_text("a.csv")
    with pytest.raises(InputError, match="two read it with another content"):
        check("one", "two")


def test_the_digest_is_of_the_content_and_its_order(tmp_path):
    for name, text in (("a", "1"), ("b", "2"), ("c", "1")):
        (tmp_path / name).write_text(text)
    a, b, c = (tmp_path / name for name in "abc")
    assert content_digest([a, b]) == content_digest([c, b]) != content_digest([b, a])
    assert content_digest([a, tmp_path / "none"]) == content_digest([a])


def test_a_chunk_that_is_no_more_read_what_it_liked(tmp_path, run):
    read, check = run
    read("estimate/1", "a.csv")
    (tmp_path / "a.csv").write_text("other")
    with pytest.raises(InputError, match=r"estimate 1 read it"):
        check("estimate")
    logs = tmp_path / "results" / "logs" / "estimate"
    (logs / "1.log").rename(logs / "11.log")
    check("estimate")
