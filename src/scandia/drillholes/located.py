"""Samples that come with their places: checked as tables are, and made into the holes that the flow goes on with."""

import numpy as np
import pandas as pd

from scandia.drillholes.analytes import check_samples, read_grades
from scandia.drillholes.findings import apply_ignored, concat, find
from scandia.drillholes.numbers import parse_numbers
from scandia.drillholes.settings import Checks
from scandia.drillholes.tables import as_written, to_convention
from scandia.drillholes.unreadable import find_texts, gather_marks
from scandia.drillholes.validation_crs import check_crs
from scandia.drillholes.validation_intervals import check_intervals
from scandia.vocabulary import EASTING, ELEVATION, FROM, HOLE, LENGTH, LITHOLOGY, NORTHING, ROW, SAMPLE, TO, WORLD

_NUMBERS = (EASTING, NORTHING, ELEVATION, LENGTH, FROM, TO)
_TEXTS = (HOLE, SAMPLE, LITHOLOGY)
_REQUIRED = (*_NUMBERS, HOLE)  # where they are mapped; a sample may be without a number or a logged code


def validate_located(raw, located, analytes, *, checks=None, reading=None, crs=None):
    """Located samples without the faulty rows, findings, and the account of rows.

    Parameters
    ----------
    raw : DataFrame of str
        As `io.tables.read_raw` gives it, with the analytes' columns.
    located : drillholes.sources.Located
    analytes : dict of str to drillholes.settings.Analyte
    checks : drillholes.settings.Checks, optional
    reading : DataFrame, optional
        Findings of reading the file.
    crs : str, optional
        Coordinate reference system of the samples; they must lie in its area of use.

    Returns
    -------
    samples : DataFrame
        row, hole, from, to (m; NaN where not known), length (m), easting, northing, elevation (m), sample and lithology where
        known, and the grades. A sample without a hole is a hole of its own.
    findings : DataFrame
    rows : DataFrame
        file, table, rows_in, rows_used, rows_excluded, reason.
    """
    table, checks = located.table, checks or Checks()
    lacking = [name for name in table.columns if name not in raw]
    if lacking:
        raw = raw.iloc[:0].assign(**{name: pd.array([], dtype="str") for name in lacking if name not in raw})
        raw = raw if ROW in raw else raw.assign(**{ROW: np.empty(0, dtype=np.int64)})
    frame, found = _typed(raw, located)
    grades, faults = read_grades(raw, analytes, table)
    frame = pd.concat([frame, grades.reset_index(drop=True)], axis=1)
    found += [faults] if len(raw) or not lacking else []
    found += [*_checked(frame, located, checks), check_crs(frame, table.as_read(), crs)]
    findings = apply_ignored(
        concat([*([] if reading is None else [reading]), as_written(concat(found), raw, table)]), checks.ignored
    )
    wrong = findings[findings[ROW].notna() & (findings["severity"] == "error")].drop_duplicates(ROW)
    used = frame[~frame[ROW].isin(wrong[ROW].astype(np.int64))]
    order = [HOLE, *([FROM] if FROM in table.columns else []), ROW]
    used = used.sort_values(order, kind="stable", ignore_index=True)
    return used, gather_marks(findings), _account(table.label, len(raw), len(used), wrong)


def _typed(raw, located):
    table, count, found = located.table, len(raw), []
    frame = pd.DataFrame({ROW: raw[ROW].astype(np.int64)}).reset_index(drop=True)
    for name in _NUMBERS:
        if name in table.columns:
            values, bad = parse_numbers(raw[name], table.decimal, table.thousands)
            found.append(find_texts(table.label, raw, bad, table.columns[name], raw[name], table))
            frame[name] = to_convention(name, values, table)
    for name in _TEXTS:
        if name in table.columns:
            frame[name] = raw[name].astype("str").reset_index(drop=True)
    for name in _REQUIRED:
        if name in table.columns:
            absent, rule = raw[name].isna().to_numpy(), "missing_key" if name in (HOLE, FROM, TO) else "missing_value"
            found.append(find(rule, table.label, raw, absent, column=table.columns[name]))
    if HOLE not in frame:
        width = len(str(frame[ROW].max())) if count else 1  # holes are sorted as texts; with zeros they stay in the file's order
        frame[HOLE] = pd.array([f"row {row:0{width}}" for row in frame[ROW]], dtype="str")
    for name, value in ((ELEVATION, located.elevation), (LITHOLOGY, located.lithology)):
        if name not in frame:
            frame[name] = np.full(count, value) if name == ELEVATION else pd.array([value] * count, dtype="str")
    if FROM not in frame:
        frame[FROM] = frame[TO] = np.nan
    if LENGTH not in frame:
        frame[LENGTH] = frame[TO] - frame[FROM] if located.length is None else located.length
    return frame, found


