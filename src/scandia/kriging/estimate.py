"""Kriging of points and blocks in local neighbourhoods, and its cross-validation: the one door to the engine."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import xarray as xr

from scandia.blockmodel.grid import Grid
from scandia.errors import InputError
from scandia.geometry.discretisation import regular_offsets
from scandia.kriging import prepare
from scandia.kriging._blocks import Results, estimate_range
from scandia.kriging.quality import kriging_efficiency, slope_of_regression
from scandia.vocabulary import CHECK_ESTIMATES, DIAGNOSTICS, LOCAL, Reason

CHUNK = 2048  # targets per piece of work: fixed, so that nothing depends on the number of threads
NOBODY = -1  # group of targets that leave out no sample
NUMBERS = ("variance", "lagrange", "nearest_distance", "mean_distance", "negative_weights")
CODES = ("samples", "holes", "pass", "reason")
UNITS = {"nearest_distance": "m", "mean_distance": "m"}


def estimate(
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
    power=2.0,
    threads=1,
):
    """Dataset of kriged estimates, their diagnostics and check estimates, of points or blocks.

    Parameters
    ----------
    samples : array (n, 3)
        Positions x, y, z, m. Two samples nearer than 1e-6 m are an error. Plane data take one constant z.
    values : array (n,) or dict of str to array (n,)
        Grades. The variables of a dict share search and weights; an array alone is named ``value``.
    targets : Grid, (Grid, mask) or array (m, 3)
        A block model, the blocks of it where the mask ``(nz, ny, nx)`` is true, or points.
    variogram : Variogram
        Nugget and nested structures; its angles are against the +y axis of the coordinates of the samples.
    search : Search
        Ellipsoid and limits of each pass, angles likewise.
    holes : array (n,), optional
        Name of each sample's hole. Needed where the search limits samples per hole or asks for several holes.
    discretisation : tuple of 3 ints
        Points per block along x, y, z. One point in all is point support: the estimate of the centre, exact at data.
    block_size : tuple of 3 floats, optional
        Size of the blocks around points ``(m, 3)``, m; a Grid brings its own.
    method : {"ordinary", "simple"}
        Simple kriging takes the known ``mean``.
    mean : float or dict of str to float, optional
        Known mean of each variable, for simple kriging only.
    power : float
        Of the inverse-distance check estimate.
    threads : int
        Workers. The numbers do not depend on it, bit for bit.

    Returns
    -------
    xarray.Dataset
        Dims ``(z, y, x)`` for a Grid or ``point``. Per variable ``<name>``, ``<name>_nearest`` and
        ``<name>_inverse_distance``, in grade units; once the diagnostics of `scandia.vocabulary.DIAGNOSTICS`. Missing
        estimates are NaN with a code in ``reason`` (`scandia.vocabulary.Reason`). ``attrs["block_variance"]`` is BV.

    Raises
    ------
    InputError
        Wrong shapes, missing coordinates or values, coincident samples, a method or model that cannot be used.

    Notes
    -----
    A pass keeps, in this order: the samples in or on its ellipsoid; sorted by ellipsoid distance, ties by sample order (hole,
    x, y, z); at most ``max_per_hole`` of each hole; at most ``max_samples``. It succeeds with ``min_samples`` and
    ``min_holes``; a block keeps the first pass that succeeds. Squared distances tie
    where 26 binary digits agree, so that rounding errors do not choose samples.

    The weights w solve ``sum_j w_j C_ij + mu = C_i`` with ``sum_j w_j = 1``, where C_ij is the covariance between samples
    (nugget on the diagonal) and C_i the mean covariance between sample i and the discretisation points; for point support C_i has
    the nugget at a coincident sample only. Then ``KV = BV - sum(w C) - mu``; BV is the mean covariance within the block, without
    nugget (as kt3d), or the sill for point support. In this sign convention ``slope = (BV - KV - mu) / (BV - KV - 2 mu)`` and
    ``efficiency = (BV - KV) / BV``. Simple kriging has mu = 0 and estimates ``mean + sum(w (value - mean))``. Negative weights
    are kept; their sum is stored. The distances are true metres to the centre of the block.

    The check estimates: the nearest sample in the ellipsoid of the last pass, by its ellipsoid distance; and the mean of the
    samples used for kriging, weighted by their ellipsoid distance to the minus ``power`` and exact at a coincident sample.

    References
    ----------
    Chilès & Delfiner (2012), Geostatistics, chapter 3. Deutsch & Journel (1998), GSLIB, section IV.1. Rivoirard (1987), Two key
    parameters when choosing the kriging neighborhood.
    """
    centres, build = _layout(targets)
    points = prepare.checked_points(samples, "samples")
    table, names = prepare.checked_values(values, len(points))
    _check_options(names, search, holes, method, mean)
    offsets = regular_offsets(_block_size(targets, discretisation, block_size), discretisation)
    known = [mean[name] if hasattr(mean, "keys") else mean for name in names] if method == "simple" else np.zeros(len(names))
    model = prepare.arrange_model(variogram, offsets, method, known)
    groups = np.full(len(points), NOBODY - 1), np.full(len(centres), NOBODY)
    results = _run(points, table, centres, groups, holes, model, search, power, threads)
    return build(_columns(results, names, model, holes is not None), {"block_variance": model.block, "method": method})


def cross_validate(samples, values, holes, *, variogram, search, leave="sample", threads=1):
    """Table of the estimates of the samples themselves, each without itself or without its whole hole, in sample order.

    Parameters
    ----------
    samples, values, holes, variogram, search, threads
        As in `estimate`; ``values`` is one array ``(n,)``. Holes may be None where one sample is left out.
    leave : {"sample", "hole"}
        What is left out with each sample.

    Returns
    -------
    pandas.DataFrame
        value, estimate (ordinary kriging, point support), variance, samples, holes, pass, reason; n rows.
    """
    points = prepare.checked_points(samples, "samples")
    table, names = prepare.checked_values(values, len(points))
    _check_options(names, search, holes, "ordinary", None)
    if leave not in ("sample", "hole") or (leave == "hole" and holes is None) or len(names) != 1:
        message = f"leave is {leave!r}; it must be 'sample', or 'hole' with the holes given, and values one array"
        raise InputError(message)
    own = np.arange(len(points)) if leave == "sample" else np.unique(np.asarray(holes).astype(str), return_inverse=True)[1]
    model = prepare.arrange_model(variogram, np.zeros((1, 3)), "ordinary", [0.0])
    results = _run(points, table, points, (own, own), holes, model, search, 2.0, threads)
    columns = _columns(results, names, model, holes is not None)
    kept = {name: columns[name] for name in ("variance", "samples", "holes", "pass", "reason")}
    return pd.DataFrame({"value": table[:, 0], "estimate": columns[names[0]], **kept})


def _check_options(names, search, holes, method, mean):
    problem = None
    taken = [name for name in names if name in DIAGNOSTICS]
    if taken:
        problem = f"a variable is named {taken[0]!r}, the name of a diagnostic. Hint: rename it"
    elif method not in ("ordinary", "simple"):
        problem = f"method is {method!r}; it must be 'ordinary' or 'simple'"
    elif (method == "simple") != (mean is not None):
        problem = f"method is {method!r} and mean is {mean}; simple kriging needs the known mean, ordinary kriging takes none"
    elif not search.passes:
        problem = "the search has no pass; it must have at least one"
    elif holes is None and any(item.max_per_hole > 0 or item.min_holes > 1 for item in search.passes):
        problem = "the search limits samples per hole or asks for several holes, but holes is None. Hint: give each sample's hole"
    if problem is not None:
        raise InputError(problem)


def _block_size(targets, discretisation, block_size):
    grid = targets[0] if isinstance(targets, tuple) else targets
    if isinstance(grid, Grid):
        return grid.size
    if block_size is None and tuple(discretisation) != (1, 1, 1):
        message = f"discretisation is {discretisation} but points have no size. Hint: give block_size, or a Grid as targets"
        raise InputError(message)
    return (0.0, 0.0, 0.0) if block_size is None else block_size


def _layout(targets):
    """Centres of the targets ``(m, 3)``, and the function that turns columns of m rows into a Dataset."""
    if isinstance(targets, tuple):
        grid, mask = targets
        mask = np.asarray(mask, dtype=bool)
        if mask.shape != grid.shape:
            message = f"the mask has shape {mask.shape}; the grid's is (nz, ny, nx) = {grid.shape}"
            raise InputError(message)
    elif isinstance(targets, Grid):
        grid, mask = targets, np.ones(targets.shape, dtype=bool)
    else:
        points = prepare.checked_points(targets, "targets")
        coordinates = {name: ("point", points[:, axis]) for axis, name in enumerate(LOCAL)}
        return points, lambda columns, attributes: _dataset(columns, ("point",), coordinates, attributes)
    where = mask.ravel()
    coordinates = {"z": grid.axis(2), "y": grid.axis(1), "x": grid.axis(0)}

    def build(columns, attributes):
        return _dataset(
            {name: _spread(name, column, where, grid.shape) for name, column in columns.items()},
            tuple("zyx"),
            coordinates,
            attributes,
        )

    return grid.centres()[where], build


def _spread(name, column, where, shape):
    fill = {"reason": Reason.OUTSIDE}.get(name, np.nan if column.dtype.kind == "f" else 0)
    full = np.full(where.shape, fill, dtype=column.dtype)
    full[where] = column
    return full.reshape(shape)


def _dataset(columns, dims, coordinates, attributes):
    dataset = xr.Dataset({name: (dims, column) for name, column in columns.items()}, coordinates, attributes)
    for name, words in DIAGNOSTICS.items():
        dataset[name].attrs["long_name"] = words
    for name, unit in UNITS.items():
        dataset[name].attrs["units"] = unit
    return dataset


def _run(points, table, centres, groups, holes, model, search, power, threads):
    """Results in the order of the centres; the samples are sorted into their canonical order on the way."""
    if not len(points):
        return _empty_results(len(centres), table.shape[1])
    prepare.require_distinct(points)
    order, codes = prepare.canonical_order(points, holes)
    origin = points.min(axis=0)
    position = points[order] - origin
    samples = prepare.arrange_samples(position, codes, groups[0][order].astype(np.int64), table[order], model)
    buckets = prepare.arrange_buckets(search, position)
    targets = np.ascontiguousarray(centres - origin)
    results = _empty_results(len(centres), table.shape[1])

    def work(begin):
        end = min(begin + CHUNK, len(targets))
        estimate_range(targets, groups[1].astype(np.int64), begin, end, samples, buckets, model, float(power), results)

    with ThreadPoolExecutor(max_workers=threads) as pool:
        list(pool.map(work, range(0, len(targets), CHUNK)))
    return results


def _empty_results(count, variables):
    codes = np.zeros((count, len(CODES)), dtype=np.int64)
    codes[:, CODES.index("reason")] = Reason.TOO_FEW_SAMPLES
    tables = [np.full((count, variables), np.nan) for _ in range(3)]
    return Results(*tables, np.full((count, len(NUMBERS)), np.nan), codes)


def _columns(results, names, model, holes_known):
    """Columns of the results by name."""
    columns = {}
    for k, name in enumerate(names):
        columns[name] = results.estimate[:, k]
        columns.update({f"{name}_{check}": getattr(results, check)[:, k] for check in CHECK_ESTIMATES})
    found = dict(zip(NUMBERS, results.number.T, strict=True))
    found |= {name: column.astype(np.int16) for name, column in zip(CODES, results.code.T, strict=True)}
    if not holes_known:
        found["holes"] = np.zeros_like(found["holes"])
    found["slope"] = slope_of_regression(model.block, found["variance"], found["lagrange"])
    found["efficiency"] = kriging_efficiency(model.block, found["variance"])
    return columns | {name: found[name].copy() for name in DIAGNOSTICS}
