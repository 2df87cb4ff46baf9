"""Logged codes and domains of samples: assay intervals cut at lithology contacts, points by their mid-point."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.vocabulary import CAMPAIGN, DEPTH, DOMAIN, FROM, HOLE, LENGTH, LITHOLOGY, ROW, SAMPLE, TO

OUTSIDE = "outside"  # ground that is logged as no domain, or not logged
SLIVER = 1e-3  # m; depths closer than this are one depth, rounded differently in two tables


def domain_of_code(domains):
    """Dict of logged code to domain name.

    Raises
    ------
    InputError
        Two domains claim one code.
    """
    table = {}
    for name, domain in domains.domains.items():
        for code in domain.lithology:
            if code in table:
                message = f"lithology {code!r} belongs to {table[code]!r} and to {name!r}; a logged code may stand in one domain only"
                raise InputError(message)
            table[code] = name
    return table


def code_intervals(assay, lithology, collar, domains, analytes):
    """Assay intervals cut at lithology contacts, with code and domain, one row per piece from collar to end of hole.

    Every metre of every hole is in exactly one row: what was drilled and not assayed has ``row`` -1 and NaN grades. Ground
    that is not logged has a missing code; it and codes of no domain get the domain ``"outside"``. Pieces of one sample keep
    its ``row`` and grades. Depths within a millimetre of each other count as one; a hole ends at its collar depth, or at its
    deepest interval where that lies deeper.

    Parameters
    ----------
    assay, lithology, collar : pandas.DataFrame
        Validated tables in any row order; `assay` may be None (nothing was assayed), and so may `lithology` (nothing was logged).
    domains : Domains
    analytes : list of str
        Columns that are carried along, each with its ``<analyte>_censored`` column if there is one.

    Returns
    -------
    pandas.DataFrame
        row, hole, from, to, length, lithology, domain, sample, analytes, campaign (last ones where known); sorted by hole, from.

    Raises
    ------
    InputError
        Intervals upside down, shorter than a millimetre, overlapping, without collar, or a logged code in two domains.
    """
    assay = _empty(ROW, *analytes) if assay is None else assay
    lithology = _empty(LITHOLOGY) if lithology is None else lithology
    holes = np.sort(collar[HOLE].astype(str).unique())
    tables = [_Table(assay, "assay", holes), _Table(lithology, "lithology", holes)]
    start, stop, breaks = _breaks(tables, _ends(collar, tables, holes))
    owners = [table.owners(breaks, number) for number, table in enumerate(tables)]
    coded = _logged(lithology, owners[1])
    start, stop, sampled, coded = _joined(start, stop, breaks, owners[0], coded)
    frame = pd.DataFrame({ROW: _take(assay, ROW, sampled, -1), HOLE: holes[breaks.hole[start]]})
    frame[FROM], frame[TO] = breaks.depth[start], breaks.depth[stop]
    frame[LENGTH] = frame[TO] - frame[FROM]
    frame[LITHOLOGY] = coded
    frame[DOMAIN] = frame[LITHOLOGY].map(domain_of_code(domains)).astype(object).fillna(OUTSIDE)
    return _carry(frame, assay, sampled, collar, analytes)


def code_by_midpoint(frame, lithology, domains):
    """Copy of a table with the logged code and domain at each row's mid-point (of from and to, or at its depth).

    Parameters
    ----------
    frame : pandas.DataFrame
        hole, and depth or from (with or without to), such as density measurements.
    lithology : pandas.DataFrame
    domains : Domains

    Returns
    -------
    pandas.DataFrame
        `frame` in its row order with lithology (missing where not logged) and domain (``"outside"`` where none). A mid-point
        on a contact belongs to the interval below it.
    """
    depth = frame[DEPTH] if DEPTH in frame else (frame[FROM] + frame[TO].fillna(frame[FROM])) / 2 if TO in frame else frame[FROM]
    logged = lithology[[HOLE, FROM, TO, LITHOLOGY]].sort_values([HOLE, FROM], kind="stable")
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
    out[DOMAIN] = out[LITHOLOGY].map(domain_of_code(domains)).astype(object).fillna(OUTSIDE)
    return out


class _Breaks:
    """All depths at which something changes, sorted by hole and depth, near-equal ones as one."""

    def __init__(self, hole, depth, priority):
        order = np.lexsort([priority, depth, hole])
        new = np.ones(order.size, dtype=bool)
        new[1:] = (np.diff(hole[order]) != 0) | (np.diff(depth[order]) > SLIVER)
        group = np.cumsum(new) - 1
        self.number = np.empty(order.size, dtype=np.int64)
        self.number[order] = group
        # of depths that count as one, the hole's end speaks before the assay table, and that before the log
        best = np.lexsort([priority[order], group])
        self.depth = depth[order][best][np.flatnonzero(new)]
        self.hole = hole[order][new]


class _Table:
    """Holes and depths of one interval table, checked."""

    def __init__(self, frame, label, holes):
        self.label, self.frame = label, frame
        self.hole = pd.Index(holes).get_indexer(frame[HOLE].astype(str))
        self.start, self.stop = frame[FROM].to_numpy(float), frame[TO].to_numpy(float)
        self._refuse(self.hole < 0, "its hole has no collar")
        self._refuse(~(self.stop - self.start > SLIVER), "to must be deeper than from by more than a millimetre")

    def owners(self, breaks, number):
        """Number of the interval that covers the ground below each break, -1 where none does."""
        first, last = breaks.slices[number]
        start, stop = breaks.number[first : first + len(self.start)], breaks.number[last : last + len(self.start)]
        count = stop - start
        piece = np.repeat(start - np.cumsum(count) + count, count) + np.arange(count.sum())
        owner = np.full(breaks.depth.size, -1, dtype=np.int64)
        row = np.repeat(np.arange(count.size), count)
        owner[piece] = row
        self._refuse(np.bincount(row[owner[piece] != row], minlength=count.size) > 0, "it overlaps another interval")
        return owner

    def _refuse(self, wrong, words):
        if wrong.any():
            at = int(np.argmax(wrong))
            place = f"hole {self.frame[HOLE].iloc[at]}, {self.start[at]:g} to {self.stop[at]:g} m"
            message = f"{self.label} interval of {place}: {words}; validate the tables before coding them"
            raise InputError(message)


def _ends(collar, tables, holes):
    end = np.zeros(holes.size)
    np.fmax.at(end, pd.Index(holes).get_indexer(collar[HOLE].astype(str)), collar[DEPTH].to_numpy(float))
    deepest = end.copy()
    for table in tables:
        np.maximum.at(deepest, table.hole, table.stop)
    return np.where(deepest > end + SLIVER, deepest, end)


def _breaks(tables, ends):
    """Numbers of the breaks above and below every piece, and the breaks."""
    index = np.arange(ends.size)
    hole, depth, priority, slices = [index, index], [np.zeros(ends.size), ends], [np.zeros(2 * ends.size, int)], []
    position = 2 * ends.size
    for number, table in enumerate(tables, start=1):
        hole += [table.hole, table.hole]
        depth += [table.start, table.stop]
        priority.append(np.full(2 * table.hole.size, number))
        slices.append((position, position + table.hole.size))
        position += 2 * table.hole.size
    breaks = _Breaks(np.concatenate(hole), np.concatenate(depth), np.concatenate(priority))
    breaks.slices = slices
    start = np.flatnonzero(np.diff(breaks.hole, append=-1) == 0)
    return start, start + 1, breaks


def _joined(start, stop, breaks, sampled, coded):
    """Pieces of one sample and one code, cut only by a repeated logged code, put together again."""
    sampled, coded = sampled[start], coded[start]
    number = pd.factorize(coded)[0]
    new = np.ones(start.size, dtype=bool)
    new[1:] = (np.diff(breaks.hole[start]) != 0) | (np.diff(sampled) != 0) | (np.diff(number) != 0)
    last = np.append(np.flatnonzero(new)[1:], start.size) - 1
    return start[new], stop[last], sampled[new], coded[new]


def _logged(lithology, owner):
    """Logged code of each owner, missing (NaN) where there is none."""
    values = np.append(lithology[LITHOLOGY].to_numpy(dtype=object), np.nan)
    values[pd.isna(values)] = np.nan
    return values[owner]


def _take(frame, column, owner, missing):
    return np.where(owner < 0, missing, np.append(frame[column].to_numpy(np.int64), missing)[owner])


def _carry(frame, assay, sampled, collar, analytes):
    """The samples' own columns and the campaign beside the pieces."""
    hit = sampled >= 0
    if SAMPLE in assay:
        frame[SAMPLE] = np.where(hit, np.append(assay[SAMPLE].to_numpy(dtype=object), None)[sampled], None)
    for analyte in analytes:
        frame[analyte] = np.append(assay[analyte].to_numpy(float), np.nan)[sampled]
        if f"{analyte}_censored" in assay:
            frame[f"{analyte}_censored"] = np.append(assay[f"{analyte}_censored"].to_numpy(bool), False)[sampled]
    if CAMPAIGN in collar:
        frame[CAMPAIGN] = frame[HOLE].map(collar.assign(**{HOLE: collar[HOLE].astype(str)}).set_index(HOLE)[CAMPAIGN])
    return frame


def _empty(*columns):
    return pd.DataFrame({HOLE: pd.Series(dtype=str), **{name: pd.Series(dtype=float) for name in (FROM, TO, *columns)}})
