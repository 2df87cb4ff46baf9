"""The manifest names every file by a hash that follows what the file holds."""

import pandas as pd

from scandia.audit.manifest import manifest
from scandia.io.files import write
from scandia.io.hashes import describe_files, file_hash


def test_one_changed_byte_changes_one_hash(tmp_path):
    (tmp_path / "a.csv").write_text("x\n1\n")
    (tmp_path / "b.csv").write_text("x\n1\n")
    before = describe_files([tmp_path / "b.csv", tmp_path / "a.csv"], below=tmp_path)
    (tmp_path / "b.csv").write_text("x\n2\n")
    after = describe_files([tmp_path / "b.csv", tmp_path / "a.csv"], below=tmp_path)
    assert [entry["path"] for entry in before] == ["a.csv", "b.csv"]
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_files_that_begin_with_a_dot_are_listed_but_for_snakemake_s_own(tmp_path):
    for name in (".zattrs", "sc/.zarray", "zarr.json", ".snakemake_timestamp"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    assert [entry["path"] for entry in describe_files([tmp_path], below=tmp_path)] == [".zattrs", "sc/.zarray", "zarr.json"]


def test_the_hash_of_an_empty_file_is_the_known_one(tmp_path):
    (tmp_path / "empty").touch()
    assert file_hash(tmp_path / "empty") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_table_is_hashed_by_what_it_holds(tmp_path):
    frame = pd.DataFrame({"hole": ["A", "B"], "grade": [1.0, 2.0]})
    write(frame, tmp_path / "a.parquet", mark="SYNTHETIC")
    write(frame, tmp_path / "b.parquet")
    write(frame.assign(grade=[1.0, 2.5]), tmp_path / "c.parquet")
    hashes = [entry["content_sha256"] for entry in describe_files([tmp_path], below=tmp_path)]
    assert hashes[0] == hashes[1]
    assert hashes[0] != hashes[2]


def test_files_and_rules_are_listed_in_order_whatever_order_they_come_in():
    config = {"deposit": "a", "title": "A", "synthetic": None}
    files = [{"path": "b", "sha256": "2"}, {"path": "a", "sha256": "1"}]
    given = {"inputs": files, "outputs": files, "code": {"z": "1", "a": "2"}, "lock": "l", "config_hash": "c"}
    result = manifest(config, **given)
    assert [entry["path"] for entry in result["outputs"]] == ["a", "b"]
    assert list(result["code"]) == ["a", "z"]
    assert result["simulated"] is False
