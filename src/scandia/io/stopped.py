"""The mark that a stopped run leaves beside older results, so that nobody takes them for its own."""

from datetime import datetime
from pathlib import Path

from scandia.errors import MachineError
from scandia.io.plain import write_text

MARK = "STOPPED.txt"
SIGN = ".*.log.*.part"  # of `scandia.io.job`


def mark_stopped(folder, reason):
    """A sentence of what the report beside the mark is; writes the mark, whole or not at all.

    Parameters
    ----------
    folder : path-like
        Results of the deposit.
    reason : str
        Why the run stopped. Where the disk takes no file, the words say that too.
    """
    folder = Path(folder)
    report = folder / "report.html"
    if report.is_file():
        made = datetime.fromtimestamp(report.stat().st_mtime).astimezone()
        words = f"{report.as_posix()} is of the run of {made:%Y-%m-%d %H:%M:%S}, not of this one."
    else:
        words = f"There is no {report.as_posix()}."
    try:
        write_text(f"{reason}\nOlder results may stand beside this file. {words}\n", folder / MARK)
    except MachineError as error:
        return f"{words}\n{error}"
    return words


def killed_jobs(logs, run):
    """Words on the jobs of a run that were killed, empty where none was: they could not say a word, but their signs are left.

    Parameters
    ----------
    logs : path-like
        Folder of the logs, beside which jobs that are at work have a sign. Those of the run's killed jobs are taken away.
    run : str
        Name of the run.
    """
    killed = []
    for sign in sorted(Path(logs).rglob(SIGN)):
        if sign.read_text(encoding="utf-8") == run:
            killed.append(sign.relative_to(logs).with_name(sign.name[1:].rpartition(".log.")[0]).as_posix())
            sign.unlink()
    if not killed:
        return ""
    return (
        f"Killed from outside, before it could say why: {', '.join(killed)}. Most often the memory had run out. Hint: run "
        "fewer steps at once (--cores), ask for more memory (--default-resources mem_mb=...), or make the model smaller."
    )


def clear_stopped(folder, *, whole):
    """None; removes the mark where the run was of all targets, or made the report anew; a run of a part leaves it."""
    mark, report = Path(folder, MARK), Path(folder, "report.html")
    if mark.is_file() and (whole or (report.is_file() and report.stat().st_mtime_ns >= mark.stat().st_mtime_ns)):
        mark.unlink()
