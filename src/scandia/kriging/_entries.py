"""The two compiled functions that Python calls: the choice of samples, and the systems."""

from scandia import vocabulary
from scandia.compiled import cached, source_stamp
from scandia.kriging import (
    _average,
    _buffers,
    _choose,
    _covariance,
    _eight,
    _holes,
    _krige,
    _lanes,
    _search,
    _sets,
    _system,
    _tiles,
)
from scandia.kriging._buffers import OPTIONS
from scandia.kriging._krige import make_solve_range
from scandia.kriging._tiles import make_choose_range

choose_range = cached(**OPTIONS)(
    make_choose_range(source_stamp(_buffers, _choose, _eight, _holes, _lanes, _search, _tiles, vocabulary))
)
solve_range = cached(**OPTIONS)(
    make_solve_range(source_stamp(_average, _buffers, _covariance, _eight, _krige, _lanes, _sets, _system, vocabulary))
)
