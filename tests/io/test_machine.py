"""Errors of the machine come out in plain words, and nothing half-written stays under its name."""

import errno
import os
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from matplotlib.figure import Figure

from scandia.errors import MachineError
from scandia.io.exports.vtk_files import _save
from scandia.io.files import write
from scandia.io.machine import explain, in_words, require_writable
from scandia.io.plain import PART, whole_file, whole_folder

LIMIT = 60_000  # bytes that a file may have, fewer than any of the files here
RANDOM = np.random.default_rng(0).random((3000, 8))


def picture():
    figure = Figure(figsize=(5, 5))
    figure.subplots().imshow(RANDOM[:400] @ RANDOM[:400].T)
    return figure


def mesh(folder):
    import pyvista

    image = pyvista.ImageData(dimensions=(21, 21, 21))
    image.cell_data["a"] = RANDOM.ravel()[:8000]
    with whole_folder(folder) as temporary:
        _save(image, temporary / "a.vti")


def database(path):
    import sqlite3

    with whole_file(path) as temporary:
        connection = sqlite3.connect(temporary)
        try:
            connection.execute("create table a (b)")
            connection.executemany("insert into a values (?)", [("x" * 100,)] * 2000)
            connection.commit()
        finally:
            connection.close()


def store(folder):
    with whole_folder(folder) as temporary:
        model().to_zarr(temporary / "a.zarr", mode="w", zarr_format=2)


def model():
    return xr.Dataset({"a": (("y", "x"), RANDOM)})


WRITERS = {
    "a.csv": lambda path: write(pd.DataFrame(RANDOM), path),
    "a.parquet": lambda path: write(pd.DataFrame(RANDOM).rename(columns=str), path),
    "a.nc": lambda path: write(model(), path),
    "a.png": lambda path: write(picture(), path),
    "a.xlsx": lambda path: write({"a": pd.DataFrame(RANDOM[:800])}, path),
    "a.yaml": lambda path: write({"a": ["x" * 100] * 1000}, path),
    "a.json": lambda path: write({"a": ["x" * 100] * 1000}, path),
    "a.txt": lambda path: write("x" * 100_000, path),
    "a.gpkg": database,
    "vtk": mesh,
    "zarr": store,
}


@pytest.fixture
def limited():
    """No file may be larger than `LIMIT` for the length of a test, whoever runs it; the rest of the disk is as it was."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def small_disk(tmp_path):
    """A function that mounts a disk of some kB in memory and gives its folder."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(*options):
        command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
        if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode:
            pytest.skip("this user may not mount a disk")
        return folder

    yield mount
    subprocess.run(["umount", "-l", str(folder)], stderr=subprocess.DEVNULL, check=False)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # an archive that cannot be closed either
@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_cannot_grow_is_named_in_plain_words_and_the_old_one_stays(tmp_path, limited, name):
    path = tmp_path / name
    path.mkdir() if path.suffix == "" else path.write_text("old")
    with pytest.raises(MachineError) as told:
        WRITERS[name](path)
    assert path.as_posix() in str(told.value) and "larger than this machine lets it be" in str(told.value)
    assert "Hint" in str(told.value) and ".part" not in str(told.value)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]
    assert list(path.iterdir()) == [] if path.is_dir() else path.read_text() == "old"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_is_named_so_whatever_the_library_says(small_disk, name):
    folder = small_disk("size=60k")
    with pytest.raises(MachineError, match=rf"{name} .*the disk is full \(.* MB are free in .*Hint: free some room"):
        WRITERS[name](folder / name)
    assert list(folder.iterdir()) == []


def test_a_disk_that_can_only_be_read_is_named_so(small_disk):
    folder = small_disk("size=60k", "ro")
    for writes in (
        lambda: write("a", folder / "a.txt"),
        lambda: write("a", folder / "b" / "a.txt"),
        lambda: require_writable(folder),
    ):
        with pytest.raises(MachineError, match="its file system can only be read"):
            writes()


def test_a_missing_permission_names_whose_folder_it_is():
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    root = os.geteuid() == 0
    try:
        os.seteuid(65534 if root else os.geteuid())  # permissions do not bind root
        with pytest.raises(MachineError, match=rf"{folder}/a.txt .*permission is missing \({folder} is dr-xr-xr-x of the user"):
            write("a", folder / "a.txt")
    finally:
        os.seteuid(0 if root else os.geteuid())
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "your quota of disk space is used up"),
        (errno.EROFS, "its file system can only be read"),
        (errno.EACCES, "permission is missing"),
        (errno.EIO, "a fault of input or output"),
    ],
)
def test_every_error_of_the_machine_has_its_sentence(tmp_path, number, words):
    with pytest.raises(MachineError, match=words) as told, whole_file(tmp_path / "a.txt") as temporary:
        raise OSError(number, os.strerror(number), str(temporary))
    assert f"{tmp_path}/a.txt" in str(told.value) and "run snakemake again" in str(told.value)


def test_memory_that_ran_out_says_how_much_was_asked_for():
    with pytest.raises(MemoryError) as raised:
        np.empty(1 << 50)
    assert "PiB" in explain(raised.value) and "mem_mb" in explain(raised.value)


def test_faults_of_the_program_stay_what_they_are(tmp_path):
    assert explain(ZeroDivisionError()) is None
    assert explain(FileNotFoundError(errno.ENOENT, "x")) is None
    with pytest.raises(ZeroDivisionError), in_words(tmp_path / "a.txt"):
        1 / 0  # noqa: B018


def test_what_a_killed_job_left_is_swept_by_the_next_that_writes_the_same_and_by_no_other(tmp_path):
    for name in (".a.csv.123.part.csv", ".b.csv.123.part.csv", ".a.csv.b.csv.1.part.csv"):
        (tmp_path / name).write_text("half")
    for name in (".c.77.part", ".c.77.old.part"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "half").write_text("half")
    write(pd.DataFrame({"a": [1]}), tmp_path / "a.csv")
    with whole_folder(tmp_path / "c") as folder:
        (folder / "whole").write_text("whole")
    left = {".b.csv.123.part.csv", ".a.csv.b.csv.1.part.csv"}
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "c", *left}
    assert all(PART.fullmatch(name) for name in left)


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path):
    for word in ("old", "new"):
        with whole_folder(tmp_path / "c") as folder:
            (folder / word).write_text(word)
    with pytest.raises(KeyboardInterrupt), whole_folder(tmp_path / "c") as folder:
        (folder / "half").write_text("half")
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["c"]
    assert [path.name for path in (tmp_path / "c").iterdir()] == ["new"]
