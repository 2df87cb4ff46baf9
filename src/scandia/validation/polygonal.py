"""The polygonal estimate: every block takes the mean grade of the hole that is nearest in the plane of the body."""

import numpy as np
from scipy.spatial import cKDTree

from scandia.blockmodel.dataset import grid_of
from scandia.geometry.minegrid import local_azimuth
from scandia.geometry.rotation import rotation_matrix
from scandia.vocabulary import DOMAIN, HOLE, LENGTH, LOCAL

DIMS = (DOMAIN, "z", "y", "x")


def with_polygonal(parts, composites, variables, plane, mine_grid):
    """Parts with ``<variable>_polygonal``, the estimate that was drawn by hand before there were computers.

    Parameters
    ----------
    parts : Dataset
        Estimated block parts; a part gets a polygonal grade where it has an estimate.
    composites : DataFrame
        hole, domain, length (m), x, y, z (local, m) and the variables.
    variables : sequence of str
    plane : (float, float)
        Azimuth (world) and dip of the plane of the body, degrees; polygons are drawn in it.
    mine_grid : MineGrid

    Notes
    -----
    A hole stands in a domain for the length-weighted mean of its composites there, at their length-weighted centre. Polygons
    are those of Thiessen (1911): a block belongs to the hole whose centre is nearest after both are projected on the plane. Of
    two holes at one distance the first by name counts.
    """
    axes = rotation_matrix(local_azimuth(mine_grid, plane[0]), plane[1], 0.0)[:2]
    places = grid_of(parts).centres().reshape(*parts["fraction"].shape[1:], 3) @ axes.T
    added = {}
    for variable in variables:
        grades = np.full(parts["fraction"].shape, np.nan)
        for number, domain in enumerate(parts[DOMAIN].values):
            own = composites[(composites[DOMAIN] == domain) & composites[variable].notna()]
            asked = np.isfinite(parts[variable].values[number])
            if len(own) and asked.any():
                centres, means = hole_means(own, variable)
                grades[number][asked] = means[_nearest(centres @ axes.T, places[asked])]
        words = {"long_name": f"{variable}, polygonal estimate", "units": parts[variable].attrs.get("units", "unknown")}
        added[f"{variable}_polygonal"] = (DIMS, grades, words)
    return parts.assign(added)


def plane_of(domains, search):
    """Azimuth (world) and dip, degrees, of the plane of polygons: that of the solid between the holes, or of the search."""
    chosen = domains.implicit if domains.implicit is not None else search
    return chosen.azimuth, chosen.dip


def hole_means(composites, variable):
    """Centres ``(holes, 3)``, local m, and mean grades ``(holes,)`` of composites by hole, weighted by length; by name."""
    centres, means = [], []
    for _, own in composites.groupby(HOLE, sort=True):
        length = own[LENGTH].to_numpy(dtype=float)
        centres.append(length @ own[list(LOCAL)].to_numpy(dtype=float) / length.sum())
        means.append(length @ own[variable].to_numpy(dtype=float) / length.sum())
    return np.array(centres), np.array(means)


def _nearest(centres, places):
    """Index of the nearest centre of each place; of equal distances (to rounding) the first."""
    distances, near = cKDTree(centres).query(places, k=min(2, len(centres)))
    if distances.ndim == 1 or distances.shape[1] < 2:
        return near.reshape(len(places), -1)[:, 0]
    tied = np.isclose(distances[:, 0], distances[:, 1], rtol=1e-12, atol=1e-9)
    return np.where(tied, near.min(axis=1), near[:, 0])
