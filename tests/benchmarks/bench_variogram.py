"""Pairs of one direction of an experimental variogram, beside GSTools in the same run."""

import gstools
import numpy as np
import problem
from clock import measured, say, spread

from scandia.variography.experimental import directional
from scandia.variography.settings import Lags

ROUNDS = 3


def bench_one_direction():
    """7,500 composites, 15 lags of 10 m along +y, 22.5 degrees, bandwidth 30 m."""
    samples, holes, grades = problem.composites()
    lags = Lags(lag=10.0, count=15, angle=22.5, bandwidth=30.0)
    edges = np.concatenate([[5.0], 10.0 * np.arange(1, 16) + 5.0])
    axis, ours, theirs = np.array([0.0, 1.0, 0.0]), [], []
    directional(samples, grades, holes, axis, lags)
    for _ in range(ROUNDS):
        with measured() as mine:
            table = directional(samples, grades, holes, axis, lags)
        with measured() as other:
            _, _, pairs = gstools.vario_estimate(
                samples.T, grades, edges, direction=[axis], angles_tol=np.deg2rad(22.5), bandwidth=30.0, return_counts=True
            )
        ours.append(mine.cpu)
        theirs.append(other.cpu)
    say(f"\none direction, 7,500 composites: {int(table['pairs'].sum()):,} pairs, GSTools {int(np.sum(pairs)):,}")
    ratio = spread((b / a for a, b in zip(ours, theirs, strict=True)), 1)
    say(f"scandia {spread(ours, 3)} CPU s, GSTools {spread(theirs, 3)} CPU s; ratio {ratio}")
