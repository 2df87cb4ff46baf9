"""The pieces of coded intervals that each composite is made of: the way back from a grade to lines of the raw table."""

import numpy as np
import pandas as pd

from scandia.composites._overlap import containing, overlaps
from scandia.composites.length import COMPOSITE
from scandia.composites.runs import DEPTH_ROUNDING, inside_runs
from scandia.errors import InputError
from scandia.vocabulary import DOMAIN, FROM, HOLE, LENGTH, ROW, SAMPLE, TO, row_columns

NOISE = 1e-9  # share of a composite: a common length below this is rounding at a joint, and no piece
FIT = 1e-6  # m: a composite whose pieces miss more of its length than this lies in other intervals


def members(intervals, composites):
    """Pieces of coded intervals inside each composite, one row per piece, sorted by composite and from.

    Parameters
    ----------
    intervals, composites : DataFrame
        What `composites.length.composite` was given and what it returned, in any row order.

    Returns
    -------
    DataFrame
        composite, hole, row (line of the raw assay table, -1 for what was drilled and not assayed; ``row_<table>`` too where the
        assays come from several), sample (where the intervals know it), from, to, length (m): the common part of interval and
        composite. The lengths of a composite's pieces add up to its own.

    Raises
    ------
    InputError
        Columns are missing, or a composite does not lie in these intervals.

    Notes
    -----
    Places are compared along the run, as in compositing: by depth, an overlap by rounding would count twice.
    """
    _require(intervals, "intervals", (HOLE, FROM, TO, DOMAIN, ROW))
    _require(composites, "composites", (COMPOSITE, HOLE, FROM, TO, LENGTH, DOMAIN))
    pieces = inside_runs(intervals)
    spans = _along_runs(pieces, composites)
    interval, span, common = overlaps(
        *(pieces[name].to_numpy() for name in ("run", "start", "end")),
        *(spans[name].to_numpy() for name in ("run", "start", "end")),
    )
    _check_fit(pieces, spans, np.bincount(span, weights=common, minlength=len(spans)))
    keep = common > NOISE * spans[LENGTH].to_numpy()[span]
    interval, span, common = interval[keep], span[keep], common[keep]
    found = pieces.iloc[interval].reset_index(drop=True)
    names = [HOLE, *row_columns(pieces)] + [name for name in (SAMPLE,) if name in pieces.columns]
    table = pd.concat([spans[[COMPOSITE]].iloc[span].reset_index(drop=True), found[names]], axis=1)
    table[FROM] = _depth(found, np.maximum(found["start"], spans["start"].to_numpy()[span]))
    table[TO] = _depth(found, np.minimum(found["end"], spans["end"].to_numpy()[span]))
    table[LENGTH] = common
    return table.sort_values([COMPOSITE, FROM], kind="stable", ignore_index=True)


def _along_runs(pieces, composites):
    """Composites in their order with their run and their start and end along it, m.

    A composite starts where the one before it in the run ends, unless something between them was dropped or excluded.
    """
    spans = composites.sort_values(COMPOSITE, kind="stable", ignore_index=True)
    spans["run"] = _runs(pieces, spans)
    depth_order = pieces.sort_values(["run", FROM], kind="stable")
    at = containing(
        depth_order["run"].to_numpy(), depth_order[FROM].to_numpy(), spans["run"].to_numpy(), spans[FROM].to_numpy() + FIT
    )
    head = depth_order.iloc[at].reset_index(drop=True)
    place = (head["start"] + (spans[FROM] - head[FROM])).clip(lower=0.0)
    before = (place + spans[LENGTH]).groupby(spans["run"], sort=False).shift(1, fill_value=0.0)
    gap = (place - before).where((place - before).abs() > FIT, 0.0)
    spans["end"] = (gap + spans[LENGTH]).groupby(spans["run"], sort=False).cumsum()
    spans["start"] = spans.groupby("run", sort=False)["end"].shift(1, fill_value=0.0) + gap
    return spans


def _runs(pieces, spans):
    """Run in which the middle of each composite lies, -1 where there is none of its hole and domain."""
    ordered = pieces.sort_values([HOLE, DOMAIN, FROM], kind="stable")
    keys = pd.MultiIndex.from_frame(ordered[[HOLE, DOMAIN]])
    group = keys.unique().get_indexer(keys)
    wanted = keys.unique().get_indexer(pd.MultiIndex.from_frame(spans[[HOLE, DOMAIN]]))
    middle = ((spans[FROM] + spans[TO]) / 2).to_numpy()
    at = containing(group, ordered[FROM].to_numpy(), wanted, middle)
    found = (at >= 0) & (group[at] == wanted)
    return np.where(found, ordered["run"].to_numpy()[at], -1)


def _check_fit(pieces, spans, inside):
    """Refuse composites that the intervals do not fill, or that start at another depth than their place along the run."""
    top = containing(pieces["run"].to_numpy(), pieces["start"].to_numpy(), spans["run"].to_numpy(), spans["start"].to_numpy())
    depth = _depth(pieces.iloc[top].reset_index(drop=True), spans["start"])
    foreign = (np.abs(inside - spans[LENGTH]) > FIT) | ((depth - spans[FROM]).abs() > DEPTH_ROUNDING + FIT)
    if foreign.any():
        row = spans[foreign].iloc[0]
        message = (
            f"composite {row[COMPOSITE]} (hole {row[HOLE]}, {row[FROM]:g} to {row[TO]:g} m, {row[DOMAIN]}) does not lie in these "
            "intervals; give the intervals it was made of"
        )
        raise InputError(message)


def _depth(pieces, position):
    """Depth down the hole of one position along the run in each piece, m, to the nanometre as in the composites."""
    return np.round(pieces[FROM] + (position - pieces["start"]).clip(0.0, pieces[LENGTH]), 9)


def _require(frame, label, columns):
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        message = f"the {label} lack {', '.join(missing)}; they have {', '.join(map(str, frame.columns))}"
        raise InputError(message)
