"""The raw tables of a deposit, read from its folders and from nowhere else."""

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from scandia.drillholes.corrections import APPLIED, COLUMNS, DATE, apply_corrections
from scandia.drillholes.findings import concat, find
from scandia.drillholes.layouts import RAW_TABLES
from scandia.drillholes.settings import Drillholes
from scandia.drillholes.shaping import shape
from scandia.drillholes.sources import SQL, Table
from scandia.errors import InputError
from scandia.io.folders import inside
from scandia.io.ground import count_comments, read_ground
from scandia.io.readings import check_readings
from scandia.io.tables import read_raw


@dataclass(frozen=True, eq=False)
class Intake:
    """What was read of a deposit, ready to be validated."""

    raw: dict[str, pd.DataFrame]  # text tables by name
    drillholes: Drillholes  # the settings that describe them
    quality_control: object  # the section of the control samples, or None
    surface: object  # the ground, or None
    corrections: pd.DataFrame  # what was corrected
    findings: pd.DataFrame


def take_in(drillholes, analytes, quality_control=None, topography=None, orientations=None, *, snapshots=None, solids=None):
    """`Intake` of a deposit: its tables read, corrected and brought into shape; arguments as for `read_deposit`."""
    options = {"snapshots": snapshots, "solids": solids}
    raw, surface, found = read_deposit(drillholes, analytes, quality_control, topography, orientations, **options)
    corrected, faults = pd.DataFrame(columns=list(APPLIED)), concat([])
    if drillholes.corrections is not None:
        raw, corrected, faults = _correct(raw, drillholes, analytes, quality_control)
    raw, settings, shaped = shape(raw, drillholes)
    control = quality_control and replace(quality_control, table=quality_control.table.as_read())
    return Intake(raw, settings, control, surface, corrected, concat([found, faults, shaped]))


def sources_of(drillholes, quality_control=None):
    """Dict of every raw table of a deposit by name, the further assay tables by theirs, control samples as ``qc``."""
    sources = {name: getattr(drillholes, name) for name in RAW_TABLES if getattr(drillholes, name) is not None}
    sources |= drillholes.assays
    if drillholes.located is not None:
        sources["located"] = drillholes.located.table
    return sources | ({} if quality_control is None else {"qc": quality_control.table})


def analyte_columns_of(drillholes, analytes, quality_control=None):
    """Dict of table name to the columns that analytes read in it."""
    first = "assay" if drillholes.located is None else "located"
    extra = {name: {} for name in (first, "qc", *drillholes.assays)}
    for analyte in analytes.values():
        if analyte.column:
            extra[analyte.table or first][analyte.column] = None
    for name in quality_control.analytes if quality_control is not None else ():
        if analytes[name].column:
            extra["qc"][analytes[name].column] = None
    return {name: tuple(columns) for name, columns in extra.items()}


def read_deposit(drillholes, analytes, quality_control=None, topography=None, orientations=None, *, snapshots=None, solids=None):
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
    snapshots : path-like, optional
        Folder of the snapshots of tables in databases, named after the tables.
    solids : dict of str to SolidFile, optional
        Domain to its solid; they are only checked here.
    """
    extra = analyte_columns_of(drillholes, analytes, quality_control)
    raw, findings = {}, []
    for name, table in sources_of(drillholes, quality_control).items():
        path = _path(name, table, drillholes.root, snapshots)
        raw[name], found = read_raw(path, table, table.label, extra=extra.get(name, ()))
        findings.append(found)
    surface, found = _read_surface(drillholes.root, topography)
    found += check_readings(drillholes.root, orientations or {})
    if solids:
        from scandia.io.meshes import find_solid_faults  # it needs a library of its own

        found += find_solid_faults(drillholes.root, solids)
    return raw, surface, concat([*findings, *found])


def read_published(root, published):
    """The tables of published intercepts and claims, as text with their line numbers.

    Raises
    ------
    InputError
        Names the first fault of a table that cannot be read.
    """
    frames = []
    for table in (published.intercepts, published.claims):
        frame, found = read_raw(inside(table.root or root, table.file), table, table.file)
        if (found["severity"] == "error").any():
            first = found.iloc[0]
            message = f"{first['file']}: {first['message']} Hint: {first['hint']}"
            raise InputError(message)
        frames.append(frame)
    return frames


def _path(name, table, root, snapshots):
    if table.format in SQL:
        return Path(snapshots) / f"{name}.parquet"
    return inside(table.root or root, table.file)


def _correct(raw, drillholes, analytes, quality_control):
    """Raw tables with the corrections applied, the list of these, and findings."""
    settings = drillholes.corrections
    table = Table(file=settings.file, columns={name: name for name in (*COLUMNS, DATE)})
    given, found = read_raw(inside(settings.root or drillholes.root, settings.file), table, settings.file)
    known = given if set(COLUMNS) <= set(given.columns) else pd.DataFrame(columns=["row", *COLUMNS])
    undated = (found["rule"] == "column_missing") & (found["column"] == DATE)
    found = found[(found["rule"] != "table_without_rows") & ~undated]  # nothing to correct is no fault
    raw, applied, faults = apply_corrections(raw, sources_of(drillholes, quality_control), known, settings.file, analytes)
    return raw, applied, concat([found, faults])


def _read_surface(root, topography):
    """The surveyed ground and findings; collars are not compared with a surface that was made from them."""
    if topography is None or topography.source == "collars":
        return None, []
    try:
        ground = read_ground(root, topography)
        return ground, count_comments(inside(root, topography.file), topography.file, topography.comment)
    except InputError as error:
        return None, [find("ground_unusable", topography.file, reason=str(error))]
