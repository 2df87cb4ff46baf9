"""Cross-validation by the same engine: each sample estimated from the others, without itself, its hole or its part of space."""

from dataclasses import replace

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.kriging import prepare
from scandia.kriging._eight import COINCIDENT
from scandia.kriging.columns import main_estimates, named, own_reasons
from scandia.kriging.neighbourhood import neighbourhoods
from scandia.kriging.request import make_request
from scandia.kriging.run import empty_results, run
from scandia.kriging.work import arrange_work, make_plan
from scandia.vocabulary import Reason

LEAVES = ("sample", "hole", "fold")
FOUND = ("variance", "samples", "holes", "pass", "reason")


def cross_validate(
    samples,
    values,
    holes,
    *,
    leave="sample",
    folds=None,
    drift=None,
    high_grade=None,
    domains=None,
    threads=1,
    progress=None,
    **options,
):
    """Table of the estimates of the samples themselves, each without what is left out with it, in sample order.

    Parameters
    ----------
    samples, values, holes, threads, progress
        As in `scandia.kriging.estimate`; ``values`` is one array ``(n,)``. Holes may be None where one sample is left out. A
        merged sample belongs to the hole and the fold of the first of its group.
    leave : {"sample", "hole", "fold"}
        What is left out with each sample: itself, its whole hole, or all samples of its fold.
    folds : array (n,), optional
        Fold of each sample, see `spatial_folds`; for ``leave="fold"``.
    drift : dict of str to array (n,), optional
        External drifts at the samples.
    high_grade : HighGrade, optional
        Of the one variable.
    domains : array (n,) of str, optional
        Domain of each sample.
    **options
        The others of `scandia.kriging.estimate` that point support knows; ``mean`` is one number, ``orientations`` has a row for
        each sample.

    Returns
    -------
    pandas.DataFrame
        value, estimate (point support), variance, samples, holes, pass, reason; a row for each sample that stays, whose index is
        its row number. The value of a merged sample is the mean that stands for it.
    """
    table, names = prepare.checked_values(values, len(prepare.checked_points(samples, "samples")))
    request = make_request(
        samples,
        dict(zip(names, table.T, strict=True)),
        samples,
        holes=holes,
        drift=None if drift is None else {name: (column, column) for name, column in drift.items()},
        high_grade=None if high_grade is None else {names[0]: high_grade},
        domains=None if domains is None else (domains, domains),
        checks=False,
        **options,
    )
    return validate(request, leave=leave, folds=folds, threads=threads, progress=progress)


def validate(request, *, leave, folds=None, domains=None, threads=1, progress=None):
    """Table of `cross_validate` of a `Request` whose targets are its samples; only of the ``domains``, if they are given.

    The `Request` has one variable.
    """
    own = _groups(request, leave, folds)
    tables = [
        _validate_domain(request, part, own, threads=threads, progress=progress) for part in neighbourhoods(request, domains)
    ]
    return pd.concat(tables).sort_index() if tables else pd.DataFrame(columns=["value", "estimate", *FOUND])


def _validate_domain(request, part, own, *, threads, progress):
    """Rows of one domain's own samples, those that stay after merging."""
    mine = np.ones(len(part.rows), dtype=bool) if part.domain is None else request.of_samples[part.rows] == part.domain
    rows, values = part.rows[mine], part.values[mine, 0]
    columns = {name: np.full(len(rows), np.nan) for name in ("estimate", "variance")}
    columns |= {name: np.zeros(len(rows), dtype=np.int16) for name in FOUND if name not in columns}
    columns["reason"][:] = Reason.TOO_FEW_SAMPLES

    def keep(first, targets, results):
        where = slice(first, first + len(targets.centre))
        own_reasons(results, targets, request)
        columns["estimate"][where] = main_estimates(results, request.method)[0]
        found = named(results)
        for name in FOUND:
            columns[name][where] = found[name]

    if len(rows):
        part = replace(part, targets=rows)
        work = arrange_work(replace(request, left_out=(own, own)), part, make_plan(request, request.points[part.rows]))
        run(work, lambda count: empty_results(count, 1, checks=not request.kriged), keep, threads=threads, progress=progress)
    return pd.DataFrame({"value": values, **columns}, index=rows)


def _groups(request, leave, folds):
    """Number of what is left out with each sample ``(n,)``, or an InputError."""
    count = len(request.points)
    given = {"sample": True, "hole": request.holes is not None, "fold": folds is not None}
    if leave not in LEAVES or not given[leave] or len(request.names) != 1:
        message = (
            f"leave is {leave!r}; it must be 'sample', 'hole' with the holes given, or 'fold' with folds; and values one array"
        )
        raise InputError(message)
    if leave == "fold" and np.shape(folds) != (count,):
        message = f"folds have shape {np.shape(folds)}; there are {count} samples, so it must be ({count},)"
        raise InputError(message)
    if leave == "sample":
        return np.arange(count)
    return np.unique(np.asarray(request.holes if leave == "hole" else folds).astype(str), return_inverse=True)[1]


def spatial_folds(samples, count):
    """Fold ``(n,)`` of each sample, from 0 to ``count`` - 1: slabs of equal number across the direction of their largest spread.

    Parameters
    ----------
    samples : array (n, 3)
        Positions, m.
    count : int
        Number of folds, 2 or more.

    Notes
    -----
    The direction is the first principal axis. Samples at one place along it, to the micrometre, fall into one fold, whatever
    their order; fold 0 lies at the end where the coordinate that varies most is least.
    """
    points = prepare.checked_points(samples, "samples")
    if not 2 <= count <= len(points):
        message = f"count is {count}; it must be from 2 to the number of samples, {len(points)}"
        raise InputError(message)
    order = np.lexsort(points.T)
    centred = points - points[order].mean(axis=0)
    axis = np.linalg.svd(centred[order], full_matrices=False)[2][0]
    along = centred @ (axis * np.sign(axis[np.argmax(np.abs(axis))]))
    inward = np.argsort(along, kind="stable")
    apart = np.concatenate([[True], np.diff(along[inward]) > COINCIDENT])
    rank = np.empty(len(points), dtype=np.int64)
    rank[inward] = np.flatnonzero(apart)[np.cumsum(apart) - 1]
    return rank * count // len(points)
