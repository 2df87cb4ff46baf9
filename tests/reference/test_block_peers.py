"""Block kriging in moving neighbourhoods equals krigekit, boitata and a dense solve, run live on one problem."""

import importlib.metadata
import importlib.util
import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from scandia.geometry.discretisation import regular_offsets
from scandia.geometry.rotation import rotation_matrix
from scandia.kriging import estimate
from scandia.kriging.search import Pass, Search

models = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("models.py"))))
ANGLES = {"azimuth": 35.0, "dip": 60.0, "rake": 0.0}
NUGGET = 0.1
STRUCTURES = (("spherical", 0.5, (60.0, 40.0, 16.0)), ("spherical", 0.4, (150.0, 100.0, 40.0)))  # one anisotropy: boitata has one
RADII, MOST, FEWEST = (150.0, 100.0, 50.0), 24, 4
SUPPORTS = {"block": ((4, 4, 4), (5.0, 5.0, 5.0)), "point": ((1, 1, 1), (0.0, 0.0, 0.0))}
DATA = "1,000 composites of 20 holes, SYNTHETIC"
WHAT = {
    "block": "ordinary, 300 blocks of 5 m with 4 × 4 × 4 points, nearest 24 of a rotated ellipsoid",
    "point": "ordinary, 300 points, nearest 24 of a rotated ellipsoid",
}


@pytest.fixture(scope="module")
def problem():
    """Composites of inclined holes on a 50 m grid, their grades, and 300 targets among them."""
    rng = np.random.default_rng(3)
    depth, holes = 2.0 * np.arange(50) + 1.0, []
    for column, row in np.ndindex(5, 4):
        bearing, dip = np.deg2rad(305 + rng.uniform(-5, 5)), np.deg2rad(70 + rng.uniform(-4, 4))
        x = 25 + 50 * column + rng.uniform(-3, 3) + depth * np.cos(dip) * np.sin(bearing)
        y = 25 + 50 * row + rng.uniform(-3, 3) + depth * np.cos(dip) * np.cos(bearing)
        holes.append(np.column_stack([x, y, 100.0 - depth * np.sin(dip)]))
    points = np.concatenate(holes)
    grades = np.exp(0.8 * rng.standard_normal(len(points)) - 0.32)
    return points, grades, rng.uniform([0, 0, 0], [240, 190, 100], (300, 3))


@pytest.fixture(scope="module", params=["block", "point"])
def solved(problem, request):
    """The support, and our estimates and variances."""
    discretisation, size = SUPPORTS[request.param]
    search = Search(passes=(Pass(ranges=RADII, min_samples=FEWEST, max_samples=MOST),), **ANGLES)
    options = {"variogram": models.nested(NUGGET, *STRUCTURES, **ANGLES), "search": search}
    got = estimate(*problem, discretisation=discretisation, block_size=size, **options)
    assert (got["samples"] == MOST).any()
    return request.param, got["value"].to_numpy(), got["variance"].to_numpy()


def both(compare, solved, answer, *, nugget_stays=False, more="", **about):
    """Estimates and variances compared; ``nugget_stays`` is on the diagonal of a block, which adds nugget / points."""
    support, estimates, variances = solved
    about, what = about | {"data": DATA}, WHAT[support] + more
    compare(estimates, answer[0], compared=f"estimate, {what}", **about)
    moved = NUGGET / np.prod(SUPPORTS[support][0]) if nugget_stays and support == "block" else 0.0
    plus = " and nugget / 64" if moved else ""
    compare(variances + moved, answer[1], compared=f"variance{plus}, {what}", **about)
    if moved:
        about |= {"tolerance": moved + about["tolerance"], "why": "it leaves the nugget on the block's diagonal: nugget / 64"}
        compare(variances, answer[1], compared=f"variance, {what}", **about)


