"""A rotated, partly filled model whose values are their index, with holes and composites of hostile names."""

import numpy as np
import pandas as pd
import pytest

from scandia.blockmodel.dataset import attributes, new_parts
from scandia.blockmodel.grid import Grid
from scandia.domains.settings import Domain
from scandia.drillholes.desurvey import desurvey
from scandia.geometry.minegrid import MineGrid
from scandia.vocabulary import Class

HOLES = ("=1+1", "-7", "CL'1\" <b>", "007")  # a formula, a number, quotes and marks, leading zeros
DOMAINS = {"ore": Domain(code=1, label="Ore", lithology=("O",)), "waste_é": Domain(code=2, label="Waste", lithology=("W",))}


def make(azimuth):
    from scandia.io.exports.bundle import Bundle

    mine_grid = MineGrid(azimuth=azimuth, easting=440870.0, northing=6133665.0, x=500.0, y=450.0)
    grid = Grid((480.0, 400.0, 380.0), (10.0, 20.0, 5.0), (4, 3, 5), mine_grid)
    index = np.arange(60).reshape(grid.shape)
    full = (index % 3 > 0) & (index > 5)  # partly filled
    fraction = np.stack([0.5 * full, 0.25 * full * (index % 2)]).astype(float)
    sizes = ("z", "y", "x")
    codes = {"flag_values": np.array([0, 2, 3], np.int8), "flag_meanings": "estimated none few"}
    blocks = new_parts(grid, DOMAINS, "EPSG:26920", "test", "made up").assign(
        {
            "sc": (sizes, np.where(full, index.astype(float), np.nan)),
            "sc_samples": (sizes, index.astype(np.int16)),
            "sc_reason": (sizes, np.where(full, 0, 2).astype(np.int8), codes),
            "class": (sizes, np.where(full, index % len(Class), 0).astype(np.int8)),
            "tonnage": (sizes, fraction.sum(axis=0) * 3e3),
            "fraction": (("domain", *sizes), fraction),
        }
    )
    collar = pd.DataFrame({"hole": HOLES, "easting": 440870.25 + np.arange(4) * 50, "northing": 6133665.5, "elevation": 500.0})
    collar = collar.assign(depth=60.0, row=np.arange(2, 6))
    survey = pd.DataFrame({"hole": np.repeat(HOLES, 2), "depth": [0.0, 60.0] * 4, "azimuth": 305.0, "dip": [-60.0, -55.0] * 4})
    stations = desurvey(collar, survey.assign(row=np.arange(2, 10)))
    composites = pd.DataFrame({"hole": np.repeat(HOLES, 3), "from": [0.0, 3.0, 6.0] * 4, "to": [3.0, 6.0, 9.0] * 4})
    composites["domain"] = np.resize(["ore", "waste_é"], 12)
    composites["sc"] = np.where(np.arange(12) == 4, np.nan, np.arange(12) / 3)
    return Bundle(
        "Deposit", "EPSG:26920", mine_grid, collar, stations, attributes(blocks, {"sc": "g/t"}), composites, "SYNTHETIC: made up"
    )


@pytest.fixture(scope="session")
def bundle():
    return make(35.0)


@pytest.fixture(scope="session")
def upright():
    return make(0.0)
