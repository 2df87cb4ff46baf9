"""Experimental variograms: down the holes and along the three axes of each domain's orientation."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.geometry.minegrid import local_azimuth
from scandia.geometry.rotation import rotation_matrix
from scandia.variography._pairs import directional_sums, downhole_sums
from scandia.variography.settings import AXES, DOWNHOLE
from scandia.vocabulary import DOMAIN, FROM, HOLE, LOCAL, TO

COLUMNS = ("lag", "distance", "gamma", "pairs", "hole_pairs", "head_mean", "tail_mean")


def experimental_variograms(composites, settings, variables, mine_grid):
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
        units), pairs, hole_pairs, head_mean, tail_mean. A lag without pairs is a row with 0 pairs and NaN.

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
            for direction, table in _four(known, variable, axes, settings).items():
                tables.append(table.assign(**{DOMAIN: domain, "variable": variable, "direction": direction}))
    return pd.concat(tables, ignore_index=True)[[DOMAIN, "variable", "direction", *COLUMNS]]


def directional(coordinates, values, holes, axis, lags):
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
        Lags, angular tolerance and bandwidth. An angle of 90 and a wide bandwidth make it omnidirectional.
    """
    codes = np.unique(np.asarray(holes), return_inverse=True)[1].ravel()
    order = np.argsort(codes, kind="stable")
    pairs, hole_pairs, sums = directional_sums(
        np.asarray(coordinates, dtype=float)[order],
        np.asarray(values, dtype=float)[order],
        codes[order].astype(np.int64),
        frame_along(axis),
        *lag_limits(lags),
        lags.lag,
        lags.angle,
        lags.bandwidth,
    )
    return _table(pairs, hole_pairs, sums)


def downhole(depths, values, holes, lags):
    """Experimental variogram of the pairs inside single holes by distance along the hole, one row per lag from 1.

    Parameters
    ----------
    depths : array (n,)
        Mid-depths, m.
    values, holes, lags
        As in `directional`; angle and bandwidth are not used. ``hole_pairs`` counts the holes that have pairs.
    """
    codes = np.unique(np.asarray(holes), return_inverse=True)[1].ravel()
    order = np.lexsort((depths, codes))
    arrays = (np.asarray(array)[order] for array in (np.asarray(depths, dtype=float), np.asarray(values, dtype=float)))
    return _table(*downhole_sums(*arrays, codes[order].astype(np.int64), *lag_limits(lags)))


def lag_limits(lags):
    """Lower and upper distance ``(count + 1,)``, m, of the lags 0, 1, … count; lag 0 lies around distance zero."""
    centre = lags.lag * np.arange(lags.count + 1)
    return np.maximum(centre - lags.tolerance * lags.lag, 0.0), centre + lags.tolerance * lags.lag


def frame_along(axis):
    """Right-handed frame ``(3, 3)`` of unit vectors whose last row runs along an axis ``(3,)``."""
    axis = np.asarray(axis, dtype=float)
    length = np.linalg.norm(axis)
    if axis.shape != (3,) or not length > 0.0:
        message = f"the direction is {axis.tolist()}; it must be a vector of three numbers that are not all zero"
        raise InputError(message)
    along = axis / length
    helper = np.eye(3)[np.argmin(np.abs(along))]
    first = np.cross(helper, along)
    first /= np.linalg.norm(first)
    return np.stack([first, np.cross(along, first), along])


def _four(known, variable, axes, settings):
    """Tables of the four directions of one domain and variable."""
    values, holes = known[variable].to_numpy(dtype=float), known[HOLE].to_numpy()
    coordinates = known[list(LOCAL)].to_numpy(dtype=float)
    depths = ((known[FROM] + known[TO]) / 2.0).to_numpy(dtype=float)
    tables = {DOWNHOLE: downhole(depths, values, holes, settings.downhole)}
    for name, axis in zip(AXES, axes, strict=True):
        tables[name] = directional(coordinates, values, holes, axis, getattr(settings, name))
    return tables


def _table(pairs, hole_pairs, sums):
    some = pairs > 0
    means = np.full(sums.shape, np.nan)
    np.divide(sums, pairs[:, None], out=means, where=some[:, None])
    distance, gamma, head, tail = means.T
    columns = (np.arange(len(pairs)), distance, gamma, pairs, hole_pairs, head, tail)
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True))).iloc[1:].reset_index(drop=True)


def _require_columns(frame, variables):
    missing = [name for name in (HOLE, FROM, TO, DOMAIN, *LOCAL, *variables) if name not in frame.columns]
    if missing:
        message = f"the composites lack {', '.join(missing)}; they have {', '.join(map(str, frame.columns))}"
        raise InputError(message)
