"""Intervals cut where their hole passes a solid from a file or the base of the overburden, by the code that flags blocks."""

import numpy as np
import pandas as pd

from scandia.domains.flag import OUTSIDE
from scandia.drillholes.desurvey import locate
from scandia.geometry.minegrid import to_local
from scandia.geometry.surface import elevation_at
from scandia.vocabulary import DOMAIN, FROM, HOLE, LENGTH, TO

STEP = 0.5  # m; ground thinner than this along the hole may be passed over
NARROW = 1e-3  # m; to which the depth of a contact is narrowed down
LOGGED = "logged_domain"  # what the log or a rule says, from which the solid between the holes is fitted


def cut_intervals(intervals, stations, mine_grid, geology, domains, *, overburden=None):
    """Coded intervals with the domains of solids from files and of the overburden cut out, and ``logged_domain`` beside them.

    Parameters
    ----------
    intervals : DataFrame
        Coded by log and rules.
    stations : DataFrame
    mine_grid : MineGrid
    geology : Geology
        Its solids from files cut; the solid between the holes does not, as it only repeats the log.
    domains : Domains
    overburden : surface, optional
        Its base; ground above it is ``outside``. Where it does not reach, nothing is cut.

    Notes
    -----
    Each interval is looked up every half metre; where the answer changes, the depth is halved down to a millimetre, and the
    interval is parted there. Pieces keep the sample's grades and row.
    """
    frame = intervals.sort_values([HOLE, FROM], kind="stable", ignore_index=True)
    names = {0: OUTSIDE, -1: OUTSIDE, **{domain.code: name for name, domain in domains.domains.items()}}
    codes = {name: code for code, name in names.items() if code >= 0}
    logged = np.array([codes[name] for name in frame[DOMAIN]], dtype=np.int8)

    def code_at(row, depth):
        world = locate(stations, frame[HOLE].to_numpy(dtype=object)[row], depth)
        local = np.column_stack([*to_local(mine_grid, world[:, 0], world[:, 1]), world[:, 2]])
        found = geology.overlay(local, logged[row])
        if overburden is not None:
            found[local[:, 2] > elevation_at(overburden, world[:, 0], world[:, 1])] = 0
        return found

    row, start, stop, code = _parts(frame[FROM].to_numpy(float), frame[TO].to_numpy(float), code_at)
    pieces = frame.iloc[row].reset_index(drop=True)
    pieces[LOGGED] = pieces[DOMAIN]
    pieces[FROM], pieces[TO], pieces[LENGTH] = start, stop, stop - start
    pieces[DOMAIN] = pd.Series([names[int(value)] for value in code], dtype="str")
    return pieces


def _parts(start, stop, code_at):
    """Row, from, to and code of the pieces of intervals within which the code stays."""
    count = np.maximum(np.ceil((stop - start) / STEP).astype(int), 1)
    row = np.repeat(np.arange(count.size), count)
    place = np.arange(row.size) - np.repeat(np.cumsum(count) - count, count)
    depth = start[row] + (place + 0.5) * ((stop - start) / count)[row]
    code = code_at(row, depth)
    change = np.flatnonzero((row[1:] == row[:-1]) & (code[1:] != code[:-1]))
    low, high = depth[change], depth[change + 1]
    while change.size and (high - low).max() > NARROW:
        middle = 0.5 * (low + high)
        same = code_at(row[change], middle) == code[change]
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    cut = np.round(0.5 * (low + high), 3)
    first = np.flatnonzero(np.r_[True, row[1:] != row[:-1]])
    begin = np.r_[first, change + 1]
    order = np.argsort(begin, kind="stable")
    at = np.r_[start, cut][order]
    owner = row[begin[order]]
    end = np.where(np.r_[owner[1:] == owner[:-1], False], np.r_[at[1:], 0.0], stop[owner])
    keep = end > at
    return owner[keep], at[keep], end[keep], code[begin[order]][keep]
