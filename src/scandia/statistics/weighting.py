"""Declustering weights that are not of cells: nearest nodes, and kriging of the mean."""

import numpy as np
from scipy.linalg import solve
from scipy.spatial import cKDTree

from scandia.errors import InputError

NODES = 8  # nodes along each side of a declustering cell
KRIGED_NODES = 4  # the mean covariance needs fewer
MOST_NODES = 2_000_000
CHUNK = 20_000


def nearest_weights(coordinates, size):
    """Weights ``(n,)``, mean 1: how many nodes of a fine grid lie nearest to each point (polygonal declustering).

    Parameters
    ----------
    coordinates : array (n, 3)
        m.
    size : array (3,)
        Cell along x, y, z, m: the metric, in which one cell is 1 each way, the grid of eight nodes a cell, and the reach, as
        nodes farther than one cell from every point do not count.

    Notes
    -----
    Where points share a place, they share its nodes. Without the reach the outermost points would weigh by the box drawn
    around them.
    """
    scaled = np.asarray(coordinates, dtype=float) / np.asarray(size, dtype=float)
    places, owner, count = np.unique(scaled, axis=0, return_inverse=True, return_counts=True)
    nodes = _nodes(scaled, NODES)
    tree = cKDTree(places)
    hits = np.zeros(len(places))
    for start in range(0, len(nodes), CHUNK):
        distance, nearest = tree.query(nodes[start : start + CHUNK])
        hits += np.bincount(nearest[distance <= 1.0], minlength=len(places))
    share = (hits / count)[owner.reshape(-1)]
    return share * (len(scaled) / share.sum()) if share.sum() > 0 else np.ones(len(scaled))


def kriging_weights(coordinates, size, nugget):
    """Weights ``(n,)``, mean 1, of the ordinary kriging of the mean over the ground within one cell of the points.

    Parameters
    ----------
    coordinates : array (n, 3)
        m.
    size : array (3,)
        Ranges of the spherical model along x, y, z, m: the declustering cell.
    nugget : float
        Its share of the sill, above 0 and at most 1; 1 gives equal weights.

    Notes
    -----
    Global: all points in one system, ``C w + m = c`` with ``c`` the mean covariance of each point with nodes as those of
    `nearest_weights`, four a cell. Weights below zero, behind others, are set to zero and the rest rescaled.
    """
    scaled = np.asarray(coordinates, dtype=float) / np.asarray(size, dtype=float)
    nodes = _nodes(scaled, KRIGED_NODES)
    nodes = nodes[cKDTree(scaled).query(nodes)[0] <= 1.0]
    count = len(scaled)
    if not len(nodes):
        return np.ones(count)
    target = np.zeros(count)
    for start in range(0, len(nodes), 500):
        target += _spherical(scaled, nodes[start : start + 500]).sum(axis=1)
    matrix = np.ones((count + 1, count + 1))
    matrix[:count, :count] = (1 - nugget) * _spherical(scaled, scaled) + nugget * np.eye(count)
    matrix[count, count] = 0.0
    weights = solve(matrix, np.r_[(1 - nugget) * target / len(nodes), 1.0], assume_a="sym")[:count]
    weights = np.maximum(weights, 0.0)
    return weights * (count / weights.sum())


def _spherical(first, second):
    lag = np.minimum(np.sqrt(((first[:, None] - second[None]) ** 2).sum(axis=2)), 1.0)
    return 1 - 1.5 * lag + 0.5 * lag**3


def _nodes(scaled, nodes):
    """Nodes of the box around points in units of the cell, one cell wider on each side; ``(m, 3)``."""
    low, high = scaled.min(axis=0) - 1.0, scaled.max(axis=0) + 1.0
    flat = high - low <= 2.0 + 1e-9  # an axis along which the points do not differ, as in 2-D data, needs one layer
    axes = [
        np.array([(a + b) / 2]) if thin else a + (np.arange(int(np.ceil((b - a) * nodes))) + 0.5) / nodes
        for a, b, thin in zip(low, high, flat, strict=True)
    ]
    count = np.prod([float(axis.size) for axis in axes])
    if count > MOST_NODES:
        message = (
            f"declustering by nodes would need {count:.2g} of them for cells of this size; allowed are "
            f"{MOST_NODES / 1e6:g} million. Hint: take larger cells, or the method cells"
        )
        raise InputError(message)
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
