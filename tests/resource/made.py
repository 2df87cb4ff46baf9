"""A made block model with all that an estimate leaves: several domains, gaps, holes in the grid, and columns of any size."""

import numpy as np
import pandas as pd

from scandia.blockmodel.dataset import attributes, new_parts
from scandia.blockmodel.grid import Grid
from scandia.domains.settings import Domain
from scandia.geometry.minegrid import MineGrid
from scandia.vocabulary import Reason

DIMS = ("domain", "z", "y", "x")
UNITS = {"scandium": "g/t", "copper": "%"}
DOMAINS = {"ore": 1, "halo": 2, "barren": 5}
WHOLE = {"samples": 31, "holes": 8, "pass": 4}  # to less than these


def made_parts(count=(11, 7, 9), *, variables=("scandium", "copper"), domains=("ore", "halo", "barren"), seed=0):
    """Parts of a rotated grid of ``count`` blocks along x, y, z; nothing was estimated in the last domain of three."""
    grid = Grid((-30.0, 400.0, 380.0), (10.0, 20.0, 5.0), count, MineGrid(azimuth=35.0, easting=440870.0, northing=6133665.0))
    kinds = {name: Domain(code=DOMAINS[name], label=name.title(), lithology=(name,)) for name in domains}
    parts = new_parts(grid, kinds, "EPSG:26920", "Made up", "made up")
    shape, random = (len(domains), *grid.shape), np.random.default_rng(seed)
    ground = np.where(random.random(grid.shape) < 0.1, random.random(grid.shape), 1.0)
    share = np.where(random.random(grid.shape) < 0.6, 1.0, random.random(grid.shape))
    fraction = np.zeros(shape)
    np.put_along_axis(fraction, random.integers(0, len(domains), (1, *grid.shape)), (share * ground)[None], axis=0)
    fraction[0] += np.where(share < 0.5, ground - fraction.sum(axis=0), 0.0) * (random.random(grid.shape) < 0.5)
    fraction[1, -grid.shape[0] // 3 :] = fraction[0, :1] = 0.0  # slabs without one of the domains
    density = np.where(fraction > 0, 2.5 + 0.1 * np.arange(len(domains))[:, None, None, None] + random.random(shape), np.nan)
    columns = {"fraction": fraction, "density": density, "tonnage": np.where(fraction > 0, fraction * grid.volume * density, 0.0)}
    asked = fraction > 0
    asked[2:] = False
    for variable in variables:
        columns |= _estimate(variable, asked & (random.random(shape) < 0.9), asked, random)
    parts = parts.assign({name: (DIMS, values) for name, values in columns.items()})
    return attributes(parts.assign(ground=(DIMS[1:], ground)), {name: UNITS[name] for name in variables})


def made_composites(seed=1):
    """Declustered composites of some holes among the blocks, some without a grade."""
    random = np.random.default_rng(seed)
    places = {"x": random.uniform(-30, 80, 60), "y": random.uniform(400, 540, 60), "z": random.uniform(380, 425, 60)}
    grades = {name: random.lognormal(1.0, 0.8, 60) for name in UNITS}
    grades["copper"][::7] = np.nan
    weights = {"length": random.uniform(1.0, 3.0, 60), "weight": random.uniform(0.2, 2.0, 60)}
    table = pd.DataFrame({"domain": np.where(random.random(60) < 0.6, "ore", "halo"), **places, **weights, **grades})
    return table.assign(hole=[f"H{number}" for number in random.integers(0, 12, 60)])


def _estimate(variable, done, asked, random):
    shape = done.shape
    codes = {name: np.where(done, random.integers(1, top, shape), 0).astype(np.int16) for name, top in WHOLE.items()}
    columns = {
        "": random.lognormal(1.0, 1.0, shape) - 0.3,
        "_nearest": random.lognormal(1.0, 1.2, shape),
        "_inverse_distance": random.lognormal(1.0, 1.0, shape),
        "_variance": random.random(shape),
        "_lagrange": 0.01 * random.random(shape),
        "_negative_weights": -np.maximum(random.normal(size=shape), 0.0),
        "_slope": random.random(shape) + 0.1,
        "_efficiency": random.random(shape) - 0.2,
        "_nearest_distance": 40.0 * random.random(shape),
        "_mean_distance": 90.0 * random.random(shape),
    }
    reason = np.where(done, Reason.ESTIMATED, np.where(asked, Reason.TOO_FEW_HOLES, Reason.OUTSIDE)).astype(np.int8)
    reason[2:] = -1  # nobody asked
    named = {f"{variable}{suffix}": np.where(done, values, np.nan) for suffix, values in columns.items()}
    return named | {f"{variable}_{name}": code for name, code in codes.items()} | {f"{variable}_reason": reason}
