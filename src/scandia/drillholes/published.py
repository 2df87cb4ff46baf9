"""Published tables of intercepts and the claims made from them, checked against each other and against the holes."""

from itertools import pairwise

import numpy as np
import pandas as pd

from scandia import vocabulary
from scandia.drillholes.assayed import check_assayed
from scandia.drillholes.claims import (
    CANNOT,
    CHECK_COLUMNS,
    COMPUTED,
    NOT_SUPPORTED,
    SC,
    SC2O3,
    SUPPORTED,
    Evidence,
    check_claims,
    check_row,
    number,
)
from scandia.drillholes.settings import DEPTH_TOLERANCE
from scandia.errors import InputError
from scandia.units import oxide_factor

CONTENTS = {SC: "ppm", SC2O3: "ppm", "treo_y_percent": "%"}
SHARES = ("magnet_reo_percent",)  # of TREO+Y: no content of its own, so it has no length-weighted mean
LENGTH_TOLERANCE = 0.01  # m; from, to and length are printed to the centimetre
OXIDE_TOLERANCE = 0.5  # ppm; oxide figures are printed as whole numbers


def check_published(
    intercepts, claims, stations, collar, mine_grid, *, source="", tolerance=DEPTH_TOLERANCE, assay=None, analytes=None
):
    """Checks, nested intercepts and a plain sentence that says what the published facts allow.

    Parameters
    ----------
    intercepts : DataFrame
        hole, from, to, length (m), including (0 or 1), sc_ppm, sc2o3_ppm and, where published, treo_y_percent and
        magnet_reo_percent; text or numbers.
    claims : DataFrame
        Claims of the text; see `scandia.drillholes.claims.check_claims`.
    stations, collar : DataFrame
        Desurveyed stations and collars of all holes of the programme.
    mine_grid : MineGrid
        Local grid, whose y is the section number.
    source : str
        Where the table of intercepts was published.
    tolerance : float
        Differences of depth up to this are rounding, m: ``drillholes.checks.depth_tolerance``.
    assay : DataFrame, optional
        Assays of the programme, where there are any: every published grade is held against them.
    analytes : dict of str to Analyte, optional
        Species and units of the assays.

    Returns
    -------
    checks : DataFrame
        `CHECK_COLUMNS`; verdict is "supported", "not supported", "cannot be checked", or "computed" where the table shows a
        number of ours that nobody printed.
    nested : DataFrame
        The intercepts with `intercept` (from 1), `parent` (0 for a main row), `inside`, recomputed length and oxide, and for
        main rows with "including" rows what is left outside them.
    conclusion : str
        One or two sentences.

    Raises
    ------
    InputError
        A column is missing, a number is text, or an intercept's hole has no collar.
    """
    table = _typed(intercepts)
    unknown = sorted(set(table[vocabulary.HOLE]) - set(collar[vocabulary.HOLE]))
    if unknown:
        known = ", ".join(sorted(collar[vocabulary.HOLE]))
        message = f"intercepts of {', '.join(unknown)} have no collar; holes with one: {known}"
        raise InputError(message)
    nested = nest_intercepts(table, tolerance=tolerance)
    rows = _row_checks(nested, collar, source) + _nesting_checks(nested, source) + _hole_checks(nested, source, tolerance)
    if assay is not None and analytes:
        rows += check_assayed(nested, assay, analytes, source=source, tolerance=tolerance)
    said = check_claims(claims, Evidence(nested, collar, stations, mine_grid))
    checks = pd.concat([pd.DataFrame(rows, columns=CHECK_COLUMNS), said], ignore_index=True)
    return checks, nested, conclude(nested, checks, collar)


