"""The ground of a deposit, from its file or through its collars."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from scandia.drillholes.findings import describe, find
from scandia.drillholes.numbers import parse_numbers
from scandia.drillholes.sources import Table
from scandia.errors import InputError
from scandia.geometry.surface import surface_from_points, surface_from_table
from scandia.io.cells import COMMENT, assemble
from scandia.io.delimited import delimited_records
from scandia.io.folders import inside
from scandia.vocabulary import EASTING, ELEVATION, NORTHING, ROW, WORLD


def read_ground(root, topography, collar=None):
    """`Surface` of the config's topography, or None where it has none.

    Parameters
    ----------
    root : path-like
        The deposit's folder.
    topography : Topography or None
    collar : DataFrame, optional
        Collars, where the surface goes through them.

    Raises
    ------
    InputError
        The file is not there, leads out of the folder, or holds no regular grid.
    """
    if topography is None:
        return None
    if topography.source == "collars":
        points = (collar[name].to_numpy() for name in (EASTING, NORTHING, ELEVATION))
        return surface_from_points(*points, spacing=topography.spacing, margin=topography.margin)
    path = inside(root, topography.file)
    if not path.is_file():
        message = f"{topography.file} is not in {root}; give the ground's file, or leave model.topography out"
        raise InputError(message)
    if path.suffix.lower() != ".csv":
        from scandia.io.meshes import read_surface  # it needs this module, and a library of its own

        return read_surface(root, topography.file, element=topography.element)
    frame = read_numbers(path, topography.file, topography.comment, lambda given: WORLD)
    return surface_from_table(frame)


def read_numbers(path, file, comment, wanted):
    """DataFrame of columns of numbers of a CSV, in their order, named in lower case.

    Parameters
    ----------
    path : path
    file : str
        Its name in messages.
    comment : str or None
        Lines that start with this text are skipped; None skips none.
    wanted : callable
        Names of the columns of a set of those that are there.

    Raises
    ------
    InputError
        The file is no table, or lacks a column, or a line has too many cells or too few, or a cell holds no number.
    """
    table = Table(file=file, columns={}, comment=comment)
    try:
        with delimited_records(path, table) as (header, records):
            names = [name.strip().lower() for name in header or ()]
            columns = wanted(set(names))
            _require_columns(file, names, columns)
            frame, found = assemble(names, records, table, file, {name: name for name in columns})
    except (OSError, UnicodeError, csv.Error) as error:
        message = f"{file} is no table: {error}"
        raise InputError(message) from None
    faults = found[found["severity"] == "error"]
    faults = faults[faults["rule"] != "table_without_rows"]  # what an empty table means its reader says
    if len(faults):
        raise InputError(describe(faults.iloc[0]))
    return pd.DataFrame({name: _numbers(frame, name, file) for name in columns})


def count_comments(path, file, comment):
    """Findings, a list of one table or none: how many lines of a CSV its declared mark of comments skips below its header."""
    if comment is None or Path(path).suffix.lower() != ".csv":
        return []
    with delimited_records(path, Table(file=file, columns={}, comment=comment)) as (_, records):
        skipped = [number for number, cells in records if cells is COMMENT]
    return [find("lines_skipped", file, count=len(skipped), mark=comment, first=skipped[0])] if skipped else []


def _require_columns(file, names, columns):
    for name in columns:
        if names.count(name) != 1:
            hint = "; if the first line is a comment, declare comment: '#'" if names and names[0].startswith("#") else ""
            words = f"the column {name} more than once" if name in names else f"no column {name}"
            message = f"{file} has {words}; it has {', '.join(names[:40]) or 'no columns'}{hint}"
            raise InputError(message)


def _numbers(frame, name, file):
    """Numbers of one column of texts, all of which must be some."""
    values, bad = parse_numbers(frame[name])
    wrong = bad | np.isnan(values)
    if wrong.any():
        first = frame[wrong].iloc[0]
        shown = "nothing" if pd.isna(first[name]) else repr(first[name])
        message = f"{file}, row {first[ROW]}: {name} holds {shown} where a number belongs"
        raise InputError(message)
    return values
