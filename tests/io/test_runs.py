"""Who is at work in a folder: a lock goes with the run that is gone, and with no other."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, replace

import pytest

from scandia.io.runs import (
    AT_WORK,
    GONE,
    JOBS,
    UNKNOWN,
    SecondRunError,
    begin,
    describe,
    enter,
    find,
    forget,
    free,
    is_alone,
    leave,
    others,
)

OWN = "results/tiny"
RUNS = """
import subprocess, sys, time
from pathlib import Path
from scandia.io.runs import begin, enter
run = enter(sys.argv[2], Path(sys.argv[1]))
begin(run, remote=False, records=Path(sys.argv[1]))
job = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(job.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def records(tmp_path, monkeypatch):
    monkeypatch.setenv("SCANDIA_RUN", "")  # `enter` changes it
    monkeypatch.setattr("atexit.register", lambda *given: None)  # what is told at the end of a process: tests/workflow
    return tmp_path / "runs"


@pytest.fixture
def locks(tmp_path):
    """Snakemake's lock of this deposit, and of another in the same folder."""
    folder = tmp_path / "locks"
    folder.mkdir()
    for number, deposit in enumerate(("tiny", "tg", "tiny_too")):
        (folder / f"{number}.input.lock").write_text(f"config/collar.csv\nresults/{deposit}/config.yaml\n")
        (folder / f"{number}.output.lock").write_text(f"results/{deposit}/config.yaml\n")
    return folder


@pytest.fixture
def started(records):
    """A function that starts another run with a job; all of them end with the test."""
    running = []

    def start(results=OWN):
        run = subprocess.Popen(
            [sys.executable, "-c", RUNS, str(records), results], stdout=subprocess.PIPE, start_new_session=True
        )
        running.append(run)
        return run, int(run.stdout.readline())

    yield start
    for run in running:
        os.killpg(run.pid, signal.SIGKILL) if run.poll() is None or _lives(run.pid) else None
        run.wait()
        run.stdout.close()


def _lives(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_lock_of_a_run_that_was_killed_with_its_jobs_goes_and_no_other(records, locks, started):
    other, _ = started()
    os.killpg(other.pid, signal.SIGKILL)
    other.wait()
    own = enter(OWN, records)
    assert [find(one)[0] for one in others(own, records)] == [GONE]
    assert f"process {other.pid} on" in free(own, records, locks)
    assert names(locks) == ["1.input.lock", "1.output.lock", "2.input.lock", "2.output.lock"]
    assert names(records) == [f"{own.name}.json"] and is_alone(own, records)
    leave(own, records)
    assert names(records) == []


def test_the_lock_of_a_run_at_work_stays_and_nobody_writes_beside_it(records, locks, started):
    other, _ = started()
    own = enter(OWN, records)
    assert [find(one)[0] for one in others(own, records)] == [AT_WORK]
    assert free(own, records, locks) == "" and len(names(locks)) == 6 and not is_alone(own, records)
    with pytest.raises(SecondRunError, match=rf"Another run writes results/tiny \(process {other.pid} on .*do not unlock"):
        begin(own, remote=False, records=records)


def test_the_lock_stays_while_jobs_of_a_killed_run_are_at_work(records, locks, started):
    other, job = started()
    other.kill()
    other.wait()
    own = enter(OWN, records)
    assert [find(one) for one in others(own, records)] == [(JOBS, [job])]
    assert free(own, records, locks) == "" and len(names(locks)) == 6
    with pytest.raises(SecondRunError, match=rf"its jobs are still at work.*kill {job}"):
        begin(own, remote=False, records=records)


def test_runs_of_other_results_are_let_alone(records, locks, started):
    started("results/tg")
    own = enter(OWN, records)
    assert others(own, records) == [] and not is_alone(own, records)
    begin(own, remote=False, records=records)


def test_a_run_of_another_machine_or_with_remote_jobs_is_not_judged(records, locks):
    own = replace(enter(OWN, records), writes=True)
    for other in (
        replace(own, name="a", machine="elsewhere 1 pid:[1]"),
        replace(own, name="b", machine=""),
        replace(own, name="c", begun="0", remote=True),
    ):
        (records / f"{other.name}.json").write_text(json.dumps(asdict(other)))
        assert find(other)[0] == UNKNOWN
        assert free(own, records, locks) == "" and len(names(locks)) == 6
        assert "snakemake --unlock" in describe(other, *find(other))
        if other.writes:
            with pytest.raises(SecondRunError, match="snakemake --unlock"):
                begin(own, remote=False, records=records)
        forget(own, records)
        begin(own, remote=False, records=records)
        assert names(records) == [f"{own.name}.json"]


def test_without_any_record_the_lock_is_not_touched(records, locks):
    assert free(enter(OWN, records), records, locks) == "" and len(names(locks)) == 6


def test_a_number_of_a_process_that_was_given_again_is_another_process(records):
    own = enter(OWN, records)
    assert find(own)[0] == AT_WORK
    assert find(replace(own, name="x", begun="1"))[0] == GONE


def test_a_record_that_was_cut_off_is_swept(records):
    own = enter(OWN, records)
    (records / ".x.json.999999999.part.json").write_text("{")
    begin(own, remote=False, records=records)
    assert names(records) == [f"{own.name}.json"]


def test_a_record_that_cannot_be_read_is_a_run_of_which_nothing_is_known(records, locks):
    own = enter(OWN, records)
    (records / "y.json").write_text("")
    assert [find(other)[0] for other in others(own, records)] == [UNKNOWN]
    assert free(own, records, locks) == "" and len(names(locks)) == 6


def test_a_run_of_another_user_is_never_gone(records):
    own = enter(OWN, records)
    assert find(replace(own, name="x", begun="1", user=own.user + 1))[0] == UNKNOWN


@pytest.mark.parametrize("change", [{"machine": "node07 1 pid:[1]"}, {"writes": False}])
def test_nothing_is_cleared_beside_a_run_that_may_be_at_work(records, change):
    own = enter(OWN, records)
    other = replace(own, name="x", **change)
    (records / "x.json").write_text(json.dumps(asdict(other)))
    with pytest.raises(SecondRunError, match=r"did not tell its end|Another run writes"):
        begin(own, remote=False, clears=True, records=records)
    begin(own, remote=False, records=records)
