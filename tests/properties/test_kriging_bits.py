"""The same bits, however the work is split: threads, chunks, pieces, tiles, shares and the order of the rows."""

import numpy as np
import pytest

from scandia.blockmodel.grid import Grid
from scandia.geometry.minegrid import MineGrid
from scandia.kriging import HighGrade, cross_validate, estimate, layout, list_weights
from scandia.kriging import run as shares
from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram

GRID = Grid((0.0, 0.0, 0.0), (5.0, 4.0, 6.0), (16, 11, 7), MineGrid())
COUNT = int(np.prod(GRID.count))
RNG = np.random.default_rng(11)
POINTS, GRADES, HOLES = RNG.uniform(0, 70, (500, 3)), RNG.lognormal(0, 1, 500), RNG.integers(0, 50, 500).astype(str)
ANGLES = RNG.uniform([0, -90, -90], [360, 90, 90], (COUNT, 3))
INSIDE = RNG.random((COUNT, 4)) < 0.6
DRIFT = {"depth": (POINTS[:, 2] ** 2, GRID.centres()[:, 2] ** 2)}


def variogram(*kinds):
    structures = tuple(
        Structure(kind=kind, contribution=0.4, ranges=(60.0, 35.0 + k, 15.0), azimuth=35.0, dip=60.0, rake=20.0 * k)
        for k, kind in enumerate(kinds)
    )
    return Variogram(nugget=0.1, structures=structures)


FIRST = Pass(
    ranges=(18.0, 14.0, 9.0), min_samples=5, max_samples=12, max_per_hole=2, max_per_octant=2, min_octants=4, min_holes=3
)
SECOND = Pass(ranges=(60.0, 20.0, 20.0), min_samples=3, max_samples=16, max_per_octant=3, azimuth=90.0, dip=0.0, rake=0.0)
LAST = Pass(ranges=(90.0, 90.0, 90.0), min_samples=1, max_samples=13)
MANY = {"search": Search(passes=(FIRST, SECOND, LAST), azimuth=35.0, dip=60.0, rake=20.0)}
PLAIN = {"search": Search(passes=(Pass(ranges=(25.0, 20.0, 12.0), min_samples=2, max_samples=16),), azimuth=35.0)}
BLOCKS = {"discretisation": (2, 2, 1)}
HIGH = HighGrade(threshold=2.0, ranges=(10.0, 8.0, 5.0), action="drop", reason="outliers", name="QP")

CASES = {
    "points": PLAIN | {"variogram": variogram("spherical")},
    "blocks": MANY | BLOCKS | {"variogram": variogram("spherical", "exponential")},
    "turning blocks": MANY | BLOCKS | {"variogram": variogram("matern", "cubic"), "orientations": ANGLES},
    "own points": PLAIN | BLOCKS | {"variogram": variogram("gaussian", "linear"), "inside": INSIDE},
    "linear drift": MANY | {"variogram": variogram("exponential"), "method": "linear_drift"},
    "external drift": PLAIN | {"variogram": variogram("spherical"), "method": "external_drift", "drift": DRIFT},
    "rescaled": MANY | {"variogram": variogram("cubic"), "negative_weights": "zero_and_rescale"},
    "high grades dropped": MANY | {"variogram": variogram("spherical"), "high_grade": {"value": HIGH}},
    "inverse distance": MANY | {"method": "inverse_distance", "power": 2.5},
}
ALL = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def run(case, targets=GRID, **options):
    return estimate(POINTS, GRADES, targets, holes=HOLES, **(case | options))


def assert_same_bits(one, other, where=slice(None)):
    for name in one.data_vars:
        expected, got = one[name].values.ravel()[where], other[name].values.ravel()[where]
        assert expected.tobytes() == got.tobytes(), name


def parts(case, targets, numbers):
    """The options of some of the targets."""
    own = {name: case[name][numbers] for name in ("orientations", "inside") if name in case}
    if "drift" in case:
        own["drift"] = {name: (at_samples, at[numbers]) for name, (at_samples, at) in case["drift"].items()}
    return own


