"""Variogram maps and fans in the three planes of a domain's orientation: where continuity is best, before a model says so."""

import numpy as np
import pandas as pd

from scandia.geometry.minegrid import local_azimuth
from scandia.geometry.rotation import rotation_matrix
from scandia.variography._maps import map_sums
from scandia.variography.estimators import GATHERING, MEASURES, Anamorphosis, Scale, check_estimator, semivariances
from scandia.variography.experimental import directions, pair_weights
from scandia.vocabulary import DOMAIN, FROM, HOLE, LOCAL

PLANES = {"major-semi": (0, 1, 2), "major-minor": (0, 2, 1), "semi-minor": (1, 2, 0)}  # axes of the plane, and its normal
MAP_COLUMNS = ("plane", "first", "second", "gamma", "pairs")
FAN_COLUMNS = ("plane", "angle", "lag", "distance", "gamma", "pairs", "hole_pairs")


def explore(composites, settings, variables, mine_grid, *, threads=1):
    """Variogram maps and fans of every domain whose model is fitted and every variable, two DataFrames.

    Parameters
    ----------
    composites : DataFrame
        As for `experimental_variograms`.
    settings : Variography
        Its exploration; lags, angle and bandwidths are those of the semi-major axis where it says nothing.
    variables : sequence of str
        Columns.
    mine_grid : MineGrid
    threads : int
        Changes no bit.

    Returns
    -------
    maps : DataFrame
        domain, variable, plane, first, second (m: middle of the cell along the plane's two axes), gamma, pairs.
    fans : DataFrame
        domain, variable, plane, angle (degrees from the plane's first axis towards its second), lag, distance, gamma, pairs,
        hole_pairs.
    """
    frame = composites.sort_values([HOLE, FROM], kind="stable", ignore_index=True)
    maps, fans = [], []
    for domain, chosen in settings.domains.items():
        if chosen.source != "fit":
            continue
        axes = rotation_matrix(float(local_azimuth(mine_grid, chosen.azimuth)), chosen.dip, chosen.rake)
        for variable in variables:
            known = frame[(frame[DOMAIN] == domain) & frame[variable].notna()]
            points, values = known[list(LOCAL)].to_numpy(dtype=float), known[variable].to_numpy(dtype=float)
            options = {"estimator": settings.estimator, "weights": pair_weights(known, settings), "threads": threads}
            label = {DOMAIN: domain, "variable": variable}
            lags = settings.exploration.lags(settings.semi)
            fan = variogram_fans(points, values, known[HOLE].to_numpy(), axes, lags, step=settings.exploration.step, **options)
            fans.append(fan.assign(**label))
            if settings.estimator in GATHERING:  # a map sums and keeps no differences
                options["estimator"] = "cressie_hawkins"
            maps.append(variogram_maps(points, values, axes, lags.lag, lags.count, lags.bandwidth, **options).assign(**label))
    return _joined(maps, MAP_COLUMNS), _joined(fans, FAN_COLUMNS)


def variogram_maps(coordinates, values, axes, cell, cells, thickness, *, estimator="traditional", weights=None, threads=1):
    """Semivariances by cell of the separation vector, in the three planes of an orientation.

    Parameters
    ----------
    coordinates : array (n, 3)
        m.
    values : array (n,)
        Without NaN.
    axes : array (3, 3)
        Major, semi-major and minor axis as rows.
    cell : float
        Side of a cell, m.
    cells : int
        Cells on each side of the middle one.
    thickness : float
        Largest distance of a vector from the plane, m.
    estimator, weights, threads
        As in `experimental.directional`; dowd and genton need every difference and make no map.

    Returns
    -------
    DataFrame
        plane, first, second, gamma, pairs: one row per plane and cell; a map is its own mirror in the zero vector.
    """
    check_estimator(estimator, values, weights)
    scale = Scale(np.asarray(values, dtype=float), np.ones(len(values)) if weights is None else np.asarray(weights, dtype=float))
    measured = Anamorphosis(scale).scores(scale.values) if estimator == "normal_scores" else scale.values
    middle, tables = cell * np.arange(-cells, cells + 1), []
    for plane, order in PLANES.items():
        options = {"measure": MEASURES[estimator], "weights": weights, "threads": threads}
        pairs, sums = map_sums(coordinates, measured, np.asarray(axes)[list(order)], cell, cells, thickness, **options)
        gamma = semivariances(estimator, pairs.ravel(), sums.reshape(-1, sums.shape[-1]), None, scale)[1]
        first, second = (grid.ravel() for grid in np.meshgrid(middle, middle, indexing="ij"))
        gamma = np.where(pairs.ravel() > 0, gamma, np.nan)
        columns = (plane, first, second, gamma, pairs.ravel())
        tables.append(pd.DataFrame(dict(zip(MAP_COLUMNS, columns, strict=True))))
    return pd.concat(tables, ignore_index=True)


def variogram_fans(coordinates, values, holes, axes, lags, *, step, **options):
    """Experimental variograms of directions every ``step`` degrees in the three planes of an orientation.

    Parameters
    ----------
    coordinates, values, holes, lags, **options
        As in `experimental.directions`.
    axes : array (3, 3)
        Major, semi-major and minor axis as rows.
    step : float
        Degrees between directions; a fan is half a circle, from the plane's first axis on.

    Returns
    -------
    DataFrame
        plane, angle, lag, distance, gamma, pairs, hole_pairs.
    """
    angles, tables = np.arange(0.0, 180.0, step), []
    for plane, (first, second, _) in PLANES.items():
        turns = np.deg2rad(angles)[:, None]
        vectors = np.cos(turns) * np.asarray(axes)[first] + np.sin(turns) * np.asarray(axes)[second]
        for angle, table in zip(angles, directions(coordinates, values, holes, vectors, lags, **options), strict=True):
            tables.append(table.assign(plane=plane, angle=angle)[list(FAN_COLUMNS)])
    return pd.concat(tables, ignore_index=True)


def _joined(tables, columns):
    order = [DOMAIN, "variable", *columns]
    return pd.concat(tables, ignore_index=True)[order] if tables else pd.DataFrame(columns=order)
