"""The digest of the code that a rule runs: its script, every scandia module that the script reaches, and the lock file."""

import hashlib
import re
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
IMPORT = re.compile(r"^\s*(?:from (scandia[\w.]*) import ([\w, ()\n*]+?)$|import (scandia[\w.]*))", re.MULTILINE)
MULTILINE_IMPORT = re.compile(r"^\s*from (scandia[\w.]*) import \(([^)]*)\)", re.MULTILINE)


def code_digest(script, *extra):
    """Hex digest of a script, of all scandia sources it imports directly or not, and of `extra` files.

    Imports are found as text, so this is cheap enough for every parse of the Snakefile, and a change in any source that a
    rule can reach changes the rule's parameters.

    Parameters
    ----------
    script : path
        The rule's script.
    *extra : path
        Further files that decide the result, such as the lock file.
    """
    digest = hashlib.sha256()
    for path in [Path(script), *reached_modules(Path(script)), *sorted(map(Path, extra))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def file_digest(path):
    """SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def reached_modules(script):
    """Sorted paths of the scandia sources (and the templates beside them) that a script reaches."""
    reached, waiting = set(), [Path(script)]
    while waiting:
        for module in imported_files(waiting.pop()):
            if module not in reached:
                reached.add(module)
                waiting.append(module)
    templates = {file for path in reached for file in _templates(path.parent)}
    return sorted(reached | templates)


@cache
def imported_files(path):
    """Paths of the scandia files that one source file imports by name."""
    text = path.read_text(encoding="utf-8")
    found = set()
    for module, names in MULTILINE_IMPORT.findall(text) + [match[:2] for match in IMPORT.findall(text)]:
        if module:
            found |= {_file(module), *(_file(f"{module}.{name}") for name in re.findall(r"\w+", names))}
    found |= {_file(match[2]) for match in IMPORT.findall(text) if match[2]}
    return frozenset(file for file in found if file is not None)


def _file(module):
    base = PACKAGE.joinpath(*module.split(".")[1:])
    for candidate in (base.with_suffix(".py"), base / "__init__.py"):
        if candidate.is_file():
            return candidate
    return None


@cache
def _templates(folder):
    inside = folder / "templates"
    return tuple(sorted(file for file in inside.rglob("*") if file.is_file())) if inside.is_dir() else ()
