"""Significant intercepts: drilled lengths whose mean reaches a cut-off, by rules that are printed with them."""

from itertools import pairwise

import numpy as np
import pandas as pd

from scandia import vocabulary
from scandia.drillholes.settings import DEPTH_TOLERANCE
from scandia.errors import InputError, SettingError

LENGTH_ROUNDING = 1e-6  # m; a sum of lengths this close to a limit of the rules meets it


def significant_intercepts(intervals, rules, analytes, *, tolerance=DEPTH_TOLERANCE):
    """Significant intercepts, one row each, sorted by hole and depth, an "including" row after the intercept it belongs to.

    Runs of samples at or above the cut-off are joined over weaker ground of at most `maximum_dilution`. Where the whole falls
    below the cut-off it is parted at the gap that lacks most metal, until every part reaches it; so an intercept never leans
    on a neighbour, and a hole logged upside down gives the same intercepts. Both ends are samples at or above the cut-off.
    Missing assays and undrilled gaps count as zero grade. Lengths are core lengths; means are weighted by length.

    Across an overlap or gap up to `tolerance` the later sample starts where the deepest one above it ends, as in
    `domains.flag.code_intervals`; a sample of which nothing remains has no row.

    Parameters
    ----------
    intervals : DataFrame
        hole, from, to (m) and the analytes. Pieces of one sample may share its `row`.
    rules : scandia.drillholes.settings.Intercepts
        Cut-offs, minimum length and maximum internal dilution.
    analytes : sequence of str
        Columns whose means are wanted; the analyte of the cut-off is added in front where it is not among them.
    tolerance : float
        Differences of depth up to this are rounding, m: ``drillholes.checks.depth_tolerance``.

    Returns
    -------
    DataFrame
        intercept (from 1), parent (0, or the intercept that an "including" row lies in), hole, from, to, length, including
        (0 or 1), cutoff, samples, per analyte its mean and `<analyte>_coverage` (assayed share of the length),
        `without_best` (mean of the cut-off's analyte without its richest sample) and `smeared` (that mean is below the cut-off).

    Raises
    ------
    InputError
        A column is missing, or intervals of a hole overlap by more than `tolerance` or stand upside down.
    SettingError
        The cut-off of the "including" rows is not above the first one.
    """
    if rules.including_cutoff is not None and rules.including_cutoff <= rules.cutoff:
        message = f"including_cutoff is {rules.including_cutoff}; it must be above cutoff, {rules.cutoff}"
        raise SettingError(message)
    analytes = list(dict.fromkeys([rules.analyte, *analytes]))
    _check_columns(intervals, analytes)
    rows = []
    ordered = intervals.sort_values([vocabulary.HOLE, vocabulary.FROM, vocabulary.TO], kind="stable")
    for _, hole in ordered.groupby(vocabulary.HOLE, sort=True):
        rows += _intercepts_of_hole(_continuous(hole, analytes, tolerance), rules, analytes, len(rows))
    means = [column for name in analytes for column in (name, f"{name}_coverage")]
    keys = ["intercept", "parent", vocabulary.HOLE, vocabulary.FROM, vocabulary.TO, vocabulary.LENGTH, "including", "cutoff"]
    return pd.DataFrame(rows, columns=[*keys, "samples", *means, "without_best", "smeared"])


def intercept_spans(lengths, grades, *, cutoff, maximum_dilution, minimum_length):
    """Index pairs ``(first, stop)`` of the intercepts of one hole's contiguous samples, in depth order.

    Parameters
    ----------
    lengths, grades : ndarray, shape (n,)
        Sample lengths, m, and grades with zero for a missing one.
    cutoff, maximum_dilution, minimum_length : float
        The rules, in grade units and m.
    """
    depth = np.concatenate([[0.0], np.cumsum(lengths)])
    excess = np.concatenate([[0.0], np.cumsum(lengths * (grades - cutoff))])
    spans = []
    for chain in _chains(_runs(grades >= cutoff), depth, maximum_dilution):
        spans += _part(chain, excess)
    return [(first, stop) for first, stop in spans if depth[stop] - depth[first] >= minimum_length - LENGTH_ROUNDING]


