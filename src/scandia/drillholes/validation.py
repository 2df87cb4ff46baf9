"""Every check of the drillhole database in one call: clean tables, all findings, and an account of every row."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scandia.drillholes.accounting import account, exclusion_reasons, keep, list_excluded
from scandia.drillholes.analytes import check_samples, read_grades
from scandia.drillholes.findings import apply_ignored, concat, find
from scandia.drillholes.gaps import UNLOGGED, UNSAMPLED, GapKinds
from scandia.drillholes.layouts import RAW_TABLES
from scandia.drillholes.shaping import PERMITTED
from scandia.drillholes.tables import (
    as_written,
    empty_table,
    is_complete,
    negative_down,
    sort_table,
    survey_from_collar,
    type_table,
)
from scandia.drillholes.unreadable import gather_marks
from scandia.drillholes.validation_controls import check_controls
from scandia.drillholes.validation_crs import check_crs
from scandia.drillholes.validation_intervals import check_intervals
from scandia.drillholes.validation_keys import (
    check_codes,
    check_collars,
    check_depths,
    check_ground,
    check_orphans,
    check_spelling,
    check_unlogged,
    check_unsampled,
    check_unsurveyed,
    deepest_records,
)
from scandia.drillholes.validation_places import check_places
from scandia.drillholes.validation_samples import check_controls_among, check_samples_together
from scandia.drillholes.validation_surveys import check_directions, check_surveys
from scandia.drillholes.validation_twins import check_repeated_surveys, check_twins
from scandia.drillholes.validation_values import check_values
from scandia.errors import InputError
from scandia.vocabulary import DENSITY, DEPTH, FROM, HOLE, LITHOLOGY, ROW, SAMPLE, TO

INTERVALS = ("assay", "lithology", "density")
DENSITY_BOUNDS = (0.1, 20.0)  # t/m3, nothing that is drilled lies outside


@dataclass(frozen=True, eq=False)
class Checked:
    """A database that was checked.

    Attributes
    ----------
    tables : dict of str to DataFrame
        collar and survey always, the others where the config has them. A row with an error is not in them, nor are rows of
        a hole whose collar is not.
    findings : DataFrame
        Columns `vocabulary.FINDING`.
    rows : DataFrame
        file, table, rows_in, rows_used, rows_excluded, reason: in = used + excluded, always.
    excluded : DataFrame
        file, table, row, hole, reason of every row that is not used.
    """

    tables: dict
    findings: pd.DataFrame
    rows: pd.DataFrame
    excluded: pd.DataFrame


def validate(raw, settings, analytes, **options):
    """Tables, findings and account of rows of `check_database`, whose arguments these are."""
    checked = check_database(raw, settings, analytes, **options)
    return checked.tables, checked.findings, checked.rows


def check_database(
    raw,
    settings,
    analytes,
    *,
    surface=None,
    quality_control=None,
    controlled=None,
    controls=None,
    codes=None,
    reading=None,
    crs=None,
):
    """`Checked`: typed tables without the faulty rows, findings, and the account of rows.

    Parameters
    ----------
    raw : dict of str to DataFrame
        Raw text tables by name (collar, survey, assay, lithology, density, qc), as `io.tables.read_raw` gives them. A frame
        without columns is a file that could not be read; `reading` says why.
    settings : drillholes.settings.Drillholes
        Names files and columns, conventions and limits.
    analytes : dict of str to drillholes.settings.Analyte
    surface : geometry.surface.Surface, optional
        Ground that the collars are compared with.
    quality_control : qaqc.settings.QualityControl, optional
        Where the raw tables have ``qc``: its table, its reference materials and the analytes that are judged.
    controlled : dict of str to drillholes.settings.Analyte, optional
        Analytes that control samples may be judged by, where they are more than those of this assay table.
    controls : DataFrame, optional
        Typed control samples that the assays are compared with, where the raw tables have no ``qc``.
    codes : dict of str to sequence of str, optional
        Config key to the logged codes that it gives to a domain; each must occur in the lithology table.
    reading : DataFrame, optional
        Findings of reading and shaping the tables; they are part of the result, their ragged lines part of the account, and
        the holes that they say are straight by permission take the direction of the collar table.
    crs : str, optional
        Coordinate reference system of the collars; they must lie in its area of use.
    """
    sources = _sources(settings, quality_control)
    raw = {name: raw.get(name, pd.DataFrame()) for name in sources}
    reading = apply_ignored(concat([] if reading is None else [reading]), settings.checks.ignored)
    tables, found = {}, {name: [] for name in sources}
    for name, table in sources.items():
        read = analytes if name != "qc" else _judged(analytes if controlled is None else controlled, quality_control)
        tables[name], found[name] = _type(name, raw[name], table, read, settings)
    known = set(zip(reading["file"], reading["column"], reading["rule"], strict=True))
    known |= {(file, column, "column_missing") for file, column, rule in known if rule == "column_duplicated"}
    readable = {name for name in sources if is_complete(name, raw[name])}
    _check(tables, found, sources, settings, surface, readable, reading, quality_control)
    if "assay" in readable:
        among = check_controls_among(tables["assay"], sources["assay"], settings.checks, tables.get("qc", controls))
        found["assay"] += [among, *_check_grades(tables, raw["assay"], analytes, settings)]
    if "collar" in readable:
        found["collar"].append(check_crs(tables["collar"], settings.collar, crs))
    if codes and "lithology" in readable and len(tables["lithology"]):
        found["lithology"].append(check_codes(tables["lithology"], sources["lithology"], codes))
    written = {name: as_written(concat(parts), raw[name], sources[name]) for name, parts in found.items()}
    findings = {name: apply_ignored(_without(part, known), settings.checks.ignored) for name, part in written.items()}
    reasons = exclusion_reasons(raw, tables, findings)
    clean = {name: keep(frame, reasons.get(name)) for name, frame in tables.items()}
    if settings.lithology_of_all is not None:
        clean["lithology"] = _log_of_all(clean["collar"], settings.lithology_of_all)
    excluded = list_excluded(raw, sources, reasons, reading)
    return Checked(clean, gather_marks(concat([reading, *findings.values()])), account(raw, clean, sources, excluded), excluded)


def _sources(settings, quality_control):
    sources = {name: getattr(settings, name) for name in RAW_TABLES if getattr(settings, name) is not None}
    return sources | ({} if quality_control is None else {"qc": quality_control.table})


def _log_of_all(collar, code):
    """A log of one code from the collar to the end of each hole whose depth is known; ``row`` is -1, for no file has it."""
    deep = collar[collar[DEPTH] > 0].sort_values(HOLE, kind="stable", ignore_index=True)
    code = pd.array([code] * len(deep), dtype="str")
    return pd.DataFrame({ROW: -1, HOLE: deep[HOLE], FROM: 0.0, TO: deep[DEPTH], LITHOLOGY: code})


def _dip_sign(settings, name):
    return getattr(settings, name).dip_sign or settings.dip_sign


def _type(name, raw, table, analytes, settings):
    """Typed table of one raw table, with grades, and its list of findings."""
    if not len(raw.columns):
        return empty_table(name), []
    frame, found = type_table(name, raw, table)
    found = [found]
    if name == "assay" or name == "qc":
        grades, faults = read_grades(raw, analytes, table, flowing=name == "assay")
        places = pd.Index(raw[ROW]).get_indexer(frame[ROW])
        frame = pd.concat([frame, grades.iloc[places].reset_index(drop=True)], axis=1)
        found.append(faults)
    return negative_down(frame, table.dip_sign or settings.dip_sign), found


def _judged(analytes, quality_control):
    unknown = [name for name in quality_control.analytes if name not in analytes]
    if unknown:
        message = f"qaqc.analytes names {unknown[0]}, which is no analyte; known are {', '.join(analytes)}"
        raise InputError(message)
    return {name: analytes[name] for name in quality_control.analytes}


def _check(tables, found, sources, settings, surface, readable, reading, quality_control):
    """Run every check; findings are appended by table, depth and survey are completed where the config allows."""
    collar, checks = tables["collar"], settings.checks
    if "collar" in readable:
        found["collar"].append(check_collars(collar, settings.collar, checks))
        if surface is not None:
            found["collar"].append(check_ground(collar, settings.collar, surface, checks.topography_tolerance))
        found["collar"].append(check_places(collar, settings.collar, checks, surface))
        _check_joins(tables, found, sources, readable)
    tables["collar"] = collar = _complete_depth(tables, found, settings)
    depths = collar[collar[DEPTH] > 0].drop_duplicates(HOLE).set_index(HOLE)[DEPTH]
    _complete_survey(tables, found, settings, depths, readable, reading)
    for name in INTERVALS:
        if name in readable:
            kinds = _gap_kinds(name, tables, checks)
            found[name].append(check_intervals(tables[name], sources[name], depths, checks, gaps=name != "density", kinds=kinds))
    if "collar" in readable:
        found["collar"].append(check_twins(tables, settings.collar, checks))
    if "lithology" in readable:
        found["lithology"].append(check_spelling(tables["lithology"], sources["lithology"]))
    if "density" in readable:
        found["density"].append(_check_density(tables["density"], sources["density"]))
    if "qc" in readable:
        found["qc"].append(check_controls(tables["qc"], quality_control))
    if SAMPLE in tables.get("assay", ()):
        found["assay"].append(check_samples(tables["assay"], sources["assay"].file, sources["assay"].columns[SAMPLE]))


def _check_joins(tables, found, sources, readable):
    for name in ("survey", *INTERVALS):
        if name in readable:
            found[name].append(check_orphans(tables[name], sources[name], tables["collar"]))
    if "assay" in readable:
        found["collar"].append(check_unsampled(tables["collar"], tables["assay"], sources["collar"]))
    if "lithology" in readable:
        found["collar"].append(check_unlogged(tables["collar"], tables["lithology"], sources["collar"]))


def _gap_kinds(name, tables, checks):
    """Tells gaps of the assay table from the log, and gaps of the log from the assays."""
    if name == "assay" and "lithology" in tables:
        return GapKinds(tables["lithology"], LITHOLOGY, checks.lost_core, UNSAMPLED)
    if name == "lithology" and "assay" in tables:
        return GapKinds(tables["assay"], covered=UNLOGGED)
    return GapKinds()


def _check_grades(tables, raw, analytes, settings):
    """Findings of the grades: each column for itself, and the columns against each other."""
    frame, found = tables["assay"], []
    for name, analyte in analytes.items():
        if analyte.column in raw and name in frame:
            values, censored = frame[name].to_numpy(), frame[f"{name}_censored"].to_numpy()
            found.append(check_values(frame, raw, analyte, values, censored, settings.assay, settings.checks.repeated_share))
    return [*found, check_samples_together(frame, analytes, settings.assay, settings.checks)]


def _complete_depth(tables, found, settings):
    """The collar table with the depth of each hole: its own, or, where no column gives it, that of its deepest interval.

    A hole without intervals takes its deepest survey record: a survey may go on where nothing was drilled, an assay cannot.
    """
    collar = tables["collar"]
    if DEPTH in settings.collar.columns and DEPTH in collar:
        others = [tables[name] for name in ("survey", *INTERVALS) if name in tables and len(tables[name])]
        if others:
            found["collar"].append(check_depths(collar, others, settings.collar, settings.checks.depth_tolerance))
        return collar
    if len(collar):
        found["collar"].append(find("depth_not_given", settings.collar.file))
    surveyed, logged = (deepest_records([tables[name] for name in names if name in tables]) for names in (("survey",), INTERVALS))
    depth = collar[HOLE].map(logged).astype(float)
    return collar.assign(**{DEPTH: depth.fillna(collar[HOLE].map(surveyed).astype(float))})


def _complete_survey(tables, found, settings, depths, readable, reading=None):
    """Check the survey and add the holes that follow their collar's direction."""
    collar = tables["collar"]
    survey = tables.get("survey", empty_table("survey"))
    if "survey" in readable:
        given, sign = DEPTH in settings.collar.columns, _dip_sign(settings, "survey")
        found["survey"].append(check_surveys(survey, settings.survey, depths, settings.checks, sign, given=given))
        found["survey"].append(check_repeated_surveys(survey, settings.survey))
    if "collar" in readable and ("survey" in readable or settings.survey is None):
        permitted = reading.loc[reading["rule"].isin(PERMITTED), HOLE] if reading is not None else ()
        faults, straight = check_unsurveyed(collar, survey, settings.collar, permitted)
        found["collar"].append(faults)
        if straight.any():
            found["collar"].append(check_directions(collar[straight], settings.collar, _dip_sign(settings, "collar")))
            survey = pd.concat([survey, survey_from_collar(collar[straight])], ignore_index=True)
    tables["survey"] = sort_table(survey)


def _check_density(density, table):
    values, (low, high) = density[DENSITY].to_numpy(), DENSITY_BOUNDS
    column, outside = table.columns[DENSITY], (values < low) | (values > high)
    missing = np.isnan(values)
    bounds = {"minimum": low, "maximum": high, "unit": "t/m3"}
    found = [find("value_out_of_bounds", table.file, density, outside, column=column, value=values, **bounds)]
    if missing.any():
        words = {"count": int(missing.sum()), "total": len(values), "texts": "blank or missing text"}
        found.append(find("values_missing", table.file, column=column, **words))
    return concat(found)


def _without(findings, known):
    """Findings that reading has not already made."""
    keys = zip(findings["file"], findings["column"], findings["rule"], strict=True)
    fresh = [key not in known or not pd.isna(row) for key, row in zip(keys, findings[ROW], strict=True)]
    return findings[np.array(fresh, dtype=bool)]
