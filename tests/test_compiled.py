"""The cache of compiled code: shared by jobs at once, and no folder needs to be writable."""

import os
import subprocess
import sys
from pathlib import Path

import numba
import pytest

from scandia import compiled


@pytest.fixture
def homeless(monkeypatch):
    """Numba finds no folder that it may write to, until one is named."""

    def cache(function, real=compiled.KeyedCache):
        if not numba.config.CACHE_DIR:
            message = "cannot cache function 'f': no locator available for file 'f.py'"
            raise RuntimeError(message)
        return real(function)

    monkeypatch.setattr(compiled, "KeyedCache", cache)
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    monkeypatch.delenv(compiled.SHARED, raising=False)


def twice(number):
    """A function to compile."""
    return 2 * number


def test_a_cache_that_cannot_lie_beside_the_source_nor_at_home_lies_among_the_temporary_files(tmp_path, monkeypatch, homeless):
    monkeypatch.setattr(compiled.tempfile, "gettempdir", lambda: str(tmp_path))
    assert compiled.cached(nogil=True)(twice)(4) == 8
    folder = Path(numba.config.CACHE_DIR)
    assert folder.parent == tmp_path and folder.stat().st_mode & 0o077 == 0
    assert len(list(folder.rglob("*.nbc"))) == 1 and not list(folder.rglob("*.nbi"))


def test_it_lies_in_the_folder_that_all_jobs_of_a_run_share_if_nobody_else_can_write_there(tmp_path, monkeypatch, homeless):
    shared = tmp_path / "run" / "compiled"
    monkeypatch.setenv(compiled.SHARED, str(shared))
    assert compiled.fallback_folder() == shared
    shared.chmod(0o777)
    assert compiled.fallback_folder() != shared
    monkeypatch.setenv(compiled.SHARED, "/dev/null/compiled")
    assert compiled.fallback_folder() == compiled.private_folder()


def test_other_faults_of_the_compiler_are_not_hidden(monkeypatch):
    def fail(_function):
        message = "out of memory"
        raise RuntimeError(message)

    monkeypatch.setattr(compiled, "KeyedCache", fail)
    with pytest.raises(RuntimeError, match="out of memory"):
        compiled.cached()(twice)


def test_two_processors_that_compile_at_once_never_get_each_other_s_code(tmp_path, monkeypatch):
    ours, theirs = (compiled.KeyedFiles(str(tmp_path), "f-1.py311", "source") for _ in range(2))
    keys = [("int64", ("x86_64", name, "+fma"), ("code", "cells")) for name in ("skylake", "znver3")]
    with monkeypatch.context() as both:  # each looks into the cache before the other has written
        both.setattr(compiled.IndexDataCacheFile, "_load_index", lambda _self: {})
        ours.save(keys[0], "skylake's")
        theirs.save(keys[1], "znver3's")
    assert [theirs.load(key) for key in keys] == ["skylake's", "znver3's"]
    assert compiled.KeyedFiles(str(tmp_path), "f-1.py311", "another source").load(keys[0]) is None
    for file in tmp_path.glob("*.nbc"):
        file.write_bytes(file.read_bytes()[:9])
    assert ours.load(keys[0]) is None


def test_a_cache_without_room_costs_a_job_nothing_but_time(tmp_path, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(compiled.KeyedFiles, "_save_data", full)
    assert compiled.cached()(twice)(4) == 8
    assert not list(tmp_path.rglob("*.nbc"))


def test_a_folder_that_is_a_link_of_somebody_s_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(compiled.tempfile, "tempdir", str(tmp_path))
    first = compiled.private_folder()
    first.rmdir()
    (tmp_path / "elsewhere").mkdir()
    first.symlink_to(tmp_path / "elsewhere")
    assert compiled.private_folder() not in (first, tmp_path / "elsewhere")


def test_jobs_that_compile_at_once_share_one_cache_also_on_processors_of_two_kinds(tmp_path):
    call = "s(ones((2, 3)), ones((4, 3)), ones(4))"
    code = f"from numpy import ones; from scandia.synthetic._modes import sum_modes as s; print({call})"
    environments = [os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)} | own for own in ({}, {}, {"NUMBA_CPU_NAME": "generic"})]
    jobs = [subprocess.Popen([sys.executable, "-c", code], env=own, stdout=subprocess.PIPE, text=True) for own in environments]
    said = {job.communicate()[0] for job in jobs}
    assert all(job.returncode == 0 for job in jobs)
    assert len(said) == 1
    assert len(list(tmp_path.rglob("*.nbc"))) == 2 and not list(tmp_path.rglob("*.tmp.*"))


def test_the_stamp_changes_with_the_source(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled.inspect, "getsource", lambda module: module)
    assert compiled.source_stamp("a", "b") == compiled.source_stamp("a", "b")
    assert compiled.source_stamp("a", "b") != compiled.source_stamp("a", "c")