def nest_intercepts(table, *, tolerance=DEPTH_TOLERANCE):
    """The intercepts with the row that each "including" row lies in, and what is left of a main row outside its includings.

    An "including" row belongs to the main row of its hole that it shares most length with; `inside` says whether it lies in it
    wholly. The rest of a main row has length ``L - sum(l)`` and grade ``(L g - sum(l g_l)) / (L - sum(l))``.
    """
    nested = table.sort_values([vocabulary.HOLE, vocabulary.FROM, "including"], kind="stable", ignore_index=True)
    nested.insert(0, "intercept", np.arange(1, len(nested) + 1))
    nested.insert(1, "parent", 0)
    nested["inside"] = nested["including"] == 0
    for index in nested.index[nested["including"] == 1]:
        nested.loc[index, ["parent", "inside"]] = _parent(nested, nested.loc[index], tolerance)
    nested["length_recomputed"] = nested[vocabulary.TO] - nested[vocabulary.FROM]
    nested["sc2o3_ppm_recomputed"] = nested[SC] * oxide_factor("Sc", "Sc2O3")
    names = [name for name in CONTENTS if name in nested]
    for column in ("residual_length", *(f"residual_{name}" for name in names)):
        nested[column] = np.nan
    for index in nested.index[nested["including"] == 0]:
        parts = nested[(nested["parent"] == nested.at[index, "intercept"]) & nested["inside"]]
        if len(parts):
            _set_residual(nested, index, parts, names, tolerance)
    return nested


def conclude(nested, checks, collar):
    """A plain sentence: whether the published facts carry an estimate, and how the checks ended."""
    holes = sorted(collar[vocabulary.HOLE].unique())
    assayed = sorted(nested[vocabulary.HOLE].unique())
    counts = checks["verdict"].value_counts()
    if len(assayed) == 1:
        reason = f"of {len(holes)} holes only {assayed[0]} has published assays, and one hole says nothing between holes"
    else:
        reason = f"{len(assayed)} of {len(holes)} holes have published intercepts, and intercepts are no samples"
    refused = checks.loc[checks["verdict"] == NOT_SUPPORTED, "subject"].tolist()
    failed = f" ({'; '.join(refused)})" if refused else ""
    return (
        f"No estimate: {reason}. Checks: {counts.get(SUPPORTED, 0)} supported, {len(refused)} not supported{failed}, "
        f"{counts.get(CANNOT, 0)} that the published tables cannot decide."
    )


def _typed(intercepts):
    """Intercepts as numbers, with the "including" mark as 0 or 1."""
    required = (vocabulary.HOLE, vocabulary.FROM, vocabulary.TO, vocabulary.LENGTH, "including", SC, SC2O3)
    absent = [name for name in required if name not in intercepts]
    if absent:
        message = f"published intercepts lack {', '.join(absent)}; the table has {', '.join(map(str, intercepts.columns))}"
        raise InputError(message)
    table = intercepts.reset_index(drop=True).copy()
    rows = table[vocabulary.ROW] if vocabulary.ROW in table else table.index + 2
    for name in (*required[1:], *(name for name in (*CONTENTS, *SHARES) if name in table and name not in required)):
        table[name] = [number(value, name, row) for value, row in zip(table[name], rows, strict=True)]
    wrong = ~table["including"].isin([0, 1]) | table[[vocabulary.FROM, vocabulary.TO]].isna().any(axis=1)
    if wrong.any():
        message = f"row {rows[wrong.idxmax()]}: including must be 0 or 1, and from and to must be given"
        raise InputError(message)
    table["including"] = table["including"].astype(int)
    return table


def _parent(nested, row, tolerance):
    """Number of the main row that shares most length with an including row, and whether it holds it wholly."""
    mains = nested[(nested["including"] == 0) & (nested[vocabulary.HOLE] == row[vocabulary.HOLE])]
    top = np.maximum(mains[vocabulary.FROM], row[vocabulary.FROM])
    shared = (np.minimum(mains[vocabulary.TO], row[vocabulary.TO]) - top).clip(lower=0.0)
    if mains.empty or shared.max() <= 0:
        return 0, False
    main = mains.loc[shared.idxmax()]
    above = row[vocabulary.FROM] >= main[vocabulary.FROM] - tolerance
    return int(main["intercept"]), bool(above and row[vocabulary.TO] <= main[vocabulary.TO] + tolerance)


def _set_residual(nested, index, parts, names, tolerance):
    whole = nested.loc[index]
    length = whole["length_recomputed"] - parts["length_recomputed"].sum()
    nested.at[index, "residual_length"] = length
    for name in names:
        metal = whole["length_recomputed"] * whole[name] - (parts["length_recomputed"] * parts[name]).sum()
        nested.at[index, f"residual_{name}"] = metal / length if length > tolerance else np.nan


