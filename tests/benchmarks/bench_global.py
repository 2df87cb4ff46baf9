"""Point kriging with all samples at once, beside GSTools, which has no neighbourhoods: same numbers, same run."""

import gstools
import numpy as np
import problem
from clock import measured, say, spread

from scandia.kriging import estimate
from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram

ROUNDS = 3


def bench_all_samples():
    """128 samples, 2,048 points, one spherical model."""
    samples, _, grades = problem.composites()
    samples, grades = samples[:512:4], grades[:512:4]
    targets = samples.repeat(16, axis=0) + np.random.default_rng(1).uniform(1, 9, (2048, 3))
    model = Variogram(nugget=0.0, structures=(Structure(kind="spherical", contribution=1.0, ranges=(80.0, 80.0, 80.0)),))
    search = Search(passes=(Pass(ranges=(1e4, 1e4, 1e4), min_samples=1, max_samples=128),))
    peer = gstools.krige.Ordinary(gstools.Spherical(dim=3, var=1.0, len_scale=80.0), samples.T, grades, exact=True)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        with measured() as mine:
            mean = estimate(samples, grades, targets, variogram=model, search=search)["value"].values
        with measured() as other:
            reference, _ = peer(targets.T, mesh_type="unstructured")
        ours.append(mine.cpu)
        theirs.append(other.cpu)
    np.testing.assert_allclose(mean, reference, rtol=1e-6)
    ratio = spread((b / a for a, b in zip(ours, theirs, strict=True)), 1)
    say(
        f"\npoint kriging with all 128 samples: scandia {spread(ours, 3)} CPU s, GSTools {spread(theirs, 3)} CPU s; ratio {ratio}"
    )
