"""Claims of a published text, each set against what the published tables can tell."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from scandia import vocabulary
from scandia.drillholes.desurvey import locate
from scandia.drillholes.numbers import parse_numbers
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid, to_local
from scandia.geometry.rotation import rotation_matrix
from scandia.units import oxide_factor

SUPPORTED, NOT_SUPPORTED, CANNOT, COMPUTED = "supported", "not supported", "cannot be checked", "computed"
CHECK_COLUMNS = ("check", "subject", "published", "recomputed", "difference", "tolerance", "unit", "verdict", "note", "source")
SC, SC2O3 = "sc_ppm", "sc2o3_ppm"
ROUNDING = 1e-9


@dataclass(frozen=True)
class Evidence:
    """What the tables tell: nested intercepts, collars, desurveyed stations and the mine grid."""

    intercepts: pd.DataFrame
    collar: pd.DataFrame
    stations: pd.DataFrame
    mine_grid: MineGrid


@dataclass(frozen=True)
class Claim:
    """One claim of the text, with the arguments of its check; numbers that were not printed are NaN."""

    name: str
    check: str
    hole: str
    start: float
    stop: float
    column: str
    operands: tuple[float, ...]
    value: float
    unit: str
    tolerance: float
    note: str
    source: str


@dataclass(frozen=True)
class Outcome:
    """What a check found: the recomputed number, remarks, and a verdict where the numbers alone do not give it."""

    recomputed: float = np.nan
    remark: str = ""
    verdict: str | None = None


def check_claims(claims, evidence):
    """One row of `CHECK_COLUMNS` per claim, in the order of the claims.

    Parameters
    ----------
    claims : DataFrame of text
        claim, check (a name in `CLAIM_CHECKS`), hole, from, to, column, operands (numbers parted by blanks), value, unit,
        tolerance (empty: half of the last printed digit of the value), note, source.
    evidence : Evidence
        The tables.

    Raises
    ------
    InputError
        A check is unknown or a number is text.
    """
    rows = []
    for record in claims.to_dict("records"):
        claim = _claim(record)
        outcome = CLAIM_CHECKS[claim.check](claim, evidence)
        note = "; ".join(text for text in (outcome.remark, claim.note) if text)
        rows.append(
            check_row(
                claim.check,
                claim.name,
                claim.value,
                outcome.recomputed,
                claim.tolerance,
                unit=claim.unit,
                note=note,
                source=claim.source,
                verdict=outcome.verdict,
            )
        )
    return pd.DataFrame(rows, columns=CHECK_COLUMNS)


def check_row(check, subject, published, recomputed, tolerance, *, unit, note="", source="", verdict=None):
    """One row of the table of checks; without a verdict the difference against the tolerance decides."""
    difference = recomputed - published
    if verdict is None and np.isnan(difference):
        verdict = CANNOT
    elif verdict is None:
        verdict = SUPPORTED if abs(difference) <= tolerance + ROUNDING else NOT_SUPPORTED
    return dict(
        zip(
            CHECK_COLUMNS,
            (check, subject, published, recomputed, difference, tolerance, unit, verdict, note, source),
            strict=True,
        )
    )


def last_digit(text):
    """Half of the last printed digit: the rounding of a printed number; NaN where nothing was printed."""
    text = _text(text)
    return 0.5 * 10.0 ** Decimal(text).as_tuple().exponent if text else np.nan


def number(value, column, row):
    """A float of printed text, NaN where nothing was printed."""
    text = _text(value)
    if not text:
        return np.nan
    numbers, bad = parse_numbers(pd.Series([text], dtype="str"))
    if bad[0]:
        message = f"row {row}: {column} is {text!r}; it must be a number with a decimal point, or empty where nothing was printed"
        raise InputError(message)
    return float(numbers[0])


def _text(value):
    return "" if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)) else str(value).strip()


def _claim(record):
    """A typed claim of one row of text."""
    row = _text(record.get(vocabulary.ROW)) or _text(record["claim"])
    check = _text(record["check"])
    if check not in CLAIM_CHECKS:
        message = f"row {row}: check is {check!r}; it must be one of {', '.join(CLAIM_CHECKS)}"
        raise InputError(message)
    value = number(record["value"], "value", row)
    tolerance = number(record.get("tolerance"), "tolerance", row)
    return Claim(
        name=_text(record["claim"]),
        check=check,
        hole=_text(record.get(vocabulary.HOLE)),
        start=number(record.get(vocabulary.FROM), vocabulary.FROM, row),
        stop=number(record.get(vocabulary.TO), vocabulary.TO, row),
        column=_text(record.get("column")),
        operands=tuple(number(text, "operands", row) for text in _text(record.get("operands")).split()),
        value=value,
        unit=_text(record["unit"]),
        tolerance=last_digit(record["value"]) if np.isnan(tolerance) else tolerance,
        note=_text(record.get("note")),
        source=_text(record["source"]),
    )


def _holes(claim, evidence):
    return Outcome(float(evidence.collar[vocabulary.HOLE].nunique()))


def _drilled_total(claim, evidence):
    return Outcome(float(evidence.collar[vocabulary.DEPTH].sum()), "sum of the depths of the collar table")


def _oxide_factor(claim, evidence):
    return Outcome(oxide_factor("Sc", "Sc2O3"), "from standard atomic masses")


def _section(claim, evidence):
    """Northing of the collar on the mine grid."""
    collar = evidence.collar[evidence.collar[vocabulary.HOLE] == claim.hole]
    if collar.empty:
        return Outcome(remark=f"no collar of {claim.hole}")
    east, north = collar[vocabulary.EASTING].iloc[0], collar[vocabulary.NORTHING].iloc[0]
    tie = np.hypot(east - evidence.mine_grid.easting, north - evidence.mine_grid.northing) < ROUNDING
    northing = float(to_local(evidence.mine_grid, east, north)[1])
    return Outcome(northing, "tie point of the mine grid, so by definition" if tie else "")


def _intercept(claim, evidence):
    """A grade of the intercept that has the claimed length (the operand)."""
    table = evidence.intercepts
    found = table[(table[vocabulary.LENGTH] - claim.operands[0]).abs() < 0.005]
    if claim.hole:
        found = found[found[vocabulary.HOLE] == claim.hole]
    if len(found) != 1:
        count = "no row" if found.empty else f"{len(found)} rows"
        return Outcome(remark=f"{count} of the table with a length of {claim.operands[0]:g} m")
    row = found.iloc[0]
    return Outcome(float(row[claim.column]), f"{row[vocabulary.HOLE]}, {row[vocabulary.FROM]:g}-{row[vocabulary.TO]:g} m")


def _maximum(claim, evidence):
    table = evidence.intercepts
    best = table.loc[table[claim.column].idxmax()]
    where = f"largest of the table: {best[vocabulary.HOLE]}, {best[vocabulary.FROM]:g}-{best[vocabulary.TO]:g} m"
    return Outcome(float(best[claim.column]), where)


def _core_length(claim, evidence):
    """Length between two published depths; ground between the intercepts has no published assay."""
    table = evidence.intercepts
    inside = (table[vocabulary.HOLE] == claim.hole) & (table["including"] == 0)
    inside &= (table[vocabulary.FROM] >= claim.start - ROUNDING) & (table[vocabulary.TO] <= claim.stop + ROUNDING)
    covered = table[inside].sort_values(vocabulary.FROM)
    gaps = covered[vocabulary.FROM].to_numpy()[1:] - covered[vocabulary.TO].to_numpy()[:-1]
    length = claim.stop - claim.start
    if not (gaps > ROUNDING).any():
        return Outcome(length)
    words = ", ".join(f"{gap:.2f} m" for gap in gaps[gaps > ROUNDING])
    return Outcome(length, f"{claim.start:g}-{claim.stop:g} m holds {words} without published assays", CANNOT)


def _true_thickness(claim, evidence):
    """Thickness of the span across planes given as right-hand-rule strike and dip (pairs of operands); the largest is shown."""
    ends = locate(evidence.stations, [claim.hole, claim.hole], [claim.start, claim.stop])
    thickness = []
    for strike, dip in zip(claim.operands[::2], claim.operands[1::2], strict=True):
        normal = rotation_matrix(strike, dip, 0.0)[2]
        thickness.append((float(abs((ends[1] - ends[0]) @ normal)), f"towards {(strike + 90) % 360:g} at {dip:g} degrees"))
    words = "; ".join(f"{value:.1f} m if the body dips {where}" for value, where in thickness)
    remark = f"{claim.stop - claim.start:.2f} m of core from {claim.start:g} to {claim.stop:g} m is {words}"
    return Outcome(max(value for value, _ in thickness), remark, CANNOT)


def _trend(claim, evidence):
    """Spearman rank correlation of a grade with depth over the main intercepts of a hole."""
    table = evidence.intercepts
    rows = table[(table[vocabulary.HOLE] == claim.hole) & (table["including"] == 0)]
    middle = (rows[vocabulary.FROM] + rows[vocabulary.TO]) / 2
    rank = float(np.corrcoef(middle.rank(), rows[claim.column].rank())[0, 1]) if len(rows) > 2 else np.nan
    words = ", ".join(f"{value:g}" for value in rows.iloc[np.argsort(middle.to_numpy(), kind="stable")][claim.column])
    verdict = CANNOT if np.isnan(rank) else SUPPORTED if rank > ROUNDING else NOT_SUPPORTED
    return Outcome(rank, f"rank correlation with depth of {len(rows)} intercepts in {claim.hole}: {words} downwards", verdict)


def _share(claim, evidence):
    """First operand as a percentage of the sum of the others."""
    part, whole = claim.operands[0], sum(claim.operands[1:])
    return Outcome(100.0 * part / whole, f"{part:g} of {whole:g}", CANNOT if np.isnan(claim.value) else None)


def _product(claim, evidence):
    return Outcome(float(np.prod(claim.operands)), " x ".join(f"{value:,.15g}" for value in claim.operands))


def _not_in_the_tables(claim, evidence):
    return Outcome(verdict=CANNOT)


CLAIM_CHECKS = {
    "holes": _holes,
    "drilled_total": _drilled_total,
    "oxide_factor": _oxide_factor,
    "section": _section,
    "intercept": _intercept,
    "maximum": _maximum,
    "core_length": _core_length,
    "true_thickness": _true_thickness,
    "trend": _trend,
    "share": _share,
    "product": _product,
    "not_in_the_tables": _not_in_the_tables,
}
