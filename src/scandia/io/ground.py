"""The ground of a deposit, from its file or through its collars."""

from pathlib import Path

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.geometry.surface import surface_from_points, surface_from_table
from scandia.vocabulary import EASTING, ELEVATION, NORTHING, WORLD


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
        Lines that start with this text are skipped.
    wanted : callable
        Names of the columns of a set of those that are there.

    Raises
    ------
    InputError
        The file is no table, or lacks a column, or a cell holds no number.
    """
    try:
        frame = pd.read_csv(path, comment=comment).rename(columns=lambda name: name.strip().lower())
    except (OSError, UnicodeError, ValueError) as error:  # pandas' own errors are ValueErrors
        message = f"{file} is no table: {error}"
        raise InputError(message) from None
    columns = wanted(set(frame.columns))
    missing = [name for name in columns if name not in frame]
    if missing:
        message = f"{file} has no column {missing[0]}; it has {', '.join(frame.columns)}"
        raise InputError(message)
    for name in columns:
        numbers = pd.to_numeric(frame[name], errors="coerce")
        if not np.isfinite(numbers).all():
            first = frame.loc[~np.isfinite(numbers), name].iloc[0]
            message = f"{file}: {name} holds {'nothing' if pd.isna(first) else repr(first)} where a number belongs"
            raise InputError(message)
        frame[name] = numbers
    return frame[list(columns)]


def inside(root, file):
    """Path of a file in the deposit's folder; a name that leads out of it is refused."""
    path = Path(root) / file
    if not path.resolve().is_relative_to(Path(root).resolve()):
        message = f"{file} leads out of the deposit's folder {root}; name a file inside it, or change drillholes.root"
        raise InputError(message)
    return path
