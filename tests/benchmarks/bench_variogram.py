"""Pairs of one direction of an experimental variogram, beside GSTools in the same run; memory, threads, maps and estimators."""

import tracemalloc

import gstools
import numpy as np
import problem
from clock import measured, say, spread, tabulate

from scandia.geometry.rotation import rotation_matrix
from scandia.variography.estimators import MEASURES
from scandia.variography.experimental import directional
from scandia.variography.exploration import variogram_maps
from scandia.variography.settings import Lags

ROUNDS = 3
GAMV = 2.77  # CPU s that GSLIB's gamv took for one direction and 15 lags of 50,000 composites, on another machine
LAGS = Lags(lag=10.0, count=15, angle=22.5, bandwidth=30.0)
AXIS = np.array([0.0, 1.0, 0.0])


def composites():
    """50,000 composites of 400 inclined holes, lognormal."""
    points, holes = problem.drill(20, 20, 12)
    return points, holes, np.random.default_rng(1).lognormal(size=len(points))


def bench_one_direction_of_50000_composites():
    """15 lags of 10 m along +y, 22.5 degrees, bandwidth 30 m; GSTools once, because it takes minutes."""
    samples, holes, grades = composites()
    directional(samples[:500], grades[:500], holes[:500], AXIS, LAGS)
    ours = []
    for _ in range(ROUNDS):
        with measured() as mine:
            table = directional(samples, grades, holes, AXIS, LAGS)
        ours.append(mine.cpu)
    edges = np.concatenate([[5.0], 10.0 * np.arange(1, 16) + 5.0])
    options = {"direction": [AXIS], "angles_tol": np.deg2rad(22.5), "bandwidth": 30.0, "return_counts": True}
    with measured() as theirs:
        _, gamma, pairs = gstools.vario_estimate(samples.T, grades, edges, **options)
    np.testing.assert_array_equal(table["pairs"], pairs)
    np.testing.assert_allclose(table["gamma"].fillna(0.0), gamma, rtol=1e-9)  # GSTools says 0 where there is no pair
    say(f"\none direction, {len(grades):,} composites: {int(table['pairs'].sum()):,} pairs, lag by lag those of GSTools")
    best = np.median(ours)
    say(f"scandia {spread(ours, 3)} CPU s; GSTools {theirs.cpu:.1f} CPU s, {theirs.cpu / best:.0f} times as much")
    say(f"gamv's published {GAMV} CPU s are {GAMV / best:.0f} times as much")


def bench_what_else_one_direction_costs():
    """CPU s of each estimator, of two threads and of the maps of three planes, all on 50,000 composites."""
    samples, holes, grades = composites()
    rows = []
    for estimator in MEASURES:
        if estimator == "genton":  # orders all differences of millions of differences
            continue
        with measured() as mine:
            directional(samples, grades, holes, AXIS, LAGS, estimator=estimator)
        rows.append([estimator, f"{mine.cpu:.3f}", f"{mine.wall:.3f}"])
    with measured() as mine:
        directional(samples, grades, holes, AXIS, LAGS, threads=2)
    rows.append(["traditional, 2 threads", f"{mine.cpu:.3f}", f"{mine.wall:.3f}"])
    variogram_maps(samples[:100], grades[:100], np.eye(3), 10.0, 15, 30.0)
    with measured() as mine:
        variogram_maps(samples, grades, rotation_matrix(35.0, 60.0, 0.0), 10.0, 15, 30.0)
    rows.append(["maps of three planes", f"{mine.cpu:.3f}", f"{mine.wall:.3f}"])
    tabulate("variograms of 50,000 composites", ["what", "CPU s", "wall s"], rows)


def bench_memory_of_one_direction():
    """Peak of what is allocated for 12,500, 50,000 and 200,000 composites of the same spacing."""
    rows = []
    for columns, rows_of_holes in ((10, 10), (20, 20), (40, 40)):
        points, holes = problem.drill(columns, rows_of_holes, 12)
        grades = np.random.default_rng(1).lognormal(size=len(points))
        with measured() as mine:
            directional(points, grades, holes, AXIS, LAGS)
        tracemalloc.start()
        directional(points, grades, holes, AXIS, LAGS)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        rows.append([f"{len(points):,}", f"{mine.cpu:.3f}", f"{peak / 1e6:.0f}", f"{peak / len(points):.0f}"])
    tabulate("one direction", ["composites", "CPU s", "peak MB", "bytes a composite"], rows)
