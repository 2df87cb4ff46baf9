"""The weights behind chosen estimates, for auditors."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.kriging import prepare
from scandia.kriging.layout import Layout
from scandia.kriging.options import UNKRIGED, block_offsets, check_options, options_of_one
from scandia.kriging.run import CODES, NUMBERS, empty_results, run
from scandia.kriging.work import arrange_work, make_plan


def list_weights(
    samples,
    values,
    targets,
    *,
    variogram,
    search,
    holes=None,
    discretisation=(1, 1, 1),
    block_size=None,
    method="ordinary",
    mean=None,
    high_grade=None,
    negative_weights="keep",
):
    """Table of the samples behind each target, one row for each, in sample order: how every estimate came about.

    Parameters
    ----------
    samples, values, variogram, search, holes, discretisation, block_size, method, mean, high_grade, negative_weights
        As in `scandia.kriging.estimate`; ``values`` is one array ``(n,)``.
    targets : array (m, 3)
        Centres of the chosen blocks, or points.

    Returns
    -------
    pandas.DataFrame
        target, sample (row numbers of the inputs), hole, value, distance (m, true), covariance (with the target), weight,
        estimate, variance, lagrange, pass. ``sum(weight value)`` is the estimate, less ``sum(weight mean) - mean`` for simple
        kriging, where a high grade that is clamped counts as its threshold. Targets without an estimate have no rows.
    """
    points, centres = prepare.checked_points(samples, "samples"), prepare.checked_points(targets, "targets")
    table, names = prepare.checked_values(values, len(points))
    options, settings = options_of_one(
        names[0],
        holes,
        search=search,
        variogram=variogram,
        method=method,
        mean=mean,
        high_grade=high_grade,
        discretisation=discretisation,
        negative_weights=negative_weights,
    )
    check_options(names, len(points), len(centres), options, settings)
    if len(names) != 1 or method in UNKRIGED:
        message = f"method is {method!r} with {len(names)} variables; weights are listed for one variable and a kriging method"
        raise InputError(message)
    prepare.refuse_duplicates(points, prepare.duplicate_groups(points))
    plan = make_plan(search, variogram, block_offsets(None, discretisation, block_size), names, points, settings)
    results = empty_results(len(centres), 1, checks=False, weights=max(item.max_samples for item in search.passes))
    codes = prepare.hole_codes(holes, len(points))
    stays = np.arange(len(points))
    if len(points):
        run(arrange_work(Layout(None, None, centres), points, table, codes, names, plan, options, settings, stays), results)
    return _table(results, points, table[:, 0], centres, holes, prepare.canonical_order(points, codes))


def _table(results, points, values, centres, holes, order):
    found = dict(zip(NUMBERS, results.number, strict=True)) | dict(zip(CODES, results.code, strict=True))
    target, place = np.nonzero((results.chosen >= 0) & (found["reason"] == 0)[:, None])
    sample = order[results.chosen[target, place]]
    table = pd.DataFrame(
        {
            "target": target,
            "sample": sample,
            "hole": "" if holes is None else np.asarray(holes).astype(str)[sample],
            "value": values[sample],
            "distance": np.linalg.norm(points[sample] - centres[target], axis=1),
            "covariance": results.cross[target, place],
            "weight": results.weight[target, place],
            "estimate": results.estimate[0, target],
            "variance": found["variance"][target],
            "lagrange": found["lagrange"][target],
            "pass": found["pass"][target],
        }
    )
    return table.sort_values(["target", "sample"], ignore_index=True)
