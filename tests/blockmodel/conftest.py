"""A small rotated grid with two domains, and solids with known volume."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from scandia.blockmodel.grid import Grid
from scandia.domains.flag import code_intervals
from scandia.domains.settings import Domain, Domains, Implicit
from scandia.drillholes.desurvey import desurvey
from scandia.geometry.minegrid import MineGrid

MINE_GRID = MineGrid(azimuth=35.0, easting=440870.0, northing=6133665.0, x=0.0, y=450.0)


@dataclass(frozen=True)
class Sphere:
    """An analytic solid: code 1 in the sphere, 2 in a smaller one inside it."""

    centre: tuple
    radius: float
    core: float = 0.0

    def domain_codes(self, points):
        distance = np.linalg.norm(points - np.array(self.centre), axis=1)
        return np.where(distance < self.core, 2, np.where(distance < self.radius, 1, 0)).astype(np.int8)


@dataclass(frozen=True)
class SphereField(Sphere):
    """The same sphere as a field of distances, with an end of the world at `reach` from the centre; counts its evaluations."""

    reach: float = 1e9
    asked: tuple = ()

    codes = np.array([0, 1, 2], dtype=np.int8)

    def distance(self, points):
        return np.linalg.norm(points - np.array(self.centre), axis=1)

    def fields(self, points):
        if isinstance(self.asked, list):
            self.asked.append(len(points))
        distance = self.distance(points)
        return np.column_stack(
            [distance - self.radius, np.minimum(self.radius - distance, distance - self.core), self.core - distance]
        )

    def domain_codes(self, points):
        return np.where(self.distance(points) > self.reach, -1, super().domain_codes(points)).astype(np.int8)


@pytest.fixture(scope="session")
def sphere():
    return Sphere


@pytest.fixture(scope="session")
def sphere_field():
    return SphereField


@pytest.fixture(scope="session")
def mine_grid():
    return MINE_GRID


@pytest.fixture(scope="session")
def grid():
    return Grid((-30.0, 400.0, 380.0), (10.0, 20.0, 5.0), (6, 5, 8), MINE_GRID)


@pytest.fixture(scope="session")
def domains():
    return Domains(
        domains={
            "core": Domain(code=2, label="Core", lithology=("PFS",), estimate=False),
            "rim": Domain(code=1, label="Rim", lithology=("OFS",)),
        },
        implicit=Implicit(azimuth=35.0, dip=90.0, ratios=(1.0, 1.0, 1.0), reach=100.0),
    )


@pytest.fixture(scope="session")
def layers(domains):
    """Coded intervals and stations of sixteen upright holes through two folded layers."""
    collar = pd.DataFrame(
        [(f"H{i}{j}", 25.0 * i, 25.0 * j, 0.0, 100.0) for i in range(4) for j in range(4)],
        columns=["hole", "easting", "northing", "elevation", "depth"],
    )
    survey = collar.assign(depth=0.0, azimuth=0.0, dip=-90.0)[["hole", "depth", "azimuth", "dip"]]
    top = 20 + 8 * np.sin(collar["easting"] / 30) + 6 * np.cos(collar["northing"] / 25)
    marks = [0 * top, top, top + 15, top + 45, collar["depth"]]
    rows = [
        collar.assign(**{"from": a, "to": b, "lithology": name})
        for a, b, name in zip(marks[:-1], marks[1:], ("SY", "OFS", "PFS", "SY"), strict=True)
    ]
    intervals = code_intervals(None, pd.concat(rows), collar, domains, [])
    return intervals, desurvey(collar, survey)
