"""The cache of compiled code: shared by jobs at once, and no folder needs to be writable."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from scandia import compiled


def test_a_cache_that_cannot_lie_beside_the_source_nor_at_home_lies_among_the_temporary_files(tmp_path, monkeypatch):
    calls = []

    def njit(**options):
        def refuse_once(function):
            calls.append(options)
            if len(calls) == 1:
                message = "cannot cache function 'f': no locator available for file 'f.py'"
                raise RuntimeError(message)
            return function

        return refuse_once

    monkeypatch.setattr(compiled, "numba", SimpleNamespace(njit=njit, config=SimpleNamespace(CACHE_DIR="")))
    monkeypatch.setattr(compiled.tempfile, "gettempdir", lambda: str(tmp_path))
    assert compiled.cached(nogil=True)(len) is len
    folder = compiled.numba.config.CACHE_DIR
    assert folder.startswith(str(tmp_path))
    assert calls == [{"cache": True, "nogil": True}] * 2
    assert Path(folder).stat().st_mode & 0o077 == 0


def test_other_faults_of_the_compiler_are_not_hidden(monkeypatch):
    def njit(**_options):
        message = "out of memory"
        raise RuntimeError(message)

    monkeypatch.setattr(compiled, "numba", SimpleNamespace(njit=njit))
    with pytest.raises(RuntimeError, match="out of memory"):
        compiled.cached()(len)


def test_a_folder_that_is_a_link_of_somebody_s_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(compiled.tempfile, "tempdir", str(tmp_path))
    first = compiled.private_folder()
    first.rmdir()
    (tmp_path / "elsewhere").mkdir()
    first.symlink_to(tmp_path / "elsewhere")
    assert compiled.private_folder() not in (first, tmp_path / "elsewhere")


def test_jobs_that_compile_at_once_share_one_cache(tmp_path):
    call = "s(ones((2, 3)), ones((4, 3)), ones(4))"
    code = f"from numpy import ones; from scandia.synthetic._modes import sum_modes as s; print({call})"
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}
    jobs = [subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = {job.communicate()[0] for job in jobs}
    assert all(job.returncode == 0 for job in jobs)
    assert len(said) == 1
    assert list(tmp_path.rglob("*.nbi"))


def test_the_stamp_changes_with_the_source(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled.inspect, "getsource", lambda module: module)
    assert compiled.source_stamp("a", "b") == compiled.source_stamp("a", "b")
    assert compiled.source_stamp("a", "b") != compiled.source_stamp("a", "c")
