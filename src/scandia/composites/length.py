"""Composites of equal length, or of benches, inside domains, and the proof that they keep length and metal."""

import numpy as np
import pandas as pd

from scandia.composites._overlap import containing, overlaps
from scandia.composites.benches import divide_benches
from scandia.composites.runs import divide, inside_runs, short_runs, without_unsampled
from scandia.drillholes.desurvey import locate_intervals
from scandia.errors import InputError, SettingError
from scandia.vocabulary import CAMPAIGN, DENSITY, DOMAIN, FROM, HOLE, LENGTH, LOCAL, TO, WORLD, row_columns

COMPOSITE = "composite"
SLIVER = 1e-6  # share of a composite: an overlap smaller than this is rounding of a depth and gives no grade
UNASSAYED_ROW = -1  # the row of drilled length that stands in no assay table: -1 in each of its columns of rows


def coverage_column(analyte):
    """Name of the column that says which share of a composite's length has a grade."""
    return f"{analyte}_coverage"


def density_column(analyte):
    """Name of the column with the mean density, t/m3, of a composite's length with a grade, where density weighs."""
    return f"{analyte}_density"


def composite(intervals, settings, analytes, stations, mine_grid):
    """Composites inside each run of a domain, sorted by hole and depth, located at their mid-points.

    Parameters
    ----------
    intervals : DataFrame
        Coded intervals: hole, from, to (m), domain, the analytes (NaN where not assayed), row, campaign if known; density (t/m3)
        where the settings weigh by it.
    settings : Compositing
        Length or bench, residual policy, smallest coverage, the grade of unsampled and of undetermined length, weighting.
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
    A grade is the mean over the length that has one, weighted by length, or by length times density. Unsampled length is drilled
    length with no row in the assay table, or with a row without any grade: ``missing`` leaves it out of the mean and lowers
    the coverage, ``zero`` and ``value`` count it with that grade and as covered, ``exclude`` takes it out of the domain, so that
    composites start anew below it. Sampled length on which one analyte alone was not determined follows ``undetermined``.
    """
    analytes = _checked_analytes(intervals, analytes)
    _check_values(settings, analytes)
    pieces = _inside(intervals, settings, analytes)
    if pieces.empty:
        message = "no interval lies in a domain, so there is nothing to composite; check model.domains against the logged codes"
        raise InputError(message)
    spans = _spans(pieces, settings, stations)
    interval, span, common = overlaps(
        *(pieces[name].to_numpy() for name in ("run", "start", "end")),
        *(spans[name].to_numpy() for name in ("run", "start", "end")),
    )
    density = pieces[DENSITY].to_numpy(dtype=float) if settings.weighting == "density" else None
    for analyte, grade in graded(pieces, settings, analytes).items():
        mean, coverage, mass = _mean(
            grade[interval], common, span, spans[LENGTH].to_numpy(), None if density is None else density[interval]
        )
        spans[analyte] = np.where(coverage < settings.minimum_coverage, np.nan, mean)
        spans[coverage_column(analyte)] = coverage
        if density is not None:
            spans[density_column(analyte)] = mass
    located = locate_intervals(spans, stations, mine_grid)
    located.insert(0, COMPOSITE, np.arange(1, len(located) + 1))
    weighed = [*map(density_column, analytes)] if density is not None else []
    columns = [COMPOSITE, HOLE, FROM, TO, LENGTH, DOMAIN, *analytes, *map(coverage_column, analytes), *weighed, *WORLD, *LOCAL]
    return located[columns + [name for name in (CAMPAIGN,) if name in located.columns]]


def graded(pieces, settings, analytes):
    """Analyte to the grades ``(n,)`` of pieces, with those that the policies give to unsampled and undetermined length, dict."""
    unsampled = _unsampled(pieces, analytes)
    grades = {}
    for analyte in analytes:
        grade = pieces[analyte].to_numpy(dtype=float)
        given = {"zero": 0.0, "value": settings.values.get(analyte, np.nan), "missing": np.nan, "exclude": np.nan}
        grade = np.where(unsampled, given[settings.unsampled], grade) if settings.unsampled != "missing" else grade
        grades[analyte] = np.where(np.isnan(grade) & ~unsampled, given[settings.undetermined], grade)
    return grades


