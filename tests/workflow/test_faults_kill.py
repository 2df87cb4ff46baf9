"""A run that is killed at any moment: what stands under its name is whole, and the next run ends as if nothing had been."""

import json
import os
import signal
import subprocess
import time

import numpy as np
import pytest

from scandia.io.hashes import STAMP
from scandia.io.netcdf import content_hash, read_dataset
from scandia.io.plain import PART

pytestmark = pytest.mark.endtoend

KILLS = 20  # of one chain; there are five
STEPS = 5  # the most steps that a run does before it is killed
AFTER = 2.0  # seconds, the most between its last step, or its start, and the kill
PATIENCE = 600  # seconds after which a run that does not come on is a failure
CHUNK = "kriging/chunks/0.nc"  # vanishes when it is merged
TIMED = ("manifest.json", "ro-crate-metadata.json")  # they hold times


def results_of(workspace):
    """Content of every file of the results by its path; of those with times their fingerprint, or nothing."""
    root, found = workspace.results("tiny"), {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and path.name != STAMP and not name.startswith(("logs/", "benchmarks/")):
            found[name] = path.read_bytes()
    for name in set(TIMED) & set(found):
        found[name] = json.loads(found[name]).get("fingerprint")
    return found


def parts_of(workspace):
    """What is not whole, and what Snakemake left of jobs and locks."""
    left = [path for path in workspace.results("tiny").rglob("*") if PART.fullmatch(path.name)]
    for name in ("scripts", "locks", "runs"):
        left += [path for path in (workspace.folder / ".snakemake" / name).glob("**/*") if path.is_file()]
    return left


def require_whole(workspace, reference, merged):
    """Whatever stands under its own name is as the whole run made it; a folder has all its files; a chunk is all of the model."""
    chunk = workspace.results("tiny", *CHUNK.split("/"))
    assert not chunk.exists() or content_hash(read_dataset(chunk)) == merged
    found = {name: held for name, held in results_of(workspace).items() if not any(map(PART.fullmatch, name.split("/")))}
    wrong = [name for name in found if name in reference and found[name] != reference[name]]
    strange = [name for name in found if name not in reference and name not in ("STOPPED.txt", CHUNK)]
    albums = {name.rpartition("/")[0] for name in reference if name.startswith(("figures/", "exports/"))}
    lacking = [
        name
        for album in albums
        if workspace.results("tiny", album).is_dir()
        for name in reference
        if name.startswith(f"{album}/") and name not in found
    ]
    assert (wrong, strange, lacking) == ([], [], [])


def killed_after(workspace, steps, seconds, log):
    """Whether a run was killed with all its jobs, so many seconds after so many steps; False where it ended before."""
    with log.open("w") as stream:
        command = workspace.command(*workspace.given("tiny"))
        run = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT, cwd=workspace.folder, start_new_session=True)
    start = time.monotonic()
    while run.poll() is None and log.read_text().count("Finished jobid") < steps:
        assert time.monotonic() < start + PATIENCE
        time.sleep(0.02)
    try:
        run.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        return True
    assert run.returncode == 0, log.read_text()[-4000:]
    return False


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(5))
def test_a_run_that_is_killed_again_and_again_ends_as_one_that_was_not(untouched, make_workspace, seed):
    reference, workspace, random = results_of(untouched), make_workspace(), np.random.default_rng(seed)
    merged = content_hash(read_dataset(untouched.results("tiny", "kriging", "parts.nc")))
    killed, lost, log = 0, 0, workspace.folder / "run.txt"
    while killed < KILLS:
        steps, seconds = int(random.integers(0, STEPS)), float(random.uniform(0.0, AFTER))
        if not killed_after(workspace, steps, seconds, log):
            workspace.snakemake("tiny", "clean")  # it was whole before its time had come: from the beginning again
            assert not workspace.results("tiny").exists()
            continue
        killed += 1
        told = log.read_text()
        assert "cannot be locked" not in told
        lost += "its lock is taken away" in told
        require_whole(workspace, reference, merged)
        made = len(results_of(workspace))
        told = f"seed {seed}, kill {killed}: {seconds:.2f} s after {steps} steps, {made} files stand"
        print(told)  # noqa: T201  pytest shows it where the test fails
    last = workspace.snakemake("tiny").stdout
    assert "cannot be locked" not in last
    assert results_of(workspace) == reference
    assert parts_of(workspace) == []
    assert lost > 0  # the locks of killed runs were met, and taken away
    assert "Nothing to be done" in workspace.snakemake("tiny", "--dry-run").stdout
