"""Significant intercepts: drilled lengths whose mean reaches a cut-off, by rules that are printed with them."""

import numpy as np
import pandas as pd

from scandia import vocabulary
from scandia.drillholes.settings import DEPTH_TOLERANCE
from scandia.drillholes.spans import intercept_spans
from scandia.errors import InputError


def significant_intercepts(intervals, rules, analytes, *, tolerance=DEPTH_TOLERANCE):
    """Significant intercepts, one row each, sorted by hole and depth, an "including" row after the intercept it belongs to.

    The longest set of spans under the rules (`spans.intercept_spans`): both ends at or above the cut-off, means that reach it,
    internal dilution within its limits. So an intercept never leans on a neighbour, and a hole logged upside down gives the
    same intercepts. "Including" rows are found by the same rules at each higher cut-off, inside the row above them. Missing
    assays and undrilled gaps count as zero grade. Lengths are core lengths; means are weighted by length, or by length and
    density.

    Across an overlap or gap up to `tolerance` the later sample starts where the deepest one above it ends, as in
    `domains.flag.code_intervals`; a sample of which nothing remains has no row.

    Parameters
    ----------
    intervals : DataFrame
        hole, from, to (m) and the analytes; density (t/m3) where the rules weigh by it. Pieces of one sample may share its `row`.
    rules : scandia.drillholes.intercept_settings.Intercepts
        Cut-offs, minimum length, dilution, top cut and weighting.
    analytes : sequence of str
        Columns whose means are wanted; the analyte of the cut-off is added in front where it is not among them.
    tolerance : float
        Differences of depth up to this are rounding, m: ``drillholes.checks.depth_tolerance``.

    Returns
    -------
    DataFrame
        intercept (from 1), parent (0, or the row that an "including" row lies in), hole, from, to, length, including (0 or 1),
        cutoff, samples (assay rows; a gap is none), `dilution` (m below the cut-off) and `dilution_grade` (its mean), per analyte
        its mean (the one of the cut-off with its top cut, and `<analyte>_uncut` beside it) and `<analyte>_coverage` (assayed
        share of the length), `without_best` (mean of the cut-off's analyte without its richest sample) and `smeared` (that mean
        is below the cut-off).

    Raises
    ------
    InputError
        A column is missing, or intervals of a hole overlap by more than `tolerance` or stand upside down.
    """
    analytes = list(dict.fromkeys([rules.analyte, *analytes]))
    dense = rules.weighting == "length_and_density"
    _check_columns(intervals, [*analytes, *([vocabulary.DENSITY] if dense else [])])
    rows = []
    ordered = intervals.sort_values([vocabulary.HOLE, vocabulary.FROM, vocabulary.TO], kind="stable")
    for _, hole in ordered.groupby(vocabulary.HOLE, sort=True):
        carried = [*analytes, *([vocabulary.DENSITY] if dense and vocabulary.DENSITY not in analytes else [])]
        rows += _intercepts_of_hole(_continuous(hole, carried, tolerance), rules, analytes, len(rows))
    means = [column for name in analytes for column in (name, f"{name}_coverage")]
    means[1:1] = [f"{rules.analyte}_uncut"] if rules.top_cut is not None else []
    keys = ["intercept", "parent", vocabulary.HOLE, vocabulary.FROM, vocabulary.TO, vocabulary.LENGTH, "including", "cutoff"]
    return pd.DataFrame(rows, columns=[*keys, "samples", "dilution", "dilution_grade", *means, "without_best", "smeared"])


def _intercepts_of_hole(hole, rules, analytes, count):
    """Rows of one hole, numbered from ``count + 1``."""
    hole = hole.assign(_weight=_weights(hole, rules), _lead=hole[rules.analyte].fillna(0.0).clip(upper=rules.top_cut))
    rows = []
    _add_rows(rows, hole, rules, analytes, (rules.cutoff, *rules.including_cutoffs), 0, len(hole), parent=0, count=count)
    return rows


