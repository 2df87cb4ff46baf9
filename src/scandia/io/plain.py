"""Small plain files: YAML, JSON and text, each written whole or not at all."""

import json
import os
import re
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path

import yaml

from scandia.io.machine import in_words

PART = re.compile(r"\..+\.part(\.[^.]+)?")  # names of what is not whole yet


@contextmanager
def whole_file(path):
    """A temporary path beside `path` that replaces it when the block ends well and vanishes when it does not.

    What a killed job left of the same file is removed. The bytes are on the disk before the file gets its name, so that neither
    a power cut nor a disk that notices late that it is full leaves a file that is not whole.

    Raises
    ------
    MachineError
        The disk is full, can only be read, or the like.
    """
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part{path.suffix}")
    try:
        with in_words(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            sweep(path)
            yield temporary
            _settle(temporary)
            temporary.replace(path)
    finally:
        with suppress(OSError):  # on a disk that can only be read it says so again
            temporary.unlink()


@contextmanager
def whole_folder(path):
    """A new temporary folder beside `path` that replaces it when the block ends well and vanishes when it does not.

    As `whole_file` in all else.
    """
    path = Path(path)
    temporary, old = (path.with_name(f".{path.name}.{os.getpid()}.{word}part") for word in ("", "old."))
    try:
        with in_words(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            sweep(path)
            temporary.mkdir()
            yield temporary
            for file in temporary.rglob("*"):
                if file.is_file():
                    _settle(file)
            if path.exists():
                path.replace(old)  # a folder that is being removed is not whole under its name
            temporary.replace(path)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def sweep(path):
    """None; removes what killed jobs left of a file or folder that is written now: one job at a time writes it."""
    path = Path(path)
    own = re.compile(rf"\.{re.escape(path.name)}\.[0-9]+\.(old\.)?part({re.escape(path.suffix)})?")
    for orphan in [entry for entry in os.scandir(path.parent) if own.fullmatch(entry.name)]:
        if orphan.is_dir(follow_symlinks=False):
            shutil.rmtree(orphan.path)
        else:
            Path(orphan.path).unlink()


def _settle(path):
    """None; waits until the bytes of a file are on the disk, where a full one or a used-up quota is noticed at last."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def write_text(text, path):
    """Nothing; writes UTF-8 text with line feeds."""
    with whole_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def write_yaml(value, path, *, comment=None):
    """Nothing; writes plain lists, mappings, texts and numbers in the given order, below a comment."""
    head = f"# {comment}\n" if comment else ""
    write_text(head + yaml_text(value), path)


def yaml_text(value):
    """YAML of plain lists, mappings, texts and numbers in the given order."""
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=110)


def read_yaml(path):
    """The plain value of a YAML file."""
    return yaml.safe_load(Path(path).read_text(encoding="utf-8"))


def write_json(value, path):
    """Nothing; writes indented JSON."""
    write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", path)


def copy_file(source, path):
    """Nothing; copies the bytes of a file, whole or not at all."""
    with whole_file(path) as temporary:
        temporary.write_bytes(Path(source).read_bytes())
