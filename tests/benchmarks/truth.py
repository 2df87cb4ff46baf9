"""The answer to agree with: ordinary kriging of some targets by a plain NumPy solve, all samples sorted, nothing shared."""

import numpy as np
import problem

COINCIDENT = 1e-3  # m


def covariance(lag):
    """Covariance without nugget of lags ``(..., 3)``, m."""
    total = np.zeros(lag.shape[:-1])
    for structure in problem.VARIOGRAM.structures:
        h = np.minimum(np.linalg.norm(lag @ problem.frame_of(structure).T, axis=-1), 1.0)
        total += structure.contribution * (1.0 - h * (1.5 - 0.5 * h * h))
    return total


def krige(samples, grades, targets, offsets):
    """Estimates and variances of targets ``(m, 3)``, NaN with too few samples; one offset is point support."""
    inside, nugget = problem.into_search(samples), problem.VARIOGRAM.nugget
    point = len(offsets) == 1
    within = problem.VARIOGRAM.sill if point else covariance(offsets[:, None] - offsets).mean()
    result = np.full((2, len(targets)), np.nan)
    for number, target in enumerate(targets):
        square = ((inside - problem.into_search(target)) ** 2).sum(axis=1)
        near = np.flatnonzero(square <= 1.0)
        near = near[np.argsort(square[near], kind="stable")][: problem.MOST]
        if len(near) < problem.FEWEST:
            continue
        place, count = samples[near], len(near)
        system, side = np.ones((count + 1, count + 1)), np.ones(count + 1)
        system[:count, :count] = covariance(place[:, None] - place) + nugget * np.eye(count)
        system[count, count] = 0.0
        lag = target + offsets - place[:, None]
        side[:count] = covariance(lag).mean(axis=1)
        if point:
            side[:count] += nugget * (np.linalg.norm(lag[:, 0], axis=1) < COINCIDENT)
        weight = np.linalg.solve(system, side)
        result[:, number] = weight[:count] @ grades[near], within - weight @ side
    return result


def drawn(grid, count=500, seed=5):
    """Ascending numbers of random blocks of a grid."""
    blocks = int(np.prod(grid.count))
    return np.sort(np.random.default_rng(seed).choice(blocks, count, replace=False))


def differ(found, expected):
    """Largest difference from the truth of estimates and of variances; a target that only one of them has is infinite."""
    found = np.asarray(found)
    if (np.isfinite(found) != np.isfinite(expected)).any():
        return np.array([np.inf, np.inf])
    return np.nanmax(np.abs(found - expected), axis=1)