@ALL
def test_threads_change_no_bit(case, monkeypatch):
    monkeypatch.setattr(shares, "TILES", 13)
    one = run(case)
    assert np.isfinite(one["value"].values).mean() > 0.3
    for threads in (2, 4):
        assert_same_bits(one, run(case, threads=threads))


@ALL
def test_chunks_of_a_grid_change_no_bit(case):
    whole, numbers = run(case), np.arange(COUNT)
    for count in (7, 64):
        for mine in (numbers % count == 3, numbers * count // COUNT == count - 2):
            mask = mine.reshape(GRID.shape)
            assert_same_bits(whole, run(case, (GRID, mask), **parts(case, GRID, mine)), mine)


@ALL
def test_chunks_of_points_change_no_bit(case):
    points = GRID.centres()
    options = {"block_size": GRID.size} if "discretisation" in case else {}
    whole = run(case, points, **options)
    assert_same_bits(run(case), whole)
    for count in (7, 64):
        for mine in np.array_split(np.random.default_rng(count).permutation(COUNT), count)[:: count // 3]:
            some = run(case, points[mine], **options, **parts(case, GRID, mine))
            for name in whole.data_vars:
                assert whole[name].values[mine].tobytes() == some[name].values.tobytes(), name


@ALL
def test_the_sizes_of_pieces_tiles_and_shares_change_no_bit(case, monkeypatch):
    whole = run(case)
    for piece, tile, share in ((1 << 17, 1, 512), (100, 8, 1), (1, 4, 3), (333, 2, 7), (1 << 17, 5, 2)):
        monkeypatch.setattr(layout, "PIECE", piece)
        monkeypatch.setattr(layout, "TILE", tile)
        monkeypatch.setattr(shares, "TILES", share)
        assert_same_bits(whole, run(case))


@ALL
def test_the_order_of_the_rows_changes_no_bit(case):
    whole, order = run(case), np.random.default_rng(5).permutation(len(POINTS))
    own = case | {"drift": {name: (at[order], there) for name, (at, there) in case["drift"].items()}} if "drift" in case else case
    assert_same_bits(whole, estimate(POINTS[order], GRADES[order], GRID, holes=HOLES[order], **own))


def test_the_order_of_the_targets_changes_no_bit():
    points, order = GRID.centres(), np.random.default_rng(6).permutation(COUNT)
    whole, other = run(CASES["blocks"], points, block_size=GRID.size), run(CASES["blocks"], points[order], block_size=GRID.size)
    for name in whole.data_vars:
        assert whole[name].values[order].tobytes() == other[name].values.tobytes(), name


def test_variables_together_are_the_same_bits_as_alone():
    together = estimate(POINTS, {"a": GRADES, "b": GRADES[::-1]}, GRID, holes=HOLES, **CASES["blocks"])
    assert together["a"].values.tobytes() == run(CASES["blocks"])["value"].values.tobytes()
    alone = estimate(POINTS, {"b": GRADES[::-1]}, GRID, holes=HOLES, **CASES["blocks"])
    assert together["b_inverse_distance"].values.tobytes() == alone["b_inverse_distance"].values.tobytes()


def test_cross_validation_and_weights_do_not_depend_on_threads_or_rows():
    options = {"variogram": variogram("spherical", "matern")} | MANY
    one = cross_validate(POINTS, GRADES, HOLES, leave="hole", **options)
    assert one.equals(cross_validate(POINTS, GRADES, HOLES, leave="hole", threads=4, **options))
    order = np.random.default_rng(7).permutation(len(POINTS))
    listed = list_weights(POINTS, GRADES, GRID.centres()[:40], holes=HOLES, **options)
    other = list_weights(POINTS[order], GRADES[order], GRID.centres()[:40], holes=HOLES[order], **options)
    other["sample"] = order[other["sample"]]
    assert listed.equals(other.sort_values(["target", "sample"], ignore_index=True))
