"""The mark that a stopped run leaves beside older results, so that nobody takes them for its own."""

from datetime import datetime
from pathlib import Path

from scandia.io.plain import write_text

MARK = "STOPPED.txt"


def mark_stopped(folder, reason):
    """A sentence of what the report beside the mark is; writes the mark, whole or not at all.

    Parameters
    ----------
    folder : path-like
        Results of the deposit.
    reason : str
        Why the run stopped.
    """
    folder = Path(folder)
    report = folder / "report.html"
    if report.is_file():
        made = datetime.fromtimestamp(report.stat().st_mtime).astimezone()
        words = f"{report.as_posix()} is of the run of {made:%Y-%m-%d %H:%M:%S}, not of this one."
    else:
        words = f"There is no {report.as_posix()}."
    write_text(f"{reason}\nOlder results may stand beside this file. {words}\n", folder / MARK)
    return words


def clear_stopped(folder, *, whole):
    """None; removes the mark where the run was of all targets, or made the report anew; a run of a part leaves it."""
    mark, report = Path(folder, MARK), Path(folder, "report.html")
    if mark.is_file() and (whole or (report.is_file() and report.stat().st_mtime_ns >= mark.stat().st_mtime_ns)):
        mark.unlink()
