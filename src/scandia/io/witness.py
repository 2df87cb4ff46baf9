"""Raw files as a job read them: their hashes when it began and ended to read, told in its log, and held against the files later.

Nobody locks the tables that a run reads. Where one is changed while the run is at work, some steps have read the old content and
others the new one; what they made does not fit together, and fits no file.
"""

import json
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path

from scandia.errors import InputError
from scandia.io.hashes import file_hash, text_hash

READ = "read: "  # begins a line of a log, before a path and a hash in JSON
HINT = "Hint: let nobody save the file during a run, and run snakemake again; it reads the file anew"
_NOTED = ContextVar("noted", default=None)


@contextmanager
def noted():
    """A dict that takes the hash of each raw file that the block is about to read, by its path."""
    token = _NOTED.set({})
    try:
        yield _NOTED.get()
    finally:
        _NOTED.reset(token)


def note(path):
    """The path; where a job is at work, it notes the hash of a raw file, before it is read for the first time."""
    found, name = _NOTED.get(), Path(path).as_posix()
    if found is not None and name not in found and Path(path).is_file():
        found[name] = file_hash(path)
    return path


def content_digest(paths):
    """SHA-256, hexadecimal, of what raw files hold, in their order; their names and times do not matter."""
    return text_hash(" ".join(_hash_or_word(path) for path in paths if Path(path).is_file()))


def require_unchanged(found):
    """Lines for the log of a job that is done, on the files it read.

    Raises
    ------
    InputError
        Names the file that is not what it was when the job began to read it.
    """
    for name, before in found.items():
        if not Path(name).is_file() or file_hash(name) != before:
            message = f"{name} was changed while it was read. {HINT}"
            raise InputError(message)
    return [f"{READ}{json.dumps([name, before])}\n" for name, before in sorted(found.items())]


def require_as_read(inputs, results, rules):
    """None, where every raw file has the content that each rule of a run read.

    Parameters
    ----------
    inputs : list of dict
        The files' ``path`` and hashes, as `scandia.io.hashes.describe_files` describes them now.
    results : path-like
        Folder with ``logs``.
    rules : dict of str to dict
        Rules that made something of this run, with their ``outputs``; logs of others, and of chunks that are no more, are older.

    Raises
    ------
    InputError
        Names the file, and the rules that read another content, with the time at which they ended.
    """
    now = {entry["path"]: entry.get("bytes_sha256", entry.get("sha256")) for entry in inputs}
    logs = Path(results, "logs")
    for log in sorted(logs.rglob("*.log")):
        rule, *job = log.relative_to(logs).with_suffix("").parts
        if rule not in rules or (job and all(Path(path).stem != job[-1] for path in rules[rule]["outputs"])):
            continue
        for name, before in _told(log):
            if name in now and now[name] != before:
                ended = datetime.fromtimestamp(log.stat().st_mtime).astimezone()
                message = (
                    f"{name} was changed during the run: {' '.join([rule, *job])} read it with another content, and ended at "
                    f"{ended:%Y-%m-%d %H:%M:%S}. What was made of it does not fit the file. {HINT}"
                )
                raise InputError(message)


def _hash_or_word(path):
    """Hash of a file, or that it cannot be read, which the job that is to read it will say in full."""
    try:
        return file_hash(path)
    except OSError:
        return "unreadable"


def _told(log):
    """Paths and hashes of the files that a job read, by its log."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [json.loads(line.removeprefix(READ)) for line in lines if line.startswith(READ)]
