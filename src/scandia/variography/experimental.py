"""Experimental variograms: down the holes and along the three axes of each domain's orientation."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.geometry.minegrid import local_azimuth
from scandia.geometry.rotation import rotation_matrix
from scandia.variography._pairs import directional_sums, downhole_sums
from scandia.variography.estimators import GATHERING, MEASURES, Anamorphosis, Scale, check_estimator, semivariances
from scandia.variography.settings import AXES, DOWNHOLE
from scandia.vocabulary import DOMAIN, FROM, HOLE, LOCAL, TO, WEIGHT

SPREAD = ("head_variance", "tail_variance", "statistic")
COLUMNS = ("lag", "distance", "gamma", "pairs", "hole_pairs", "head_mean", "tail_mean", *SPREAD)
LEVEL = 1e-9  # share of a direction that is horizontal below which it counts as vertical


def experimental_variograms(composites, settings, variables, mine_grid, *, threads=1):
    """Experimental variograms of every domain in ``settings.domains`` and every variable, in that order.

    Parameters
    ----------
    composites : DataFrame
        With hole, from, to (m), domain, x, y, z (m, mine grid) and the variables.
    settings : Variography
        Lags of the four directions; orientation (world azimuth, dip, rake, degrees) of each domain.
    variables : sequence of str
        Columns, in their flowing units.
    mine_grid : MineGrid
        Local coordinates of the composites.

    Returns
    -------
    DataFrame
        domain, variable, direction (downhole, major, semi, minor), lag (from 1), distance (mean, m), gamma (squared grade
        units), pairs, hole_pairs, head_mean, tail_mean, head_variance, tail_variance, statistic (the estimator's own number). A
        lag without pairs is a row with 0 pairs and NaN.

    Raises
    ------
    InputError
        A column is missing, or a domain whose variogram is to be fitted has no two composites with a grade.

    Notes
    -----
    Lag ``k`` holds the distances within ``tolerance * lag`` of ``k * lag``, the upper end excluded. Pairs nearer than lag 1
    belong to none: along an axis they are mostly neighbours in one hole, and the downhole variogram shows those.
    """
    _require_columns(composites, variables)
    frame = composites.sort_values([HOLE, FROM], kind="stable", ignore_index=True)
    tables = []
    for domain, chosen in settings.domains.items():
        axes = rotation_matrix(float(local_azimuth(mine_grid, chosen.azimuth)), chosen.dip, chosen.rake)
        for variable in variables:
            known = frame[(frame[DOMAIN] == domain) & frame[variable].notna()]
            if len(known) < 2 and chosen.source == "fit":
                message = (
                    f"domain {domain} has {len(known)} composites with {variable}, too few to fit; give a model, or borrow one"
                )
                raise InputError(message)
            for direction, table in _four(known, variable, axes, settings, threads).items():
                tables.append(table.assign(**{DOMAIN: domain, "variable": variable, "direction": direction}))
    return pd.concat(tables, ignore_index=True)[[DOMAIN, "variable", "direction", *COLUMNS]]


def directional(coordinates, values, holes, axis, lags, *, estimator="traditional", weights=None, threads=1):
    """Experimental variogram along one direction in space, one row per lag from 1.

    Parameters
    ----------
    coordinates : array (n, 3)
        m.
    values : array (n,)
        Without NaN.
    holes : array (n,)
        Labels of any kind; points are taken hole by hole, in their order inside each.
    axis : array (3,)
        Direction, of any length and either sense.
    lags : Lags
        Lags, angular tolerance and bandwidths. An angle of 90 and a wide bandwidth make it omnidirectional.
    estimator : str
        A key of `estimators.MEASURES`.
    weights : array (n,), optional
        Declustering weights: a pair weighs their product.
    threads : int
        Changes no bit.
    """
    return directions(
        coordinates, values, holes, [axis], lags, estimator=estimator, weights=weights, threads=threads
    )[0]  # fmt: skip


def directions(coordinates, values, holes, axes, lags, *, estimator="traditional", weights=None, threads=1):
    """Experimental variograms along several directions, a table like that of `directional` for each.

    Parameters
    ----------
    axes : array (d, 3)
        Directions.
    coordinates, values, holes, lags, estimator, weights, threads
        As in `directional`. Each direction reads only the pairs near its own cone, so many cost no more than their cones hold.
    """
    codes = np.unique(np.asarray(holes), return_inverse=True)[1].ravel()
    order = np.argsort(codes, kind="stable")
    sorted_, scale, weights = _prepare(values, weights, order, estimator)
    points, codes = np.asarray(coordinates, dtype=float)[order], codes[order].astype(np.int64)
    options = {"vertical_bandwidth": lags.vertical_bandwidth, "measure": MEASURES[estimator], "weights": weights}
    options |= {"gather": estimator in GATHERING, "threads": threads}
    limits = (*lag_limits(lags), lags.lag, lags.angle, lags.bandwidth)
    return [
        _table(estimator, scale, *directional_sums(points, sorted_, codes, frame_along(axis), *limits, **options))
        for axis in axes
    ]


def downhole(depths, values, holes, lags, *, estimator="traditional", weights=None):
    """Experimental variogram of the pairs inside single holes by distance along the hole, one row per lag from 1.

    Parameters
    ----------
    depths : array (n,)
        Mid-depths, m.
    values, holes, lags, estimator, weights
        As in `directional`; angle and bandwidths are not used. ``hole_pairs`` counts the holes that have pairs.
    """
    codes = np.unique(np.asarray(holes), return_inverse=True)[1].ravel()
    order = np.lexsort((depths, codes))
    sorted_, scale, weights = _prepare(values, weights, order, estimator)
    options = {"measure": MEASURES[estimator], "weights": weights, "gather": estimator in GATHERING}
    arrays = np.asarray(depths, dtype=float)[order], sorted_, codes[order].astype(np.int64)
    return _table(estimator, scale, *downhole_sums(*arrays, *lag_limits(lags), **options))


def lag_limits(lags):
    """Lower and upper distance ``(count + 1,)``, m, of the lags 0, 1, … count; lag 0 lies around distance zero."""
    centre = lags.lag * np.arange(lags.count + 1)
    return np.maximum(centre - lags.tolerance * lags.lag, 0.0), centre + lags.tolerance * lags.lag


def frame_along(axis):
    """Right-handed frame ``(3, 3)`` of unit vectors whose last row runs along an axis ``(3,)``; the first one is level."""
    axis = np.asarray(axis, dtype=float)
    length = np.linalg.norm(axis)
    if axis.shape != (3,) or not length > 0.0:
        message = f"the direction is {axis.tolist()}; it must be a vector of three numbers that are not all zero"
        raise InputError(message)
    along = axis / length
    level = np.hypot(along[0], along[1])
    first = np.array([-along[1], along[0], 0.0]) / level if level > LEVEL else np.array([1.0, 0.0, 0.0])
    first -= (first @ along) * along
    first /= np.linalg.norm(first)
    return np.stack([first, np.cross(along, first), along])


def _four(known, variable, axes, settings, threads):
    """Tables of the four directions of one domain and variable."""
    values, holes = known[variable].to_numpy(dtype=float), known[HOLE].to_numpy()
    coordinates = known[list(LOCAL)].to_numpy(dtype=float)
    depths = ((known[FROM] + known[TO]) / 2.0).to_numpy(dtype=float)
    options = {"estimator": settings.estimator, "weights": pair_weights(known, settings)}
    tables = {DOWNHOLE: downhole(depths, values, holes, settings.downhole, **options)}
    for name, axis in zip(AXES, axes, strict=True):
        tables[name] = directional(coordinates, values, holes, axis, getattr(settings, name), **options, threads=threads)
    return tables


def pair_weights(known, settings):
    """Declustering weights of composites ``(n,)`` where the settings weigh pairs by them and the table has any, or None."""
    return known[WEIGHT].to_numpy(dtype=float) if settings.weigh_pairs and WEIGHT in known.columns else None


def _prepare(values, weights, order, estimator):
    """Values in their order, or their normal scores; the scale of all values; weights in that order, or None."""
    values = np.asarray(values, dtype=float)[order]
    check_estimator(estimator, values, weights)
    weights = None if weights is None else np.asarray(weights, dtype=float)[order]
    scale = Scale(values, np.ones(len(values)) if weights is None else weights)
    return Anamorphosis(scale).scores(values) if estimator == "normal_scores" else values, scale, weights


def _table(estimator, scale, pairs, hole_pairs, sums, differences):
    total = sums[:, 4]
    some = (pairs > 0) & (total > 0.0)
    means = np.full(sums.shape, np.nan)
    np.divide(sums, total[:, None], out=means, where=some[:, None])
    statistic, gamma = semivariances(estimator, pairs, sums, differences, scale)
    distance, _, head, tail, _, head_square, tail_square = means.T
    spread = np.maximum(head_square - head**2, 0.0), np.maximum(tail_square - tail**2, 0.0)
    gamma, statistic = (np.where(some, numbers, np.nan) for numbers in (gamma, statistic))
    columns = (np.arange(len(pairs)), distance, gamma, pairs, hole_pairs, head, tail, *spread, statistic)
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True))).iloc[1:].reset_index(drop=True)


def _require_columns(frame, variables):
    missing = [name for name in (HOLE, FROM, TO, DOMAIN, *LOCAL, *variables) if name not in frame.columns]
    if missing:
        message = f"the composites lack {', '.join(missing)}; they have {', '.join(map(str, frame.columns))}"
        raise InputError(message)
