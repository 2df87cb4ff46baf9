"""Lengths of the samples, and the composite length that they recommend."""

import numpy as np
import pandas as pd

from scandia.vocabulary import DOMAIN, LENGTH, ROW

ROUNDING = 0.05  # m; lengths are told apart to this when the commonest is looked for
LONGER = 0.05  # share of the sampled length that may lie in samples longer than the composites
COLUMNS = (DOMAIN, "n", "mode", "median", "p95", "maximum", "longer", "recommended", "reason")


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
        sampled length in samples longer than the composites in use, which they split), recommended (m), reason.

    Notes
    -----
    Recommended is the smallest whole multiple of the mode that at most 5 % of the sampled length exceeds: composites of whole
    samples lose no variance to splitting, and longer ones lose it to averaging.
    """
    sampled = intervals[intervals[ROW] >= 0]
    groups = [*sampled.groupby(DOMAIN, sort=True), ("all", sampled)] if len(sampled) else []
    rows = [(name, *_describe(group.groupby(ROW)[LENGTH].sum().to_numpy(float), length)) for name, group in groups]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _describe(lengths, used):
    total = lengths.sum()
    rounded = np.round(lengths / ROUNDING).astype(np.int64)
    metres = np.bincount(np.maximum(rounded, 1), weights=lengths)
    mode = float(np.round(np.argmax(metres) * ROUNDING, 10))

    def exceeding(limit):
        return float(lengths[lengths > limit + ROUNDING / 2].sum() / total)

    multiple = 1
    while exceeding(multiple * mode) > LONGER:
        multiple += 1
    recommended = float(np.round(multiple * mode, 10))
    beyond = exceeding(recommended)
    reason = f"{multiple} x the commonest sample of {mode:g} m: {beyond:.1%} of the sampled length lies in longer samples"
    quantiles = np.quantile(lengths, [0.5, 0.95], method="hazen")
    return (len(lengths), mode, *map(float, quantiles), float(lengths.max()), exceeding(used), recommended, reason)