def conservation(intervals, composites, analytes, settings=None):
    """Length and metal of each domain and analyte before and after compositing, and where the rest went.

    Parameters
    ----------
    intervals, composites : DataFrame
        What `composite` was given and what it returned.
    analytes : list of str
        Analytes to account for.
    settings : Compositing, optional
        As composited; without, unsampled and undetermined length count as missing, and length weighs.

    Returns
    -------
    DataFrame
        domain, analyte, composites (number), short (number shorter than ``minimum_share`` of the length), shortest (m), runs
        (number), runs_dropped (of which nothing became a composite) and their length, length_runs_dropped (m), with the reason in
        words; length_before, length_after, length_dropped (m), metal_before, metal_after, metal_dropped (residuals
        that were dropped), metal_below_coverage (in composites without grade), all grade x m (grade x m x t/m3 where density
        weighs; grades that the policies give to length without an assay are counted on both sides), and what is unaccounted for:
        ``difference = before - after - dropped - below_coverage`` of the metal and ``length_difference``, zero to rounding.
    """
    pieces = inside_runs(intervals)
    if settings is not None:
        pieces = pieces.assign(**graded(pieces, settings, analytes))
        if settings.weighting == "density":
            pieces = pieces.assign(**{name: pieces[name] * pieces[DENSITY] for name in analytes})
            masses = {name: composites[name] * composites[density_column(name)] for name in analytes}
            composites = composites.assign(**masses)
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
        counted = _count(inside, chosen, np.unique(pieces["run"].to_numpy()[pairs[0]]), settings)
        rows += [_account(domain, name, inside, chosen) | counted | _under(pieces, composites, name, pairs) for name in analytes]
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


def short_composites(lengths, settings):
    """Which composites of the given lengths, m, are shorter than the smallest share of a composite, bool ``(n,)``.

    Of benches none is: there the share is one of the height.
    """
    return short_runs(lengths, settings) & (settings.method == "length")


def _count(pieces, composites, used, settings):
    """Composites and runs of one domain, and why runs were dropped."""
    dropped = pieces[~pieces["run"].isin(used)]
    count, reason = dropped["run"].nunique(), ""
    if count and settings is not None:
        what = "shorter than" if settings.method == "length" else "that span less than"
        reason = f"runs {what} {settings.minimum_share:g} x {settings.length:g} m"
        reason += " or without an assay" if settings.unsampled == "exclude" else ""
    return {
        "composites": len(composites),
        "short": np.nan if settings is None else int(short_composites(composites[LENGTH], settings).sum()),
        "shortest": composites[LENGTH].min(),
        "runs": pieces["run"].nunique(),
        "runs_dropped": count,
        "length_runs_dropped": dropped[LENGTH].sum(),
        "reason": reason,
    }


def _under(pieces, composites, analyte, pairs):
    """Length and metal of the intervals under composites, and the metal under those without a grade."""
    interval, span, common = pairs
    metal = np.nan_to_num(pieces[analyte].to_numpy(dtype=float))[interval] * common
    blank = composites[analyte].isna().to_numpy()[span]
    return {"length_under": common.sum(), "metal_under": metal.sum(), "metal_below_coverage": metal[blank].sum()}


def _inside(intervals, settings, analytes):
    """Pieces inside runs; unsampled ground is outside where it is excluded."""
    if settings.unsampled == "exclude":
        intervals = without_unsampled(intervals, _unsampled(intervals, analytes))
    return inside_runs(intervals)


def _check_values(settings, analytes):
    lacking = [name for name in analytes if name not in settings.values]
    if "value" in (settings.unsampled, settings.undetermined) and lacking:
        message = (
            f"composites.values has no grade of {lacking[0]}; with the policy value it must hold one of {', '.join(analytes)}"
        )
        raise SettingError(message)


def _spans(pieces, settings, stations):
    """Composites as hole, from, to, length, domain, run, start, end (and campaign), still without grades."""
    if settings.method == "bench":
        run, start, end = divide_benches(pieces, stations, settings)
    else:
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


def _mean(grade, common, span, lengths, density=None):
    """Mean grade of every composite over the length with a grade, that length's share, and its mean density."""
    known = ~np.isnan(grade)
    count = len(lengths)
    length = np.bincount(span[known], weights=common[known], minlength=count)
    weight = common if density is None else common * density
    mass = np.bincount(span[known], weights=weight[known], minlength=count)
    metal = np.bincount(span[known], weights=weight[known] * grade[known], minlength=count)
    mean, mean_density = np.full(count, np.nan), np.full(count, np.nan)
    coverage = np.minimum(length / lengths, 1.0)
    enough = coverage > SLIVER
    np.divide(metal, mass, out=mean, where=enough)
    np.divide(mass, length, out=mean_density, where=enough)
    return mean, coverage, mean_density


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
