"""The files of an audit: the manifest, hashes as they are now, a clean folder for a rerun, and both runs' files side by side."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from scandia.audit.compare import DIFFERENT, SAME, Difference, compare_datasets, compare_tables, compare_texts, compare_values
from scandia.errors import InputError
from scandia.io.files import read
from scandia.io.hashes import describe_files, file_hash
from scandia.io.plain import copy_file, write_yaml

MANIFEST = "manifest.json"
UNREADABLE = (OSError, ValueError, RuntimeError, KeyError, TypeError, InputError)


def read_manifest(results, roots=None):
    """The manifest of a folder of results, a dict.

    Parameters
    ----------
    results : path-like
    roots : sequence of path-like
        The folders that the config declares: a manifest that names an input elsewhere is refused before anything is opened.
        None where no input is going to be opened.

    Raises
    ------
    InputError
        There is none, it is no manifest of this version, or it names a file outside the results and the roots.
    """
    path = Path(results, MANIFEST)
    if not path.is_file():
        message = f"there is no {path.as_posix()}, so there is nothing to audit. Hint: run snakemake first, to its end"
        raise InputError(message)
    try:
        recorded = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        message = f"{path.as_posix()} cannot be read as JSON: {error}. It was changed after the run, or cut off"
        raise InputError(message) from None
    lacking = {"deposit", "rules", "inputs", "outputs", "bytes", "fingerprint"} - set(recorded)
    if lacking:
        message = f"{path.as_posix()} lacks {', '.join(sorted(lacking))}; it is of an older scandia. Hint: run snakemake again"
        raise InputError(message)
    for entry in recorded["outputs"]:
        _require_inside(entry["path"], [results], below=results)
    for entry in recorded["inputs"] if roots is not None else ():
        _require_inside(entry["path"], [*roots, results])
    return recorded


def find_files(results, recorded):
    """Path to the hashes of every recorded file that is there, a dict: ``bytes``, and ``content`` where the bytes changed."""
    found = {}
    for entry, folder in [*((e, "") for e in recorded["inputs"]), *((e, results) for e in recorded["outputs"])]:
        path, name = Path(folder, entry["path"]), entry["path"]
        if path.is_file():
            own = file_hash(path)
            changed = own != recorded["bytes"].get(name, entry.get("sha256"))
            found[name] = {"bytes": own} | ({"content": _content(path)} if changed else {})
    return found


def unlisted_files(results, recorded):
    """Sorted paths below the results that no manifest names: not of this run, or put there; logs and audits left out."""
    listed = {entry["path"] for entry in recorded["outputs"]} | {MANIFEST, "ro-crate-metadata.json"}
    files = {path.relative_to(results).as_posix() for path in Path(results).rglob("*") if path.is_file()}
    apart = ("logs/", "benchmarks/", "audit/", "compare/")
    return sorted(path for path in files - listed if not path.startswith(apart) and not Path(path).name.startswith("."))


def clean_folder(recorded, config, folder):
    """Folder, below a new and empty ``folder``, in which a run finds copies of the raw files under the paths it was given.

    Paths that lead upwards, such as ``../data``, are kept inside: the run stands as many folders deep. Absolute paths are read
    where they are. A raw file that is gone is not there either, and the run says so. ``config``, a dict, is the resolved config.
    """
    folder = Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    inputs = [Path(entry["path"]) for entry in recorded["inputs"] if not Path(entry["path"]).is_absolute()]
    deep = max((path.parts.count("..") for path in inputs), default=0)
    home = folder.joinpath(*["run"] * (deep + 1))
    home.mkdir(parents=True)
    for path in filter(Path.is_file, inputs):
        copy_file(path, Path(os.path.normpath(home / path)))
    write_yaml(config, home / "config.yaml")
    return home


def rerun(command, home):
    """What stopped a command, its last lines; empty where it ended well. Its output goes to the log of the job.

    Parameters
    ----------
    command : list of str
        No shell reads it.
    home : path-like
        Folder in which it runs.
    """
    done = subprocess.run(command, cwd=home, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    print(done.stdout)  # noqa: T201  the log of the job
    return "\n".join(done.stdout.splitlines()[-30:]) if done.returncode else ""


def compare_runs(results, other, recorded):
    """Path of each recorded output to its `Difference` in another folder of results, a dict."""
    return {
        entry["path"]: compare_files(Path(results, entry["path"]), Path(other, entry["path"])) for entry in recorded["outputs"]
    }


def compare_files(before, after):
    """`Difference` of two files by what they hold."""
    for path, words in ((before, "recorded"), (after, "rerun")):
        if not path.is_file():
            return Difference(DIFFERENT, "the file", *(("missing", "") if words == "recorded" else ("", "missing")), float("inf"))
    if file_hash(before) == file_hash(after):
        return SAME
    try:
        return _compare(before, after)
    except UNREADABLE as error:
        return Difference(DIFFERENT, "the file cannot be read", f"{type(error).__name__}: {error}"[:200], "", float("inf"))


def _require_inside(path, roots, below=""):
    """Nothing; an InputError where a path of the manifest, links followed, lies in none of the folders."""
    place = Path(below, path).resolve()
    if "\0" in path or not any(place.is_relative_to(Path(root).resolve()) for root in roots):
        folders = ", ".join(str(root) for root in roots)
        message = f"manifest.json names {path!r}, which lies outside {folders}; it was changed, or is of another config"
        raise InputError(message)


def _compare(before, after):
    suffix = before.suffix
    if suffix in (".csv", ".parquet"):
        return _or_text(compare_tables(read(before), read(after)), before, after, suffix)
    if suffix == ".nc":
        return compare_datasets(read(before), read(after))
    if suffix == ".yaml":
        return _or_text(compare_values(read(before), read(after)), before, after, suffix)
    if suffix == ".json":
        return compare_values(*(json.loads(path.read_text(encoding="utf-8")) for path in (before, after)))
    if suffix == ".txt":
        return compare_texts(*(path.read_text(encoding="utf-8") for path in (before, after)))
    return Difference(DIFFERENT, "the bytes", f"{before.stat().st_size} bytes", f"{after.stat().st_size} bytes", float("inf"))


def _or_text(difference, before, after, suffix):
    """The difference, or that of the texts where equal values are written otherwise, comments included."""
    if difference != SAME or suffix == ".parquet":
        return difference
    return compare_texts(before.read_text(encoding="utf-8"), after.read_text(encoding="utf-8"))


def _content(path):
    """Hash of what a table or model holds; nothing where it has none or cannot be read any more."""
    try:
        return describe_files([path])[0].get("content_sha256")
    except UNREADABLE:
        return None
