"""The structural readings of a deposit, from their files, checked."""

from scandia.drillholes.findings import find
from scandia.errors import InputError
from scandia.io.ground import inside, read_numbers
from scandia.vocabulary import AZIMUTH, DIP, LOCAL, RAKE, WORLD

LIMITS = {
    AZIMUTH: (-360.0, 360.0, "degrees clockwise from grid north"),
    DIP: (0.0, 180.0, "degrees down to the right of the azimuth, not negative"),
    RAKE: (-180.0, 180.0, "degrees below the strike"),
}


def read_readings(root, orientations):
    """Dict of domain to DataFrame: azimuth, dip, rake, degrees, and easting, northing, elevation or mine-grid x, y, z, m.

    Parameters
    ----------
    root : path-like
        The deposit's folder.
    orientations : dict of str to Readings
        Domain to its file.

    Raises
    ------
    InputError
        A file is not there, leads out of the folder, lacks a column, or holds text, a missing number or an angle out of range.
    """
    return {domain: _read(root, settings) for domain, settings in orientations.items()}


def check_readings(root, orientations):
    """Findings, one for each file of readings that cannot be used; a list of tables."""
    found = []
    for file in {settings.file: settings for settings in orientations.values()}.values():
        try:
            _read(root, file)
        except InputError as error:
            found.append(find("readings_unusable", file.file, reason=str(error)))
    return found


def _read(root, settings):
    path = inside(root, settings.file)
    if not path.is_file():
        message = f"{settings.file} is not in {root}; give the file of the structural readings, or leave orientations out"
        raise InputError(message)
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
