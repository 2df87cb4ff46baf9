"""A steep, smooth body with two domains, drilled by thirty holes."""

import numpy as np
import pandas as pd
import pytest

from scandia.domains.flag import code_intervals
from scandia.domains.settings import Domain, Domains, Implicit
from scandia.drillholes.desurvey import desurvey, locate
from scandia.geometry.minegrid import MineGrid, to_local, to_world

STEP = 0.05  # m; the log is read from the body at this step


class Body:
    """The truth: a dyke that swells and bends, `core` inside `rim`, and the holes through it."""

    mine_grid = MineGrid(azimuth=35.0, easting=440870.0, northing=6133665.0, y=450.0)
    domains = Domains(
        domains={
            "core": Domain(code=2, label="Core", lithology=("PFS",)),
            "rim": Domain(code=1, label="Rim", lithology=("OFS", "AFS")),
        },
        implicit=Implicit(azimuth=35.0, dip=90.0, ratios=(2.0, 2.0, 1.0), reach=60.0),
    )

    def codes(self, points):
        x, y, z = np.asarray(points).T
        centre = 8 * np.sin(y / 70) - 0.2 * (z + 100)
        half = 28 + 6 * np.cos(y / 60) - 0.06 * z
        across = np.abs(x - centre)
        return np.where(across < 0.4 * half, 2, np.where(across < half, 1, 0))

    def tables(self):
        rows = []
        for number, section in enumerate(np.arange(100, 451, 50.0)):
            for x, depth, dip in ((75, 210, -45), (110, 260, -50), (150, 310, -55), (190, 350, -60))[
                : 3 + number % 2 + number % 3 // 2
            ]:
                easting, northing = to_world(self.mine_grid, float(x), section + 2.5 * (-1) ** number)
                rows.append((f"H{len(rows) + 1:02d}", float(easting), float(northing), 0.0, float(depth), dip))
        collar = pd.DataFrame(rows, columns=["hole", "easting", "northing", "elevation", "depth", "dip"])
        survey = pd.concat(
            [collar.assign(depth=at, azimuth=305 + at / 60, dip=collar["dip"] + at / 50) for at in (0.0, 60.0, 150.0)]
        )
        return collar.drop(columns="dip"), survey[["hole", "depth", "azimuth", "dip"]]

    def logged(self, collar, stations):
        rows = []
        for hole, depth in zip(collar["hole"], collar["depth"], strict=True):
            at = np.arange(0, depth, STEP) + STEP / 2
            code = self.codes(self.local(stations, [hole] * at.size, at))
            edges = np.concatenate([[0], np.flatnonzero(np.diff(code)) + 1, [at.size]])
            names = np.array(["SYE", "OFS", "PFS"])[code[edges[:-1]]]
            rows += [(hole, a * STEP, b * STEP, name) for a, b, name in zip(edges[:-1], edges[1:], names, strict=True)]
        return pd.DataFrame(rows, columns=["hole", "from", "to", "lithology"])

    def local(self, stations, holes, depths):
        world = locate(stations, np.array(holes), np.array(depths))
        return np.column_stack([*to_local(self.mine_grid, world[:, 0], world[:, 1]), world[:, 2]])


@pytest.fixture(scope="session")
def body():
    return Body()


@pytest.fixture(scope="session")
def drilled(body):
    """Stations and coded intervals of the holes through the body."""
    collar, survey = body.tables()
    stations = desurvey(collar, survey)
    return stations, code_intervals(None, body.logged(collar, stations), collar, body.domains, [])
