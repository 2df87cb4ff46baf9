"""Compilation of the kernels before they are needed, so that no two jobs compile at once."""

import numba
import numpy as np

from scandia.kriging.estimation import estimate
from scandia.kriging.search import Pass, Search
from scandia.variography.experimental import directional, downhole
from scandia.variography.model import Structure, Variogram
from scandia.variography.settings import Lags


def compile_kernels():
    """A sentence that names the compiler; every kernel has run once and stands in the cache."""
    samples = np.array([[0.0, 0.0, 0.0], [10.0, 0.0, 0.0], [0.0, 10.0, 1.0], [10.0, 10.0, 2.0]])
    values, holes = np.arange(4.0), np.array(["a", "a", "b", "b"])
    variogram = Variogram(nugget=0.1, structures=(Structure(kind="spherical", contribution=0.9, ranges=(20.0, 20.0, 20.0)),))
    search = Search(passes=(Pass(ranges=(50.0, 50.0, 50.0), min_samples=1, max_samples=4, max_per_hole=2),))
    estimate(samples, values, samples[:1] + 1.0, variogram=variogram, search=search, holes=holes)
    lags = Lags(lag=5.0, count=3, bandwidth=10.0)
    directional(samples, values, holes, np.array([0.0, 1.0, 0.0]), lags)
    downhole(samples[:, 2], values, holes, lags)
    return f"kernels compiled by numba {numba.__version__}\n"


if __name__ == "__main__":
    compile_kernels()
