"""Logged codes and domains of samples: assay intervals cut at lithology contacts, points by their mid-point."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from scandia.drillholes.settings import DEPTH_TOLERANCE
from scandia.errors import InputError
from scandia.vocabulary import (
    CAMPAIGN,
    DEPTH,
    DOMAIN,
    FROM,
    HOLE,
    LABORATORY,
    LENGTH,
    LITHOLOGY,
    ROW,
    SAMPLE,
    TO,
    row_columns,
)

OUTSIDE = "outside"  # ground that is logged as no domain, or not logged


def domain_of_code(domains):
    """Dict of logged code to the name of its domain."""
    return {code: name for name, domain in domains.domains.items() for code in domain.lithology}


def code_intervals(assay, lithology, collar, domains, analytes, *, tolerance=DEPTH_TOLERANCE):
    """Assay intervals cut at lithology contacts, with code and domain, one row per piece from collar to end of hole.

    Every metre of every hole is in exactly one row: what was drilled and not assayed has ``row`` -1 and NaN grades. Ground
    that is not logged has a missing code; it and codes of no domain get the domain ``"outside"``. Pieces of one sample keep
    its ``row`` (and ``row_<table>`` of merged tables) and grades. A hole ends at its collar depth, or at its deepest interval
    where that lies deeper.

    Differences of depth up to `tolerance` are rounding, as for `drillholes.validation.validate`. Across an overlap or gap of
    one table the later interval starts where the earlier ends (the first one at the collar), the last one ends with the hole,
    and a logged depth beside one of a sample is the sample's. Grades stay: metal follows the length that remains, and an
    interval without any, which was no longer than the tolerance (twice it in the log), has no row.

    Parameters
    ----------
    assay, lithology, collar : pandas.DataFrame
        Validated tables in any row order; `assay` may be None (nothing was assayed), and so may `lithology` (nothing was logged).
    domains : Domains
    analytes : list of str
        Columns that are carried along, each with its ``<analyte>_censored`` column if there is one.
    tolerance : float
        Differences of depth up to this are rounding, m: ``drillholes.checks.depth_tolerance``.

    Returns
    -------
    pandas.DataFrame
        row, hole, from, to, length, lithology, domain, sample, analytes, laboratory, campaign (the last where
        known); sorted by hole, from.

    Raises
    ------
    InputError
        Intervals upside down, overlapping by more than `tolerance`, or without collar.
    """
    assay = _empty(ROW, *analytes) if assay is None else assay
    lithology = _empty(LITHOLOGY) if lithology is None else lithology
    holes = np.sort(collar[HOLE].astype(str).unique())
    samples, logged = _spans(assay, "assay", holes), _spans(lithology, "lithology", holes)
    ends = _ends(collar, holes, (samples, logged), tolerance)
    samples, logged = (_touching(spans, ends, tolerance) for spans in (samples, logged))
    depths = _depths(ends, samples, _beside(logged, ends, samples, tolerance))
    sampled = _owners(depths.samples, depths.depth.size)
    coded = _logged(lithology, _owners(depths.logged, depths.depth.size))
    start, stop = _pieces(depths.hole, sampled, coded)
    frame = pd.DataFrame({ROW: _take(assay, ROW, sampled[start], -1), HOLE: holes[depths.hole[start]]})
    frame[FROM], frame[TO] = depths.depth[start], depths.depth[stop]
    frame[LENGTH] = frame[TO] - frame[FROM]
    frame[LITHOLOGY] = coded[start]
    frame[DOMAIN] = frame[LITHOLOGY].map(domain_of_code(domains)).astype(object).fillna(OUTSIDE).astype("str")
    return _carry(frame, assay, sampled[start], collar, analytes)


def code_by_midpoint(frame, lithology, domains):
    """Copy of a table with the logged code and domain at each row's mid-point (of from and to, or at its depth).

    Parameters
    ----------
    frame : pandas.DataFrame
        hole, and depth or from (with or without to), such as density measurements.
    lithology : pandas.DataFrame
        Logged intervals, or coded ones, whose own domain then counts.
    domains : Domains

    Returns
    -------
    pandas.DataFrame
        `frame` in its row order with lithology (missing where not logged) and domain (``"outside"`` where none). A mid-point
        on a contact belongs to the interval below it.
    """
    depth = frame[DEPTH] if DEPTH in frame else (frame[FROM] + frame[TO].fillna(frame[FROM])) / 2 if TO in frame else frame[FROM]
    logged = lithology[[HOLE, FROM, TO, LITHOLOGY, *([DOMAIN] if DOMAIN in lithology else [])]].sort_values(
        [HOLE, FROM], kind="stable"
    )
    names = pd.Index(logged[HOLE].astype(str).unique())
    hole = np.concatenate([names.get_indexer(logged[HOLE].astype(str)), names.get_indexer(frame[HOLE].astype(str))])
    value = np.concatenate([logged[FROM].to_numpy(float), depth.to_numpy(float)])
    query = np.arange(hole.size) >= len(logged)
    order = np.lexsort([query, value, hole])
    above = np.maximum.accumulate(np.where(query[order], -1, np.arange(hole.size)))  # position of the last interval above
    interval = np.full(hole.size, -1)
    interval[order] = np.where(above >= 0, order[above], -1)
    interval = interval[len(logged) :]
    hit = interval >= 0
    hit[hit] = hole[interval[hit]] == hole[len(logged) :][hit]
    hit[hit] = value[len(logged) :][hit] < logged[TO].to_numpy(float)[interval[hit]]
    out = frame.copy()
    out[LITHOLOGY] = _logged(logged, np.where(hit, interval, -1))
    if DOMAIN in logged:
        out[DOMAIN] = pd.Series(
            np.append(logged[DOMAIN].to_numpy(dtype=object), OUTSIDE)[np.where(hit, interval, -1)], dtype="str"
        ).array
        return out
    out[DOMAIN] = out[LITHOLOGY].map(domain_of_code(domains)).astype(object).fillna(OUTSIDE).astype("str")
    return out


@dataclass(frozen=True)
class _Spans:
    """Intervals of one table: number of the hole among all holes, and depths."""

    label: str
    frame: pd.DataFrame
    hole: np.ndarray
    start: np.ndarray
    stop: np.ndarray


@dataclass(frozen=True)
class _Depths:
    """Every depth at which something may change, by hole and depth, and where the tables' depths are among them."""

    hole: np.ndarray
    depth: np.ndarray
    samples: np.ndarray  # (2, n): of from and to
    logged: np.ndarray


