"""Contact analysis: grade against the distance from the contact of two domains, on both sides."""

import numpy as np
import pandas as pd

from scandia.composites.runs import DEPTH_ROUNDING
from scandia.statistics.weighted import weighted_mean, weighted_variance
from scandia.vocabulary import DOMAIN, FROM, HOLE, LENGTH, TO

CLEAR = 2.0  # standard errors: a larger jump is no chance
COLUMNS = ("first", "second", "analyte", "distance_from", "distance_to", "n", "holes", "length", "mean", "deviation")
SUMMARY = ("first", "second", "analyte", "contacts", "holes", "mean_first", "mean_second", "jump", "error", "reads_as")


def contact_table(intervals, analytes, settings):
    """Mean grade by signed distance from the contact of every pair of domains that meet in a hole.

    Parameters
    ----------
    intervals : DataFrame
        Coded intervals; `outside` is a domain like any other here.
    analytes : sequence of str
    settings : Contacts
        Width of the bins and reach, m.

    Returns
    -------
    DataFrame
        first, second (domains, in alphabetical order), analyte, distance_from, distance_to (m along the hole; negative in the
        first domain), n (intervals with a grade), holes, length (m), mean, deviation (weighted by length).

    Notes
    -----
    An interval counts at the distance of its middle from the nearer end of its run, if that end is a contact. Distance is
    measured along the hole, so that at a contact that the hole meets at an angle it is longer than across it.
    """
    sided = _sided(intervals)
    sided = sided[sided["distance"].abs() <= settings.reach]
    edges = np.arange(np.ceil(settings.reach / settings.step) + 1) * settings.step
    edges = np.r_[-edges[:0:-1], edges]
    rows = []
    for (first, second), pair in sided.groupby(["first", "second"], sort=True):
        place = np.minimum(np.searchsorted(edges, pair["distance"], side="right") - 1, len(edges) - 2)
        for analyte in analytes:
            known = pair[analyte].notna().to_numpy()
            for number in np.unique(place[known]):
                inside = pair[known & (place == number)]
                grade, length = inside[analyte].to_numpy(float), inside[LENGTH].to_numpy(float)
                moments = (weighted_mean(grade, length), float(np.sqrt(weighted_variance(grade, length))))
                counts = (len(inside), inside[HOLE].nunique(), length.sum())
                rows.append((first, second, analyte, edges[number], edges[number + 1], *counts, *moments))
    return pd.DataFrame(rows, columns=COLUMNS)


def contact_summary(intervals, analytes, settings, soft=None):
    """Table of the jump at each contact, and of the boundary that the config draws there.

    Parameters
    ----------
    intervals, analytes, settings
        As for `contact_table`.
    soft : dict of str to dict of str to float, optional
        ``model.estimation.boundaries.soft``: domain of the block to domain of the sample.

    Returns
    -------
    DataFrame
        first, second, analyte, contacts, holes (with grades on both sides), mean_first, mean_second (within one bin of the
        contact), jump (second less first), error, reads_as, boundary (``hard`` or who takes whose samples), cited, verdict.

    Notes
    -----
    The jump is the mean over the holes of the difference between the two sides within one bin, and its error the standard
    deviation over the root of their number: holes, not intervals, are independent. Beyond two errors it ``reads_as`` a jump;
    below, none is seen; with fewer than three holes it cannot be told. A soft boundary over a jump is contradicted.
    """
    sided = _sided(intervals)
    near = sided[sided["distance"].abs() <= settings.step]
    rows = []
    for (first, second), pair in near.groupby(["first", "second"], sort=True):
        for analyte in analytes:
            known = pair[pair[analyte].notna()]
            sides = [known[known["distance"] < 0], known[known["distance"] >= 0]]
            means = [weighted_mean(side[analyte].to_numpy(float), side[LENGTH].to_numpy(float)) for side in sides]
            by_hole = [
                (side[analyte] * side[LENGTH]).groupby(side[HOLE]).sum() / side[LENGTH].groupby(side[HOLE]).sum()
                for side in sides
            ]
            jumps = (by_hole[1] - by_hole[0]).dropna().sort_index().to_numpy(float)
            jump = float(jumps.mean()) if jumps.size else np.nan
            error = float(jumps.std(ddof=1) / np.sqrt(jumps.size)) if jumps.size > 1 else np.nan
            rows.append(
                (first, second, analyte, pair["contact"].nunique(), jumps.size, *means, jump, error, _reading(jumps, jump, error))
            )
    table = pd.DataFrame(rows, columns=SUMMARY)
    return _with_boundaries(table, soft or {}, settings.soft_reasons)


def _reading(jumps, jump, error):
    if jumps.size < 3:
        return "too few holes to tell"
    return "jump" if abs(jump) > CLEAR * error else "no jump seen"


def _with_boundaries(table, soft, reasons):
    """The table with the boundary that the config draws, the reason it cites, and whether the jump contradicts it."""
    words, cited = [], []
    for pair in table[["first", "second"]].itertuples(index=False):
        ways = [(a, b) for a, b in ((pair.first, pair.second), (pair.second, pair.first)) if b in soft.get(a, {})]
        words.append("; ".join(f"soft: {a} takes {b} within {soft[a][b]:g} m" for a, b in ways) or "hard")
        cited.append("; ".join(dict.fromkeys(reasons.get(a, {}).get(b, "") for a, b in ways)))
    table = table.assign(boundary=pd.Series(words, dtype="str"), cited=pd.Series(cited, dtype="str"))
    against = (table["boundary"] != "hard") & (table["reads_as"] == "jump")
    return table.assign(verdict=np.where(against, "contradicted", ""))


def _sided(intervals):
    """Intervals beside a contact with first, second, signed distance (m) and the contact's number."""
    frame = intervals.sort_values([HOLE, FROM], kind="stable", ignore_index=True)
    hole, domain = frame[HOLE].to_numpy(dtype=object), frame[DOMAIN].to_numpy(dtype=object).astype(str)
    start, stop = frame[FROM].to_numpy(float), frame[TO].to_numpy(float)
    touches = np.r_[False, (hole[1:] == hole[:-1]) & (np.abs(start[1:] - stop[:-1]) <= DEPTH_ROUNDING)]
    new = ~touches | np.r_[True, domain[1:] != domain[:-1]]
    run = np.cumsum(new) - 1
    first = np.flatnonzero(new)
    last = np.r_[first[1:], len(frame)] - 1
    above = touches[first]  # the run starts at a contact
    below = np.r_[above[1:], False]
    middle = 0.5 * (start + stop)
    up = np.where(above[run], middle - start[first][run], np.inf)
    down = np.where(below[run], stop[last][run] - middle, np.inf)
    nearest = np.minimum(up, down)
    other = np.where(up <= down, domain[np.maximum(first[run] - 1, 0)], domain[np.minimum(last[run] + 1, len(frame) - 1)])
    forward = domain < other
    sided = frame.assign(
        first=np.where(forward, domain, other),
        second=np.where(forward, other, domain),
        distance=np.where(forward, -nearest, nearest),
        contact=np.where(up <= down, run, run + 1),
    )
    return sided[np.isfinite(nearest)]
