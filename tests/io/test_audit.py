"""The files of an audit: a changed byte is found, a rerun stands in a clean folder, and nothing outside is opened."""

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from scandia.audit.compare import DIFFERENT, IDENTICAL, WITHIN
from scandia.audit.manifest import manifest
from scandia.audit.verdict import judge_files
from scandia.errors import InputError
from scandia.io.audit import clean_folder, compare_files, compare_runs, find_files, read_manifest, rerun, unlisted_files
from scandia.io.files import write
from scandia.io.hashes import describe_files
from scandia.io.recorded import recompute_recorded

CONFIG = {"deposit": "d", "title": "D", "synthetic": None}
TABLE = pd.DataFrame({"hole": ["A", "B"], "grade": [1.0, 2.0]})


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A folder of results with its manifest, made from a raw table that lies beside the project."""
    home = tmp_path / "work" / "project"
    home.mkdir(parents=True)
    monkeypatch.chdir(home)
    write(TABLE, "../data/raw.csv")
    write(TABLE, "results/d/tables/a.parquet")
    write(TABLE, "results/d/statement.csv")
    write({"deposit": "d"}, "results/d/config.yaml")
    record()
    return home


def record():
    outputs = describe_files(
        ["results/d/tables", "results/d/statement.csv", "results/d/config.yaml"], below="results/d", with_bytes=True
    )
    options = {"rules": {}, "times": {}, "lock": "l", "config_hash": "c"}
    write(manifest(CONFIG, inputs=describe_files(["../data/raw.csv"]), outputs=outputs, **options), "results/d/manifest.json")


def changed():
    recorded = read_manifest("results/d", ["../data"])
    files = judge_files(recorded, find_files("results/d", recorded))
    return files[files["verdict"] != "as recorded"][["path", "verdict"]].to_numpy().tolist()


def test_a_run_that_nobody_touched_is_as_recorded(run):
    assert changed() == []


@pytest.mark.parametrize("path", ["../data/raw.csv", "results/d/tables/a.parquet", "results/d/statement.csv"])
def test_every_single_byte_that_changes_is_found(run, path):
    content = Path(path).read_bytes()
    for place in range(0, len(content), max(len(content) // 25, 1)):
        Path(path).write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        ((name, verdict),) = changed()
        assert path.endswith(name)
        assert verdict in ("changed", "bytes changed, what it holds is the same")
    Path(path).write_bytes(content)
    assert changed() == []


def test_a_file_that_is_gone_is_missing_and_one_too_many_is_listed(run):
    Path("results/d/statement.csv").unlink()
    assert changed() == [["statement.csv", "missing"]]
    write(TABLE, "results/d/more.csv")
    write("a log\n", "results/d/logs/rule.txt")
    assert unlisted_files("results/d", read_manifest("results/d", ["../data"])) == ["more.csv"]


@pytest.mark.parametrize(
    ("list_", "path"),
    [("inputs", "/etc/hostname"), ("inputs", "../../secret"), ("outputs", "../../../secret"), ("outputs", "/etc/hostname")],
)
def test_a_manifest_that_leads_outside_is_refused(run, list_, path):
    recorded = json.loads(Path("results/d/manifest.json").read_text())
    recorded[list_].append({"path": path, "sha256": "0"})
    write(recorded, "results/d/manifest.json")
    with pytest.raises(InputError, match=r"lies outside"):
        read_manifest("results/d", ["../data"])


def test_a_link_that_leads_outside_is_refused(run):
    Path("../data/raw.csv").unlink()
    Path("../data/raw.csv").symlink_to("/etc/hostname")
    with pytest.raises(InputError, match=r"lies outside"):
        read_manifest("results/d", ["../data"])


def test_no_manifest_and_a_broken_one_are_told_in_words(run):
    with pytest.raises(InputError, match="nothing to audit"):
        read_manifest("results/other", [])
    Path("results/d/manifest.json").write_text('{"deposit": ')
    with pytest.raises(InputError, match="cannot be read as JSON"):
        read_manifest("results/d", [])
    Path("results/d/manifest.json").write_text('{"deposit": "d"}')
    with pytest.raises(InputError, match="older scandia"):
        read_manifest("results/d", [])


def test_the_clean_folder_holds_the_raw_files_under_their_own_paths_and_nothing_else(run):
    recorded = read_manifest("results/d", ["../data"])
    write("left behind\n", "results/d/audit/rerun/old.txt")
    home = clean_folder(recorded, {"deposit": "d"}, "results/d/audit/rerun")
    assert (home / "../data/raw.csv").read_bytes() == Path("../data/raw.csv").read_bytes()
    assert (home / "../data/raw.csv").resolve().is_relative_to(Path("results/d/audit/rerun").resolve())
    files = sorted(path.name for path in Path("results/d/audit/rerun").rglob("*") if path.is_file())
    assert files == ["config.yaml", "raw.csv"]
    Path("../data/raw.csv").unlink()
    home = clean_folder(recorded, {"deposit": "d"}, "results/d/audit/rerun")
    assert [path.name for path in home.rglob("*") if path.is_file()] == ["config.yaml"]


def test_no_shell_reads_the_command_of_a_rerun_and_a_failure_shows_its_last_lines(tmp_path):
    words = ["-c", "import sys; sys.exit(sys.argv[1] != '$(touch x); a b')", "$(touch x); a b"]
    assert rerun([sys.executable, *words], tmp_path) == ""
    assert not list(tmp_path.iterdir())
    assert rerun([sys.executable, "-c", "print('the last words'); raise SystemExit(3)"], tmp_path) == "the last words"


def test_two_runs_are_compared_by_what_their_files_hold(run, tmp_path):
    other = tmp_path / "other"
    write(TABLE.assign(grade=[1.0 + 1e-13, 2.0]), other / "tables" / "a.parquet", mark="another stamp")
    write(TABLE.assign(grade=[1.0, 3.0]), other / "statement.csv")
    write({"deposit": "d"}, other / "config.yaml")
    found = compare_runs("results/d", other, read_manifest("results/d", ["../data"]))
    assert {path: one.verdict for path, one in found.items()} == {
        "config.yaml": IDENTICAL,
        "statement.csv": DIFFERENT,
        "tables/a.parquet": WITHIN,
    }
    assert (found["statement.csv"].where, found["statement.csv"].before) == ("column grade, row 2", "2.0")


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.nc", "a.yaml", "a.json", "a.txt", "a.png"])
def test_a_file_that_is_missing_or_cannot_be_read_is_different(tmp_path, name):
    one, other = tmp_path / name, tmp_path / "other" / name
    other.parent.mkdir()
    one.write_bytes(b"\xff\x00[")
    assert compare_files(one, other).after == "missing"
    other.write_bytes(b"\xfe{")
    assert compare_files(one, other).verdict == DIFFERENT


def test_a_changed_model_that_cannot_be_read_is_named_and_an_unchanged_one_is_a_fault_of_the_program(tmp_path):
    (tmp_path / "parts.nc").write_bytes(b"no model")
    table = recompute_recorded(tmp_path, {"model": None}, seed=1, unchanged=False)
    assert table["verdict"].tolist() == ["not recomputed"]
    assert "changed and cannot be read" in table.loc[0, "what"]
    with pytest.raises(OSError, match=r"parts\.nc"):
        recompute_recorded(tmp_path, {"model": None}, seed=1, unchanged=True)
