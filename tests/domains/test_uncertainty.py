"""How far a volume is known: the jackknife on bodies whose volumes are known, by all points and by a draw of them."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from scandia.blockmodel.grid import Grid
from scandia.domains import uncertainty
from scandia.geometry.minegrid import MineGrid

GROUPS = 5
HALF = np.array([20.0, 22.0, 19.0, 21.0, 20.5])  # m, half width of the body without each group


class Plate:
    """A level plate of a half width around z = 0, 100 m x 100 m: host rock outside, one domain inside."""

    names, codes, priorities, reach = ("host", "ore"), np.array([0, 1]), np.array([0, 0]), 1e9

    def __init__(self, half):
        self.half = half

    def distance(self, points):
        return np.zeros(len(points))

    def fields(self, points):
        inside = self.half - np.abs(points[:, 2])
        return np.column_stack([-inside, inside])


@pytest.fixture
def jackknife(monkeypatch):
    """A function that returns the row of the plate's domain, by points 1 m apart."""
    halves = iter([])
    monkeypatch.setattr(uncertainty, "fit_solid", lambda *_: Plate(next(halves)))

    def run():
        nonlocal halves
        halves = iter(HALF)
        grid = Grid((-30.0, 20.0, -50.0), (1.0, 1.0, 1.0), (80, 30, 100), MineGrid())
        volumes = np.where(grid.centres()[:, 0] < 0, 1.0, 0.5)
        domains = SimpleNamespace(implicit=SimpleNamespace(uncertainty_groups=GROUPS))
        intervals = pd.DataFrame({"hole": [f"H{n}" for n in range(2 * GROUPS)]})
        return uncertainty.volume_uncertainty(Plate(20.0), intervals, None, domains, None, grid, volumes).iloc[0]

    return run


def expected():
    area = 30 * (30 + 0.5 * 50)
    volumes, whole = 2 * np.round(HALF - 0.001) * area, 40.0 * area
    bias = (GROUPS - 1) * (volumes.mean() - whole)
    error = np.sqrt((GROUPS - 1) / GROUPS * ((volumes - volumes.mean()) ** 2).sum())
    return whole, bias, error


def test_the_jackknife_of_plates_is_that_of_their_volumes(jackknife):
    row, (whole, bias, error) = jackknife(), expected()
    assert row["volume_bias"] == pytest.approx(bias)
    assert row["volume_error"] == pytest.approx(error)
    assert (row["volume_low"], row["volume_high"]) == pytest.approx((whole - bias - 2 * error, whole - bias + 2 * error))


def test_of_very_many_points_a_draw_stands_for_all(jackknife, monkeypatch):
    every = jackknife()
    monkeypatch.setattr(uncertainty, "MOST_POINTS", 100_000)
    drawn, again = jackknife(), jackknife()
    assert drawn.equals(again)
    assert not drawn.equals(every)
    assert drawn["volume_error"] == pytest.approx(every["volume_error"], rel=0.1)
    # the share of a draw is off by 0.3 % (one standard deviation), and the bias multiplies what its groups do by four
    assert drawn["volume_low"] == pytest.approx(every["volume_low"], rel=5 * 0.003)


def test_blocks_beyond_reach_and_above_ground_are_not_drawn(monkeypatch):
    """Of three thousand blocks, 10 x 10 in a layer, the lowest ten layers lie within reach and half of them below ground."""
    grid = Grid((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (10, 10, 30), MineGrid())
    solid = SimpleNamespace(reach=10.0, distance=lambda points: points[:, 2])
    volumes = np.where(grid.centres()[:, 0] < 5, 0.5, 0.0)
    points, found = uncertainty._drawn(solid, grid, volumes)
    assert len(points) == 500 and points[:, 2].max() == 9.5 and points[:, 0].max() == 4.5 and found.sum() == 250.0
    monkeypatch.setattr(uncertainty, "MOST_POINTS", 100)
    monkeypatch.setattr(uncertainty, "CHUNK", 33)
    some, found = uncertainty._drawn(solid, grid, volumes)
    assert len(some) == 100 and {tuple(point) for point in some} <= {tuple(point) for point in points}
    assert found.sum() == pytest.approx(250.0)
