"""The raw tables of a deposit, read from its folder and from nowhere else."""

from scandia.drillholes.findings import concat, find
from scandia.errors import InputError
from scandia.io.ground import inside, read_ground
from scandia.io.readings import check_readings
from scandia.io.tables import read_raw

TABLES = ("collar", "survey", "assay", "lithology", "density")


def read_deposit(drillholes, analytes, quality_control=None, topography=None, orientations=None):
    """Raw text tables by name, the ground surface or None, and the findings of reading them.

    Parameters
    ----------
    drillholes : Drillholes
    analytes : dict of str to Analyte
        Their columns are read beside the keys of the assay and control-sample tables.
    quality_control : QualityControl, optional
        Its table is read as ``qc``.
    topography : Topography, optional
        The surface, where it comes from a file.
    orientations : dict of str to Readings, optional
        Domain to structural readings; they are only checked here.
    """
    sources = {name: getattr(drillholes, name) for name in TABLES if getattr(drillholes, name) is not None}
    extra = {"assay": tuple(analyte.column for analyte in analytes.values() if analyte.column)}
    if quality_control is not None:
        sources["qc"] = quality_control.table
        extra["qc"] = tuple(analytes[name].column for name in quality_control.analytes if analytes[name].column)
    raw, findings = {}, []
    for name, table in sources.items():
        raw[name], found = read_raw(inside(drillholes.root, table.file), table, table.file, extra=extra.get(name, ()))
        findings.append(found)
    surface, found = _read_surface(drillholes.root, topography)
    return raw, surface, concat([*findings, *found, *check_readings(drillholes.root, orientations or {})])


def read_published(root, published):
    """The tables of published intercepts and claims, as text with their line numbers.

    Raises
    ------
    InputError
        Names the first fault of a table that cannot be read.
    """
    frames = []
    for table in (published.intercepts, published.claims):
        frame, found = read_raw(inside(root, table.file), table, table.file)
        if (found["severity"] == "error").any():
            first = found.iloc[0]
            message = f"{first['file']}: {first['message']} Hint: {first['hint']}"
            raise InputError(message)
        frames.append(frame)
    return frames


def _read_surface(root, topography):
    """The surveyed ground and findings; collars are not compared with a surface that was made from them."""
    if topography is None or topography.source == "collars":
        return None, []
    try:
        return read_ground(root, topography), []
    except InputError as error:
        return None, [find("ground_unusable", topography.file, reason=str(error))]
