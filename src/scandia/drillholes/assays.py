"""Several assay tables put beside each other: split at all breaks, every grade kept with the metres it stands for."""

from dataclasses import replace

import numpy as np
import pandas as pd

from scandia.drillholes.analytes import add_sums
from scandia.drillholes.findings import apply_ignored, concat
from scandia.drillholes.validation import Checked, check_database
from scandia.drillholes.validation_samples import check_sums
from scandia.errors import InputError
from scandia.vocabulary import FROM, HOLE, ROW, SAMPLE, TO

JOINT = 1e-6  # m; breaks of two tables closer than this are the same, but for the last bits of converted units
AUDIT = ("analyte", "table", "length_before", "length_after", "metal_before", "metal_after", "difference")
TEXTS = (SAMPLE, "batch", "laboratory")  # of each piece, from each table
NOT_THERE = -1  # the row of a piece that a table does not cover
_LOSS = 1e-6  # relative; more metal than that is not rounding


def check_all(raw, drillholes, analytes, **options):
    """`Checked` database as from `validation.check_database`, its assays merged, and the audit of merging.

    Each further assay table is checked as the first one is, with its own rows in the account. The merged table has the rows
    of the first in ``row`` and those of another in ``row_<table>``.

    Parameters
    ----------
    raw : dict of str to DataFrame
        Raw text tables, the further assay tables by their names.
    drillholes : drillholes.settings.Drillholes
    analytes : dict of str to drillholes.settings.Analyte
    **options
        As for `check_database`.
    """
    if not drillholes.assays:
        return check_database(raw, drillholes, analytes, **options), pd.DataFrame(columns=list(AUDIT))
    owned = {name: {} for name in ("assay", *drillholes.assays)}
    for name, analyte in analytes.items():
        if analyte.column is not None:
            owned[analyte.table or "assay"][name] = analyte
    first = replace(drillholes, assays={}, checks=_own_checks(drillholes.checks, owned["assay"]))
    checked = [check_database(raw, first, owned["assay"], controlled=analytes, **options)]
    controls = checked[0].tables.get("qc")
    for name, table in drillholes.assays.items():
        own = _own_checks(drillholes.checks, owned[name])
        only = replace(first, assay=table, lithology=None, density=None, checks=own)
        given = {key: raw[key] for key in ("collar", "survey") if key in raw} | {"assay": raw.get(name, pd.DataFrame())}
        one = check_database(given, only, owned[name], reading=options.get("reading"), controls=controls)
        checked.append(_own(one, name, table))
    parts = dict(zip(owned, (one.tables["assay"] for one in checked), strict=True))
    merged = merge_assays(parts, {name: list(own) for name, own in owned.items()})
    audit = merging_audit(parts, merged, {name: list(own) for name, own in owned.items()})
    tables = checked[0].tables | {"assay": add_sums(merged, analytes)}
    rows, excluded = (pd.concat([getattr(one, key) for one in checked], ignore_index=True) for key in ("rows", "excluded"))
    findings = [*(one.findings for one in checked), *_check_sums_across(tables["assay"], drillholes, analytes, owned)]
    return Checked(tables, concat(findings), rows, excluded), audit


def _own_checks(checks, owned):
    """The checks of one assay table: reported sums all of whose analytes it has."""
    return replace(checks, sums={name: parts for name, parts in checks.sums.items() if {name, *parts} <= set(owned)})


def _check_sums_across(merged, drillholes, analytes, owned):
    """Findings of the reported sums that no table holds alone, each once, in rows and file of the table of the sum."""
    checks = drillholes.checks
    for name, parts in checks.sums.items():
        if any({name, *parts} <= set(own) for own in owned.values()):
            continue
        table = analytes[name].table
        rows = merged[ROW if table is None else f"{ROW}_{table}"]
        file = (drillholes.assay if table is None else drillholes.assays[table]).file
        pieces = merged.assign(**{ROW: rows})[(rows != NOT_THERE).to_numpy()]
        found = check_sums(pieces, analytes, file, replace(checks, sums={name: parts}))
        yield apply_ignored(found.drop_duplicates(ROW), checks.ignored)


def _own(checked, name, table):
    """What a check says of one further assay table alone; collars and surveys were checked with the first."""
    findings = checked.findings[checked.findings["file"] == table.file]
    rows, excluded = (frame[frame["table"] == "assay"].assign(table=name) for frame in (checked.rows, checked.excluded))
    return Checked(checked.tables, findings, rows, excluded)


