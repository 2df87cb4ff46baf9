"""A study stands while its code, its settings, its sources and its own files are those that it was stamped with."""

import pytest

from scandia.io.studies import sort_studies, study_stamp


@pytest.fixture
def study(tmp_path):
    """A stamped study of one source, a table and an album."""
    for name in ("assay.csv", "tornado.csv", "album/one.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"a table of {name}\n", encoding="utf-8")
    given = {"made_by": "code", "sources": [tmp_path / "assay.csv"], "files": [tmp_path / "tornado.csv", tmp_path / "album"]}
    (tmp_path / "stamp.txt").write_text(f"# SYNTHETIC\n{study_stamp(**given)}\n", encoding="utf-8")
    return given | {"stamp": tmp_path / "stamp.txt"}


def test_a_study_that_holds_stands_with_its_files(study):
    assert sort_studies({"sensitivity": study}) == (study["files"], [])
    assert sort_studies({}) == ([], [])


@pytest.mark.parametrize("changed", ["assay.csv", "tornado.csv", "album/one.txt"])
def test_a_changed_or_missing_file_makes_it_stale(study, tmp_path, changed):
    (tmp_path / changed).write_text("other values\n", encoding="utf-8")
    assert sort_studies({"sensitivity": study}) == ([], ["sensitivity"])
    (tmp_path / changed).unlink()
    assert sort_studies({"sensitivity": study}) == ([], ["sensitivity"])


def test_other_code_or_an_empty_stamp_makes_it_stale(study):
    assert sort_studies({"trials": study | {"made_by": "other code"}}) == ([], ["trials"])
    study["stamp"].write_text("", encoding="utf-8")
    assert sort_studies({"trials": study}) == ([], ["trials"])
