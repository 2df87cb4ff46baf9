"""What a user sees when the machine, the clock or another person comes between: plain words, and nothing half-written."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from scandia.io.hashes import file_hash

pytestmark = [pytest.mark.endtoend, pytest.mark.exhaustive]

CHECKED = "results/tiny/tables/accepted.txt"
EARLY = ["results/tiny/domains/intervals.parquet", "results/tiny/qaqc/verdict.csv"]
DAY = 86_400


@pytest.fixture
def finished(tiny, make_workspace):
    """A copy of a finished run, to be spoilt."""
    workspace = make_workspace()
    shutil.copytree(tiny.folder, workspace.folder, symlinks=True, dirs_exist_ok=True)
    return workspace


@pytest.fixture
def disk(make_workspace):
    """A function that makes a workspace whose results lie on a small disk, and one that makes the disk larger or read-only."""
    workspace = make_workspace()
    folder = workspace.results("tiny")
    folder.mkdir(parents=True)

    def mount(*options):
        command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
        if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode:
            pytest.skip("this user may not mount a disk")

    yield workspace, mount
    subprocess.run(["umount", "-l", str(folder)], stderr=subprocess.DEVNULL, check=False)


def stopped(workspace, *arguments):
    """What a run that had to stop said."""
    done = workspace.snakemake("tiny", *arguments, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout, done.stdout[-4000:]
    return done.stdout


def hashes(workspace):
    root = workspace.results("tiny")
    found = {path.relative_to(root).as_posix(): file_hash(path) for path in root.rglob("*") if path.is_file()}
    apart = ("logs/", "benchmarks/", "STOPPED.txt", "filler")
    return {name: held for name, held in found.items() if not name.startswith(apart)}


def running(workspace, *arguments):
    """A run in a group of its own, and the file of its words."""
    log = workspace.folder / "run.txt"
    with log.open("w") as stream:
        command = workspace.command(*arguments, *workspace.given("tiny"))
        run = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT, cwd=workspace.folder, start_new_session=True)
    return run, log


def wait_for(condition, seconds=300):
    start = time.monotonic()
    while not condition():
        assert time.monotonic() < start + seconds
        time.sleep(0.02)


def test_a_disk_that_fills_up_is_named_and_the_run_goes_on_where_it_stopped(tiny, disk):
    workspace, mount = disk
    mount("size=3m")
    run, log = running(workspace, *EARLY)
    wait_for(lambda: "Finished jobid" in log.read_text())
    filler = workspace.results("tiny", "filler")
    with pytest.raises(OSError, match="No space left"), filler.open("wb", buffering=0) as stream:
        while stream.write(bytes(4096)):
            pass
    assert run.wait(300) != 0
    told = log.read_text()
    assert "the disk is full (0.0 MB are free in " in told and "Hint: free some room there" in told and "The run stopped" in told
    whole = hashes(tiny)
    assert all(whole.get(name) == held for name, held in hashes(workspace).items())
    filler.unlink()
    workspace.snakemake("tiny", *EARLY)
    found = hashes(workspace)
    assert set(EARLY) <= {f"results/tiny/{name}" for name in found}
    assert all(whole.get(name) == held for name, held in found.items())


def test_results_that_can_only_be_read_are_named_before_the_first_job(disk):
    workspace, mount = disk
    mount("ro")
    told = stopped(workspace, CHECKED)
    assert "results/tiny cannot be opened or written: its file system can only be read" in told
    assert "Finished jobid" not in told


def test_a_raw_file_without_permission_is_named(tiny, make_workspace):
    workspace = make_workspace()
    path = workspace.deposit("tiny", "assay.csv")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("permissions do not bind this user")
    told = stopped(workspace, CHECKED)
    assert "config/deposits/tiny/assay.csv cannot be opened or written: permission is missing" in told


def jobs_of(run):
    """Processes of scripts in the group of a run, but the run's own."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words, group = (place / "cmdline").read_bytes(), os.getpgid(int(place.name))
        except (OSError, ValueError):
            continue
        if group == run.pid and b".snakemake/scripts/tmp" in words and int(place.name) != run.pid:
            found.append(int(place.name))
    return found


def test_a_second_run_in_the_folder_ends_in_plain_words_and_harms_nothing(tiny, make_workspace):
    workspace = make_workspace()
    first, log = running(workspace, *EARLY)
    try:
        wait_for(lambda: "Finished jobid" in log.read_text())
        os.killpg(first.pid, signal.SIGSTOP)  # it is at work as long as this takes
        told = stopped(workspace, *EARLY).strip().splitlines()
        assert "Directory cannot be locked" in "\n".join(told)
        assert told[-1].startswith("Another run writes results/tiny (process ") and "do not unlock" in told[-1]
        workspace.snakemake("tiny", "--dry-run")
        shutil.rmtree(workspace.folder / ".snakemake" / "locks")  # as any run that ends in this folder does
        assert "Another run writes results/tiny (process " in stopped(workspace, *EARLY)
        assert "Another run writes results/tiny (process " in stopped(workspace, "clean")
    finally:
        os.killpg(first.pid, signal.SIGCONT)
    assert first.wait(300) == 0, log.read_text()[-3000:]
    for target in EARLY:
        assert file_hash(workspace.folder / target) == file_hash(tiny.folder / target)


