"""The manifest names every file by a hash that follows what the file holds."""

import pandas as pd

from scandia.audit.manifest import fingerprint, manifest, owner_of, owners
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


def test_a_table_has_the_hash_of_its_bytes_beside_that_of_what_it_holds(tmp_path):
    frame = pd.DataFrame({"hole": ["A", "B"], "grade": [1.0, 2.0]})
    write(frame, tmp_path / "a.parquet", mark="SYNTHETIC")
    write(frame, tmp_path / "b.parquet")
    one, other = describe_files([tmp_path], below=tmp_path, with_bytes=True)
    assert one["content_sha256"] == other["content_sha256"]
    assert one["bytes_sha256"] == file_hash(tmp_path / "a.parquet") != other["bytes_sha256"]


CONFIG = {"deposit": "a", "title": "A", "synthetic": None}
FILES = [{"path": "b", "content_sha256": "2", "bytes_sha256": "3"}, {"path": "a", "sha256": "1"}]
RULES = {
    "make_b": {"code": "z", "parameters": {}, "outputs": ["b"]},
    "draw": {"code": "y", "parameters": {}, "outputs": ["pictures"]},
}


def made(**changes):
    given = {"inputs": FILES, "outputs": FILES, "rules": RULES, "times": {}, "lock": "l", "config_hash": "c"}
    return manifest(CONFIG, **given | changes)


def test_files_are_listed_in_order_and_rules_in_that_of_the_flow():
    result = made()
    assert [entry["path"] for entry in result["outputs"]] == ["a", "b"]
    assert result["outputs"][1] == {"path": "b", "content_sha256": "2"}
    assert result["bytes"] == {"b": "3"}
    assert list(result["rules"]) == ["make_b", "draw"]
    assert result["simulated"] is False


def test_times_and_bytes_leave_the_fingerprint_and_everything_else_changes_it():
    first = made()
    stamped = [{**FILES[0], "bytes_sha256": "4"}, FILES[1]]
    assert made(times={"make_b": {"ended": "now", "seconds": 1.0}}, outputs=stamped)["fingerprint"] == first["fingerprint"]
    changed = [made(lock="m"), made(config_hash="d"), made(rules={}), made(outputs=FILES[:1]), made(inputs=FILES[1:])]
    assert len({first["fingerprint"], *(one["fingerprint"] for one in changed)}) == 6
    assert made(times={"audit": {"ended": "now"}, "draw.a": {"ended": "now"}})["times"] == {"draw.a": {"ended": "now"}}
    assert fingerprint({**first, "SYNTHETIC": "a mark"}) == first["fingerprint"]


def test_a_file_belongs_to_the_rule_that_made_it_or_its_folder():
    known = owners(made())
    assert owner_of("b", known) == (0, "make_b")
    assert owner_of("pictures/one.png", known) == (1, "draw")
    assert owner_of("unheard/of", known) == (2, "")