def test_boitata(problem, solved, compare):
    boitata = pytest.importorskip("boitata", reason="boitata, the extra `peers`, is not installed")
    points, grades, targets = problem
    discretisation, size = SUPPORTS[solved[0]]
    turned = (ANGLES["azimuth"], ANGLES["rake"], ANGLES["dip"])  # azimuth and dip of the major axis, then the turn about it
    longest = STRUCTURES[0][2]
    variogram = boitata.Variogram(
        [boitata.Structure(kind, c, ranges[0]) for kind, c, ranges in STRUCTURES],
        nugget=NUGGET,
        rotation=turned,
        ratios=(longest[1] / longest[0], longest[2] / longest[0]),
    )
    ratios = (RADII[1] / RADII[0], RADII[2] / RADII[0])
    search = boitata.Search(RADII[0], max_samples=MOST, min_samples=FEWEST, ratios=ratios, rotation=turned)
    if solved[0] == "block":
        kriging = boitata.BlockKriging(variogram, search, size, discretization=discretisation)
    else:
        kriging = boitata.OrdinaryKriging(variogram, search)
    answer = kriging.fit(points, grades).predict(targets, return_variance=True)
    both(compare, solved, answer, program=f"boitata {boitata.__version__}, live", tolerance=1e-10, why="")


@pytest.mark.parametrize("analytic", [True, False])
def test_krigekit(problem, solved, analytic, compare):
    krigekit = pytest.importorskip(
        "krigekit", reason="krigekit, the extra `peers`, is not installed: it has no wheel for every machine"
    )
    points, grades, targets = problem
    discretisation, size = SUPPORTS[solved[0]]
    axes = rotation_matrix(**ANGLES) / np.array(RADII)[:, None]  # to where the search is the unit sphere and the major axis is x
    kriging = krigekit.Kriging(ndim=3, nvar=1, verbose=False, varying_vgm=analytic)
    kriging.set_obs(ivar=1, coord=points @ axes.T, value=grades)
    if solved[0] == "block":
        inner = (targets[:, None] + regular_offsets(size, discretisation)) @ axes.T
        counts = np.full(len(targets), inner.shape[1], np.int32)
        kriging.set_grid_block(coord=inner.reshape(-1, 3), block_type=1, nblockpnt=counts)
    else:
        kriging.set_grid(coord=targets @ axes.T)
    kriging.set_vgm(1, 1, "nug", nugget=NUGGET, sill=0.0, a_major=1.0)
    for _, c, ranges in STRUCTURES:
        major, semi, minor = np.array(ranges) / RADII
        kriging.set_vgm(1, 1, "sph", nugget=0.0, sill=c, a_major=major, a_minor1=semi, a_minor2=minor, azimuth=90.0)
    kriging.set_search(ivar=1, nmax=MOST, maxdist=1.0)
    kriging.solve(nthread=1)
    answer = [np.ravel(numbers) for numbers in kriging.get_results()]
    program = f"krigekit {importlib.metadata.version('krigekit')}, live"
    if analytic:
        both(compare, solved, answer, program=program, nugget_stays=True, tolerance=1e-10, why="")
    else:
        why, more = "it interpolates covariances from a table, off by up to 4e-7", ", its table of covariances"
        both(compare, solved, answer, program=program, nugget_stays=True, tolerance=1e-5, why=why, more=more)


@pytest.mark.parametrize("block", [True, False])
def test_the_dense_solve_of_the_benchmark(shared_data, block, compare):
    spec = importlib.util.spec_from_file_location("reference_problem", shared_data.parent / "bench" / "problem.py")
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    points, holes = bench.holes(10, 6, 11)
    values = np.random.default_rng(0).lognormal(size=len(points))
    targets = np.random.default_rng(1).uniform([30, 20, 0], [430, 270, 250], (60, 3))
    answer = bench.truth(points, values, targets, block=block)
    angles = {"azimuth": 35.0, "dip": -60.0}  # GSLIB's 35, 0, -60
    structures = [("spherical", c, ranges) for c, ranges in bench.STRUCT]
    search = Search(passes=(Pass(ranges=bench.SRCH, min_samples=bench.NMIN, max_samples=bench.NMAX),), **angles)
    options = {"variogram": models.nested(bench.NUG, *structures, **angles), "search": search, "holes": holes}
    discretisation = bench.NDISC if block else (1, 1, 1)
    got = estimate(points, values, targets, discretisation=discretisation, block_size=(bench.BS,) * 3, **options)
    about = {
        "program": "dense NumPy solve of the benchmark",
        "data": "7,500 composites of 60 holes, SYNTHETIC",
        "tolerance": 1e-9,
        "why": "",
    }
    support = "5 m blocks of 4 × 4 × 4 points" if block else "points"
    what = f"ordinary, {support}, nearest 4 to 24 of a rotated ellipsoid, two anisotropies"
    compare(got["value"], answer[0], compared=f"estimate, {what}", **about)
    compare(got["variance"], answer[1], compared=f"variance, {what}", **about)