def _runs(high):
    """Index pairs of the runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], high.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _chains(runs, depth, maximum_dilution):
    """Lists of runs whose gaps are all short enough to be carried."""
    chains = []
    for run in runs:
        if chains and depth[run[0]] - depth[chains[-1][-1][1]] <= maximum_dilution + LENGTH_ROUNDING:
            chains[-1].append(run)
        else:
            chains.append([run])
    return chains


def _part(chain, excess):
    """Spans of a chain that reach the cut-off as a whole; a chain that does not is parted at its poorest gap."""
    first, stop = chain[0][0], chain[-1][1]
    scale = max(abs(excess[-1]), np.ptp(excess), 1.0)
    if len(chain) == 1 or excess[stop] - excess[first] >= -1e-12 * scale:
        return [(first, stop)]
    lost = [excess[right[0]] - excess[left[1]] for left, right in pairwise(chain)]
    poorest = int(np.argmin(lost)) + 1
    return _part(chain[:poorest], excess) + _part(chain[poorest:], excess)


def _intercepts_of_hole(hole, rules, analytes, count):
    """Rows of one hole, numbered from ``count + 1``."""
    limits = {"maximum_dilution": rules.maximum_dilution, "minimum_length": rules.minimum_length}
    lengths, grades = hole[vocabulary.LENGTH].to_numpy(), hole[rules.analyte].fillna(0.0).to_numpy()
    rows = []
    for first, stop in intercept_spans(lengths, grades, cutoff=rules.cutoff, **limits):
        parent = count + len(rows) + 1
        rows.append(_row(hole.iloc[first:stop], rules.analyte, analytes, intercept=parent, parent=0, cutoff=rules.cutoff))
        if rules.including_cutoff is None:
            continue
        inside = intercept_spans(lengths[first:stop], grades[first:stop], cutoff=rules.including_cutoff, **limits)
        for begin, end in inside:
            if end - begin == stop - first:
                continue  # the intercept over again would say nothing new
            part = hole.iloc[first + begin : first + end]
            number = count + len(rows) + 1
            rows.append(_row(part, rules.analyte, analytes, intercept=number, parent=parent, cutoff=rules.including_cutoff))
    return rows


def _row(part, leading, analytes, *, intercept, parent, cutoff):
    """One intercept as a dict."""
    lengths = part[vocabulary.LENGTH].to_numpy()
    row = {
        "intercept": intercept,
        "parent": parent,
        vocabulary.HOLE: part[vocabulary.HOLE].iloc[0],
        vocabulary.FROM: part[vocabulary.FROM].iloc[0],
        vocabulary.TO: part[vocabulary.TO].iloc[-1],
        vocabulary.LENGTH: part[vocabulary.TO].iloc[-1] - part[vocabulary.FROM].iloc[0],
        "including": int(parent > 0),
        "cutoff": cutoff,
        "samples": part["_sample"].nunique(),
    }
    for name in analytes:
        assayed = part[name].notna().to_numpy()
        row[name] = float(lengths @ part[name].fillna(0.0).to_numpy() / lengths.sum()) if assayed.any() else np.nan
        row[f"{name}_coverage"] = float(lengths[assayed].sum() / lengths.sum())
    row["without_best"] = _mean_without_best(part, leading)
    row["smeared"] = bool(row["without_best"] < cutoff)
    return row


def _mean_without_best(part, leading):
    """Length-weighted mean without the sample that holds most metal above the rest; NaN where there is only one sample."""
    metal = (part[vocabulary.LENGTH] * part[leading].fillna(0.0)).groupby(part["_sample"], sort=False).sum().to_numpy()
    lengths = part.groupby("_sample", sort=False)[vocabulary.LENGTH].sum().to_numpy()
    if len(lengths) < 2:
        return np.nan
    rest = np.arange(len(lengths)) != np.argmax(metal / lengths)
    return float(metal[rest].sum() / lengths[rest].sum())


def _continuous(hole, analytes, tolerance):
    """One hole's samples with its gaps as rows without assays, so that a jump in depth is seen as barren ground."""
    part = hole[[vocabulary.HOLE, vocabulary.FROM, vocabulary.TO, *analytes]].reset_index(drop=True)
    part["_sample"] = _sample_keys(hole)
    part = _touching(part, tolerance)
    open_gaps = np.flatnonzero(part[vocabulary.FROM].to_numpy()[1:] > part[vocabulary.TO].to_numpy()[:-1])
    if len(open_gaps):
        barren = pd.DataFrame(
            {
                vocabulary.HOLE: part[vocabulary.HOLE].iloc[0],
                vocabulary.FROM: part[vocabulary.TO].to_numpy()[open_gaps],
                vocabulary.TO: part[vocabulary.FROM].to_numpy()[open_gaps + 1],
                "_sample": -1 - np.arange(len(open_gaps)) - len(part),
                **dict.fromkeys(analytes, np.nan),
            }
        )
        part = pd.concat([part, barren]).sort_values(vocabulary.FROM, kind="stable", ignore_index=True)
    part[vocabulary.LENGTH] = part[vocabulary.TO] - part[vocabulary.FROM]
    return part


def _touching(part, tolerance):
    """Samples that start where the deepest one above them ends, where that is within tolerance."""
    start, stop = (np.array(part[name], dtype=float) for name in (vocabulary.FROM, vocabulary.TO))
    above = np.maximum.accumulate(stop)[:-1]
    gaps = start[1:] - above  # the same difference as in validation_intervals, so that no last bit decides otherwise than there
    _check_depths(part, gaps, above, tolerance)
    start[1:] = np.where(np.abs(gaps) <= tolerance, above, start[1:])
    return part.assign(**{vocabulary.FROM: start})[stop > start].reset_index(drop=True)


def _sample_keys(hole):
    """The source row of each piece; pieces without one are samples of their own."""
    own = -1 - np.arange(len(hole))
    if vocabulary.ROW not in hole:
        return own
    rows = hole[vocabulary.ROW].to_numpy()
    return np.where(rows > 0, rows, own)


def _check_columns(intervals, analytes):
    for name in (vocabulary.HOLE, vocabulary.FROM, vocabulary.TO, *analytes):
        if name not in intervals:
            message = f"intercepts need the column {name}; the table has {', '.join(map(str, intervals.columns))}"
            raise InputError(message)


def _check_depths(part, gaps, above, tolerance):
    hole = part[vocabulary.HOLE].iloc[0]
    upside_down = ~(part[vocabulary.TO] > part[vocabulary.FROM]).to_numpy()
    if upside_down.any():
        depth = part[vocabulary.FROM].to_numpy()[upside_down][0]
        message = f"hole {hole}: the interval from {depth} m has no positive length; validate the tables first"
        raise InputError(message)
    if (gaps < -tolerance).any():
        depth = above[gaps < -tolerance][0]
        message = (
            f"hole {hole}: intervals overlap above {depth} m by more than {tolerance:g} m; intercepts need one grade per depth; "
            "validate the tables first"
        )
        raise InputError(message)
