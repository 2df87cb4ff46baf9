"""Declustering: crowded composites share the weight of their cell, of the nodes nearest to them, or of a kriged mean."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.geometry.minegrid import local_azimuth
from scandia.geometry.rotation import rotation_matrix
from scandia.statistics.weighted import weighted_mean, weights_of
from scandia.statistics.weighting import kriging_weights, nearest_weights
from scandia.vocabulary import DOMAIN, FROM, HOLE, LENGTH, LOCAL, WEIGHT

METHODS = ("cells", "nearest", "kriging")
ORIGIN_OFFSET = 0.01  # m below the smallest coordinate, as in declus: no composite lies on the first cell's face


def decluster(composites, settings, *, lead=None, mine_grid=None):
    """Composites with their declustering weights, the mean grade over a scan of cell sizes, and the methods side by side.

    Parameters
    ----------
    composites : DataFrame
        With domain, x, y, z, length (m; points without it weigh alike) and grades.
    settings : Declustering
        Method, cell size that gives the weights, its ratios and orientation, the scan and the number of origins.
    lead : str, optional
        Analyte of the scan; by default the first with a ``_coverage`` column.
    mine_grid : MineGrid, optional
        Turns the azimuth of the cells; without it the azimuth counts from the local y.

    Returns
    -------
    composites : DataFrame
        Sorted by hole and depth, with ``weight``: mean 1 over the composites of each domain that have any grade, NaN for
        those that have none.
    scan : DataFrame
        domain, size (along y, m; 0 is the mean by length alone), mean of the lead analyte by cells and length, used (the size in
        use).
    methods : DataFrame
        domain, method, mean of the lead analyte by weight and length, smallest and largest weight, used; NaN for kriging of too
        many composites.

    Raises
    ------
    InputError
        No analyte is known to lead the scan, or the nodes of a method would be too many.
    """
    analytes = [name.removesuffix("_coverage") for name in composites.columns if str(name).endswith("_coverage")]
    lead = _checked_lead(lead, analytes, composites)
    frame = composites.sort_values([HOLE, FROM], kind="stable", ignore_index=True)
    graded = frame[sorted({lead, *analytes})].notna().any(axis=1).to_numpy()
    weight = np.full(len(frame), np.nan)
    scans, methods = [], []
    for domain in sorted(frame[DOMAIN].unique()):
        chosen = np.flatnonzero((frame[DOMAIN] == domain).to_numpy() & graded)
        if not len(chosen):
            continue
        coordinates = along_cells(frame.loc[chosen, list(LOCAL)].to_numpy(dtype=float), settings.orientation, mine_grid)
        values = frame.loc[chosen, lead].to_numpy(dtype=float)
        weights = _by_method(coordinates, settings)
        weight[chosen] = weights[settings.method]
        length = weights_of(frame.loc[chosen], LENGTH if LENGTH in frame else None)
        scans.append(_scan(domain, coordinates, values, length, settings))
        methods.append(_compared(domain, values, weights, length, settings.method))
    return frame.assign(**{WEIGHT: weight}), pd.concat(scans, ignore_index=True), pd.concat(methods, ignore_index=True)


def along_cells(coordinates, orientation, mine_grid=None):
    """Local coordinates ``(n, 3)`` along the sides of turned cells; as they are where there is no orientation."""
    if orientation is None:
        return coordinates
    azimuth = orientation.azimuth if mine_grid is None else float(local_azimuth(mine_grid, orientation.azimuth))
    major, semi, minor = rotation_matrix(azimuth, orientation.dip, orientation.rake)
    # x, y, z of the mine grid where the plane stands upright and strikes along y
    return coordinates @ np.column_stack([-minor, major, -semi])


def _by_method(coordinates, settings):
    """Weights ``(n,)`` by each method, dict; kriging is left out of large domains unless it gives the weights."""
    size = settings.size * np.array(settings.ratios)
    weights = {"cells": decluster_cells(coordinates, size, settings.origins)}
    if settings.method == "nearest" or len(coordinates) <= settings.most_kriged:
        weights["nearest"] = nearest_weights(coordinates, size)
    if settings.method == "kriging" or len(coordinates) <= settings.most_kriged:
        weights["kriging"] = kriging_weights(coordinates, size, settings.nugget)
    return weights


def _compared(domain, values, weights, length, used):
    known = ~np.isnan(values)
    rows = [{DOMAIN: domain, "method": "none", "mean": weighted_mean(values[known], length[known])}]
    for method in METHODS:
        found = weights.get(method, np.full(len(values), np.nan))
        mean = weighted_mean(values[known], (found * length)[known]) if method in weights else np.nan
        extremes = {"smallest": found.min(), "largest": found.max()}
        rows.append({DOMAIN: domain, "method": method, "mean": mean, **extremes, "used": method == used})
    return pd.DataFrame(rows).assign(used=lambda table: table["used"].eq(True))


def decluster_cells(coordinates, size, origins):
    """Declustering weights ``(n,)``, mean 1, of points for one cell size, averaged over origins.

    Parameters
    ----------
    coordinates : array (n, 3)
        x, y, z, m.
    size : array (3,)
        Cell size along x, y, z, m.
    origins : int
        Number of origins of the grid of cells.

    Notes
    -----
    A point weighs ``1 / (points in its cell)``; the weights of one origin are scaled to sum to one, then averaged. As in GSLIB's
    declus the origins step down the diagonal, ``k (size / origins)`` below the first along every axis at once, but no
    step is longer than half the extent of the points along its axis.

    References
    ----------
    Deutsch & Journel (1998), GSLIB, section VI.2; Deutsch (1989), DECLUS, Computers & Geosciences 15(3).
    """
    coordinates = np.asarray(coordinates, dtype=float)
    size = np.asarray(size, dtype=float)
    lowest = coordinates.min(axis=0)
    step = np.minimum(size / origins, 0.5 * (coordinates.max(axis=0) - lowest))
    total = np.zeros(len(coordinates))
    for turn in range(origins):
        cells = np.floor((coordinates - (lowest - ORIGIN_OFFSET - turn * step)) / size).astype(np.int64)
        inverse = 1.0 / _crowd(cells)
        total += inverse / inverse.sum()
    return total * (len(coordinates) / total.sum())


def scan_sizes(settings):
    """Cell sizes ``(sizes + 1,)``, m, of the scan: evenly spaced, with the size that gives the weights among them."""
    sizes = np.linspace(settings.smallest, settings.largest, settings.sizes)
    return np.unique(np.append(sizes, settings.size))


def _crowd(cells):
    """Count ``(n,)`` of the points in the cell of each point, from cell indices ``(n, 3)`` of 0 or more."""
    order = np.lexsort(cells.T)
    first = np.r_[True, np.any(np.diff(cells[order], axis=0) != 0, axis=1)]
    label = np.empty(len(cells), dtype=np.int64)
    label[order] = np.cumsum(first) - 1
    return np.bincount(label)[label]


def _scan(domain, coordinates, values, length, settings):
    known = ~np.isnan(values)
    rows = [{DOMAIN: domain, "size": 0.0, "mean": weighted_mean(values[known], length[known]), "used": False}]
    for size in scan_sizes(settings):
        weight = decluster_cells(coordinates, size * np.array(settings.ratios), settings.origins)
        mean = weighted_mean(values[known], (weight * length)[known])
        rows.append({DOMAIN: domain, "size": size, "mean": mean, "used": bool(size == settings.size)})
    return pd.DataFrame(rows)


def _checked_lead(lead, analytes, composites):
    lead = lead or next(iter(analytes), None)
    if lead is None or lead not in composites.columns:
        message = f"no analyte {lead or ''} to scan by; give lead=, one of the columns {', '.join(map(str, composites.columns))}"
        raise InputError(message)
    return lead
