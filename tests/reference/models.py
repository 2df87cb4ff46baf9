"""Short names for the variograms and searches of the reference cases."""

import numpy as np

from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram

FAR = (1e7, 1e7, 1e7)


def isotropic(kind, contribution, length, nugget=0.0):
    """A nugget and one structure with the same range in every direction."""
    return Variogram(nugget=nugget, structures=(Structure(kind=kind, contribution=contribution, ranges=(length,) * 3),))


def linear(nugget, slope):
    """``nugget + slope h``."""
    return isotropic("linear", slope, 1.0, nugget)


def nested(nugget, *structures, **angles):
    """A nugget and (kind, contribution, ranges) of each structure, all turned by the same angles."""
    named = (Structure(kind=kind, contribution=c, ranges=ranges, **angles) for kind, c, ranges in structures)
    return Variogram(nugget=nugget, structures=tuple(named))


def nearest(count):
    """A search that takes the nearest ``count`` samples, however far."""
    return Search(passes=(Pass(ranges=FAR, min_samples=1, max_samples=count),))


def all_of(samples):
    """A search that takes every sample, also of sets that outgrow the 128 which a configured search may ask for."""
    item = Pass(ranges=FAR, min_samples=1, max_samples=1)
    object.__setattr__(item, "max_samples", len(samples))
    return Search(passes=(item,))


def plane(x, y):
    """Points ``(n, 3)`` at elevation 0."""
    return np.column_stack([x, y, np.zeros(np.size(x))]).astype(float)


def gslib_table(path):
    """Columns by name, and the numbers ``(n, columns)``, of a GSLIB file."""
    lines = path.read_text().splitlines()
    count = int(lines[1].split()[0])
    numbers = np.array([line.split() for line in lines[2 + count :]], dtype=float)
    return dict(zip(lines[2 : 2 + count], numbers.T, strict=True))
