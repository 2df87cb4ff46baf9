"""Checks of tables of intervals: order, length, overlaps, gaps, twins and the end of the hole."""

import numpy as np

from scandia.drillholes.findings import concat, find
from scandia.vocabulary import FROM, HOLE, ROW, TO


def check_intervals(frame, table, depths, checks, *, gaps=True):
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
    """
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
        *_neighbours(frame[sound], table, hole_end[sound], tolerance, gaps),
    ]
    return concat(found)


def _neighbours(frame, table, hole_end, tolerance, gaps):
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
    lengths = [np.round(values, 6) for values in (start_gap, gap, end_gap)]
    return [
        overlaps,
        find("gap_at_collar", file, frame, start_gap > tolerance, column=columns[FROM], value=top, length=lengths[0]),
        find("interval_gap", file, frame, gap > tolerance, column=columns[FROM], value=top, length=lengths[1]),
        find("gap_at_end", file, frame, end_gap > tolerance, column=columns[TO], value=end, length=lengths[2]),
    ]
