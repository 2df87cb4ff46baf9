"""Assay texts as grades: detection limits, missing texts, bounds, units and species, and sums of analytes."""

import numpy as np
import pandas as pd

from scandia.drillholes.findings import concat, find, no_findings
from scandia.drillholes.limits import describe_limits, read_limits
from scandia.drillholes.rare_earths import part_values, parts_of
from scandia.drillholes.unreadable import find_texts
from scandia.errors import InputError
from scandia.units import convert_grade, largest_grade
from scandia.vocabulary import ROW


def read_grades(raw, analytes, table, *, flowing=True):
    """Grades of the raw assay rows, in their order, and the findings.

    Parameters
    ----------
    raw : DataFrame of str
        As read by `io.tables.read_raw` with the analytes' columns as extra columns.
    analytes : dict of str to drillholes.settings.Analyte
    table : drillholes.settings.Table
        How the raw rows were read.
    flowing : bool
        True converts to the species and unit that flow on, and adds the sums; False keeps those of the column (control
        samples are judged as the laboratory reported them).

    Returns
    -------
    grades : DataFrame
        For each analyte its values and ``<analyte>_censored``: the text was ``<limit`` or ``>limit``, or a code for a limit;
        of a sum, any of its parts was.
    findings : DataFrame
    """
    columns, found = {}, []
    for name, analyte in analytes.items():
        if analyte.column is None:
            continue
        values, censored, faults = _read_column(raw, analyte, table)
        found.append(faults)
        columns[name] = _flow(values, analyte) if flowing else values
        columns[f"{name}_censored"] = censored
    if flowing:
        columns = _add_sums(columns, analytes)
    return pd.DataFrame(columns, index=raw.index), concat(found)


def _read_column(raw, analyte, table):
    """Values in the column's own unit, censored flags, findings."""
    file, column = table.file, analyte.column
    if column not in raw:
        faults = find("column_missing", file, column=column, near="", columns="see the file")
        return np.full(len(raw), np.nan), np.zeros(len(raw), dtype=bool), faults
    values, written, censored, missing, bad = read_limits(raw[column], analyte, table)
    found = [
        find_texts(file, raw, bad, column, raw[column], table, is_analyte=True),
        *_check_bounds(raw, written, analyte, file),
        *_count(raw[column], missing, analyte, file),
        describe_limits(censored, analyte, file),
    ]
    return values, censored != 0, concat(found)


def _check_bounds(raw, values, analyte, file):
    """One finding for the column where its unit must be wrong, otherwise one for each value out of bounds."""
    maximum = min(analyte.maximum, largest_grade(analyte.column_unit))
    words = {"minimum": float(analyte.minimum), "maximum": float(maximum), "unit": analyte.column_unit}
    negative = (values < 0) & (analyte.minimum >= 0)
    outside = ((values < analyte.minimum) | (values > maximum)) & ~negative
    negatives = find("value_negative", file, raw, negative, column=analyte.column, value=values)
    positive = values[values > 0]
    median = np.median(positive) if positive.size else np.nan
    untypical = _untypical(median, analyte, file)
    if len(untypical):
        return [negatives, untypical]
    if median > maximum or median < analyte.minimum:
        factor = median / maximum if median > maximum else analyte.minimum / median
        suspect = find(
            "unit_suspect",
            file,
            column=analyte.column,
            median=median,
            count=positive.size,
            factor=float(f"{factor:.3g}"),
            **words,
        )
        return [negatives, suspect]
    return [negatives, find("value_out_of_bounds", file, raw, outside, column=analyte.column, value=values, **words)]


def _untypical(median, analyte, file):
    """One finding where the median, converted to the unit that flows on, is not a typical one."""
    if analyte.typical is None or np.isnan(median):
        return no_findings()
    flowing = convert_grade(
        median,
        from_species=analyte.column_species,
        from_unit=analyte.column_unit,
        to_species=analyte.species,
        to_unit=analyte.unit,
    )
    low, high = analyte.typical
    if low <= flowing <= high:
        return no_findings()
    factor = flowing / high if flowing > high else low / flowing
    words = {"median": float(f"{flowing:.4g}"), "low": low, "high": high, "unit": analyte.unit, "factor": float(f"{factor:.3g}")}
    return find("unit_untypical", file, column=analyte.column, species=analyte.species, declared=analyte.column_unit, **words)


def _count(texts, missing, analyte, file):
    """A note on how many values are missing, and by which texts."""
    if not missing.any():
        return []
    counts = texts[missing].fillna("blank").value_counts()
    words = ", ".join(f"{counts[text]} {text}" for text in sorted(counts.index))
    total = {"count": int(missing.sum()), "total": len(texts)}
    return [find("values_missing", file, column=analyte.column, texts=words, **total)]


def _flow(values, analyte):
    return convert_grade(
        values,
        from_species=analyte.column_species,
        from_unit=analyte.column_unit,
        to_species=analyte.species,
        to_unit=analyte.unit,
    )


def add_sums(frame, analytes):
    """The table with the sums of analytes behind its other columns, grades in the order of the analytes.

    Parameters
    ----------
    frame : DataFrame
        With the analytes that have a column, and ``<analyte>_censored`` of each.
    analytes : dict of str to drillholes.settings.Analyte
    """
    grades = {f"{name}{suffix}" for name in analytes for suffix in ("", "_censored")}
    own = [name for name in frame if name not in grades]
    columns = _add_sums({name: frame[name].to_numpy() for name in frame if name in grades}, analytes)
    return pd.concat([frame[own], pd.DataFrame(columns, index=frame.index)], axis=1)


def _add_sums(columns, analytes):
    """Columns in the order of the analytes, with the sums; a sum is missing, or censored, where one of its parts is."""
    done = dict(columns)
    for name in analytes:
        _sum(name, analytes, done, ())
    order = [key for name in analytes for key in (name, f"{name}_censored") if key in done]
    return {key: done[key] for key in order}


def _sum(name, analytes, done, asked):
    """Values of one analyte, adding up its parts first where it is a sum."""
    if name in asked:
        message = f"analyte {name} is a sum of itself: {' → '.join((*asked, name))}; take one out of its sum_of"
        raise InputError(message)
    if name not in analytes:
        message = f"analyte {asked[-1]} is a sum of the unknown analyte {name}; known are {', '.join(analytes)}"
        raise InputError(message)
    if name not in done:
        names = parts_of(name, analytes)
        values = [part_values(name, part, _sum(part, analytes, done, (*asked, name)), analytes) for part in names]
        done[name] = np.sum(values, axis=0)
        flags = [np.asarray(done[f"{part}_censored"], dtype=bool) for part in names if f"{part}_censored" in done]
        done[f"{name}_censored"] = np.any(flags, axis=0) if flags else np.zeros(len(done[name]), dtype=bool)
    return done[name]


def check_samples(frame, file, column):
    """Findings of sample numbers that stand in the table twice; ``frame`` has ``row`` and ``sample``."""
    known = frame.dropna(subset=["sample"]).sort_values(ROW, kind="stable")
    first = known.groupby("sample")[ROW].transform("first")
    return find("duplicate_sample", file, known, known[ROW] != first, column=column, value=known["sample"], other=first)