def _checked(frame, located, checks):
    table, columns = located.table, located.table.columns
    found = []
    if FROM in columns:
        sound = frame.dropna(subset=[HOLE, FROM, TO]).sort_values([HOLE, FROM, TO, ROW], kind="stable")
        found.append(check_intervals(sound, table, pd.Series(dtype=float), checks, gaps=False))
    if LENGTH in columns:
        short = (frame[LENGTH] <= 0).to_numpy()
        found.append(find("length_not_positive", table.label, frame, short, column=columns[LENGTH], value=frame[LENGTH]))
    if SAMPLE in columns:
        found.append(check_samples(frame, table.label, columns[SAMPLE]))
    placed = frame.dropna(subset=list(WORLD))
    first = placed.groupby(list(WORLD))[ROW].transform("min")
    found.append(find("same_place", table.label, placed, placed[ROW] != first, other=first))
    return found


def _account(file, rows_in, used, wrong):
    counts = wrong["rule"].value_counts().sort_index()
    words = "; ".join(f"{count} {rule}" for rule, count in counts.items())
    line = (file, "located", rows_in, used, rows_in - used, words)
    return pd.DataFrame([line], columns=["file", "table", "rows_in", "rows_used", "rows_excluded", "reason"])


def along_holes(samples):
    """Samples with the depths of their hole, m, where these are not known: end to end, in the order of their rows.

    The middles of two neighbours are as far apart as their places, and at least as far as their lengths need.
    """
    if samples[FROM].notna().all():
        return samples
    frame = samples.sort_values([HOLE, ROW], kind="stable", ignore_index=True)
    half = frame[LENGTH].to_numpy() / 2.0
    apart = np.linalg.norm(np.diff(frame[list(WORLD)].to_numpy(), axis=0, prepend=np.nan), axis=1)
    step = np.maximum(apart, half + np.roll(half, 1))
    first = ~frame[HOLE].eq(frame[HOLE].shift()).to_numpy()
    step[first] = half[first]
    middle = pd.Series(step).groupby(np.cumsum(first)).cumsum().to_numpy()
    top = np.round(middle - half, 9)
    return frame.assign(**{FROM: np.where(first, 0.0, top), TO: np.round(middle + half, 9)})


def holes_through(samples):
    """Collars and stations of holes that pass through the middles of their samples, `along_holes`.

    Returns
    -------
    collar : DataFrame
        row (-1), hole, easting, northing, elevation, depth.
    stations : DataFrame
        As `desurvey.desurvey` returns them: one at each middle, in its very place, one at each end. The direction is that
        between the neighbours; the hole of one sample is vertical.
    """
    frame = samples.sort_values([HOLE, FROM], kind="stable", ignore_index=True)
    place, hole = frame[list(WORLD)].to_numpy(), frame[HOLE].to_numpy(dtype=object)
    middle = ((frame[FROM] + frame[TO]) / 2.0).to_numpy()
    first = np.append(True, hole[1:] != hole[:-1])
    last = np.append(first[1:], True)
    every = np.arange(len(frame))
    chord = place[np.where(last, every, every + 1 - last)] - place[np.where(first, every, every - 1 + first)]
    length = np.linalg.norm(chord, axis=1)
    heading = np.where(length[:, None] > 0, chord / np.where(length > 0, length, 1.0)[:, None], [0.0, 0.0, -1.0])
    start = place[first] - heading[first] * middle[first, None]
    end = place[last] + heading[last] * (frame[TO].to_numpy() - middle)[last, None]
    azimuth = np.mod(np.degrees(np.arctan2(heading[:, 0], heading[:, 1])), 360.0)
    dip = np.degrees(np.arcsin(np.clip(heading[:, 2], -1.0, 1.0)))
    table = pd.DataFrame({HOLE: hole, "depth": middle, **dict(zip(WORLD, place.T, strict=True)), "azimuth": azimuth, "dip": dip})
    table["surveyed"] = True
    above = table[first].assign(depth=0.0, surveyed=False)
    below = table[last].assign(depth=frame[TO].to_numpy()[last], surveyed=False)
    above[list(WORLD)], below[list(WORLD)] = start, end
    stations = pd.concat([above, table, below]).sort_values([HOLE, "depth"], kind="stable", ignore_index=True)
    collar = above[[HOLE, *WORLD]].assign(depth=below["depth"].to_numpy())
    collar.insert(0, ROW, -1)
    return collar.reset_index(drop=True), stations
