"""Pairs of one direction of an experimental variogram, beside GSTools in the same run."""

import runpy
from pathlib import Path

import gstools
import numpy as np

from scandia.variography.experimental import directional
from scandia.variography.settings import Lags

problem = runpy.run_path(str(Path(__file__).with_name("problem.py")))
ROUNDS = 3


def bench_one_direction():
    """7,500 composites, 15 lags of 10 m along +y, 22.5 degrees, bandwidth 30 m."""
    samples, holes, grades = problem["composites"]()
    lags = Lags(lag=10.0, count=15, angle=22.5, bandwidth=30.0)
    edges = np.concatenate([[5.0], 10.0 * np.arange(1, 16) + 5.0])
    axis, ours, theirs = np.array([0.0, 1.0, 0.0]), [], []
    directional(samples, grades, holes, axis, lags)
    for _ in range(ROUNDS):
        with problem["measured"]() as mine:
            table = directional(samples, grades, holes, axis, lags)
        with problem["measured"]() as other:
            _, _, pairs = gstools.vario_estimate(
                samples.T, grades, edges, direction=[axis], angles_tol=np.deg2rad(22.5), bandwidth=30.0, return_counts=True
            )
        ours.append(mine.cpu)
        theirs.append(other.cpu)
    print(f"\npairs: scandia {int(table['pairs'].sum()):,}, GSTools {int(np.sum(pairs)):,}")  # noqa: T201
    problem["ratio"]("one direction, 7,500 composites", ours, "GSTools", theirs, ROUNDS)
