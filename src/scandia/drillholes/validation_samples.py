"""Checks of whole samples: element against oxide, parts against sums, copied rows, and control samples among the assays."""

import re
from itertools import combinations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as compute

from scandia.drillholes.findings import concat, find, no_findings
from scandia.drillholes.rare_earths import part_values
from scandia.errors import InputError
from scandia.units import convert, parse_formula, species_factor
from scandia.vocabulary import HOLE, ROW, SAMPLE

FEWEST = 10  # samples from which the ratio of two columns says anything
SPECIES = 0.05  # share by which the median ratio of two columns of one element may be off 1
MISMATCH = 0.1  # share by which one row may be, where both values stand well above their smallest step
STEPS = 10.0  # times the smallest step of a column: below, rounding makes ratios
GRADES = 4  # grades from which two equal rows are a copy
CONTROLS = ("standard", "blank")


def check_samples_together(frame, analytes, table, checks):
    """Findings of the assay table in which several columns are compared.

    Parameters
    ----------
    frame : DataFrame
        Typed assay table with the analytes as they flow on.
    analytes : dict of str to drillholes.settings.Analyte
    table : drillholes.settings.Table
    checks : drillholes.settings.Checks
    """
    known = {name: frame[name].to_numpy() for name in analytes if name in frame}
    return concat(
        [
            *_elements(frame, known, analytes, table.file),
            _whole(frame, known, analytes, table, checks.sum_tolerance),
            check_sums(frame, analytes, table.file, checks),
            _copies(frame, known, analytes, table.file),
        ]
    )


def check_controls_among(assay, table, checks, controls=None):
    """Findings of rows of the assay table that are control samples by their number, or by their name."""
    found, sample = [], table.columns.get(SAMPLE, "")
    if controls is not None and SAMPLE in assay:
        kinds = controls[controls["type"].isin(CONTROLS)].drop_duplicates(SAMPLE).set_index(SAMPLE)["type"]
        kinds = assay[SAMPLE].map(kinds[kinds.index.notna()])
        found.append(
            find("control_among_assays", table.file, assay, kinds.notna(), column=sample, value=assay[SAMPLE], type=kinds)
        )
    if checks.control_names:
        pattern = rf"(?i)^(?:{'|'.join(map(re.escape, checks.control_names))})(?:[^a-z]|$)"
        for name in (HOLE, SAMPLE):
            if name in assay:
                texts = pa.array(assay[name], type=pa.large_string(), from_pandas=True)  # ten times faster than text by text
                named = compute.fill_null(compute.match_substring_regex(texts, pattern), False).to_numpy(zero_copy_only=False)
                words = {"column": table.columns[name], "value": assay[name]}
                found.append(find("control_name_among_assays", table.file, assay, named, **words))
    return concat(found)


def _main_element(species):
    """The one element of a species besides oxygen, or None where there is no such formula."""
    try:
        elements = [name for name in parse_formula(species) if name != "O"]
    except InputError:
        return None
    return elements[0] if len(elements) == 1 else None


def _elements(frame, known, analytes, file):
    """Pairs of columns of one element, as the species that flow on."""
    by_element = {}
    for name in known:
        if analytes[name].column is not None and _main_element(analytes[name].species):
            by_element.setdefault(_main_element(analytes[name].species), []).append(name)
    for names in by_element.values():
        for first, second in combinations(names, 2):
            if analytes[first].column != analytes[second].column:
                yield _pair(frame, known, analytes, file, first, second)


def _pair(frame, known, analytes, file, first, second):
    one, two = analytes[first], analytes[second]
    factor = species_factor(two.species, one.species)
    other = convert(known[second], two.unit, one.unit) * factor
    used = np.isfinite(known[first]) & np.isfinite(other) & (known[first] > 0) & (other > 0)
    for name, values in ((first, known[first]), (second, other)):
        flag = frame.get(f"{name}_censored")
        used &= ~flag.to_numpy() if flag is not None else True
        used &= values > STEPS * _step(values[used])
    if used.sum() < FEWEST:
        return no_findings()
    ratio = np.divide(known[first], other, out=np.ones(len(other)), where=used)
    middle = float(np.median(ratio[used]))
    words = {"column": one.column, "other": two.column, "factor": float(f"{_stoichiometric(one, two):.5g}")}
    if abs(middle - 1.0) > SPECIES:
        return find("species_suspect", file, **words, species=one.species, ratio=float(f"{middle:.4g}"))
    off = used & (np.abs(ratio - 1.0) > MISMATCH)
    return find("element_oxide_mismatch", file, frame, off, **words, ratio=np.round(ratio, 4))


