"""A row of block parts along x, small enough to work out by hand."""

import numpy as np
import pytest

from scandia.blockmodel.dataset import new_parts
from scandia.blockmodel.grid import Grid
from scandia.domains.settings import Domain
from scandia.geometry.minegrid import MineGrid

DIMS = ("domain", "z", "y", "x")
DENSITY = 2.0  # t/m3: a whole block of 10 x 10 x 5 m weighs 1000 t


def build_parts(columns, *, variables=("grade",), units="g/t"):
    """Parts of domain to name to one value per block along x; what is not given is an unremarkable estimate."""
    count = len(next(iter(columns.values()))["fraction"])
    grid = Grid((0.0, 0.0, 0.0), (10.0, 10.0, 5.0), (count, 1, 1), MineGrid())
    domains = {name: Domain(code=code, label=name.title(), lithology=(name,)) for code, name in enumerate(columns, start=1)}
    parts = new_parts(grid, domains, "EPSG:26920", "Row of blocks", None)
    names = dict.fromkeys(name for own in columns.values() for name in own)
    for variable in variables:
        names |= dict.fromkeys([variable, f"{variable}_nearest", f"{variable}_inverse_distance", f"{variable}_variance"])
    for name in names:
        values = np.array([_column(own, name, count) for own in columns.values()])[:, None, None, :]
        parts[name] = (DIMS, values, {"units": units if name in variables else "1"})
    fraction = parts["fraction"].values
    density = np.where(fraction > 0, DENSITY, np.nan)
    return parts.assign(density=(DIMS, density), tonnage=(DIMS, np.where(fraction > 0, fraction * 500.0 * DENSITY, 0.0)))


def _column(own, name, count):
    if name in own:
        return np.asarray(own[name], dtype=float)
    for suffix in ("_nearest", "_inverse_distance"):
        if name.endswith(suffix):
            return _column(own, name.removesuffix(suffix), count)
    return np.full(count, 1.0 if name.endswith("_variance") else np.nan)


@pytest.fixture(scope="session")
def make_parts():
    """The function that builds a row of block parts."""
    return build_parts
