"""Lengths of the samples, and the composite length that they recommend."""

import numpy as np
import pandas as pd

from scandia.composites.runs import inside_runs
from scandia.domains.flag import OUTSIDE
from scandia.vocabulary import DOMAIN, FROM, HOLE, LENGTH, ROW, TO

ROUNDING = 0.05  # m; lengths are told apart to this when the commonest is looked for
LONGER = 0.05  # share of the sampled length that may lie in samples longer than the composites
MULTIPLE = 3  # most samples to a recommended composite: a few long samples are no reason to average all others over as much
PLACES = 3  # samples in several runs that are named
COLUMNS = (DOMAIN, "n", "mode", "median", "p95", "maximum", "longer", "parted", "parted_at", "recommended", "reason")


def sample_lengths(intervals, length):
    """Table of the lengths of the samples by domain and in all, with the composite length that they recommend.

    Parameters
    ----------
    intervals : DataFrame
        Coded intervals with row: pieces of one sample are added up, in the domain of each.
    length : float
        The composite length in use, m.

    Returns
    -------
    DataFrame
        domain, n, mode (the commonest length by sampled metres, to 0.05 m), median, p95, maximum (m), longer (share of the
        sampled length in samples longer than the composites in use, which they split), parted (samples whose pieces lie in
        several runs, parted by a contact or a gap of the logging, so that one assay enters several composites), parted_at (the
        first of them: hole and depths of the pieces, m), recommended (m; none outside the domains), reason.

    Notes
    -----
    Recommended is the smallest whole multiple of the mode, up to 3, that at most 5 % of the sampled length exceeds: composites of
    whole samples lose no variance to splitting, and longer ones lose it to averaging. Where even 3 are too short, a few long
    samples are the reason, and the smallest multiple stands that as little of the length exceeds as 3 do.
    """
    sampled = intervals[intervals[ROW] >= 0]
    groups = [*sampled.groupby(DOMAIN, sort=True), ("all", sampled)] if len(sampled) else []
    runs = inside_runs(intervals)
    runs = runs[runs[ROW] >= 0]
    rows = []
    for name, group in groups:
        inside = runs if name == "all" else runs[runs[DOMAIN] == name]
        parts = _parted(inside)
        rows.append((name, *_describe(group.groupby(ROW)[LENGTH].sum().to_numpy(float), length, name != OUTSIDE, parts)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _parted(pieces):
    """Number of samples whose pieces lie in several runs, and where the first of them are, in words."""
    several = pieces.groupby(ROW, sort=False)["run"].transform("nunique") > 1
    places = []
    for _, inside in list(pieces[several].groupby(ROW, sort=False))[:PLACES]:
        spans = " and ".join(f"{start:g} to {end:g}" for start, end in zip(inside[FROM], inside[TO], strict=True))
        places.append(f"{inside[HOLE].iloc[0]} {spans}")
    count = pieces.loc[several, ROW].nunique()
    more = [f"and {count - PLACES} more"] if count > PLACES else []
    return count, "; ".join([*places, *more])


def _describe(lengths, used, inside, parts):
    total = lengths.sum()
    rounded = np.round(lengths / ROUNDING).astype(np.int64)
    metres = np.bincount(np.maximum(rounded, 1), weights=lengths)
    mode = float(np.round(np.argmax(metres) * ROUNDING, 10))

    def exceeding(limit):
        return float(lengths[lengths > limit + ROUNDING / 2].sum() / total)

    recommended, reason = _recommend(mode, exceeding) if inside else (np.nan, "no composites are made outside the domains")
    quantiles = np.quantile(lengths, [0.5, 0.95], method="hazen")
    numbers = (len(lengths), mode, *map(float, quantiles), float(lengths.max()), exceeding(used))
    return (*numbers, *parts, recommended, reason)


def _recommend(mode, exceeding):
    """Multiple of the commonest sample, m, and the reason in words."""
    shares = [exceeding(multiple * mode) for multiple in range(1, MULTIPLE + 1)]
    enough = [multiple for multiple, share in enumerate(shares, start=1) if share <= LONGER]
    multiple = enough[0] if enough else 1 + shares.index(min(shares))
    beyond = shares[multiple - 1]
    reason = f"{multiple} x the commonest sample of {mode:g} m: {beyond:.1%} of the sampled length lies in longer samples"
    if not enough:
        reason += f"; more than {MULTIPLE} x would average all others for the sake of a few long ones"
    return float(np.round(multiple * mode, 10)), reason
