"""Errors of the machine in plain words: which file, what happened, what to do."""

import errno
import os
import shutil
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path

from scandia.errors import MachineError, ScandiaError

AGAIN = "then run snakemake again: it goes on where it stopped, and nothing half-written was kept"
PROBE = 1 << 20  # bytes that are tried where a library does not say why it could not write
_FULL = "Hint: free some room there, or move the folder of the results to another disk; " + AGAIN
_WORDS = {
    errno.ENOSPC: ("the disk is full", _FULL),
    errno.EDQUOT: ("your quota of disk space is used up", _FULL),
    errno.EFBIG: ("the file would be larger than this machine lets it be (ulimit -f)", "Hint: raise that limit; " + AGAIN),
    errno.EROFS: ("its file system can only be read", "Hint: run in a folder that can be written; " + AGAIN),
    errno.EACCES: ("permission is missing", "Hint: give your user the permission, or ask its owner; " + AGAIN),
    errno.EPERM: ("it is not permitted", "Hint: look for write protection of the file and its folder; " + AGAIN),
    errno.EIO: ("the disk reports a fault of input or output", "Hint: look at the disk or the network that it is on; " + AGAIN),
    errno.ESTALE: ("the network's file system lost it", "Hint: look at the network that it is on; " + AGAIN),
    errno.EMFILE: ("too many files are open (ulimit -n)", "Hint: raise that limit; " + AGAIN),
    errno.ENFILE: ("too many files are open on this machine", "Hint: end other programs; " + AGAIN),
}
_MEMORY = (
    "The memory ran out{told}. Hint: run fewer steps at once (--cores), ask for more memory (--default-resources mem_mb=...), "
    "or make the model smaller; " + AGAIN + "."
)


def explain(error, path=None):
    """One sentence on an error of the machine, or None where it is of another kind.

    Parameters
    ----------
    error : BaseException
    path : path-like, optional
        The file that was being written or read; by default the one that the error names.
    """
    if isinstance(error, MemoryError):
        return _MEMORY.format(told=f" ({error})" if str(error) else "")
    if not isinstance(error, OSError) or error.errno not in _WORDS:
        return None
    what, hint = _WORDS[error.errno]
    path = path or error.filename or "a file"
    return f"{Path(path).as_posix()} cannot be opened or written: {what}{_told(error.errno, path)}. {hint}."


@contextmanager
def in_words(path):
    """A block that writes `path`: an error of the machine in it becomes a `MachineError` that names the file.

    Libraries such as HDF5 and SQLite do not say why they could not write. Whatever they raise, it is tried whether the folder
    takes any bytes at all, while what they left still fills it.

    Raises
    ------
    MachineError
        Names the file, what happened and what to do.
    """
    try:
        yield
    except ScandiaError:
        raise
    except Exception as error:
        words = explain(error, path) or explain(trouble(Path(path).parent), path)
        if words is None:
            raise
        raise MachineError(words) from error


def require_writable(folder):
    """None, where the folder is there, or can be made, and takes a file.

    Raises
    ------
    MachineError
        Says why it does not.
    """
    with in_words(folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
        found = trouble(folder)
        if found is not None:
            raise found


def trouble(folder):
    """The OSError that a new file of `PROBE` bytes in a folder meets, or None."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:  # it has no name, and so cannot stay behind
            probe.write(bytes(PROBE))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return error
    return None


def _told(number, path):
    """What the machine knows more: room left on the disk, or whose file it is; empty where it cannot tell."""
    place = Path(path)
    while not os.path.lexists(place) and place != place.parent:  # a folder that may not be entered hides what is in it
        place = place.parent
    try:
        if number == errno.ENOSPC:
            return f" ({shutil.disk_usage(place).free / 1e6:,.1f} MB are free in {place.as_posix()})"
        if number == errno.EACCES:
            held = place.stat()
            return f" ({place.as_posix()} is {stat.filemode(held.st_mode)} of the user {_owner(held.st_uid)})"
    except OSError:
        return ""
    return ""


def _owner(number):
    try:
        import pwd

        return pwd.getpwuid(number).pw_name
    except (ImportError, KeyError):
        return str(number)
