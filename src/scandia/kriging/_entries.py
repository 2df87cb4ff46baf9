"""The two compiled functions that Python calls, cached once per machine and source: the choice of samples, and the systems."""

import hashlib
import inspect

from scandia.kriging import _choose, _covariance, _eight, _krige, _lanes, _search, _system, _tiles
from scandia.kriging._krige import make_solve_range
from scandia.kriging._tiles import make_choose_range


def source_stamp(*modules):
    """Integer that changes with the source text of any of the modules."""
    text = "".join(inspect.getsource(module) for module in modules)
    return int(hashlib.sha256(text.encode()).hexdigest()[:15], 16)


# Numba's cache looks at the file of the function alone, so a change in a kernel of another file would go unseen. The stamp is a
# closure variable, and those are part of the key.
choose_range = make_choose_range(source_stamp(_choose, _eight, _lanes, _search, _tiles))
solve_range = make_solve_range(source_stamp(_covariance, _eight, _krige, _lanes, _system))
