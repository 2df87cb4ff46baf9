"""Runs in one folder: which of them are at work, and the lock of one that was killed taken away where nothing of it is left."""

import atexit
import json
import os
import socket
import sys
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from scandia.errors import ScandiaError
from scandia.io.job import RUN
from scandia.io.plain import write_json

RECORDS = Path(".snakemake", "runs")
LOCKS = Path(".snakemake", "locks")  # Snakemake's own
AT_WORK, JOBS, GONE, UNKNOWN = "at work", "jobs at work", "gone", "unknown"


class SecondRunError(ScandiaError):
    """Another run writes the same results."""


@dataclass(frozen=True)
class Run:
    """Who runs, told so that it can be seen later whether the process is still there."""

    name: str
    results: str  # folder of the deposit's results
    process: int
    begun: str  # the kernel's time of the process's start: numbers of processes are given again
    machine: str  # name of the machine, its last start and the space of its processes; empty where the system does not say
    since: str
    user: int = -1  # his number: processes of others cannot be seen whole
    writes: bool = False  # it has begun to write results
    remote: bool = False  # its jobs run on other machines

    @property
    def words(self):
        """Which run it is, for a person."""
        return f"process {self.process} on {self.machine.split()[0] if self.machine else 'some machine'}, since {self.since}"


def enter(results, records=RECORDS):
    """The `Run` of this process. Its record stands until the process ends; the jobs inherit its name."""
    now = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}"
    run = Run(uuid.uuid4().hex, str(results), os.getpid(), _begun(os.getpid()), _machine(), now, _user())
    os.environ[RUN] = run.name
    write_json(asdict(run), records / f"{run.name}.json")
    atexit.register(leave, run, records)
    return run


def begin(run, *, remote, clears=False, records=RECORDS):
    """None; the run says that it writes results, and ends where another one does, or what is left of one.

    Snakemake's own lock is not enough: any run that ends in the folder, of whatever results, takes away the locks of all. So a
    run of which nothing is known stops this one too, until a person says that it is gone (`snakemake --unlock`, see `forget`).

    Parameters
    ----------
    run : Run
        Of this process.
    remote : bool
        Whether its jobs run on other machines.
    clears : bool
        Whether it takes results away.
    records : path

    Raises
    ------
    SecondRunError
        Names the other run.
    """
    write_json(asdict(replace(run, writes=True, remote=remote)), records / f"{run.name}.json")
    for other in others(run, records):
        state, jobs = find(other)
        if (other.writes or clears) and state != GONE:
            raise SecondRunError(describe(other, state, jobs))
        if state == GONE:
            leave(other, records)
    for part in records.glob(".*.part.json"):
        if not _begun(part.name.split(".")[-3]):
            part.unlink(missing_ok=True)  # it was killed as it wrote its record


def forget(run, records=RECORDS):
    """None; records of runs of the same results of which nothing is known go: who unlocks a folder says that they are gone."""
    for other in others(run, records):
        if find(other)[0] == UNKNOWN:
            leave(other, records)


def leave(run, records=RECORDS):
    """None; the record of a run goes."""
    (records / f"{run.name}.json").unlink(missing_ok=True)


def is_alone(run, records=RECORDS):
    """Whether no other run, of whatever results, may be at work in this folder."""
    return all(find(other)[0] == GONE for other in _recorded(run, records))


def others(run, records=RECORDS):
    """Recorded runs of the same results but this one, a list."""
    return [other for other in _recorded(run, records) if other.results == run.results]


def _recorded(run, records):
    found = []
    for path in sorted(records.glob("[!.]*.json")):  # hidden ones are not whole
        try:
            found.append(Run(**json.loads(path.read_text(encoding="utf-8"))))
        except FileNotFoundError:
            continue  # it ends just now
        except (OSError, ValueError, TypeError):  # of another user or another version
            since = f"a time that its record {path.as_posix()} does not tell"
            found.append(Run(path.stem, run.results, 0, "", "", since, writes=True))
    return [other for other in found if other.name != run.name]


