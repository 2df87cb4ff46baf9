"""Names from the config that become columns, variables and files: what they may be, and which are taken."""

import itertools
import re

from scandia.settings import FILE_NAME_WORDS, is_file_name
from scandia.vocabulary import GRADE_SUFFIXES, NSR, RESERVED, RESERVED_PREFIXES

_COLUMN = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_OF_NSR = {f"{NSR}{suffix}" for suffix in GRADE_SUFFIXES}


def name_faults(analytes, domains):
    """Faults, in words, of the names of analytes and domains.

    An analyte is a column of tables and a variable of the block model: a letter, then letters, digits and ``_``; a domain is
    part of file names. Neither may take a name that scandia uses, nor one that differs from another in capitals only: SQLite
    (GeoPackage) and some file systems do not tell them apart.

    Parameters
    ----------
    analytes, domains : iterable of str
    """
    yield from _twins("analytes", analytes)
    yield from _twins("model.domains.domains", domains)
    derived = {f"{name}{suffix}".casefold(): (name, suffix) for name in analytes for suffix in GRADE_SUFFIXES}
    for name in analytes:
        if _COLUMN.fullmatch(name) is None:
            yield (
                f"analytes.{_shown(name)}: {name!r} cannot name a column; only letters, digits and '_' are allowed, the first a "
                "letter. `label` holds the name for pictures."
            )
        elif name.casefold() in RESERVED | _OF_NSR:
            yield f"analytes.{name}: {name!r} is the name of a column of scandia's own; take another, such as '{name}_grade'."
        elif name.casefold().startswith(RESERVED_PREFIXES):
            starts = ", ".join(RESERVED_PREFIXES)
            yield f"analytes.{name}: {name!r} begins as scandia's own columns do ({starts}); try 'grade_{name}'."
        elif name.casefold() in derived:
            owner, suffix = derived[name.casefold()]
            yield f"analytes.{name}: {owner!r} has a column of this name, {owner}{suffix}; take another, such as '{name}_grade'."
    for name in domains:
        if not is_file_name(name):
            yield (
                f"model.domains.domains.{_shown(name)}: {name!r} cannot name a domain; it is part of columns and files, so "
                f"{FILE_NAME_WORDS}. `label` holds the name for pictures."
            )
        elif name.casefold() in ("none", "outside", "all"):
            yield f"model.domains.domains.{name}: {name!r} means something else in tables; take another name."
    yield from _shared_files(analytes, domains)


def _twins(key, names):
    """Names that differ in capitals only."""
    seen = {}
    for name in names:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            yield f"{key}.{_shown(name)}: {name!r} and {other!r} differ in capitals only; some programs take them for one name."


def _shared_files(analytes, domains):
    """Pairs of domain and analyte whose pictures would have one name, ``<domain>_<analyte>``."""
    seen = {}
    for domain, analyte in itertools.product(domains, analytes):
        other = seen.setdefault(f"{domain}_{analyte}".casefold(), (domain, analyte))
        if other[0].casefold() != domain.casefold():
            yield (
                f"model.domains.domains.{_shown(domain)}: files of {analyte!r} in {domain!r} would have the name of those of "
                f"{other[1]!r} in {other[0]!r}; take another name for the domain."
            )


def _shown(name):
    """A name on one line, as part of a key."""
    return repr(name)[1:-1]
