"""The weights behind chosen estimates, for auditors: every sample with its weight, and the covariances among the samples."""

from dataclasses import replace

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.geometry.rotation import rotation_matrix
from scandia.kriging import prepare
from scandia.kriging.columns import empty_columns, fill_columns, main_estimates, named, own_reasons
from scandia.kriging.neighbourhood import neighbourhoods
from scandia.kriging.request import make_request
from scandia.kriging.run import empty_results, run
from scandia.kriging.work import arrange_work, make_plan
from scandia.variography.covariance import gamma
from scandia.vocabulary import Reason

COLUMNS = (
    *("target", "sample", "hole", "value", "counted", "distance", "covariance", "weight"),
    *("estimate", "variance", "lagrange", "pass"),
)
FREE = {"min_samples": 1, "max_samples": 1, "max_per_hole": 0, "min_holes": 1, "max_per_octant": 0, "min_octants": 0}


def list_weights(samples, values, targets, *, high_grade=None, **options):
    """Table of the samples behind each target, one row for each, in sample order: how every estimate came about.

    Parameters
    ----------
    samples, values
        As in `scandia.kriging.estimate`; ``values`` is one array ``(n,)``.
    targets : array (m, 3)
        Centres of the chosen blocks, or points.
    high_grade : HighGrade, optional
        Of the one variable.
    **options
        The others of `scandia.kriging.estimate`, but for ``checks``, ``threads`` and ``progress``; ``mean`` is one number.

    Returns
    -------
    pandas.DataFrame
        target, sample (row numbers of the inputs), hole, value (of merged samples their mean), counted (the value, or the
        threshold that it was clamped to), distance (m, true), covariance (with the target; NaN where no system is solved),
        weight, estimate, variance, lagrange, pass. ``sum(weight counted)`` is the estimate, and with a known mean
        ``mean + sum(weight (counted - mean))``. Targets without an estimate have no rows.
    """
    points = prepare.checked_points(samples, "samples")
    table, names = prepare.checked_values(values, len(points))
    request = make_request(
        samples,
        dict(zip(names, table.T, strict=True)),
        prepare.checked_points(targets, "targets"),
        high_grade=None if high_grade is None else {names[0]: high_grade},
        **options,
    )
    return weights_of(request)


def weights_of(request):
    """Table of `list_weights` of a `Request` for points and one variable."""
    if len(request.names) != 1:
        message = f"values name {len(request.names)} variables; weights are listed for one"
        raise InputError(message)
    tables = [_weights_of_domain(request, part) for part in neighbourhoods(request) if len(part.rows) and request.layout.count]
    table = pd.concat(tables) if tables else pd.DataFrame(columns=list(COLUMNS))
    return table.sort_values(["target", "sample"], ignore_index=True)


def _weights_of_domain(request, part):
    """Rows of the targets of one domain."""
    places = np.arange(request.layout.count) if part.targets is None else part.targets
    asked, tables = _weighing(request), []
    work = arrange_work(asked, part, make_plan(asked, request.points[part.rows]))
    room = max(item.max_samples for item in asked.search.passes)

    def keep(first, targets, results):
        own_reasons(results, targets, asked)
        tables.append(_rows(asked, part, places[first : first + len(targets.centre)], results))

    run(work, lambda count: empty_results(count, 1, checks=not asked.kriged, own_blocks=asked.own_blocks, weights=room), keep)
    table = pd.concat(tables, ignore_index=True)
    return _of_nearest(request, part, table) if request.method == "nearest" else table


def _weighing(request):
    """The request whose weights make the estimate: a nearest sample is the one that the last pass finds, alone."""
    if request.method != "nearest":
        return request
    search = replace(request.search, passes=(replace(request.search.passes[-1], **FREE),))
    dropped = {name: high for name, high in (request.high_grade or {}).items() if high.action == "drop"}  # it is never clamped
    return replace(request, method="inverse_distance", search=search, high_grade=dropped)


def _of_nearest(request, part, table):
    """Rows of the targets that have an estimate by the passes, and which pass gave it."""
    columns = empty_columns(request.names, request.layout.count)
    fill_columns(request, columns)
    table = table[columns["reason"][table["target"]] == Reason.ESTIMATED]
    return table.assign(weight=1.0, estimate=table["value"], **{"pass": columns["pass"][table["target"]]})


def _rows(request, part, places, results):
    """Rows of a piece of targets, which stand at ``places``."""
    found, estimate = named(results), main_estimates(results, request.method)[0]
    target, place = np.nonzero((results.chosen >= 0) & (found["reason"] == Reason.ESTIMATED)[:, None])
    number = results.chosen[target, place]
    rows, values = part.rows[number], part.values[number, 0]
    lag = request.points[rows] - request.layout.points[places[target]]
    return pd.DataFrame(
        {
            "target": places[target],
            "sample": rows,
            "hole": "" if request.holes is None else request.holes[rows],
            "value": values,
            "counted": _counted(request, values, lag, places[target], found["pass"][target]),
            "distance": np.linalg.norm(lag, axis=1),
            "covariance": results.cross[target, place] if request.kriged else np.nan,
            "weight": results.weight[target, place],
            "estimate": estimate[target],
            "variance": found["variance"][target],
            "lagrange": found["lagrange"][target],
            "pass": found["pass"][target],
        }
    )


def _counted(request, values, lag, places, turn):
    """Values as they were weighted: a high grade that is clamped counts as its threshold beyond its ellipsoid."""
    high = (request.high_grade or {}).get(request.names[0])
    if high is None or high.action != "clamp":
        return values
    if request.orientations is None:
        axes = np.array([rotation_matrix(*request.search.angles(item)) for item in request.search.passes])[turn - 1]
    else:
        axes = rotation_matrix(*np.asarray(request.orientations, dtype=float)[places].T)
    along = np.einsum("kij,kj->ki", axes, lag) / high.ranges
    return np.where(np.sum(along**2, axis=1) > 1.0, np.minimum(values, high.threshold), values)


def covariances_of(request, table):
    """Table of the covariances among the samples of each target of `weights_of`: target, sample, other, covariance.

    Each pair once, and each sample with itself, where the nugget is; none where no system is solved. A variogram without a sill
    has the level of `arrange_model` in place of it, as the covariances with the target have.
    """
    whole = np.empty(0, dtype=np.int64)
    tables = [pd.DataFrame({"target": whole, "sample": whole, "other": whole, "covariance": np.empty(0)})]
    for part in neighbourhoods(request) if request.kriged and len(table) else ():
        sill = arrange_work(request, part, make_plan(request, request.points[part.rows])).model.sill if len(part.rows) else 0.0
        own = table if part.targets is None else table[table["target"].isin(part.targets)]
        for target, rows in own.groupby("target"):
            sample = rows["sample"].to_numpy()
            one, other = np.tril_indices(len(sample))
            lags = request.points[sample[one]] - request.points[sample[other]]
            covariance = sill - gamma(_turned(request, target), lags)
            pairs = {"target": target, "sample": sample[one], "other": sample[other], "covariance": covariance}
            tables.append(pd.DataFrame(pairs))
    return pd.concat(tables[1:] or tables, ignore_index=True)


def _turned(request, target):
    """The variogram at a target: with its orientation, where it has one."""
    if request.orientations is None:
        return request.variogram
    azimuth, dip, rake = (float(angle) for angle in np.asarray(request.orientations)[target])
    structures = tuple(replace(s, azimuth=azimuth, dip=dip, rake=rake) for s in request.variogram.structures)
    return replace(request.variogram, structures=structures)
