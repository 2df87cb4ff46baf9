"""Estimation chunk by chunk: the bits of the whole, in memory that does not grow with it."""

import tracemalloc

import numpy as np
import pytest

from scandia.blockmodel.grid import Grid
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid
from scandia.kriging import Boundaries, estimate, estimate_chunks
from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram

RNG = np.random.default_rng(3)
POINTS, GRADES, HOLES = RNG.uniform(0, 50, (300, 3)), RNG.lognormal(0, 1, 300), RNG.integers(0, 30, 300).astype(str)
GRID = Grid((0.3, 0.1, 0.7), (4.1, 3.3, 5.9), (12, 13, 9), MineGrid())
MASK = RNG.random(GRID.shape) < 0.6
COUNT = int(MASK.sum())
VARIOGRAM = Variogram(
    nugget=0.1, structures=(Structure(kind="spherical", contribution=0.9, ranges=(50.0, 30.0, 20.0), azimuth=20.0),)
)
SEARCH = Search(
    passes=(
        Pass(ranges=(14.0, 10.0, 8.0), min_samples=4, max_samples=12, max_per_hole=2),
        Pass(ranges=(30.0,) * 3, min_samples=2, max_samples=9),
    )
)
COMMON = {"variogram": VARIOGRAM, "search": SEARCH, "holes": HOLES, "discretisation": (2, 2, 2)}
DOMAINS = (np.where(POINTS[:, 0] > 25, "east", "west"), RNG.choice(["east", "west", "north"], COUNT))
CASES = {
    "plain": {},
    "turning": {"orientations": RNG.uniform([0, -90, -90], [360, 90, 90], (COUNT, 3))},
    "own points": {"inside": RNG.random((COUNT, 8)) < 0.6},
    "domains": {"domains": DOMAINS, "boundaries": Boundaries()},
    "drift": {"method": "external_drift", "drift": {"depth": (POINTS[:, 2], GRID.centres()[MASK.ravel()][:, 2])}},
}


@pytest.mark.parametrize("chunk", [1, 100, 10_000])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_chunks_have_the_bits_of_the_whole(case, chunk):
    if chunk == 1:
        case = case | {"search": Search(passes=SEARCH.passes[1:])}
    options = COMMON | case
    whole, seen = estimate(POINTS, GRADES, (GRID, MASK), **options), 0
    for part in estimate_chunks(POINTS, GRADES, (GRID, MASK), chunk=chunk, threads=2, **options):
        for name in whole.data_vars:
            expected = whole[name].values.ravel()[part["number"].values]
            assert expected.tobytes() == part[name].values.tobytes(), name
        assert part.attrs == whole.attrs
        assert np.array_equal(GRID.centres()[part["number"].values][:, 2], part["z"].values)
        seen += part.sizes["point"]
        if chunk == 1 and seen == 40:
            return
    assert seen == COUNT


def most_memory(count):
    points = RNG.uniform(0, 50, (count, 3))
    tracemalloc.start()
    for part in estimate_chunks(POINTS, GRADES, points, chunk=20_000, block_size=(4.0, 4.0, 4.0), **COMMON):
        assert part.sizes["point"] == 20_000
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_number_of_targets():
    few, many = most_memory(20_000), most_memory(100_000)
    assert few > 20_000 * 100  # results of a chunk are counted
    assert many < 1.5 * few + 100_000 * 24 * 2  # beside the points themselves


def test_faults_are_told_before_the_first_chunk():
    with pytest.raises(InputError, match="chunk is 0"):
        estimate_chunks(POINTS, GRADES, GRID, chunk=0, **COMMON)
    with pytest.raises(InputError, match="samples"):
        estimate_chunks(POINTS[:, :2], GRADES, GRID, **COMMON)
