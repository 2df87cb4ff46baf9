"""Block kriging per CPU second of one thread, beside peers measured in the same run where they are installed."""

import importlib.util
import runpy
from pathlib import Path

import gstools
import numpy as np

from scandia.kriging import estimate

problem = runpy.run_path(str(Path(__file__).with_name("problem.py")))
ROUNDS = 3


def krige(threads, points=(4, 4, 4)):
    samples, holes, grades = problem["composites"]()
    settings = {"variogram": problem["VARIOGRAM"], "search": problem["SEARCH"], "holes": holes}
    return estimate(samples, grades, problem["GRID"], **settings, discretisation=points, threads=threads)


def bench_block_kriging():
    """80,000 blocks of 4 x 4 x 4 points, at most 24 of 7,500 samples; one thread, then two."""
    krige(1)
    count = int(np.prod(problem["GRID"].count))
    for threads in (1, 2):
        with problem["measured"]() as took:
            result = krige(threads)
        done = int(np.isfinite(result["value"].values).sum())
        rate = f"{count / took.cpu:,.0f} blocks per CPU second, {count / took.wall:,.0f} per second"
        print(f"\nblock kriging, {threads} threads: {count:,} blocks ({done:,} estimated), {rate}")  # noqa: T201
    for peer in ("krigekit", "boitata"):
        if importlib.util.find_spec(peer) is None:
            print(f"{peer} is not installed: not measured, nothing assumed")  # noqa: T201


def bench_global_point_kriging_beside_gstools():
    """GSTools kriges with all samples only: 400 samples, 2,000 points, the same spherical model."""
    samples, _, grades = problem["composites"](columns=2, rows=2)
    samples, grades = samples[::2][:128], grades[::2][:128]
    targets = samples[:, None].repeat(16, axis=1).reshape(-1, 3) + np.random.default_rng(1).uniform(1, 9, (2048, 3))
    from scandia.kriging.search import Pass, Search
    from scandia.variography.model import Structure, Variogram

    model = Variogram(nugget=0.0, structures=(Structure(kind="spherical", contribution=1.0, ranges=(80.0, 80.0, 80.0)),))
    search = Search(passes=(Pass(ranges=(1e4, 1e4, 1e4), min_samples=1, max_samples=128),))
    peer = gstools.krige.Ordinary(gstools.Spherical(dim=3, var=1.0, len_scale=80.0), samples.T, grades, exact=True)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        with problem["measured"]() as mine:
            mean = estimate(samples, grades, targets, variogram=model, search=search)["value"].values
        with problem["measured"]() as other:
            reference, _ = peer(targets.T, mesh_type="unstructured")
        ours.append(mine.cpu)
        theirs.append(other.cpu)
    np.testing.assert_allclose(mean, reference, rtol=1e-6)
    problem["ratio"]("point kriging with all 128 samples", ours, "GSTools", theirs, ROUNDS)
