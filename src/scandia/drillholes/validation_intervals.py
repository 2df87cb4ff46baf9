"""Checks of tables of intervals: order, length, overlaps, gaps, twins and the end of the hole."""

import numpy as np

from scandia.drillholes.findings import concat, find, no_findings
from scandia.drillholes.gaps import GapKinds
from scandia.vocabulary import DEPTH, FROM, HOLE, ROW, TO

SCALES = {1.0 / 0.3048: "feet", 0.3048: "metres where the collars are in feet", 1000.0: "millimetres", 100.0: "centimetres"}
SCALE_TOLERANCE = 0.02  # share by which the usual ratio of depths may be off a scale
REACH = 0.75  # share of its hole that a usual survey reaches at least, where its depths are looked at for another unit
FEWEST = 3  # holes from which a ratio of depths is one of the table


def check_intervals(frame, table, depths, checks, *, gaps=True, kinds=None):
    """Findings of a table of intervals, sorted by hole, from, to and row.

    Parameters
    ----------
    frame : DataFrame
        ``row``, ``hole``, ``from``, ``to``.
    table : drillholes.settings.Table
        Names its file and columns.
    depths : Series
        Hole to its depth, m.
    checks : drillholes.settings.Checks
        Depth differences up to its tolerance are rounding: no overlap, gap or excess.
    gaps : bool
        False where gaps mean nothing, as between density measurements.
    kinds : gaps.GapKinds, optional
        Tells what kind of gap one is from the other tables.
    """
    kinds = GapKinds() if kinds is None else kinds
    file, columns, tolerance = table.file, table.columns, checks.depth_tolerance
    top, end = frame[FROM].to_numpy(), frame[TO].to_numpy()
    hole_end = frame[HOLE].map(depths).to_numpy(dtype=float)
    beyond = end > hole_end + tolerance
    first_twin = frame.groupby([HOLE, FROM, TO], sort=False)[ROW].transform("first")
    twin = (frame[ROW] != first_twin).to_numpy()
    sound = (end > top) & ~twin
    found = [
        find("depth_negative", file, frame, top < 0, column=columns[FROM], value=top),
        find("interval_upside_down", file, frame, top > end, column=columns[FROM], value=top, end=end),
        find("interval_zero_length", file, frame, top == end, column=columns[FROM], value=top),
        find("duplicate_interval", file, frame, twin, column=columns[FROM], value=top, other=first_twin),
        find("beyond_hole_depth", file, frame, beyond, column=columns[TO], value=end, depth=hole_end),
        check_scale(frame, table, depths),
        *_neighbours(frame[sound], table, hole_end[sound], tolerance, gaps, kinds),
    ]
    return concat(found)


def check_scale(frame, table, depths):
    """One finding where the holes end as many times as deep as in the collar table as two units of length differ.

    Intervals end with the hole. A survey ends somewhat above it, so that its depths are told from another unit only where they
    are too large: records of the upper third alone are no feet.
    """
    column = TO if TO in frame else DEPTH
    end = frame[frame[column] > 0].groupby(HOLE, sort=True)[column].max()
    ratio = end.to_numpy(dtype=float) / end.index.map(depths).to_numpy(dtype=float)
    ratio = ratio[np.isfinite(ratio)]
    if len(ratio) < FEWEST:
        return no_findings()
    usual = float(np.median(ratio))
    for factor, unit in SCALES.items():
        least = 1.0 - SCALE_TOLERANCE if column == TO else REACH
        if least <= usual / factor <= 1.0 + SCALE_TOLERANCE and (column == TO or factor > 1.0):
            return find("table_depths_scaled", table.file, column=table.columns[column], factor=float(f"{usual:.4g}"), unit=unit)
    return no_findings()


def _neighbours(frame, table, hole_end, tolerance, gaps, kinds):
    """Overlaps and gaps of intervals that are each sound, against the deepest end above them in their hole."""
    file, columns = table.file, table.columns
    if frame.empty:
        return []
    top, end, rows = (frame[name].to_numpy() for name in (FROM, TO, ROW))
    first = ~frame[HOLE].eq(frame[HOLE].shift()).to_numpy()
    deepest = frame.groupby(HOLE, sort=False)[TO].cummax().to_numpy()
    # The place of the row that set the running maximum; a hole's first row always sets it, so places never cross holes.
    setter = np.maximum.accumulate(np.where(end == deepest, np.arange(len(frame)), 0))
    above = np.where(first, np.nan, np.roll(deepest, 1))
    other = rows[np.roll(setter, 1)]
    gap = top - above
    overlaps = find("interval_overlap", file, frame, gap < -tolerance, column=columns[FROM], value=top, end=above, other=other)
    if not gaps:
        return [overlaps]
    start_gap, end_gap = np.where(first, top, 0.0), np.where(np.roll(first, -1), hole_end - deepest, 0.0)
    places = (
        ("gap_at_collar", start_gap, FROM, top - start_gap),
        ("interval_gap", gap, FROM, above),
        ("gap_at_end", end_gap, TO, deepest),
    )
    return [overlaps, *(_gaps(rule, frame, table, length, tolerance, kinds, *at) for rule, length, *at in places)]


def _gaps(rule, frame, table, length, tolerance, kinds, column, start):
    """Findings of gaps of a length from a depth down, each with its kind."""
    wide = length > tolerance
    part, start, length = frame[wide], start[wide], length[wide]
    kind, mend = kinds.tell(part[HOLE].to_numpy(dtype=object), start, start + length)
    words = {"length": np.round(length, 6), "kind": kind, "mend": mend}
    return find(rule, table.file, part, column=table.columns[column], value=part[column].to_numpy(), **words)
