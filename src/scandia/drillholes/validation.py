"""Every check of the drillhole database in one call: clean tables, all findings, and an account of every row."""

import numpy as np
import pandas as pd

from scandia.drillholes.analytes import check_samples, read_grades
from scandia.drillholes.findings import concat, find
from scandia.drillholes.tables import empty_table, is_complete, negative_down, sort_table, survey_from_collar, type_table
from scandia.drillholes.validation_intervals import check_intervals
from scandia.drillholes.validation_keys import (
    check_codes,
    check_collars,
    check_ground,
    check_orphans,
    check_unsampled,
    check_unsurveyed,
    deepest_records,
)
from scandia.drillholes.validation_surveys import check_directions, check_surveys
from scandia.errors import InputError
from scandia.vocabulary import DENSITY, DEPTH, HOLE, ROW, SAMPLE

INTERVALS = ("assay", "lithology", "density")
DENSITY_BOUNDS = (0.1, 20.0)  # t/m3, nothing that is drilled lies outside
CONTROL_TYPES = ("standard", "blank", "field_duplicate", "coarse_duplicate", "pulp_duplicate")
NO_VALUE = "no value"
HOLE_EXCLUDED = "hole excluded"


def validate(raw, settings, analytes, *, surface=None, quality_control=None, codes=None, reading=None):
    """Typed tables without the faulty rows, findings, and the account of rows.

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
        Where the raw tables have ``qc``: its table and the analytes that are judged.
    codes : dict of str to sequence of str, optional
        Config key to the logged codes that it gives to a domain; each must occur in the lithology table.
    reading : DataFrame, optional
        Findings of reading the files; they are part of the result, and their ragged lines part of the account.

    Returns
    -------
    tables : dict of str to DataFrame
        collar and survey always, the others where the config has them. A row with an error is not in them, nor are rows of
        a hole whose collar is not.
    findings : DataFrame
        Columns `vocabulary.FINDING`.
    rows : DataFrame
        file, table, rows_in, rows_used, rows_excluded, reason: in = used + excluded, always.
    """
    sources = _sources(settings, quality_control)
    raw = {name: raw.get(name, pd.DataFrame()) for name in sources}
    reading = concat([] if reading is None else [reading])
    tables, found = {}, {name: [] for name in sources}
    for name, table in sources.items():
        tables[name], found[name] = _type(name, raw[name], table, analytes, settings, quality_control)
    known = set(zip(reading["file"], reading["column"], reading["rule"], strict=True))
    readable = {name for name in sources if is_complete(name, raw[name])}
    _check(tables, found, sources, settings, surface, readable)
    if codes and "lithology" in readable and len(tables["lithology"]):
        found["lithology"].append(check_codes(tables["lithology"], sources["lithology"], codes))
    findings = {name: _without(concat(parts), known) for name, parts in found.items()}
    reasons = _reasons(raw, tables, findings)
    clean = {name: _keep(frame, reasons.get(name)) for name, frame in tables.items()}
    return clean, concat([reading, *findings.values()]), _account(raw, clean, sources, reasons, reading)


def _sources(settings, quality_control):
    names = ("collar", "survey", *INTERVALS)
    sources = {name: getattr(settings, name) for name in names if getattr(settings, name) is not None}
    return sources | ({} if quality_control is None else {"qc": quality_control.table})


def _type(name, raw, table, analytes, settings, quality_control):
    """Typed table of one raw table, with grades, and its list of findings."""
    if not len(raw.columns):
        return empty_table(name), []
    frame, found = type_table(name, raw, table)
    found = [found]
    if name == "assay" or name == "qc":
        judged = analytes if name == "assay" else _judged(analytes, quality_control)
        grades, faults = read_grades(raw, judged, table, flowing=name == "assay")
        places = pd.Index(raw[ROW]).get_indexer(frame[ROW])
        frame = pd.concat([frame, grades.iloc[places].reset_index(drop=True)], axis=1)
        found.append(faults)
    return negative_down(frame, settings.dip_sign), found


def _judged(analytes, quality_control):
    unknown = [name for name in quality_control.analytes if name not in analytes]
    if unknown:
        message = f"qaqc.analytes names {unknown[0]}, which is no analyte; known are {', '.join(analytes)}"
        raise InputError(message)
    return {name: analytes[name] for name in quality_control.analytes}


def _check(tables, found, sources, settings, surface, readable):
    """Run every check; findings are appended by table, depth and survey are completed where the config allows."""
    collar, checks = tables["collar"], settings.checks
    if "collar" in readable:
        found["collar"].append(check_collars(collar, settings.collar, checks))
        if surface is not None:
            found["collar"].append(check_ground(collar, settings.collar, surface, checks.topography_tolerance))
        _check_joins(tables, found, sources, readable)
    tables["collar"] = collar = _complete_depth(tables, found, settings)
    depths = collar[collar[DEPTH] > 0].drop_duplicates(HOLE).set_index(HOLE)[DEPTH]
    _complete_survey(tables, found, settings, depths, readable)
    for name in INTERVALS:
        if name in readable:
            found[name].append(check_intervals(tables[name], sources[name], depths, checks, gaps=name != "density"))
    if "density" in readable:
        found["density"].append(_check_density(tables["density"], sources["density"]))
    if "qc" in readable:
        found["qc"].append(_check_controls(tables["qc"], sources["qc"]))
    if SAMPLE in tables.get("assay", ()):
        found["assay"].append(check_samples(tables["assay"], sources["assay"].file, sources["assay"].columns[SAMPLE]))


