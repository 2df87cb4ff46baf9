"""A stopped run says so beside older results, and the next good one takes it back."""

import os
from datetime import datetime

from scandia.io.stopped import MARK, clear_stopped, mark_stopped


def test_the_mark_names_the_reason_and_the_date_of_the_older_report(tmp_path):
    report = tmp_path / "report.html"
    report.write_text("old")
    os.utime(report, (1_700_000_000, 1_700_000_000))
    words = mark_stopped(tmp_path, "The run stopped.")
    date = datetime.fromtimestamp(1_700_000_000).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    assert f"report.html is of the run of {date}, not of this one" in words
    text = (tmp_path / MARK).read_text(encoding="utf-8")
    assert text.startswith("The run stopped.") and words in text
    assert sorted(path.name for path in tmp_path.iterdir()) == [MARK, "report.html"]


def test_a_run_of_other_targets_leaves_the_mark(tmp_path):
    report = tmp_path / "report.html"
    report.write_text("old")
    os.utime(report, (1_700_000_000, 1_700_000_000))
    mark_stopped(tmp_path, "The run stopped.")
    clear_stopped(tmp_path, whole=False)  # a good run of other targets
    assert (tmp_path / MARK).exists()
    os.utime(report)
    clear_stopped(tmp_path, whole=False)
    assert not (tmp_path / MARK).exists()


def test_without_a_report_the_mark_says_so(tmp_path):
    assert "There is no" in mark_stopped(tmp_path / "new", "The run stopped.")
    clear_stopped(tmp_path / "new", whole=False)
    assert (tmp_path / "new" / MARK).exists()
    clear_stopped(tmp_path / "new", whole=True)
    assert not (tmp_path / "new" / MARK).exists()
