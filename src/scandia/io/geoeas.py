"""Geo-EAS files, the tables of GSLIB: a title, the number of columns, their names line by line, then rows parted by blanks."""

from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from scandia.errors import InputError

_MOST = 100_000  # columns; a binary file may name any number


@contextmanager
def geoeas_records(path, table):
    """Names of the columns, None where the file is empty, and an iterator over line number and cells.

    Parameters
    ----------
    path : path-like
    table : drillholes.sources.Table

    Raises
    ------
    InputError
        The second line holds no number of columns, or names are missing.
    """
    with Path(path).open(encoding=table.encoding) as stream:
        lines = ((number, _checked(line, number)) for number, line in enumerate(stream, start=1))
        if next(lines, None) is None:
            yield None, iter(())
            return
        header = [line.strip() for _, line in islice(lines, _count(next(lines, (2, ""))[1]))]
        rows = ((number, line.split()) for number, line in lines)
        yield header, islice(rows, table.skip_rows, None)


def _checked(line, number):
    if "\0" in line:
        message = f"line {number} holds binary data"
        raise InputError(message)
    return line


def _count(line):
    word = (line.split() or [""])[0]  # kt3d writes the size of its grid behind it
    if not word.isdecimal() or not 0 < int(word) <= _MOST:
        message = "its second line is not the number of columns, as in Geo-EAS files"
        raise InputError(message)
    return int(word)
