"""A rule's digest changes with every source that its script reaches, and with nothing else."""

import ast

import pytest

from scandia.io import source


@pytest.fixture
def package(tmp_path, monkeypatch):
    folder = tmp_path / "scandia"
    (folder / "kriging").mkdir(parents=True)
    for name in ("__init__", "kriging/__init__", "kriging/other"):
        (folder / f"{name}.py").write_text("")
    (folder / "errors.py").write_text("x = 1\n")
    (folder / "kriging" / "_system.py").write_text("def solve():\n    from scandia import errors\n")
    (folder / "kriging" / "catalogue.yaml").write_text("a: 1\n")
    (folder / "kriging" / "estimate.py").write_text("from scandia.kriging import (\n    _system,\n)\n")
    monkeypatch.setattr(source, "PACKAGE", folder)
    source.imported_files.cache_clear()
    source._data_files.cache_clear()
    script = tmp_path / "estimate.py"
    script.write_text("from scandia.kriging.estimate import estimate\n")
    return folder, script


def test_modules_are_reached_through_any_form_of_import(package):
    folder, script = package
    names = {path.relative_to(folder).as_posix() for path in source.reached_modules(script)}
    assert names >= {"kriging/estimate.py", "kriging/_system.py", "errors.py"}
    assert "kriging/other.py" not in names


def test_an_import_is_seen_with_a_comment_behind_it(package, tmp_path):
    folder, script = package
    script.write_text("import scandia.kriging.other  # noqa: F401\nfrom scandia import errors  # noqa: F401\n")
    names = {path.relative_to(folder).as_posix() for path in source.reached_modules(script)}
    assert {"kriging/other.py", "errors.py"} <= names


def modules_in_the_tree(path):
    """Names of all scandia modules, and of what is taken from them, in the import statements of a file's syntax tree."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "scandia":
            yield from (node.module, *(f"{node.module}.{name.name}" for name in node.names))
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.split(".")[0] == "scandia")


def test_the_pattern_finds_the_imports_of_the_syntax_tree_in_every_source(project):
    files = [*(project / "src" / "scandia").rglob("*.py"), *(project / "workflow" / "scripts").glob("*.py")]
    assert len(files) > 300
    for path in files:
        wanted = {file for file in map(source._file, modules_in_the_tree(path)) if file is not None}
        assert source.imported_files(path) == wanted, path


FILES = [("errors.py", True), ("kriging/_system.py", True), ("kriging/other.py", False), ("kriging/catalogue.yaml", True)]


@pytest.mark.parametrize(("file", "changes"), FILES)
def test_the_digest_changes_only_with_reached_sources(package, file, changes):
    folder, script = package
    before = source.code_digest(script)
    (folder / file).write_text((folder / file).read_text() + "# changed\n")
    source.imported_files.cache_clear()
    source._data_files.cache_clear()
    assert (source.code_digest(script) != before) is changes


def test_the_digest_changes_with_the_lock_file(package, tmp_path):
    _, script = package
    lock = tmp_path / "lock"
    lock.write_text("a==1")
    before = source.code_digest(script, lock)
    lock.write_text("a==2")
    assert source.code_digest(script, lock) != before