def merge_assays(parts, analytes):
    """One table of all assays, sorted by hole and depth: every interval is split at the breaks of all tables.

    Parameters
    ----------
    parts : dict of str to DataFrame
        Typed assay tables by name, the first one named ``assay``: row, hole, from, to (m), sample, batch and laboratory if
        known, and the analytes with their ``<analyte>_censored``. Intervals of one table do not overlap.
    analytes : dict of str to sequence of str
        Table to its analytes; no analyte stands in two.

    Returns
    -------
    DataFrame
        row, hole, from, to; sample, batch and laboratory, where known, of the first table; all of these but the place of each
        other one with ``_<table>`` behind. A row is -1, and texts are missing, where a table does not cover the piece; the
        analytes are NaN there. Ground that no table covers has no row.
    """
    names = list(parts)
    holes = pd.Index(sorted(set().union(*(frame[HOLE] for frame in parts.values()))))
    hole, depth = _breaks(parts, holes)
    owner = {name: _cover(parts[name], holes, hole, depth) for name in names}
    kept = np.any([rows >= 0 for rows in owner.values()], axis=0)
    columns = {ROW: _take(parts["assay"][ROW], owner["assay"], NOT_THERE)[kept], HOLE: holes.to_numpy()[hole[:-1]][kept]}
    columns |= {FROM: depth[:-1][kept], TO: depth[1:][kept]}
    for name in names[1:]:
        columns[f"{ROW}_{name}"] = _take(parts[name][ROW], owner[name], NOT_THERE)[kept]
    for name in names:
        for text in (key for key in TEXTS if key in parts[name]):
            values = _take(parts[name][text].astype(object), owner[name], None)[kept]
            columns[text if name == "assay" else f"{text}_{name}"] = pd.array(values, dtype="str")
    for name in names:
        for analyte in analytes[name]:
            columns[analyte] = _take(parts[name][analyte], owner[name], np.nan)[kept]
            columns[f"{analyte}_censored"] = _take(parts[name][f"{analyte}_censored"], owner[name], False)[kept]
    return pd.DataFrame(columns)


def merging_audit(parts, merged, analytes):
    """Length with a grade and metal (grade x m) of each analyte before and after merging.

    Raises
    ------
    InputError
        Metal was lost or made by more than rounding: the tables overlap.
    """
    rows = []
    for name, frame in parts.items():
        for analyte in analytes[name]:
            before, after = _metal(frame, analyte), _metal(merged, analyte)
            lost = before[1] - after[1]
            if abs(lost) > _LOSS * max(abs(before[1]), 1.0):
                message = (
                    f"merging {name} changes the metal of {analyte} from {before[1]:g} to {after[1]:g}; do its intervals overlap?"
                )
                raise InputError(message)
            rows.append((analyte, name, before[0], after[0], before[1], after[1], lost))
    return pd.DataFrame(rows, columns=list(AUDIT))


def _metal(frame, analyte):
    length, known = (frame[TO] - frame[FROM]).to_numpy(), frame[analyte].notna().to_numpy()
    return float(length[known].sum()), float((length * frame[analyte].to_numpy())[known].sum())


def _breaks(parts, holes):
    """Hole and depth of every distinct break, sorted; of breaks within `JOINT` the one of the first table stays."""
    hole, depth, rank = [], [], []
    for number, frame in enumerate(parts.values()):
        for column in (FROM, TO):
            hole.append(holes.get_indexer(frame[HOLE]))
            depth.append(frame[column].to_numpy(float))
            rank.append(np.full(len(frame), number))
    hole, depth, rank = (np.concatenate(values) for values in (hole, depth, rank))
    order = np.lexsort([rank, depth, hole])
    hole, depth, rank = hole[order], depth[order], rank[order]
    new = np.append(True, (np.diff(hole) != 0) | (np.diff(depth) > JOINT)) if hole.size else np.zeros(0, dtype=bool)
    group = np.cumsum(new) - 1
    best = np.lexsort([depth, rank, group])
    first = np.append(True, np.diff(group[best]) != 0) if hole.size else new
    return hole[best][first], depth[best][first]


def _cover(frame, holes, hole, depth):
    """Position of the interval of a table that covers the ground below each break but the last, -1 where none does."""
    codes = holes.get_indexer(frame[HOLE])
    order = np.lexsort([frame[FROM].to_numpy(), codes])
    key = codes[order] + 1j * (frame[FROM].to_numpy(float)[order] - JOINT)
    middle = (depth[:-1] + depth[1:]) / 2.0
    place = np.searchsorted(key, hole[:-1] + 1j * middle, side="right") - 1
    found = order[np.maximum(place, 0)] if len(order) else np.zeros(len(middle), dtype=int)
    inside = (place >= 0) & (hole[:-1] == hole[1:]) & (len(order) > 0)
    if len(order):
        inside &= (codes[found] == hole[:-1]) & (frame[TO].to_numpy(float)[found] > middle)
    return np.where(inside, found, -1)


def _take(column, owner, missing):
    return np.append(column.to_numpy(), missing)[owner]
