"""Checks of one column of values: constant, zero, spikes of one number, extremes, and holes in another unit."""

import numpy as np

from scandia.drillholes.findings import concat, find, show
from scandia.drillholes.numbers import numbers_meant
from scandia.units import PARTS_PER_BILLION
from scandia.vocabulary import HOLE, ROW

FEWEST = 20  # values from which a column says anything about itself
SIGMA = 6.0  # robust standard deviations of the logarithm beyond which a value is extreme
DECADES = 2.0  # and it is at least a hundred times off
SPIKE = 5.0  # times as many as of the numbers beside it
BESIDE = 5  # distinct numbers on each side that a spike is compared with
HOLES = 5  # holes, and values of a hole, from which one can be told from the others
SLIPS = {3.0: ("ppm", "ppb"), 4.0: ("%", "ppm")}  # decades between two units
NEAR = 0.35  # decades from that, within which a hole's median is off by the unit


def check_values(frame, raw, analyte, values, censored, table, share):
    """Findings of the values of one analyte in the assay table.

    Parameters
    ----------
    frame : DataFrame
        row, hole of the typed table.
    raw : DataFrame of str
        The raw table: findings show the value as the file has it.
    analyte : drillholes.settings.Analyte
    values : array (n,)
        As they flow on; NaN where missing.
    censored : array of bool (n,)
        The text was ``<limit``: left out of every statistic here.
    table : drillholes.settings.Table
        How the raw table was written.
    share : float
        `Checks.repeated_share`.
    """
    known = np.isfinite(values) & ~censored & (values >= 0)
    positive = np.flatnonzero(known & (values > 0))
    total, file = int(known.sum()), table.file
    column = {"column": analyte.column}
    found = []
    zeros = total - len(positive)
    if zeros:
        found.append(find("values_zero", file, **column, count=zeros, total=total))
    if len(positive) < FEWEST:
        return concat(found)
    shown = _Shown(frame, raw, analyte, table)
    if (values[positive] == values[positive[0]]).all():
        found.append(find("values_constant", file, **column, value=shown.at(positive[:1])[0], count=len(positive)))
        return concat(found)
    found += _spikes(values, positive, shown, file, column, share)
    found += _extremes(frame, values, positive, analyte, shown, file)
    found += _slips(frame, values, positive, analyte, file)
    return concat(found)


class _Shown:
    """The raw texts of a column, by place in the typed table."""

    def __init__(self, frame, raw, analyte, table):
        self.rows, self.raw, self.column, self.table = frame[ROW].to_numpy(), raw, analyte.column, table

    def at(self, places):
        """Texts ``(n,)`` of the file at places of the typed table."""
        wanted = self.raw[ROW].searchsorted(self.rows[places])
        if not self.raw[ROW].is_monotonic_increasing:
            return self.raw.set_index(ROW)[self.column].reindex(self.rows[places]).to_numpy(dtype=object)
        return self.raw[self.column].iloc[wanted].to_numpy(dtype=object)


def _spikes(values, positive, shown, file, column, share):
    """One finding for each number that is far commoner than the numbers beside it."""
    _, first, counts = np.unique(values[positive], return_index=True, return_counts=True)
    common = np.flatnonzero((counts >= share * len(positive)) & (counts >= FEWEST // 2))
    found = []
    for place in common:
        beside = np.concatenate([counts[max(place - BESIDE, 0) : place], counts[place + 1 : place + 1 + BESIDE]])
        usual = float(np.median(beside)) if len(beside) else 0.0
        times = counts[place] / max(usual, 1.0)
        if times < SPIKE:
            continue
        text = shown.at(positive[first[place : place + 1]])[0]
        words = {"value": text, "count": int(counts[place]), "total": len(positive), "times": float(f"{times:.3g}")}
        if place == 0:
            found.append(find("values_at_half_limit", file, **column, **words, limit=f"{text} or {_twice(text, shown.table)}"))
        else:
            found.append(find("values_repeated", file, **column, **words))
    return found


def _twice(text, table):
    """Twice a number as its table writes it."""
    value = numbers_meant([text], table)[0]
    return "twice that" if np.isnan(value) else show(2.0 * value)


def _extremes(frame, values, positive, analyte, shown, file):
    """Single values far from all others in the logarithm."""
    logs = np.log10(values[positive])
    low, middle, high = np.quantile(logs, [0.1, 0.5, 0.9])
    spread = max((high - low) / 2.563, 0.1)  # q90 - q10 of a normal distribution in its standard deviations
    off = (logs - middle) / spread
    extreme = (np.abs(off) > SIGMA) & (np.abs(logs - middle) >= DECADES)
    if not extreme.any():
        return []
    places = positive[extreme]
    words = {
        "factor": [float(f"{10.0**step:.3g}") for step in (logs - middle)[extreme]],
        "deviations": np.round(np.abs(off[extreme]), 1),
        "median": float(f"{10.0**middle:.4g}"),
        "unit": analyte.unit,
    }
    part = frame.iloc[places]
    words["factor"] = np.array(words["factor"])
    return [find("value_extreme", file, part, column=analyte.column, value=shown.at(places), **words)]


def _slips(frame, values, positive, analyte, file):
    """Holes whose median is off from those of the others by the factor between two units."""
    table = _medians(frame, np.log10(values[positive]), positive)
    if len(table) < HOLES:
        return []
    step = table["middle"].to_numpy() - np.median(table["middle"])
    spread = max(float(np.median(np.abs(step))) * 1.4826, 0.1)
    given, found = analyte.column_unit, []
    for decades, (larger, smaller) in SLIPS.items():
        for sign in (1.0, -1.0):
            slipped = (np.abs(step - sign * decades) <= NEAR) & (np.abs(step) > SIGMA * spread)
            if not slipped.any():
                continue
            unit = _slipped_unit(given, sign * decades, larger, smaller)
            words = {"factor": np.array([float(f"{10.0**value:.3g}") for value in step]), "count": table["count"], "unit": unit}
            found.append(find("unit_slip", file, table, slipped, column=analyte.column, **words))
    return found


def _medians(frame, logs, positive):
    """hole, row (its first), middle (median) and count of the holes with enough values; one sort in place of a group each."""
    changes = ~frame[HOLE].eq(frame[HOLE].shift()).to_numpy()
    codes = np.cumsum(changes)[positive]  # typed tables are sorted by hole
    codes = np.cumsum(np.diff(codes, prepend=codes[0]) > 0)
    order = np.lexsort((logs, codes))
    count = np.bincount(codes)
    start = np.append(0, np.cumsum(count)[:-1])
    ordered = logs[order]
    middle = (ordered[start + (count - 1) // 2] + ordered[start + count // 2]) / 2.0
    first = positive[start]
    table = frame[[HOLE, ROW]].iloc[first].assign(middle=middle, count=count)
    return table[count >= HOLES].reset_index(drop=True)


def _slipped_unit(given, decades, larger, smaller):
    """Name of the unit in which values of the given unit become so many decades larger, or both names."""
    parts = PARTS_PER_BILLION[given] / 10.0**decades
    for unit in ("ppb", "ppm", "%"):
        if PARTS_PER_BILLION[unit] == parts:
            return unit
    return f"{smaller} among {larger}" if decades > 0 else f"{larger} among {smaller}"
