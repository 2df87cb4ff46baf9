"""Composites of equal length inside domains, and the proof that they keep length and metal."""

import numpy as np
import pandas as pd

from scandia.composites._overlap import containing, overlaps
from scandia.composites.runs import divide, inside_runs
from scandia.drillholes.desurvey import locate_intervals
from scandia.errors import InputError
from scandia.vocabulary import CAMPAIGN, DOMAIN, FROM, HOLE, LENGTH, LOCAL, TO, WORLD, row_columns

COMPOSITE = "composite"
SLIVER = 1e-6  # share of a composite: an overlap smaller than this is rounding of a depth and gives no grade
UNASSAYED_ROW = -1  # the row of drilled length that stands in no assay table: -1 in each of its columns of rows


def coverage_column(analyte):
    """Name of the column that says which share of a composite's length has a grade."""
    return f"{analyte}_coverage"


def composite(intervals, settings, analytes, stations, mine_grid):
    """Composites of equal length inside each run of a domain, sorted by hole and depth, located at their mid-points.

    Parameters
    ----------
    intervals : DataFrame
        Coded intervals: hole, from, to (m), domain, the analytes (NaN where not assayed), row, campaign if known.
    settings : Compositing
        Length, residual policy, smallest coverage, and the grade of unsampled length.
    analytes : list of str
        Columns to composite, in their flowing units.
    stations : DataFrame
        Desurveyed holes.
    mine_grid : MineGrid
        Local coordinates.

    Returns
    -------
    DataFrame
        composite (from 1), hole, from, to, length (m), domain, per analyte its grade and ``<analyte>_coverage``, easting,
        northing, elevation, x, y, z, campaign if known.

    Raises
    ------
    InputError
        Columns are missing, intervals overlap or have no domain.

    Notes
    -----
    A grade is the length-weighted mean over the length that has one. Unsampled length is drilled length with no row in the assay
    table, or with a row without any grade: ``missing`` leaves it out of the mean and lowers the coverage, ``zero`` counts it
    as grade 0 and as covered. Sampled length on which one analyte alone was not determined is missing under either policy.
    """
    analytes = _checked_analytes(intervals, analytes)
    pieces = inside_runs(intervals)
    if pieces.empty:
        message = "no interval lies in a domain, so there is nothing to composite; check model.domains against the logged codes"
        raise InputError(message)
    spans = _spans(pieces, settings)
    interval, span, common = overlaps(
        *(pieces[name].to_numpy() for name in ("run", "start", "end")),
        *(spans[name].to_numpy() for name in ("run", "start", "end")),
    )
    unsampled = _unsampled(pieces, analytes)
    for analyte in analytes:
        grade = pieces[analyte].to_numpy(dtype=float)
        if settings.unsampled == "zero":
            grade = np.where(unsampled, 0.0, grade)
        mean, coverage = _mean(grade[interval], common, span, spans[LENGTH].to_numpy())
        spans[analyte] = np.where(coverage < settings.minimum_coverage, np.nan, mean)
        spans[coverage_column(analyte)] = coverage
    located = locate_intervals(spans, stations, mine_grid)
    located.insert(0, COMPOSITE, np.arange(1, len(located) + 1))
    columns = [COMPOSITE, HOLE, FROM, TO, LENGTH, DOMAIN, *analytes, *map(coverage_column, analytes), *WORLD, *LOCAL]
    return located[columns + [name for name in (CAMPAIGN,) if name in located.columns]]


