"""The results of a deposit taken away again, and what killed runs left; nothing else, wherever links may lead."""

import os
import re
from contextlib import suppress
from pathlib import Path

from scandia.errors import InputError
from scandia.io.hashes import STAMP
from scandia.io.plain import PART
from scandia.io.stopped import MARK

FOLDERS = ("logs", "benchmarks", "audit/rerun", "compare")  # of the results, written by a run beside the outputs of its rules
PAGES = r"audit/(verify|verdict)\.(html|txt)"


def clear_results(results, patterns, folders):
    """Words on what was removed: what rules write, their logs, temporary files. What no rule writes stays, and is named.

    Links are removed where a rule's file should stand, and never followed; every file is removed by its name in the folder that
    is open, so that nothing outside is reached even if a folder is replaced by a link meanwhile.

    Parameters
    ----------
    results : str
        ``results/<deposit>``, or where another workflow has them; below the folder of the run.
    patterns, folders : sequence of str
        Regular expressions of the files, and of the folders with all in them, that rules write, from the run's folder on.

    Raises
    ------
    InputError
        The folder, or one above it, is a link, or it is not two folders or more below that of the run.
    """
    _require_own(results)
    below = re.escape(results)
    files = [re.compile(text) for text in (*patterns, rf"{below}/{PAGES}", rf"{below}/{re.escape(MARK)}")]
    wholes = [re.compile(text) for text in (*folders, *(f"{below}/{name}" for name in FOLDERS))]
    removed, parts, kept = 0, 0, []
    if not Path(results).is_dir():
        return f"There is no folder {results}."
    for place, inner, names, descriptor in os.fwalk(results, topdown=False, follow_symlinks=False):
        for name in inner:
            with suppress(OSError):  # it is not empty, or a link: that is told below
                os.rmdir(name, dir_fd=descriptor)
        links = [name for name in inner if Path(place, name).is_symlink()]
        for name in (*names, *links):
            path = Path(place, name).as_posix()
            if _is_part(path, results):
                parts += 1
            elif name == STAMP or _is_own(path, files, wholes):
                removed += 1
            else:
                kept.append(path)
                continue
            os.unlink(name, dir_fd=descriptor)
    with suppress(OSError):  # what was kept stands in it, or it is not there
        Path(results).rmdir()
    return _told(results, removed, parts, sorted(kept))


def sweep_scripts(names, folder=Path(".snakemake", "scripts")):
    """None; removes the copies of the named scripts that Snakemake made for jobs, where no run is at work in this folder."""
    own = re.compile(rf"tmp\w+\.({'|'.join(map(re.escape, names))})")
    for path in folder.glob("tmp*"):
        if own.fullmatch(path.name):
            path.unlink(missing_ok=True)


def sweep_chunks(results):
    """None; removes chunks of the estimate of a run that was killed after it had merged them, before they vanished."""
    for folder in Path(results).glob("**/kriging/chunks"):
        merged = folder.with_name("parts.nc")
        for chunk in folder.glob("*.nc") if merged.is_file() else ():
            if chunk.stat().st_mtime_ns <= merged.stat().st_mtime_ns:
                chunk.unlink(missing_ok=True)


def _require_own(results):
    path = Path(results)
    place = path.resolve()
    if path.is_absolute() or len(path.parts) < 2 or ".." in path.parts or place != Path.cwd().resolve() / path:
        message = f"{results} is a link, or lies elsewhere ({place}); `clean` follows no link. Hint: remove by hand what is there"
        raise InputError(message)


def _is_part(path, results):
    return any(PART.fullmatch(part) for part in Path(path).relative_to(results).parts)


def _is_own(path, files, wholes):
    above = [path, *(parent.as_posix() for parent in Path(path).parents)]
    return any(pattern.fullmatch(path) for pattern in files) or any(own.fullmatch(name) for own in wholes for name in above)


def _told(results, removed, parts, kept):
    words = f"Removed from {results}: {removed} files of runs and {parts} temporary ones."
    if not kept:
        return words
    return f"{words}\nKept, because no rule writes them: {', '.join(kept[:20])}{' and more' if len(kept) > 20 else ''}"
