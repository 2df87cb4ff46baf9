"""The structural readings of a deposit, from tables, surfaces and solids, checked."""

import numpy as np
import pandas as pd

from scandia.drillholes.findings import find
from scandia.errors import InputError
from scandia.geometry.orientations import readings_from_surface
from scandia.io.folders import inside
from scandia.io.ground import count_comments, read_numbers
from scandia.io.mesh import read_obj
from scandia.vocabulary import AZIMUTH, DIP, DOMAIN, LOCAL, RAKE, WEIGHT, WORLD

LIMITS = {
    AZIMUTH: (-360.0, 360.0, "degrees clockwise from grid north"),
    DIP: (0.0, 180.0, "degrees down to the right of the azimuth, not negative"),
    RAKE: (-180.0, 180.0, "degrees below the strike"),
}


def read_readings(root, orientations, sides=None):
    """Dict of domain to DataFrame: azimuth, dip, rake, degrees, and easting, northing, elevation or mine-grid x, y, z, m.

    Readings of a surface have a weight too.

    Parameters
    ----------
    root : path-like
        The deposit's folder.
    orientations : dict of str to Readings
        Domain to its source.
    sides : DataFrame, optional
        Readings of the sides of the domains' own solids, see `scandia.blockmodel.sides`.

    Raises
    ------
    InputError
        A file is not there, leads out of the folder, lacks a column, or holds text, a missing number or an angle out of range.
    """
    found = {domain: _read(root, settings) for domain, settings in orientations.items() if settings.source != "solid"}
    if sides is not None:
        found |= {domain: table for domain, table in sides.groupby(DOMAIN) if domain in orientations}
    return found


def check_readings(root, orientations):
    """Findings, one for each file of readings that cannot be used; a list of tables."""
    found = []
    for file in {settings.file: settings for settings in orientations.values() if settings.file is not None}.values():
        try:
            _read(root, file)
            found += count_comments(inside(root, file.file), file.file, file.comment)
        except InputError as error:
            found.append(find("readings_unusable", file.file, reason=str(error)))
    return found


def _read(root, settings):
    path = inside(root, settings.file)
    if not path.is_file():
        message = f"{settings.file} is not in {root}; give the file of the structural readings, or leave orientations out"
        raise InputError(message)
    return _read_surface(path, settings) if settings.source == "surface" else _read_table(path, settings)


def _read_surface(path, settings):
    """A reading of each triangle of a surface, weighted by its area, m2."""
    vertices, faces = read_obj(path, settings.file)
    try:
        points, angles, area = readings_from_surface(vertices, faces, rake=settings.rake, azimuth=settings.azimuth)
    except InputError as error:
        message = f"{settings.file}: {error}"
        raise InputError(message) from None
    return pd.DataFrame(np.column_stack([angles, points, area]), columns=[*LIMITS, *WORLD, WEIGHT])


def _read_table(path, settings):
    table = read_numbers(path, settings.file, settings.comment, lambda given: [*LIMITS, *(LOCAL if "x" in given else WORLD)])
    if table.empty:
        message = f"{settings.file} holds no reading; give one at least"
        raise InputError(message)
    for name, (low, high, words) in LIMITS.items():
        wrong = ~table[name].between(low, high)
        if wrong.any():
            message = f"{settings.file}: {name} holds {table.loc[wrong, name].iloc[0]:g}; it must be {low:g} to {high:g}, {words}"
            raise InputError(message)
    return table