def conservation(intervals, composites, analytes):
    """Length and metal of each domain and analyte before and after compositing, and where the rest went.

    Parameters
    ----------
    intervals, composites : DataFrame
        What `composite` was given and what it returned.
    analytes : list of str
        Analytes to account for.

    Returns
    -------
    DataFrame
        domain, analyte, length_before, length_after, length_dropped (m), metal_before, metal_after, metal_dropped (residuals
        that were dropped), metal_below_coverage (in composites without grade), all grade x m, and what is unaccounted for:
        ``difference = before - after - dropped - below_coverage`` of the metal and ``length_difference``, zero to rounding.
    """
    pieces = inside_runs(intervals)
    holes = pd.Index(pieces[HOLE].unique())  # in sorted order, as inside_runs sorts them
    interval, span, common = overlaps(
        holes.get_indexer(pieces[HOLE]), pieces[FROM].to_numpy(), pieces[TO].to_numpy(),
        holes.get_indexer(composites[HOLE]), composites[FROM].to_numpy(), composites[TO].to_numpy(),
    )  # fmt: skip
    domain_of_piece, domain_of_span = pieces[DOMAIN].to_numpy(), composites[DOMAIN].to_numpy()
    rows = []
    for domain in sorted(pieces[DOMAIN].unique()):
        share = (domain_of_piece[interval] == domain) & (domain_of_span[span] == domain)
        pairs = interval[share], span[share], common[share]
        inside, chosen = pieces[domain_of_piece == domain], composites[domain_of_span == domain]
        rows += [_account(domain, name, inside, chosen) | _under(pieces, composites, name, pairs) for name in analytes]
    table = pd.DataFrame(rows)
    table["length_dropped"] = table["length_before"] - table["length_under"]
    table["metal_dropped"] = table["metal_before"] - table["metal_under"]
    table["length_difference"] = table["length_under"] - table["length_after"]
    table["difference"] = table["metal_under"] - table["metal_after"] - table["metal_below_coverage"]
    return table.drop(columns=["length_under", "metal_under"])


def _account(domain, analyte, pieces, composites):
    grade = composites[analyte].fillna(0.0)
    return {
        DOMAIN: domain,
        "analyte": analyte,
        "length_before": pieces[LENGTH].sum(),
        "length_after": composites[LENGTH].sum(),
        "metal_before": (pieces[LENGTH] * pieces[analyte]).sum(),
        "metal_after": (grade * composites[coverage_column(analyte)] * composites[LENGTH]).sum(),
    }


def _under(pieces, composites, analyte, pairs):
    """Length and metal of the intervals under composites, and the metal under those without a grade."""
    interval, span, common = pairs
    metal = np.nan_to_num(pieces[analyte].to_numpy(dtype=float))[interval] * common
    blank = composites[analyte].isna().to_numpy()[span]
    return {"length_under": common.sum(), "metal_under": metal.sum(), "metal_below_coverage": metal[blank].sum()}


def _spans(pieces, settings):
    """Composites as hole, from, to, length, domain, run, start, end (and campaign), still without grades."""
    run, start, end = divide(pieces.groupby("run", sort=True)["end"].max().to_numpy(), settings)
    pieces_run, pieces_start = pieces["run"].to_numpy(), pieces["start"].to_numpy()
    top = containing(pieces_run, pieces_start, run, start)
    bottom = containing(pieces_run, pieces_start, run, end, upper=True)
    first = pieces.iloc[top].reset_index(drop=True)
    spans = first[[HOLE, DOMAIN] + [name for name in (CAMPAIGN,) if name in pieces.columns]].copy()
    spans["run"], spans["start"], spans["end"] = run, start, end
    spans[FROM] = _depth(pieces, top, start)
    spans[TO] = _depth(pieces, bottom, end)
    spans[LENGTH] = end - start
    return spans


def _depth(pieces, index, position):
    """Depth down the hole of a position along the run, m, to the nanometre: 12.000000000001 would be no depth."""
    offset = position - pieces["start"].to_numpy()[index]
    return np.round(pieces[FROM].to_numpy()[index] + np.minimum(offset, pieces[LENGTH].to_numpy()[index]), 9)


def _mean(grade, common, span, lengths):
    """Mean grade over the length with a grade, and that length's share, of every composite."""
    known = ~np.isnan(grade)
    length = np.bincount(span[known], weights=common[known], minlength=len(lengths))
    metal = np.bincount(span[known], weights=common[known] * grade[known], minlength=len(lengths))
    mean = np.full(len(lengths), np.nan)
    coverage = np.minimum(length / lengths, 1.0)
    np.divide(metal, length, out=mean, where=coverage > SLIVER)
    return mean, coverage


def _unsampled(pieces, analytes):
    """Length that nobody assayed, as against length on which one analyte is missing."""
    blank = pieces[analytes].isna().all(axis=1).to_numpy()
    rows = row_columns(pieces)
    if rows:
        blank = blank | (pieces[rows] == UNASSAYED_ROW).all(axis=1).to_numpy()
    return blank


def _checked_analytes(intervals, analytes):
    analytes = list(analytes)
    missing = [name for name in analytes if name not in intervals.columns]
    if missing or not analytes:
        wanted = ", ".join(missing) or "any analyte"
        message = f"no column for {wanted}; the intervals have {', '.join(map(str, intervals.columns))}"
        raise InputError(message)
    return analytes
