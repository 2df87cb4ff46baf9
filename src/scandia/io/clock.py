"""A clock that was set back: times of files in the future, by which changes would be seen wrongly or not at all."""

import os
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from scandia.errors import InputError

SLACK = 2.0  # seconds that the clocks of a machine and of its file server may be apart
APART = ("logs", "benchmarks", "audit", "compare")  # below the results, what is no input of a rule


def date_back(results, now=None):
    """Words on results whose times were set back, or empty; none of them is in the future any more.

    All move by the same time, the oldest first: which one is newer than which stays, also where this is cut short, and against
    files that are not results they only become older, so that no change is hidden.

    Parameters
    ----------
    results : path-like
        Folder of the deposit's results; logs and audits in it keep their times.
    now : float, optional
        Seconds since 1970; by default the machine's clock.
    """
    now = time.time() if now is None else now
    files = sorted(_times(Path(results)))
    if not files or files[-1][0] <= now + SLACK:
        return ""
    back = files[-1][0] - now
    with suppress(PermissionError):  # whoever may not set them may not run either, and is told so then
        for when, path in files:
            os.utime(path, (when - back, when - back), follow_symlinks=False)
    return (
        f"Files in {results} have times up to {_told(files[-1][0])}, and it is {_told(now)}: the clock was set back. "
        f"All results count as older by {timedelta(seconds=round(back))} now, so that every change is seen."
    )


def require_past(paths, now=None):
    """None, where no file was changed in the future.

    Raises
    ------
    InputError
        Names the first file with its time, and what to do: whatever is made of it would always be older, and be made for ever.
    """
    now = time.time() if now is None else now
    for path in sorted(map(Path, paths)):
        when = path.stat().st_mtime
        if when > now + SLACK:
            message = (
                f"{path.as_posix()} has the time {_told(when)}, and it is {_told(now)}: the clock was set back, or the file "
                "comes from a machine whose clock is ahead. Whatever is made of it would be older than it. Hint: set the clock "
                f"right, or give the file the present time (touch {path.as_posix()!r})"
            )
            raise InputError(message)


def _told(when):
    return f"{datetime.fromtimestamp(when).astimezone():%Y-%m-%d %H:%M:%S}"


def _times(folder):
    """Time of change and path of every file that a rule has made or read."""
    for place, folders, files in os.walk(folder):
        if place == str(folder):
            folders[:] = [name for name in folders if name not in APART]
        for name in files:
            with suppress(FileNotFoundError):
                yield Path(place, name).lstat().st_mtime, Path(place, name)
