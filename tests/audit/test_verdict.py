"""The verdict: what is not as recorded is found, named, and put in the order of the flow."""

import pandas as pd
import pytest

from scandia.audit.compare import DIFFERENT, IDENTICAL, SAME, WITHIN, Difference
from scandia.audit.manifest import manifest
from scandia.audit.verdict import (
    CHANGED,
    MISSING,
    SAME_CONTENT,
    conclude,
    judge_code,
    judge_files,
    judge_rerun,
    refuse_difference,
)
from scandia.errors import InputError

RULES = {
    "read": {"code": "1", "parameters": {}, "outputs": ["z.parquet"]},
    "state": {"code": "2", "parameters": {}, "outputs": ["a.csv"]},
    "draw": {"code": "3", "parameters": {}, "outputs": ["page.html"]},
}
INPUTS = [{"path": "raw.csv", "sha256": "r"}]
OUTPUTS = [
    {"path": "a.csv", "sha256": "a"},
    {"path": "page.html", "sha256": "p"},
    {"path": "z.parquet", "content_sha256": "z", "bytes_sha256": "zz"},
]
RECORDED = manifest(
    {"deposit": "d", "title": "D", "synthetic": None},
    inputs=INPUTS, outputs=OUTPUTS, rules=RULES, times={}, lock="l", config_hash="c",
)  # fmt: skip
FOUND = {"raw.csv": {"bytes": "r"}, "a.csv": {"bytes": "a"}, "page.html": {"bytes": "p"}, "z.parquet": {"bytes": "zz"}}
CODES = {rule: own["code"] for rule, own in RULES.items()}


def test_what_is_as_recorded_is_identical():
    files, code = judge_files(RECORDED, FOUND), judge_code(RECORDED, CODES, "l", "c")
    assert conclude(files, code) == (IDENTICAL, ["All 5 hashes are as recorded."])
    assert files["path"].tolist() == ["raw.csv", "z.parquet", "a.csv", "page.html", "manifest.json"]


@pytest.mark.parametrize(
    ("path", "own", "verdict"),
    [
        ("raw.csv", {"bytes": "x", "content": None}, CHANGED),
        ("a.csv", {"bytes": "x", "content": None}, CHANGED),
        ("z.parquet", {"bytes": "x", "content": "y"}, CHANGED),
        ("z.parquet", {"bytes": "x", "content": "z"}, SAME_CONTENT),
        ("z.parquet", {"bytes": "x", "content": None}, CHANGED),
        ("page.html", None, MISSING),
    ],
)
def test_a_changed_file_is_named(path, own, verdict):
    found = {key: value for key, value in (FOUND | {path: own}).items() if value}
    files = judge_files(RECORDED, found)
    assert files.set_index("path").loc[path, "verdict"] == verdict
    said, words = conclude(files, judge_code(RECORDED, CODES, "l", "c"))
    assert said == DIFFERENT
    assert f"first {path}" in words[0]


def test_of_several_the_first_of_the_flow_is_named():
    files = judge_files(RECORDED, {key: {"bytes": "x"} for key in FOUND})
    assert "first raw.csv" in conclude(files, judge_code(RECORDED, CODES, "l", "c"))[1][0]
    files = judge_files(RECORDED, {**{key: {"bytes": "x"} for key in FOUND}, "raw.csv": {"bytes": "r"}})
    assert "first z.parquet" in conclude(files, judge_code(RECORDED, CODES, "l", "c"))[1][0]


def test_a_manifest_that_was_changed_with_its_file_has_another_fingerprint():
    changed = {**RECORDED, "outputs": [{"path": "a.csv", "sha256": "x"}, *RECORDED["outputs"][1:]]}
    files = judge_files(changed, FOUND | {"a.csv": {"bytes": "x"}})
    assert files[files["verdict"] != "as recorded"]["path"].tolist() == ["manifest.json"]


def test_other_code_is_said_and_is_no_difference_by_itself():
    files, code = judge_files(RECORDED, FOUND), judge_code(RECORDED, CODES | {"state": "9"}, "m", "d")
    verdict, words = conclude(files, code)
    assert verdict == IDENTICAL
    assert "code of state and 2 more" in words[1]


NEAR, FAR = Difference(WITHIN, "x", "1", "1.1", 1e-12), Difference(DIFFERENT, "y", "1", "2", 0.5)
DRAWN = Difference(DIFFERENT, "the bytes", "3 bytes", "4 bytes", float("inf"))


def test_pictures_may_differ_where_their_numbers_do_within_the_tolerance_and_only_there():
    near = judge_rerun(RECORDED, {"z.parquet": NEAR, "a.csv": SAME, "page.html": DRAWN})
    assert near["verdict"].tolist() == [WITHIN, IDENTICAL, WITHIN]
    same = judge_rerun(RECORDED, {"z.parquet": SAME, "a.csv": SAME, "page.html": DRAWN})
    assert same["verdict"].tolist() == [IDENTICAL, IDENTICAL, DIFFERENT]
    far = judge_rerun(RECORDED, {"z.parquet": NEAR, "a.csv": FAR, "page.html": DRAWN})
    assert far["verdict"].tolist() == [WITHIN, DIFFERENT, DIFFERENT]


def test_the_rerun_decides_with_the_files():
    files, code = judge_files(RECORDED, FOUND), judge_code(RECORDED, CODES, "l", "c")
    near = judge_rerun(RECORDED, {"z.parquet": NEAR, "a.csv": SAME, "page.html": SAME})
    assert conclude(files, code, near)[0] == WITHIN
    far = judge_rerun(RECORDED, {"z.parquet": SAME, "a.csv": FAR, "page.html": SAME})
    verdict, words = conclude(files, code, far)
    assert verdict == DIFFERENT
    assert "first a.csv of state, y: 1 became 2" in words[1]
    with pytest.raises(InputError, match="Verdict: different"):
        refuse_difference(verdict, words, "page.html")
    refuse_difference(IDENTICAL, [], "page.html")


def test_what_was_not_recomputed_is_said_and_is_not_passed_as_agreement():
    files, code = judge_files(RECORDED, FOUND), judge_code(RECORDED, CODES, "l", "c")
    row = {"what": "a drift", "run": "", "plain": "", "difference": 0.0, "allowed": 0.0}
    verdict, words = conclude(files, code, None, pd.DataFrame([row | {"verdict": "not recomputed"}]))
    assert verdict == IDENTICAL
    assert "does not know: a drift" in words[1]
    verdict, words = conclude(files, code, None, pd.DataFrame([row | {"verdict": "different"}]))
    assert verdict == DIFFERENT
    assert "disagrees 1 times" in words[1]


def test_a_rerun_that_stopped_is_different_and_shows_its_last_lines():
    files, code = judge_files(RECORDED, FOUND), judge_code(RECORDED, CODES, "l", "c")
    verdict, words = conclude(files, code, judge_rerun(RECORDED, {"a.csv": SAME}), stopped="no such file")
    assert verdict == DIFFERENT
    assert words[1].endswith("no such file")
