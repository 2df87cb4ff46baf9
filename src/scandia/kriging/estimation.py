"""Estimation of points and blocks in local neighbourhoods: the one door to the engine."""

import numpy as np

from scandia.kriging import prepare
from scandia.kriging.columns import empty_columns, fill_columns
from scandia.kriging.layout import Layout, build
from scandia.kriging.request import make_request


def estimate(
    samples,
    values,
    targets,
    *,
    search,
    variogram=None,
    holes=None,
    discretisation=(1, 1, 1),
    block_size=None,
    inside=None,
    method="ordinary",
    mean=None,
    drift=None,
    orientations=None,
    high_grade=None,
    domains=None,
    boundaries=None,
    duplicates="error",
    duplicate_distance=prepare.COINCIDENT,
    negative_weights="keep",
    power=2.0,
    checks=True,
    threads=1,
    progress=None,
):
    """Dataset of estimates of points or blocks, their diagnostics and check estimates.

    Parameters
    ----------
    samples : array (n, 3)
        Positions x, y, z, m. Plane data take one constant z.
    values : array (n,) or dict of str to array (n,)
        Grades. The variables of a dict share search and weights; an array alone is named ``value``.
    targets : Grid, (Grid, mask) or array (m, 3)
        A block model, the blocks of it where the mask ``(nz, ny, nx)`` is true, or points.
    search : Search
        Ellipsoid and limits of each pass; angles are against the +y axis of the coordinates of the samples.
    variogram : Variogram, optional
        Nugget and nested structures, angles likewise; needed for kriging.
    holes : array (n,), optional
        Name of each sample's hole. Needed where the search limits samples per hole or asks for several holes.
    discretisation : tuple of 3 ints
        Points per block along x, y, z. One point in all is point support: the estimate of the centre, exact at data.
    block_size : tuple of 3 floats, optional
        Size of the blocks around points ``(m, 3)``, m; a Grid brings its own.
    inside : array (m, points) of bool, optional
        Which discretisation points of each target count, x fastest: the part of a block inside its domain. A target without any
        has no estimate (reason ``OUTSIDE``). Targets of a masked Grid are counted in flat order. Anything with a shape that
        gives such rows by their numbers will do, and is asked for a piece at a time.
    method : {"ordinary", "simple", "linear_drift", "external_drift", "inverse_distance", "nearest"}
        Simple kriging takes the known ``mean``. A linear drift adds unbiasedness for x, y and z, an external one for ``drift``.
        The last two solve no system; ``variogram`` is not needed then.
    mean : float or dict of str to float, optional
        Known mean of each variable, for simple kriging only.
    drift : dict of str to (array (n,), array (m,)), optional
        External drifts, known at samples and targets, for ``external_drift`` only.
    orientations : array (m, 3), optional
        Azimuth, dip and rake, degrees, of every target: its search and its variogram turn together, their own angles are not
        used.
    high_grade : dict of str to HighGrade, optional
        Restriction of a variable's high grades. A variable whose high grades are dropped has weights of its own: it goes alone.
    domains : (array (n,), array (m,) or str), optional
        Domain of each sample and target, or one name for all targets; then ``boundaries`` says which samples of other domains a
        target may use.
    boundaries : Boundaries, optional
        Hard where it says nothing.
    duplicates : {"error", "merge"}
        Samples within ``duplicate_distance``, m, of each other are an error, or become one sample with their mean at the place of
        the first: those of the target's domain come first, then by hole, x, y, z, value. ``attrs["merged_samples"]`` lists their
        row numbers.
    negative_weights : {"keep", "zero_and_rescale"}
        They are kept, or set to zero and the others rescaled to the sum of one; the variance is then that of the weights used.
        Their sum before is stored either way.
    power : float
        Of the inverse distance.
    checks : bool
        Whether nearest neighbour and inverse distance are computed beside.
    threads : int
        Workers. The numbers do not depend on it, bit for bit.
    progress : callable, optional
        Called as ``progress(done, count)`` from time to time.

    Returns
    -------
    xarray.Dataset
        Dims ``(z, y, x)`` for a Grid or ``point``. Per variable ``<name>``, ``<name>_nearest`` and
        ``<name>_inverse_distance``, in grade units; once the diagnostics of `scandia.vocabulary.DIAGNOSTICS`. Missing
        estimates are NaN with a code in ``reason`` (`scandia.vocabulary.Reason`). ``attrs["block_variance"]`` is BV, NaN where
        blocks have points or orientations of their own or the variogram has no sill; slope and efficiency are NaN in the latter
        case.

    Raises
    ------
    InputError
        Wrong shapes, missing coordinates or values, coincident samples, a method or model that cannot be used.

    Notes
    -----
    A pass keeps, in this order: high grades only within their own ellipsoid, if dropped; the samples in or on its ellipsoid;
    sorted by ellipsoid distance, ties by sample order (hole, x, y, z); at most ``max_per_hole`` of each hole; at most
    ``max_per_octant`` of each octant of the ellipsoid's axes; at most ``max_samples``. Each filter sees what the one before
    left. It succeeds with ``min_samples``, ``min_holes`` and ``min_octants``; a block keeps the first pass that succeeds.
    Squared distances tie where 26 binary digits agree, so that rounding errors do not choose samples.

    The weights w solve ``sum_j w_j C_ij + sum_l mu_l f_l(x_i) = C_i`` with ``sum_j w_j f_l(x_j) = f_l``, where C_ij is the
    covariance between samples (nugget on the diagonal), C_i the mean covariance between sample i and the discretisation points,
    and f_l are 1 (ordinary) and the drifts; for point support C_i has the nugget at a coincident sample only. Then
    ``KV = BV - sum(w C) - sum(mu f)``; BV is the mean covariance within the block, without nugget (as kt3d), or the sill for
    point support. In this sign convention ``slope = (BV - KV - mu) / (BV - KV - 2 mu)``, with mu the multiplier of the ones
    where drifts are against the target's, or ``sum(w C) - w' C w`` of rescaled weights, and ``efficiency = (BV - KV) / BV``.
    Simple kriging has no mu and estimates ``mean + sum(w (value - mean))``. Distances are true
    metres to the centre of the block. An unbounded variogram has no covariance; ``level - gamma`` stands for it, and the level
    cancels.

    The check estimates: the nearest sample in the ellipsoid of the last pass, by its ellipsoid distance; and the mean of the
    samples used for kriging, weighted by their ellipsoid distance to the minus ``power`` and exact at a coincident sample.

    References
    ----------
    Chilès & Delfiner (2012), Geostatistics, chapter 3. Deutsch & Journel (1998), GSLIB, section IV.1. Rivoirard (1987), Two key
    parameters when choosing the kriging neighborhood.
    """
    request = make_request(
        samples,
        values,
        targets,
        search=search,
        variogram=variogram,
        holes=holes,
        discretisation=discretisation,
        block_size=block_size,
        inside=inside,
        method=method,
        mean=mean,
        drift=drift,
        orientations=orientations,
        high_grade=high_grade,
        domains=domains,
        boundaries=boundaries,
        duplicates=duplicates,
        duplicate_distance=duplicate_distance,
        negative_weights=negative_weights,
        power=power,
        checks=checks,
    )
    grid = request.layout.grid
    count = request.layout.count if grid is None else int(np.prod(grid.count))
    columns = empty_columns(request.names, count, checks=checks)
    attributes = fill_columns(request, columns, threads=threads, progress=progress)
    return build(Layout(grid, None, request.layout.points), columns, attributes)