def _spans(frame, label, holes):
    hole = pd.Index(holes).get_indexer(frame[HOLE].astype(str))
    spans = _Spans(label, frame, hole, frame[FROM].to_numpy(float), frame[TO].to_numpy(float))
    _refuse(hole < 0, spans, "its hole has no collar")
    _refuse(~(spans.stop > spans.start), spans, "to must be deeper than from")
    return spans


def _refuse(wrong, spans, words):
    if wrong.any():
        at = int(np.argmax(wrong))
        place = f"hole {spans.frame[HOLE].iloc[at]}, {spans.start[at]:g} to {spans.stop[at]:g} m"
        message = f"{spans.label} interval of {place}: {words}; validate the tables before coding them"
        raise InputError(message)


def _ends(collar, holes, tables, tolerance):
    """End of each hole: its collar depth, or its deepest interval where that lies deeper."""
    end = np.zeros(holes.size)
    np.fmax.at(end, pd.Index(holes).get_indexer(collar[HOLE].astype(str)), collar[DEPTH].to_numpy(float))
    deepest = end.copy()
    for spans in tables:
        np.maximum.at(deepest, spans.hole, spans.stop)
    return np.where(deepest > end + tolerance, deepest, end)


def _touching(spans, ends, tolerance):
    """Intervals that start where the deepest one above them ends, and end with their hole, where these are within tolerance."""
    order = np.lexsort([spans.stop, spans.start, spans.hole])
    hole, start, stop = spans.hole[order], spans.start[order], spans.stop[order]
    first, last = np.diff(hole, prepend=-1) != 0, np.diff(hole, append=-1) != 0
    deepest = pd.Series(stop).groupby(hole).cummax().to_numpy(float)
    above = np.where(first, 0.0, np.roll(deepest, 1))
    # The same sum as in drillholes.validation_intervals, so that no last bit decides otherwise than there.
    gap = start - above
    overlaps = np.zeros(order.size, dtype=bool)
    overlaps[order] = ~first & (gap < -tolerance)
    _refuse(overlaps, spans, f"it overlaps the one above it by more than {tolerance:g} m")
    end = ends[hole]
    start = np.minimum(np.where(np.abs(gap) <= tolerance, above, start), end)
    stop = np.where(last & (end - deepest <= tolerance), end, np.clip(stop, start, end))
    back = np.argsort(order)
    return replace(spans, start=start[back], stop=stop[back])