def _row_checks(nested, collar, source):
    """Length, oxide figure and depth of every row."""
    factor = oxide_factor("Sc", "Sc2O3")
    depths = collar.set_index(vocabulary.HOLE)[vocabulary.DEPTH]
    rows = []
    for row in nested.to_dict("records"):
        name, depth = _name(row), float(depths[row[vocabulary.HOLE]])
        metres = {"unit": "m", "source": source}
        length = row["length_recomputed"]
        rows.append(check_row("length", name, row["length"], length, LENGTH_TOLERANCE, note="to - from", **metres))
        note = f"Sc {row[SC]:g} ppm x {factor:.5f}"
        oxide = row["sc2o3_ppm_recomputed"]
        rows.append(check_row("oxide", name, row[SC2O3], oxide, OXIDE_TOLERANCE, unit="ppm", note=note, source=source))
        inside = 0 <= row[vocabulary.FROM] < row[vocabulary.TO] <= depth + LENGTH_TOLERANCE
        verdict = SUPPORTED if inside else NOT_SUPPORTED
        note = "`to` beside the end of the hole"
        rows.append(check_row("within_hole", name, row[vocabulary.TO], depth, np.nan, note=note, verdict=verdict, **metres))
    return rows


def _nesting_checks(nested, source):
    """Whether including rows lie in their intercept, and whether they leave a grade that can be."""
    rows = []
    for row in nested[nested["including"] == 1].to_dict("records"):
        parent = nested[nested["intercept"] == row["parent"]]
        note = f"lies wholly in {_name(parent.iloc[0])}" if row["inside"] else "does not lie wholly in an intercept"
        verdict = SUPPORTED if row["inside"] else NOT_SUPPORTED
        rows.append(check_row("nesting", _name(row), np.nan, np.nan, np.nan, unit="m", note=note, source=source, verdict=verdict))
    for row in nested[nested["residual_length"].notna()].to_dict("records"):
        grade, length = row[f"residual_{SC2O3}"], row["residual_length"]
        best = nested.loc[nested["parent"] == row["intercept"], SC2O3].min()
        verdict = COMPUTED if 0 <= grade <= best else NOT_SUPPORTED
        note = f"Sc2O3 over the {length:.2f} m outside its including rows"
        words = {"unit": "ppm", "note": note, "source": source, "verdict": verdict}
        rows.append(check_row("residual", _name(row), np.nan, grade, np.nan, **words))
    return rows


def _hole_checks(nested, source, tolerance):
    """Gaps between main intercepts, and their length-weighted mean, hole by hole."""
    rows = []
    for hole, mains in nested[nested["including"] == 0].groupby(vocabulary.HOLE, sort=True):
        records = mains.to_dict("records")
        for above, below in pairwise(records):
            gap = below[vocabulary.FROM] - above[vocabulary.TO]
            verdict = COMPUTED if gap >= -tolerance else NOT_SUPPORTED
            note = "overlaps the one above" if gap < -tolerance else "touches the one above"
            note = "no published assays between this intercept and the one above" if gap > tolerance else note
            rows.append(check_row("gap", _name(below), np.nan, gap, np.nan, unit="m", note=note, source=source, verdict=verdict))
        lengths = mains["length_recomputed"].to_numpy()
        span = mains[vocabulary.TO].max() - mains[vocabulary.FROM].min()
        for name in (name for name in CONTENTS if name in mains):
            mean = float(lengths @ mains[name].to_numpy() / lengths.sum())
            note = f"{len(mains)} main intercepts, {lengths.sum():.2f} m of a span of {span:.2f} m"
            row = check_row(
                "weighted_mean", f"{hole} {name}", np.nan, mean, np.nan, unit=CONTENTS[name], note=note, source=source
            )
            rows.append({**row, "verdict": COMPUTED})
    return rows


def _name(row):
    return f"{row[vocabulary.HOLE]} {row[vocabulary.FROM]:.2f}-{row[vocabulary.TO]:.2f} m"