def _add_rows(rows, hole, rules, analytes, cutoffs, begin, end, *, parent, count):
    """Append the spans between two samples at the first cut-off, each followed by those inside it at the next."""
    if not cutoffs:
        return
    lengths, grades, weights = (hole[name].to_numpy()[begin:end] for name in (vocabulary.LENGTH, "_lead", "_weight"))
    spans = intercept_spans(
        lengths,
        grades,
        cutoff=cutoffs[0],
        maximum_dilution=rules.maximum_dilution,
        minimum_length=rules.minimum_length,
        minimum_dilution_grade=rules.minimum_dilution_grade,
        weights=weights,
    )
    for first, stop in spans:
        again = parent > 0 and stop - first == end - begin  # the row above over again would say nothing new
        if not again:
            number = count + len(rows) + 1
            part = hole.iloc[begin + first : begin + stop]
            rows.append(_row(part, rules, analytes, intercept=number, parent=parent, cutoff=cutoffs[0]))
        _add_rows(
            rows, hole, rules, analytes, cutoffs[1:], begin + first, begin + stop,
            parent=parent if again else number, count=count,
        )  # fmt: skip


def _weights(hole, rules):
    """What means of a hole's samples are weighted by: length, m, or length times density."""
    lengths = hole[vocabulary.LENGTH]
    if rules.weighting == "length":
        return lengths
    return lengths * hole[vocabulary.DENSITY].fillna(rules.assumed_density)


def _row(part, rules, analytes, *, intercept, parent, cutoff):
    """One intercept as a dict."""
    lengths, weights, lead = (part[name].to_numpy() for name in (vocabulary.LENGTH, "_weight", "_lead"))
    low = lead < cutoff
    row = {
        "intercept": intercept,
        "parent": parent,
        vocabulary.HOLE: part[vocabulary.HOLE].iloc[0],
        vocabulary.FROM: part[vocabulary.FROM].iloc[0],
        vocabulary.TO: part[vocabulary.TO].iloc[-1],
        vocabulary.LENGTH: part[vocabulary.TO].iloc[-1] - part[vocabulary.FROM].iloc[0],
        "including": int(parent > 0),
        "cutoff": cutoff,
        "samples": part.loc[~part["_gap"], "_sample"].nunique(),
        "dilution": float(lengths[low].sum()),
        "dilution_grade": float(weights[low] @ lead[low] / weights[low].sum()) if low.any() else np.nan,
    }
    for name in analytes:
        assayed = part[name].notna().to_numpy()
        row[name] = float(weights @ part[name].fillna(0.0).to_numpy() / weights.sum()) if assayed.any() else np.nan
        row[f"{name}_coverage"] = float(lengths[assayed].sum() / lengths.sum())
    row[f"{rules.analyte}_uncut"] = row[rules.analyte]
    row[rules.analyte] = float(weights @ lead / weights.sum())
    row["without_best"] = _mean_without_best(part)
    row["smeared"] = bool(row["without_best"] < cutoff)
    return row


def _mean_without_best(part):
    """Mean without the sample that is richest; NaN where there is only one sample."""
    metal = (part["_weight"] * part["_lead"]).groupby(part["_sample"], sort=False).sum().to_numpy()
    weights = part.groupby("_sample", sort=False)["_weight"].sum().to_numpy()
    if len(weights) < 2:
        return np.nan
    rest = np.arange(len(weights)) != np.argmax(metal / weights)
    return float(metal[rest].sum() / weights[rest].sum())


def _continuous(hole, analytes, tolerance):
    """One hole's samples with its gaps as rows without assays, so that a jump in depth is seen as barren ground."""
    part = hole[[vocabulary.HOLE, vocabulary.FROM, vocabulary.TO, *analytes]].reset_index(drop=True)
    part["_sample"], part["_gap"] = _sample_keys(hole), False
    part = _touching(part, tolerance)
    open_gaps = np.flatnonzero(part[vocabulary.FROM].to_numpy()[1:] > part[vocabulary.TO].to_numpy()[:-1])
    if len(open_gaps):
        barren = pd.DataFrame(
            {
                vocabulary.HOLE: part[vocabulary.HOLE].iloc[0],
                vocabulary.FROM: part[vocabulary.TO].to_numpy()[open_gaps],
                vocabulary.TO: part[vocabulary.FROM].to_numpy()[open_gaps + 1],
                "_sample": -1 - np.arange(len(open_gaps)) - len(hole),
                "_gap": True,
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