def _check_joins(tables, found, sources, readable):
    for name in ("survey", *INTERVALS):
        if name in readable:
            found[name].append(check_orphans(tables[name], sources[name], tables["collar"]))
    if "assay" in readable:
        found["collar"].append(check_unsampled(tables["collar"], tables["assay"], sources["collar"]))


def _complete_depth(tables, found, settings):
    """The collar table with the depth of each hole: its own, or, where no column gives it, its deepest record."""
    collar = tables["collar"]
    if DEPTH in settings.collar.columns and DEPTH in collar:
        return collar
    if len(collar):
        found["collar"].append(find("depth_not_given", settings.collar.file))
    records = deepest_records([tables[name] for name in ("survey", *INTERVALS) if name in tables])
    return collar.assign(**{DEPTH: collar[HOLE].map(records).astype(float)})


def _complete_survey(tables, found, settings, depths, readable):
    """Check the survey and add the holes that follow their collar's direction."""
    collar = tables["collar"]
    survey = tables.get("survey", empty_table("survey"))
    if "survey" in readable:
        found["survey"].append(check_surveys(survey, settings.survey, depths, settings.checks, settings.dip_sign))
    if "collar" in readable and ("survey" in readable or settings.survey is None):
        faults, straight = check_unsurveyed(collar, survey, settings.collar, settings.survey_missing)
        found["collar"].append(faults)
        if straight.any():
            found["collar"].append(check_directions(collar[straight], settings.collar, settings.dip_sign))
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


def _check_controls(controls, table):
    unknown = ~controls["type"].isin(CONTROL_TYPES).to_numpy()
    words = {"column": table.columns["type"], "value": controls["type"], "allowed": ", ".join(CONTROL_TYPES)}
    return concat(
        [
            find("type_unknown", table.file, controls, unknown, **words),
            check_samples(controls, table.file, table.columns[SAMPLE]),
        ]
    )


def _without(findings, known):
    """Findings that reading has not already made."""
    keys = zip(findings["file"], findings["column"], findings["rule"], strict=True)
    fresh = [key not in known or not pd.isna(row) for key, row in zip(keys, findings[ROW], strict=True)]
    return findings[np.array(fresh, dtype=bool)]


def _reasons(raw, tables, findings):
    """For each table a Series of row to the reason why it is not used; the first error of the row, or its hole's."""
    reasons = {}
    for name, frame in raw.items():
        faults = findings[name]
        faults = faults[faults[ROW].notna() & ((faults["severity"] == "error") | (faults["rule"] == "row_empty"))]
        first = faults.drop_duplicates(ROW)
        reasons[name] = pd.Series(first["rule"].to_numpy(), index=first[ROW].astype(np.int64).to_numpy(), dtype="str")
        if len(frame.columns) and tables[name].empty and len(frame):
            _add(reasons, name, frame[ROW], "column missing")
    used = tables["collar"][~tables["collar"][ROW].isin(reasons["collar"].index)]
    for name in raw:
        frame = tables[name]
        if name == "density":
            _add(reasons, name, frame.loc[frame[DENSITY].isna(), ROW], NO_VALUE)
        if name not in ("collar", "qc"):
            lost = frame[~frame[HOLE].isin(used[HOLE].unique()) & (frame[ROW] >= 0)]
            orphan = ~lost[HOLE].isin(tables["collar"][HOLE].unique())
            _add(reasons, name, lost.loc[orphan, ROW], "hole_without_collar")
            _add(reasons, name, lost.loc[~orphan, ROW], HOLE_EXCLUDED)
    return reasons


def _add(reasons, name, rows, reason):
    """Give the reason to those rows that have none yet."""
    fresh = rows[~rows.isin(reasons[name].index)]
    reasons[name] = pd.concat([reasons[name], pd.Series(reason, index=fresh.to_numpy(), dtype="str")])


def _account(raw, clean, sources, reasons, reading):
    """Rows in, used and excluded of each table, each counted for itself."""
    lines = []
    for name, table in sources.items():
        ragged = int(((reading["file"] == table.file) & (reading["rule"] == "line_ragged")).sum())
        counts = reasons[name].value_counts().sort_index()
        words = [*(f"{count} {reason}" for reason, count in counts.items()), *([f"{ragged} line_ragged"] if ragged else [])]
        used = int((clean[name][ROW] >= 0).sum())
        lines.append((table.file, name, len(raw[name]) + ragged, used, int(counts.sum()) + ragged, "; ".join(words)))
    return pd.DataFrame(lines, columns=["file", "table", "rows_in", "rows_used", "rows_excluded", "reason"])


def _keep(frame, reasons):
    if reasons is None:
        return frame
    return frame[~frame[ROW].isin(reasons.index)].reset_index(drop=True)