def _step(values):
    """The smallest step between two numbers of a column: what it is rounded to."""
    steps = np.diff(np.unique(values))
    steps = steps[steps > 1e-9 * values.max()] if len(steps) else steps
    return float(steps.min()) if len(steps) else 0.0


def _stoichiometric(one, two):
    """The factor between the species of the two columns, above 1."""
    factor = species_factor(one.column_species, two.column_species)
    return max(factor, 1.0 / factor)


def _whole(frame, known, analytes, table, tolerance):
    """Samples whose parts, each element once, are more than the whole."""
    largest = {}
    for name, values in known.items():
        element = _main_element(analytes[name].species)
        if element is not None:
            share = np.nan_to_num(convert(values, analytes[name].unit, "%"))
            largest[element] = np.maximum(largest[element], share) if element in largest else share
    if len(largest) < 2:
        return no_findings()
    total = np.sum(list(largest.values()), axis=0)
    single = np.max(list(largest.values()), axis=0)
    above = (total > 100.0 * (1.0 + tolerance)) & (single <= 100.0)  # a single part above 100 % has a finding of its own
    return find("sum_above_whole", table.file, frame, above, sum=np.round(total, 3), parts=", ".join(largest))


def check_sums(frame, analytes, file, checks):
    """Findings of reported sums against their parts, each in the unit and species of the sum.

    Parameters
    ----------
    frame : DataFrame
        Typed assay table.
    analytes : dict of str to drillholes.settings.Analyte
    file : str
    checks : drillholes.settings.Checks
        Its ``sums`` are of analytes of this table.

    Raises
    ------
    InputError
        A sum, or a part, is no analyte of the table, or a part cannot be converted to the sum.
    """
    found = []
    for name, parts in checks.sums.items():
        key = f"drillholes.checks.sums.{name}"
        missing = [part for part in (name, *parts) if part not in analytes or part not in frame]
        if missing:
            message = f"drillholes.checks.sums names {missing[0]}, which is no analyte; known are {', '.join(analytes)}"
            raise InputError(message)
        total = np.sum([part_values(name, part, frame[part].to_numpy(), analytes, key=key) for part in parts], axis=0)
        given = frame[name].to_numpy()
        used = np.isfinite(total) & np.isfinite(given) & (total > 0)
        ratio = np.divide(given, total, out=np.ones(len(total)), where=used)
        off = used & (np.abs(ratio - 1.0) > checks.sum_tolerance)
        words = {"ratio": np.round(ratio, 4), "parts": ", ".join(parts)}
        found.append(find("sum_of_parts", file, frame, off, column=analytes[name].column or name, value=given, **words))
    return concat(found)


def _copies(frame, known, analytes, file):
    """Rows all of whose grades, four at least and not all at one value, are those of a row above in the file."""
    names = [name for name in known if analytes[name].column is not None]
    if len(names) < GRADES or frame.empty:
        return no_findings()
    grades = np.column_stack([known[name] for name in names])
    flags = [frame[f"{name}_censored"].to_numpy() for name in names if f"{name}_censored" in frame]
    real = np.isfinite(grades) & (grades > 0)
    if len(flags) == len(names):
        real &= ~np.column_stack(flags)
    used = np.flatnonzero(real.sum(axis=1) >= GRADES)
    rows = pd.DataFrame(grades[used]).assign(row=frame[ROW].to_numpy()[used]).sort_values("row", kind="stable")
    columns = list(range(len(names)))
    again = rows.duplicated(columns)
    if not again.any():
        return no_findings()
    twins = rows[rows.duplicated(columns, keep=False)]
    first = twins.groupby(columns, dropna=False, sort=False)["row"].transform("first")
    other = first[first != twins["row"]]
    at = pd.Series(np.arange(len(frame)), index=frame[ROW])
    places = at[twins.loc[other.index, "row"]].to_numpy()
    return find("grades_repeated", file, frame.iloc[places], count=len(names), other=other.to_numpy())
