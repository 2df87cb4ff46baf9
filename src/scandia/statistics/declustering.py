"""Cell declustering: crowded composites share the weight of their cell, over many cell sizes and origins."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.statistics.weighted import weighted_mean
from scandia.vocabulary import DOMAIN, FROM, HOLE, LOCAL, WEIGHT

ORIGIN_OFFSET = 0.01  # m below the smallest coordinate, as in declus: no composite lies on the first cell's face


def decluster(composites, settings, *, lead=None):
    """Composites with their declustering weights, and the mean grade over a scan of cell sizes.

    Parameters
    ----------
    composites : DataFrame
        With domain, x, y, z (m) and grades.
    settings : Declustering
        Cell size that gives the weights, its ratios along x, y, z, the scan and the number of origins.
    lead : str, optional
        Analyte of the scan; by default the first with a ``_coverage`` column.

    Returns
    -------
    composites : DataFrame
        Sorted by hole and depth, with ``weight``: mean 1 over the composites of each domain that have any grade, NaN for
        those that have none.
    scan : DataFrame
        domain, size (along y, m; 0 is the plain mean), mean of the lead analyte, used (the size that gives the weights).

    Raises
    ------
    InputError
        No analyte is known to lead the scan.
    """
    analytes = [name.removesuffix("_coverage") for name in composites.columns if str(name).endswith("_coverage")]
    lead = _checked_lead(lead, analytes, composites)
    frame = composites.sort_values([HOLE, FROM], kind="stable", ignore_index=True)
    graded = frame[sorted({lead, *analytes})].notna().any(axis=1).to_numpy()
    weight = np.full(len(frame), np.nan)
    scans = []
    for domain in sorted(frame[DOMAIN].unique()):
        chosen = np.flatnonzero((frame[DOMAIN] == domain).to_numpy() & graded)
        if not len(chosen):
            continue
        coordinates = frame.loc[chosen, list(LOCAL)].to_numpy(dtype=float)
        weight[chosen] = decluster_cells(coordinates, settings.size * np.array(settings.ratios), settings.origins)
        scans.append(_scan(domain, coordinates, frame.loc[chosen, lead].to_numpy(dtype=float), settings))
    return frame.assign(**{WEIGHT: weight}), pd.concat(scans, ignore_index=True)


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


def _scan(domain, coordinates, values, settings):
    known = ~np.isnan(values)
    rows = [{DOMAIN: domain, "size": 0.0, "mean": weighted_mean(values[known], np.ones(known.sum())), "used": False}]
    for size in scan_sizes(settings):
        weight = decluster_cells(coordinates, size * np.array(settings.ratios), settings.origins)
        mean = weighted_mean(values[known], weight[known])
        rows.append({DOMAIN: domain, "size": size, "mean": mean, "used": bool(size == settings.size)})
    return pd.DataFrame(rows)


def _checked_lead(lead, analytes, composites):
    lead = lead or next(iter(analytes), None)
    if lead is None or lead not in composites.columns:
        message = f"no analyte {lead or ''} to scan by; give lead=, one of the columns {', '.join(map(str, composites.columns))}"
        raise InputError(message)
    return lead
