"""Where the intercepts of one hole begin and end: the set of spans that is longest under the rules."""

import numpy as np

LENGTH_ROUNDING = 1e-6  # m; a sum of lengths this close to a limit of the rules meets it


def intercept_spans(lengths, grades, *, cutoff, maximum_dilution, minimum_length, minimum_dilution_grade=0.0, weights=None):
    """Index pairs ``(first, stop)`` of the intercepts of one hole's contiguous samples, in depth order.

    Parameters
    ----------
    lengths, grades : ndarray, shape (n,)
        Sample lengths, m, and grades with zero for a missing one.
    cutoff, maximum_dilution, minimum_length, minimum_dilution_grade : float
        The rules, in grade units and m.
    weights : ndarray, shape (n,), optional
        What means are weighted by; the lengths by default.

    Notes
    -----
    A span begins and ends with a sample at or above the cut-off, its mean reaches the cut-off, it is at least
    ``minimum_length`` long, and no run below the cut-off in it is longer than ``maximum_dilution`` or poorer in the mean than
    ``minimum_dilution_grade``. Of all sets of spans that do not overlap, the one with the greatest total length is taken; of
    equal ones that with the most metal above the cut-off, then that with the fewest spans. Spans of that set never split a
    run at or above the cut-off, since the whole run only adds length and metal; so dynamic programming over the runs finds it,
    in time of the square of the runs that dilution joins.
    """
    weights = lengths if weights is None else weights
    depth = np.concatenate([[0.0], np.cumsum(lengths)])
    excess = np.concatenate([[0.0], np.cumsum(weights * (grades - cutoff))])
    richness = np.concatenate([[0.0], np.cumsum(weights * (grades - minimum_dilution_grade))])
    spans = []
    for chain in _chains(_runs(grades >= cutoff), depth, richness, maximum_dilution):
        spans += _longest(chain, depth, excess, minimum_length)
    return spans


def _runs(high):
    """First and stop of the runs of True, int ``(n, 2)``."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], high.astype(np.int8), [0]])))
    return edges.reshape(-1, 2)


def _chains(runs, depth, richness, maximum_dilution):
    """Arrays of runs whose gaps are all short enough, and rich enough, to be carried."""
    if not len(runs):
        return []
    stop, start = runs[:-1, 1], runs[1:, 0]
    scale = max(np.ptp(richness), 1.0)
    parted = (depth[start] - depth[stop] > maximum_dilution + LENGTH_ROUNDING) | (
        richness[start] - richness[stop] < -1e-12 * scale
    )
    return np.split(runs, np.flatnonzero(parted) + 1)


def _longest(chain, depth, excess, minimum_length):
    """Spans of a chain by the rule of `intercept_spans`."""
    first, stop = chain[:, 0], chain[:, 1]
    unit = 1e-9 * max(np.ptp(excess), 1.0)  # metal closer than this is equal: sums differ in their last bits
    count = len(chain)
    best = np.zeros((count + 1, 3))  # total length in micrometres, metal above the cut-off in units, less the number of spans
    came_from = np.full(count + 1, -1)
    for end in range(1, count + 1):
        length = depth[stop[end - 1]] - depth[first[:end]]
        metal = excess[stop[end - 1]] - excess[first[:end]]
        fits = (metal >= -1e-3 * unit) & (length >= minimum_length - LENGTH_ROUNDING)
        best[end] = best[end - 1]
        if not fits.any():
            continue
        begin = np.flatnonzero(fits)
        gain = np.column_stack([np.round(length[begin] / LENGTH_ROUNDING), np.round(metal[begin] / unit), -np.ones(len(begin))])
        totals = best[begin] + gain
        order = np.lexsort((-begin, totals[:, 2], totals[:, 1], totals[:, 0]))
        if tuple(totals[order[-1]]) > tuple(best[end]):
            best[end], came_from[end] = totals[order[-1]], begin[order[-1]]
    spans, end = [], count
    while end > 0:
        if came_from[end] >= 0:
            spans.append((int(first[came_from[end]]), int(stop[end - 1])))
            end = came_from[end]
        else:
            end -= 1
    return spans[::-1]
