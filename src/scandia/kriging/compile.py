"""Compilation of the kernels before they are needed, so that no two jobs compile at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np

from scandia.kriging._entries import choose_range, solve_range
from scandia.kriging.layout import pieces
from scandia.kriging.neighbourhood import neighbourhoods
from scandia.kriging.request import make_request
from scandia.kriging.run import empty_results, targets_of
from scandia.kriging.search import Pass, Search
from scandia.kriging.space import make_spaces
from scandia.kriging.work import arrange_work, make_plan
from scandia.variography.experimental import directional, downhole
from scandia.variography.exploration import variogram_maps
from scandia.variography.model import Structure, Variogram
from scandia.variography.settings import Lags

SAMPLES = np.array([[0.0, 0.0, 0.0], [10.0, 0.0, 0.0], [0.0, 10.0, 1.0], [10.0, 10.0, 2.0]])
VALUES, HOLES = np.arange(4.0), np.array([0, 0, 1, 1])


def compile_kernels(threads=1):
    """A sentence that names the compiler; every kernel stands in the cache. At most ``threads`` parts are compiled at once."""
    with ThreadPoolExecutor(threads) as pool:
        codes = list(
            pool.map(lambda part: subprocess.run([sys.executable, "-m", __spec__.name, part], check=False).returncode, PARTS)
        )
    for part, code in zip(PARTS, codes, strict=True):
        if code != 0:
            message = f"compilation of the kernels of {part} failed with exit code {code}"
            raise RuntimeError(message)
    return f"kernels compiled by numba {numba.__version__}\n"


def compile_choice():
    """Nothing; compiles the choice of samples."""
    work, order, start, targets, results = _small_work()
    space, chosen, _, _ = make_spaces(work, 1)
    choose_range(order, start, 0, 1, work.samples, work.buckets, targets, work.plan, results, space, chosen)


def compile_systems():
    """Nothing; compiles the kriging systems."""
    work, _, _, targets, results = _small_work()
    _, chosen, eight, sets = make_spaces(work, 1)
    solve_range(chosen, 0, work.samples, targets, work.model, work.plan, results, eight, sets)


def compile_pairs():
    """Nothing; compiles the pairs of experimental variograms and of variogram maps."""
    lags = Lags(lag=5.0, count=3, bandwidth=10.0)
    directional(SAMPLES, VALUES, HOLES.astype(str), np.array([0.0, 1.0, 0.0]), lags)
    downhole(SAMPLES[:, 2], VALUES, HOLES.astype(str), lags)
    variogram_maps(SAMPLES, VALUES, np.eye(3), 5.0, 2, 10.0)


def _small_work():
    """One target among four samples, as the kernels take it."""
    variogram = Variogram(nugget=0.1, structures=(Structure(kind="spherical", contribution=0.9, ranges=(20.0, 20.0, 20.0)),))
    search = Search(passes=(Pass(ranges=(50.0, 50.0, 50.0), min_samples=1, max_samples=4, max_per_hole=2),))
    options = {"search": search, "variogram": variogram, "discretisation": (2, 2, 2), "block_size": (5.0, 5.0, 5.0)}
    request = make_request(SAMPLES, VALUES, SAMPLES[:1] + 1.0, holes=HOLES, **options)
    part = next(neighbourhoods(request))
    work = arrange_work(request, part, make_plan(request, request.points))
    first, centres, order, start = next(pieces(work.layout, work.buckets.frame[0]))
    return work, order, start, targets_of(work, first, centres), empty_results(1, 1)


PARTS = {"choice": compile_choice, "systems": compile_systems, "pairs": compile_pairs}

if __name__ == "__main__":
    if sys.argv[1:]:
        PARTS[sys.argv[1]]()
    else:
        compile_kernels(len(PARTS))
