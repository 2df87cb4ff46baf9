"""A clock that was set back hides no change and makes nothing run for ever."""

import os

import pytest

from scandia.errors import InputError
from scandia.io.clock import date_back, require_past

NOW = 1_800_000_000.0


@pytest.fixture
def results(tmp_path):
    """Files of results from the oldest on, two of them in the future, and logs."""
    folder = tmp_path / "results"
    (folder / "figures").mkdir(parents=True)
    (folder / "logs").mkdir()
    for name, when in (("a", -500), ("b", -100), ("figures/c", 3600), ("figures/d", 7200), ("logs/e", 7200)):
        (folder / name).write_text(name)
        os.utime(folder / name, (NOW + when, NOW + when))
    return folder


def times(folder):
    return {path.name: path.stat().st_mtime - NOW for path in folder.rglob("*") if path.is_file()}


def test_results_of_the_future_become_older_all_by_the_same_time(results):
    assert "set back. All results count as older by 2:00:00" in date_back(results, NOW)
    assert times(results) == {"a": -7700, "b": -7300, "c": -3600, "d": 0, "e": 7200}
    assert date_back(results, NOW) == ""


def test_the_order_stays_where_it_was_cut_short(results, monkeypatch):
    count, plain = iter(range(2)), os.utime

    def cut(*arguments, **options):
        if next(count, None) is None:
            raise KeyboardInterrupt
        plain(*arguments, **options)

    monkeypatch.setattr(os, "utime", cut)
    with pytest.raises(KeyboardInterrupt):
        date_back(results, NOW)
    monkeypatch.undo()
    date_back(results, NOW)
    found = times(results)
    assert found["a"] < found["b"] < found["c"] < found["d"] == 0


def test_results_of_the_past_keep_their_times_and_links_are_not_followed(results, tmp_path):
    outside = tmp_path / "raw.csv"
    outside.write_text("raw")
    os.utime(outside, (NOW + 9000, NOW + 9000))
    (results / "link").symlink_to(outside)
    date_back(results, NOW)
    assert outside.stat().st_mtime == NOW + 9000
    before = times(results)
    assert date_back(results, NOW + 7200 - 1) == ""
    assert times(results) == before
    assert date_back(tmp_path / "none", NOW) == ""


def test_a_raw_file_of_the_future_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a")
    os.utime(path, (NOW + 60, NOW + 60))
    require_past([path], NOW + 59)
    with pytest.raises(InputError, match=r"a.csv has the time .*the clock was set back.*touch"):
        require_past([path], NOW)