def test_a_job_that_is_killed_is_named_with_the_likely_reason(make_workspace):
    workspace = make_workspace()
    run, log = running(workspace, CHECKED)
    wait_for(lambda: list(workspace.results("tiny", "logs").glob(".validate_tables.log.*.part")))
    for job in jobs_of(run):
        os.kill(job, signal.SIGKILL)
    assert run.wait(300) != 0
    told = log.read_text()
    assert "Killed from outside, before it could say why: validate_tables. Most often the memory had run out" in told
    assert "Killed from outside" in workspace.results("tiny", "STOPPED.txt").read_text()
    workspace.snakemake("tiny", CHECKED)


def test_jobs_that_outlive_their_run_keep_the_folder(make_workspace):
    workspace = make_workspace()
    run, _ = running(workspace, CHECKED)
    wait_for(lambda: jobs_of(run))
    jobs = jobs_of(run)
    for job in jobs:
        os.kill(job, signal.SIGSTOP)
    run.kill()
    run.wait()
    try:
        assert "its jobs are still at work. Hint: wait for their end, or end them (kill" in stopped(workspace, CHECKED)
    finally:
        os.killpg(run.pid, signal.SIGKILL)
    assert "its lock is taken away" in workspace.snakemake("tiny", CHECKED).stdout


def test_a_table_that_changed_with_an_old_time_is_seen(finished):
    for name, rule in (("assay.csv", "validate_tables"), ("topography.csv", "build_blocks")):
        path = finished.deposit("tiny", name)
        held = path.stat()
        path.write_text(path.read_text(encoding="utf-8").replace("# ", "#  ", 1), encoding="utf-8")
        os.utime(path, (held.st_mtime - DAY, held.st_mtime - DAY))
        assert rule in finished.planned("tiny")


def test_a_table_that_is_changed_during_the_run_is_found_by_the_manifest(finished):
    path = finished.deposit("tiny", "topography.csv")
    held = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("# ", "#  ", 1), encoding="utf-8")
    os.utime(path, (held.st_mtime - DAY, held.st_mtime - DAY))
    # Without the trigger of the content the run believes what the file's time says, as one that began before the change.
    told = stopped(finished, "--rerun-triggers", "mtime", "--forcerun", "write_manifest")
    assert "config/deposits/tiny/topography.csv was changed during the run: " in told
    assert "read it with another content" in told and "run snakemake again" in told
    assert {"build_blocks", "write_manifest"} <= finished.planned("tiny")


def test_a_clock_that_was_set_back_hides_no_change_and_repeats_nothing(finished):
    ahead = time.time() + DAY
    for path in finished.results("tiny").rglob("*"):
        if path.is_file():
            os.utime(path, (ahead, ahead))
    done = finished.snakemake("tiny", "--dry-run").stdout
    assert "the clock was set back. All results count as older by " in done
    assert finished.planned("tiny") == set()  # equal contents
    path = finished.deposit("tiny", "collar.csv")
    path.write_text(path.read_text(encoding="utf-8").replace("# ", "#  ", 1), encoding="utf-8")
    assert "validate_tables" in finished.planned("tiny")
    os.utime(path, (ahead, ahead))
    told = stopped(finished, CHECKED)
    assert "config/deposits/tiny/collar.csv has the time" in told and "touch" in told and "Finished jobid" not in told
    path.touch()
    finished.snakemake("tiny", CHECKED)
    assert "Nothing to be done" in finished.snakemake("tiny", CHECKED).stdout


def test_clean_takes_the_results_away_and_nothing_else(finished):
    results, note = finished.results("tiny"), finished.results("tiny", "note.txt")
    for path in (finished.results("tg", "statement.csv"), finished.results("README.md"), note):
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    files = [path for path in results.parent.rglob("*") if path.is_file()]
    others = [note, *(path for path in files if not path.is_relative_to(results))]
    raw = {path: file_hash(path) for path in finished.folder.joinpath("config").rglob("*") if path.is_file()}
    for other in ("all", "results/tiny/config.yaml"):
        assert "ask for `clean` alone" in stopped(finished, "clean", other)
    assert finished.results("tiny", "report.html").exists()
    words = finished.snakemake("tiny", "clean").stdout
    assert "Removed from results/tiny: " in words
    assert "Kept, because no rule writes them: results/tiny/note.txt" in words
    left = [path for path in results.parent.rglob("*") if path.is_file()]
    assert sorted(left) == sorted(others)
    assert raw == {path: file_hash(path) for path in raw}
    assert finished.planned("tiny") >= {"validate_tables", "write_manifest"}