def _beside(logged, ends, samples, tolerance):
    """Logged intervals whose depths are those of the nearest sample, or of the hole, where these are within tolerance."""
    every = np.arange(ends.size)
    marks = [(every, np.zeros(ends.size)), (every, ends), (samples.hole, samples.start), (samples.hole, samples.stop)]
    parts = [*marks, (logged.hole, logged.start), (logged.hole, logged.stop)]
    hole, depth = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    asked = np.arange(depth.size) >= depth.size - 2 * logged.hole.size
    order = np.lexsort([asked, depth, hole])
    known = pd.Series(np.where(asked, np.nan, depth)[order]).groupby(hole[order])
    above, below, here = known.ffill().to_numpy(), known.bfill().to_numpy(), depth[order]
    nearest = np.where(here - above <= below - here, above, below)
    moved = np.empty(depth.size)
    moved[order] = np.where(np.abs(nearest - here) <= tolerance, nearest, here)
    start, stop = moved[asked].reshape(2, -1)
    return replace(logged, start=start, stop=stop)


def _depths(ends, samples, logged):
    """Distinct depths of all holes."""
    every = np.arange(ends.size)
    parts = [(every, np.zeros(ends.size)), (every, ends)]
    parts += [(spans.hole, depth) for spans in (samples, logged) for depth in (spans.start, spans.stop)]
    hole, depth = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    order = np.lexsort([depth, hole])
    new = np.ones(order.size, dtype=bool)
    new[1:] = (np.diff(hole[order]) != 0) | (np.diff(depth[order]) > 0)
    number = np.empty(order.size, dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    first = order[new]
    split = np.split(number, np.cumsum([array.size for array, _ in parts])[:-1])
    return _Depths(hole[first], depth[first], np.stack(split[2:4]), np.stack(split[4:6]))


def _owners(numbers, size):
    """The number of the interval that covers the ground below each depth, -1 where none does, shape ``(size,)``."""
    count = numbers[1] - numbers[0]
    row = np.repeat(np.arange(count.size), count)
    piece = np.arange(row.size) + np.repeat(numbers[0] - np.cumsum(count) + count, count)
    owner = np.full(size, -1, dtype=np.int64)
    owner[piece] = row
    return owner


def _pieces(hole, sampled, coded):
    """Numbers of the depths where each piece starts and stops: where the sample or the code changes, and at the hole's end."""
    number = pd.factorize(coded)[0]
    last = np.diff(hole, append=-1) != 0
    new = np.ones(hole.size, dtype=bool)
    new[1:] = last[:-1] | (np.diff(sampled) != 0) | (np.diff(number) != 0)
    edges = np.flatnonzero(new | last)
    keep = ~last[edges]
    return edges[keep], edges[1:][keep[:-1]]


def _logged(lithology, owner):
    """The logged code of each owner, missing (NaN) where there is none."""
    values = np.append(lithology[LITHOLOGY].to_numpy(dtype=object), np.nan)
    values[pd.isna(values)] = np.nan
    return values[owner]


def _take(frame, column, owner, missing):
    return np.where(owner < 0, missing, np.append(frame[column].to_numpy(np.int64), missing)[owner])


def _carry(frame, assay, sampled, collar, analytes):
    """The pieces with the samples' own columns and the campaign beside them."""
    hit = sampled >= 0
    for name in row_columns(assay):
        frame[name] = _take(assay, name, sampled, -1)
    if SAMPLE in assay:
        frame[SAMPLE] = np.where(hit, np.append(assay[SAMPLE].to_numpy(dtype=object), None)[sampled], None)
    for analyte in analytes:
        frame[analyte] = np.append(assay[analyte].to_numpy(float), np.nan)[sampled]
        if f"{analyte}_censored" in assay:
            frame[f"{analyte}_censored"] = np.append(assay[f"{analyte}_censored"].to_numpy(bool), False)[sampled]
    if LABORATORY in assay:
        frame[LABORATORY] = np.where(hit, np.append(assay[LABORATORY].to_numpy(dtype=object), None)[sampled], None)
    if CAMPAIGN in collar:
        frame[CAMPAIGN] = frame[HOLE].map(collar.assign(**{HOLE: collar[HOLE].astype(str)}).set_index(HOLE)[CAMPAIGN])
    return frame


def _empty(*columns):
    return pd.DataFrame({HOLE: pd.Series(dtype=str), **{name: pd.Series(dtype=float) for name in (FROM, TO, *columns)}})
