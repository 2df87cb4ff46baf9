"""The digest of the code that a rule runs: its script, every scandia module that the script reaches, and the lock file."""

import hashlib
import re
from functools import cache
from pathlib import Path

IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(scandia(?:\.\w+)*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)|import[ \t]+(scandia(?:\.\w+)*))", re.MULTILINE
)
PACKAGE = Path(__file__).resolve().parents[1]


def code_digest(script, *extra):
    """Hex digest of a script, of all scandia sources it imports directly or not, and of `extra` files.

    Imports are read from the sources, nothing is imported, so this is cheap enough for every parse of the Snakefile, and a
    change in any source that a rule can reach changes the rule's parameters.

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
    """Sorted paths of the scandia sources, and of the templates and catalogues beside them, that a script reaches."""
    reached, waiting = set(), [Path(script)]
    while waiting:
        for module in imported_files(waiting.pop()):
            if module not in reached:
                reached.add(module)
                waiting.append(module)
    beside = {file for folder in {path.parent for path in reached} - {PACKAGE} for file in _data_files(folder)}
    return sorted(reached | beside)


@cache
def imported_files(path):
    """Paths of the scandia files that one source file imports by name, anywhere in it.

    Found by a pattern, not in the syntax tree: every start of Snakemake reads all sources, and parsing them took it a third
    longer. A test holds the pattern to the tree. A line of a text that looks like an import counts as one, which does no harm.
    """
    found = set()
    for module, names, plain in IMPORT.findall(path.read_text(encoding="utf-8")):
        named = (f"{module}.{name.split()[0]}" for name in names.strip("() \n").split(",") if name.strip())
        found |= {plain} if plain else {module, *named}
    return frozenset(file for file in map(_file, found) if file is not None)


def _file(module):
    base = PACKAGE.joinpath(*module.split(".")[1:])
    for candidate in (base.with_suffix(".py"), base / "__init__.py"):
        if candidate.is_file():
            return candidate
    return None


@cache
def _data_files(folder):
    """Files below a folder of reached modules that are no Python: templates and catalogues."""
    files = (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return tuple(sorted(file for file in files if file.suffix != ".py"))
