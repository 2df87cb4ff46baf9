"""Runs parted where their hole passes from one bench to the next."""

import numpy as np

from scandia.composites.runs import short_runs
from scandia.drillholes.desurvey import locate
from scandia.vocabulary import FROM, HOLE

STEP = 0.5  # m along the hole between two looks at the elevation
NARROW = 1e-6  # m; to which the depth of a bench's floor is narrowed down
ROUNDING = 1e-9  # share of a bench


def divide_benches(pieces, stations, settings):
    """Run, start and end, metres along the run, of the stretch of each run in each bench, and of what residuals do to them.

    Parameters
    ----------
    pieces : DataFrame
        From `runs.inside_runs`.
    stations : DataFrame
    settings : Compositing
        Height and level of the benches, residual policy.

    Notes
    -----
    A stretch is a residual where the height it spans is less than ``minimum_share`` of the bench. Merged, it joins the stretch
    before it in the run, or the one after it at the head of the run; a run that is one residual stays one composite, or is
    dropped where ``short_runs`` says so. A hole along a level never spans a height: all its stretches are residuals.
    """
    run, start, end, height, whole = [], [], [], [], []
    for number, group in pieces.groupby("run", sort=True):
        marks, levels = _marks(group, stations, settings)
        run += [number] * (marks.size - 1)
        start += marks[:-1].tolist()
        end += marks[1:].tolist()
        height += np.abs(np.diff(levels)).tolist()
        whole.append(np.abs(np.diff(levels)).sum())
    run, start, end, height = np.array(run, dtype=np.int64), np.array(start), np.array(end), np.array(height)
    if settings.short_runs == "drop":
        kept = ~short_runs(whole, settings)[run]
        run, start, end, height = (values[kept] for values in (run, start, end, height))
    short = height < (settings.minimum_share - ROUNDING) * settings.length
    if settings.residual == "drop":
        return run[~short], start[~short], end[~short]
    if settings.residual == "merge":
        return _merge(run, start, end, short)
    return run, start, end


def _marks(group, stations, settings):
    """Places along one run where benches begin and end, with its own ends, and the elevation of each."""
    whole = group["end"].iloc[-1]
    count = max(int(np.ceil(whole / STEP)), 1)
    place = np.linspace(0.0, whole, count + 1)

    def elevation(at):
        piece = np.clip(np.searchsorted(group["start"].to_numpy(), at, side="right") - 1, 0, len(group) - 1)
        depth = group[FROM].to_numpy()[piece] + at - group["start"].to_numpy()[piece]
        return locate(stations, group[HOLE].to_numpy(dtype=object)[piece], depth)[:, 2]

    def bench(at):
        # downwards the floor belongs to the bench above it, so that a hole that ends on a floor has no sliver below
        return np.ceil((elevation(at) - settings.bench_level) / settings.length - ROUNDING)

    number = bench(place)
    change = np.flatnonzero(np.diff(number) != 0)
    low, high, here = place[change], place[change + 1], number[change]
    while change.size and (high - low).max() > NARROW:
        middle = 0.5 * (low + high)
        same = bench(middle) == here
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    inner = 0.5 * (low + high)
    inner = inner[(inner > 2 * NARROW) & (inner < whole - 2 * NARROW)]
    marks = np.r_[0.0, inner, whole]
    return marks, elevation(marks)


def _merge(run, start, end, short):
    """Stretches with every short one joined to its neighbour in the run."""
    kept = []
    for number in range(run.size):
        previous = kept[-1] if kept and kept[-1][0] == run[number] else None
        if previous is not None and (short[number] or previous[3]):
            # a short one joins the one before; the one after a short head takes it in
            kept[-1] = (run[number], previous[1], end[number], previous[3] and short[number])
        else:
            kept.append((run[number], start[number], end[number], short[number]))
    return (np.array([item[0] for item in kept], dtype=np.int64), *(np.array([item[k] for item in kept]) for k in (1, 2)))
