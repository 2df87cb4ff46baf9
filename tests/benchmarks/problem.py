"""The benchmark problem: inclined holes on a 50 m grid, two-metre composites, a nested rotated model, blocks of 5 m.

Three grids: 20k and 200k blocks among 7,500 composites (set A), 1M among 30,000 (set B).
"""

import numpy as np

from scandia.blockmodel.grid import Grid
from scandia.geometry.anisotropy import isotropic_frame
from scandia.geometry.minegrid import MineGrid
from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram

ANGLES = {"azimuth": 35.0, "dip": -60.0, "rake": 0.0}  # GSLIB's 35, 0, -60
RADII, FEWEST, MOST = (150.0, 100.0, 50.0), 4, 24
VARIOGRAM = Variogram(
    nugget=0.1,
    structures=(
        Structure(kind="spherical", contribution=0.5, ranges=(60.0, 40.0, 15.0), **ANGLES),
        Structure(kind="spherical", contribution=0.4, ranges=(150.0, 90.0, 40.0), **ANGLES),
    ),
)
SEARCH = Search(passes=(Pass(ranges=RADII, min_samples=FEWEST, max_samples=MOST),), **ANGLES)
POINTS = {"block": (4, 4, 4), "point": (1, 1, 1)}
SETS = {"A": (10, 6, 11), "B": (20, 12, 12)}  # holes along x, holes along y, seed
GRIDS = {  # lower corner, count, set of composites
    "20k": ((150.0, 80.0, 60.0), (40, 25, 20), "A"),
    "200k": ((30.0, 20.0, 0.0), (80, 50, 50), "A"),
    "1M": ((25.0, 25.0, 5.0), (190, 110, 48), "B"),
}


def grid(name):
    """`Grid` of a name, and the name of its set of composites."""
    corner, count, owner = GRIDS[name]
    return Grid(corner, (5.0, 5.0, 5.0), count, MineGrid()), owner


def cut(count):
    """`Grid` of about ``count`` blocks: the volume of the 1M grid, cut finer or coarser."""
    whole, _ = grid("1M")
    extent = np.array(whole.size) * whole.count
    counts = np.rint(np.array(whole.count) * (count / np.prod(whole.count)) ** (1 / 3)).astype(int)
    return Grid(whole.origin, tuple(float(n) for n in extent / counts), tuple(int(n) for n in counts), whole.mine_grid)


def composites(name="A"):
    """Coordinates ``(n, 3)``, hole numbers and lognormal grades of a set, rounded to single precision as GSLIB reads them."""
    columns, rows, seed = SETS[name]
    points, holes = drill(columns, rows, seed)
    grades = np.exp(0.8 * normal_scores(points, seed) - 0.32)
    return points.astype(np.float32).astype(float), holes, grades.astype(np.float32).astype(float)


def drill(columns, rows, seed):
    """Coordinates ``(n, 3)`` and hole numbers of 125 composites in each of columns x rows holes towards N305, dipping by 70."""
    random, points = np.random.default_rng(seed), []
    for column, row in np.ndindex(columns, rows):
        x, y = 25.0 + 50.0 * column + random.uniform(-3, 3), 25.0 + 50.0 * row + random.uniform(-3, 3)
        bearing, dip = np.deg2rad(305.0 + random.uniform(-5, 5)), np.deg2rad(70.0 + random.uniform(-4, 4))
        depth = 2.0 * np.arange(125) + 1.0  # every hole ends 250 m below ground
        across = depth / np.tan(dip)
        points.append(np.column_stack([x + across * np.sin(bearing), y + across * np.cos(bearing), 250.0 - depth]))
    return np.concatenate(points), np.repeat(np.arange(columns * rows), 125)


def normal_scores(points, seed):
    """Nugget and one random field for each structure at the points ``(n, 3)``."""
    import gstools  # here, because the first call is measured without it

    score = np.sqrt(VARIOGRAM.nugget) * np.random.default_rng(seed + 1).standard_normal(len(points))
    for number, structure in enumerate(VARIOGRAM.structures):
        model = gstools.Spherical(dim=3, var=structure.contribution, len_scale=1.0)
        field = gstools.SRF(model, seed=seed + 7 * number, mode_no=1000)
        score = score + field(list((points @ frame_of(structure).T).T), mesh_type="unstructured")
    return score


def frame_of(structure):
    """Matrix ``(3, 3)`` to the frame in which a structure's range is 1; its axes point as GSLIB's, which fields depend on."""
    signs = np.array([[1.0], [-1.0], [-1.0]])
    return signs * isotropic_frame(structure.azimuth, structure.dip, structure.rake, structure.ranges)


def into_search(points):
    """Points in the frame in which the search ellipsoid is the unit sphere, for programs that search spheres only."""
    return points @ isotropic_frame(*ANGLES.values(), RADII).T
