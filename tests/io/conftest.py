"""A block model for the tests of its files."""

import numpy as np
import pytest

from scandia.blockmodel.dataset import attributes, new_parts
from scandia.blockmodel.grid import Grid
from scandia.domains.settings import Domain
from scandia.geometry.minegrid import MineGrid
from scandia.vocabulary import Class

GRID = Grid(
    (-30.0, 400.0, 380.0), (10.0, 20.0, 5.0), (6, 5, 8), MineGrid(azimuth=35.0, easting=440870.0, northing=6133665.0, y=450.0)
)
DOMAINS = {"olivine": Domain(code=1, label="O", lithology=("OFS",)), "pyroxène": Domain(code=7, label="P", lithology=("PFS",))}
DIMS = ("domain", "z", "y", "x")


@pytest.fixture
def model():
    """A rotated model whose values are their index, with a missing grade and codes of each kind."""
    index = np.arange(2 * 240).reshape(2, *GRID.shape)
    grade = index.astype(float)
    grade[0, 0, 0, :2] = np.nan
    flags = {"flag_values": np.array([-1, 0, 3], np.int8), "flag_meanings": "not_asked fine short"}
    parts = new_parts(GRID, DOMAINS, "EPSG:26920", "test", "made up").assign(
        {
            "sc": (DIMS, grade),
            "sc_samples": (DIMS, index.astype(np.int16)),
            "sc_reason": (DIMS, (index % 2 - 1).astype(np.int8), flags),
            "class": (DIMS, (index % len(Class)).astype(np.int8)),
            "ground": (DIMS[1:], np.ones(GRID.shape, np.float32)),
        }
    )
    return attributes(parts, {"sc": "g/t"}, labels={"sc": "Sc₂O₃"})
