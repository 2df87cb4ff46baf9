"""Cross-validation by the same engine: each sample estimated from the others, without itself, its hole or its part of space."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.kriging import prepare
from scandia.kriging._eight import COINCIDENT
from scandia.kriging.layout import Layout
from scandia.kriging.options import UNKRIGED, check_options, options_of_one
from scandia.kriging.run import CODES, NUMBERS, empty_results, run
from scandia.kriging.work import arrange_work, make_plan

LEAVES = ("sample", "hole", "fold")


def cross_validate(
    samples,
    values,
    holes,
    *,
    variogram,
    search,
    leave="sample",
    folds=None,
    method="ordinary",
    mean=None,
    high_grade=None,
    orientations=None,
    negative_weights="keep",
    threads=1,
):
    """Table of the estimates of the samples themselves, each without what is left out with it, in sample order.

    Parameters
    ----------
    samples, values, holes, variogram, search, method, mean, high_grade, orientations, negative_weights, threads
        As in `scandia.kriging.estimate`; ``values`` is one array ``(n,)``, ``mean`` one number, ``high_grade`` one HighGrade,
        and ``orientations`` has a row for each sample. Holes may be None where one sample is left out. The method is
        "ordinary", "simple" or "linear_drift".
    leave : {"sample", "hole", "fold"}
        What is left out with each sample: itself, its whole hole, or all samples of its fold.
    folds : array (n,), optional
        Fold of each sample, see `spatial_folds`; for ``leave="fold"``.

    Returns
    -------
    pandas.DataFrame
        value, estimate (point support), variance, samples, holes, pass, reason; n rows.
    """
    points = prepare.checked_points(samples, "samples")
    table, names = prepare.checked_values(values, len(points))
    options, settings = options_of_one(
        names[0],
        holes,
        search=search,
        variogram=variogram,
        method=method,
        mean=mean,
        high_grade=high_grade,
        orientations=orientations,
        negative_weights=negative_weights,
        threads=threads,
    )
    check_options(names, len(points), len(points), options, settings)
    _check_leave(leave, holes, folds, names, len(points), method)
    prepare.refuse_duplicates(points, prepare.duplicate_groups(points))
    own = {"sample": np.arange(len(points)), "hole": holes, "fold": folds}[leave]
    own = np.unique(np.asarray(own).astype(str), return_inverse=True)[1] if leave != "sample" else own
    plan = make_plan(search, variogram, np.zeros((1, 3)), names, points, settings)
    results = empty_results(len(points), 1, checks=False)
    if len(points):
        stays, codes = np.arange(len(points)), prepare.hole_codes(holes, len(points))
        layout = Layout(None, None, points)
        run(
            arrange_work(layout, points, table, codes, names, plan, options, settings, stays, (own, own)),
            results,
            threads=threads,
        )
    found = dict(zip(NUMBERS, results.number, strict=True)) | dict(zip(CODES, results.code, strict=True))
    if holes is None:
        found["holes"] = np.zeros_like(found["holes"])
    kept = {name: found[name] for name in ("variance", "samples", "holes", "pass", "reason")}
    return pd.DataFrame({"value": table[:, 0], "estimate": results.estimate[0], **kept})


def _check_leave(leave, holes, folds, names, count, method):
    if method in UNKRIGED:
        message = f"method is {method!r}; cross-validation is of a kriging method"
        raise InputError(message)
    given = {"sample": True, "hole": holes is not None, "fold": folds is not None}
    if leave not in LEAVES or not given[leave] or len(names) != 1:
        message = (
            f"leave is {leave!r}; it must be 'sample', 'hole' with the holes given, or 'fold' with folds; and values one array"
        )
        raise InputError(message)
    if leave == "fold" and np.shape(folds) != (count,):
        message = f"folds have shape {np.shape(folds)}; there are {count} samples, so it must be ({count},)"
        raise InputError(message)


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
