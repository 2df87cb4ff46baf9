"""Small plain files: YAML, JSON and text, each written whole or not at all."""

import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import yaml


@contextmanager
def whole_file(path):
    """A temporary path beside `path` that replaces it when the block ends well and vanishes when it does not."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part{path.suffix}")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def whole_folder(path):
    """A new temporary folder beside `path` that replaces it when the block ends well and vanishes when it does not."""
    path = Path(path)
    temporary = path.with_name(f".{path.name}.part")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    try:
        yield temporary
        if path.exists():
            shutil.rmtree(path)
        temporary.replace(path)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


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
