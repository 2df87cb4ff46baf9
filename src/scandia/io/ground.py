"""The ground of a deposit, from its file or through its collars."""

from pathlib import Path

import pandas as pd

from scandia.errors import InputError
from scandia.geometry.surface import surface_from_points, surface_from_table
from scandia.vocabulary import EASTING, ELEVATION, NORTHING


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
    frame = _read(path, topography)
    missing = [name for name in (EASTING, NORTHING, ELEVATION) if name not in frame]
    if missing:
        message = f"{topography.file} has no column {missing[0]}; it has {', '.join(frame.columns)}"
        raise InputError(message)
    for name in (EASTING, NORTHING, ELEVATION):
        numbers = pd.to_numeric(frame[name], errors="coerce")
        if numbers.isna().any():
            first = frame.loc[numbers.isna(), name].iloc[0]
            message = f"{topography.file}: {name} holds {first!r} where a number belongs"
            raise InputError(message)
        frame[name] = numbers
    return surface_from_table(frame)


def _read(path, topography):
    try:
        return pd.read_csv(path, comment=topography.comment).rename(columns=str.lower)
    except (OSError, UnicodeError, ValueError) as error:  # pandas' own errors are ValueErrors
        message = f"{topography.file} is no table: {error}"
        raise InputError(message) from None


def inside(root, file):
    """Path of a file in the deposit's folder; a name that leads out of it is refused."""
    path = Path(root) / file
    if not path.resolve().is_relative_to(Path(root).resolve()):
        message = f"{file} leads out of the deposit's folder {root}; name a file inside it, or change drillholes.root"
        raise InputError(message)
    return path
