"""Runs of one hole in one domain, and how composites of equal length divide them."""

import numpy as np
import pandas as pd

from scandia.domains.flag import OUTSIDE
from scandia.errors import InputError
from scandia.vocabulary import DOMAIN, FROM, HOLE, LENGTH, TO

DEPTH_ROUNDING = 1e-6  # m; coding leaves no gap or overlap within the config's tolerance, so less than this is a last bit
LENGTH_ROUNDING = 1e-9  # share of a composite: less than this is no residual


def inside_runs(intervals):
    """Intervals inside domains, sorted by hole and depth, with their ``run`` and ``start``, ``end`` along it, metres.

    A run is a maximal stretch of one hole in one domain. It ends at a contact with another domain, at a stretch outside, and
    at a gap in the logging; coding has closed those within the tolerance of depths. Its own lengths are added up, so the
    last bits of depths neither lose nor add length.

    Raises
    ------
    InputError
        A column is missing, an interval has no domain or no length, or two intervals of a hole overlap.
    """
    _require_columns(intervals, (HOLE, FROM, TO, DOMAIN))
    frame = intervals.sort_values([HOLE, FROM, TO], kind="stable", ignore_index=True)
    _check_rows(frame)
    before = frame.shift(1)
    joined = (frame[HOLE] == before[HOLE]) & (frame[DOMAIN] == before[DOMAIN])
    joined &= (frame[FROM] - before[TO]).abs() <= DEPTH_ROUNDING
    frame["run"] = np.cumsum(~joined.to_numpy(dtype=bool)) - 1
    frame = frame[frame[DOMAIN] != OUTSIDE].reset_index(drop=True)
    frame["run"] = pd.factorize(frame["run"])[0]
    frame[LENGTH] = frame[TO] - frame[FROM]
    frame["end"] = frame.groupby("run", sort=False)[LENGTH].cumsum()
    frame["start"] = frame.groupby("run", sort=False)["end"].shift(1, fill_value=0.0)
    return frame


def divide(lengths, settings):
    """Run, start and end, metres along the run, of every composite of runs of the given lengths ``(r,)``.

    Parameters
    ----------
    lengths : array (r,)
        Length of each run, m.
    settings : Compositing
        Composite length and residual policy. A last piece of at least ``minimum_share`` of the length is no residual and
        always a composite. A run shorter than that has nothing to merge into: it follows ``short_runs``, and the residual
        policy ``drop`` drops it.

    Returns
    -------
    run, start, end : array (c,)
        In order of run and depth.
    """
    lengths = np.asarray(lengths, dtype=float)
    count, size, stop = _plan(lengths, settings)
    if settings.short_runs == "drop":
        count = np.where(short_runs(lengths, settings), 0, count)
    run = np.repeat(np.arange(len(lengths)), count)
    place = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    start = place * size[run]
    end = np.where(place + 1 == count[run], stop[run], (place + 1) * size[run])
    return run, start, end


def short_runs(lengths, settings):
    """Which runs of the given lengths, m, are shorter as a whole than the smallest share of a composite, bool ``(r,)``."""
    return np.asarray(lengths, dtype=float) < (settings.minimum_share - LENGTH_ROUNDING) * settings.length


def _plan(lengths, settings):
    """Count of composites, their size and the end of the last one, each ``(r,)``."""
    size = np.full(len(lengths), settings.length)
    if settings.residual == "distribute":
        count = np.maximum(np.floor(lengths / settings.length + 0.5).astype(np.int64), 1)
        return count, lengths / count, lengths
    full = np.floor(lengths / settings.length + LENGTH_ROUNDING).astype(np.int64)
    share = lengths / settings.length - full
    remains = share > LENGTH_ROUNDING
    residual = remains & (share < settings.minimum_share - LENGTH_ROUNDING)
    if settings.residual == "merge":
        return np.maximum(full + (remains & ~residual), 1), size, lengths
    if settings.residual == "drop":
        return full + (remains & ~residual), size, np.where(residual, full * settings.length, lengths)
    return full + remains, size, lengths


def _check_rows(frame):
    if frame[DOMAIN].isna().any():
        row = frame[frame[DOMAIN].isna()].iloc[0]
        message = f"hole {row[HOLE]} from {row[FROM]:g} m has no domain; code the intervals first ('{OUTSIDE}' is a domain too)"
        raise InputError(message)
    upside = ~(frame[TO] > frame[FROM])
    if upside.any():
        row = frame[upside].iloc[0]
        message = f"hole {row[HOLE]}: interval {row[FROM]:g} to {row[TO]:g} m has no length; mend it in the tables"
        raise InputError(message)
    overlap = (frame[HOLE] == frame[HOLE].shift(1)) & (frame[TO].shift(1) - frame[FROM] > DEPTH_ROUNDING)
    if overlap.any():
        row = frame[overlap].iloc[0]
        message = f"hole {row[HOLE]}: the interval from {row[FROM]:g} m starts inside the one before; overlaps count metal twice"
        raise InputError(message)


def without_unsampled(intervals, unsampled):
    """Intervals in which the unsampled rows, bool ``(n,)``, are ground outside the domains: no composite reaches across them."""
    return intervals.assign(**{DOMAIN: intervals[DOMAIN].astype(object).mask(np.asarray(unsampled), OUTSIDE).astype("str")})


def _require_columns(frame, columns):
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        message = f"the intervals lack {', '.join(missing)}; they have {', '.join(map(str, frame.columns))}"
        raise InputError(message)