def free(run, records=RECORDS, locks=LOCKS):
    """Words on a lock that was taken away, or empty. It is where the run that held it was killed, and no process of it is left.

    Whatever is not certain stays: then the last line of the run says, beside Snakemake's words, what is known of the other.
    The record of this run stands before it looks for others, so that of two that start at once none takes the other's lock away.
    """
    words = ""
    found = [(other, *find(other)) for other in others(run, records)]
    if all(state == GONE for _, state, _ in found):
        for other, _, _ in found:
            leave(other, records)
        for lock in _of(run.results, locks) if found else ():
            lock.unlink(missing_ok=True)
            last = found[-1][0].words
            words = f"The last run in this folder was killed ({last}), and nothing of it is at work: its lock is taken away."
    if _of(run.results, locks):
        atexit.register(_tell, run, found, locks)
    return words


def _tell(run, found, locks):
    """None; prints what is known of the holders of a lock that is still there as the process ends."""
    if _of(run.results, locks):
        for other, state, jobs in found or [(None, UNKNOWN, [])]:
            print(describe(other, state, jobs), file=sys.stderr)  # noqa: T201  the last words of a process


def find(run):
    """What is left of a run, one of `AT_WORK`, `JOBS`, `GONE` and `UNKNOWN`, and the processes of its jobs."""
    if not run.machine or run.machine != _machine():
        return UNKNOWN, []
    if _begun(run.process) == run.begun:
        return AT_WORK, []
    if run.user != _user():
        return UNKNOWN, []  # his jobs do not show whose they are, and may not show at all
    jobs = _named(run.name)
    return (JOBS if jobs else UNKNOWN if run.remote else GONE), jobs


def describe(run, state, jobs):
    """A sentence on another run, with what to do."""
    if run is None:
        return "It is not known which run left the lock. Hint: if no other is at work in this folder, snakemake --unlock."
    if state == AT_WORK:
        return (
            f"Another run writes {run.results} ({run.words}). Nothing was changed by this one. Hint: wait for its end, or end it "
            "with Ctrl-C where it was started; do not unlock the folder."
        )
    if state == JOBS:
        numbers = " ".join(map(str, jobs))
        end = "scancel, or what your scheduler has for it" if run.remote else f"kill {numbers}"
        return (
            f"The last run of {run.results} was killed ({run.words}), but its jobs are still at work. Hint: wait for their end, "
            f"or end them ({end}), and run snakemake again."
        )
    kept = "its jobs may be at work on other machines" if run.remote else "whether it is at work cannot be seen from here"
    return f"A run of {run.results} did not tell its end ({run.words}); {kept}. Hint: if not, snakemake --unlock, and again."


def _of(results, locks):
    """Files of Snakemake's lock that name files below the results."""
    inside = f"{results}/"
    found = []
    for lock in sorted(locks.glob("*.lock")):
        with suppress(OSError):
            found += [lock] if any(line.startswith(inside) for line in lock.read_text(encoding="utf-8").splitlines()) else []
    return found


def _machine():
    """Name of the machine, its last start, and its space of processes; empty where the system does not tell them."""
    try:
        start = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{socket.gethostname()} {start} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _user():
    return os.getuid() if hasattr(os, "getuid") else -1


def _begun(process):
    """The kernel's time of a process's start, empty where there is none, or a dead one that nobody has waited for."""
    try:
        facts = Path("/proc", str(process), "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if facts[0] in "ZX" else facts[19]


def _named(name):
    """Numbers of the processes of this user that were started by a run."""
    sign, found = f"{RUN}={name}".encode(), []
    for place in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # of another user, or it has ended
            if sign in place.read_bytes().split(b"\0") and _begun(place.parent.name):
                found.append(int(place.parent.name))
    return sorted(found)
