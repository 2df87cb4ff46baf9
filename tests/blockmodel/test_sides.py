"""Sides of a solid: planes that are known are read with their strike and dip, wherever the mine grid points."""

from dataclasses import dataclass

import numpy as np
import pytest

from scandia.blockmodel.fractions import domain_cells
from scandia.blockmodel.grid import Grid
from scandia.blockmodel.sides import SIDES, side_readings
from scandia.domains.settings import Domain, Domains, Implicit
from scandia.errors import InputError, SettingError
from scandia.geometry.minegrid import MineGrid
from scandia.geometry.readings import Readings

DOMAINS = Domains(
    domains={name: Domain(code=code, label=name, lithology=(name,)) for code, name in enumerate(("ore", "dyke"), start=1)},
    implicit=Implicit(azimuth=0.0, dip=90.0, ratios=(1.0, 1.0, 1.0), reach=50.0),
    subcells=(4, 4, 4),
)
SOLID = {"ore": Readings(source="solid", rake=15.0)}


@dataclass(frozen=True)
class Slab:
    """An ore of 30 m between two parallel planes through a centre, in local coordinates; no dyke."""

    normal: np.ndarray
    names: tuple = ("outside", "ore", "dyke")

    def fields(self, points):
        ore = 15.0 - np.abs((np.asarray(points) - [100.0, 100.0, 100.0]) @ self.normal)
        return np.column_stack([-ore, ore, np.full(len(ore), -50.0)])


@dataclass(frozen=True)
class Codes:
    """The domains of a slab's points, and nothing else."""

    slab: Slab

    def domain_codes(self, points):
        return np.array([0, 1, 2], dtype=np.int8)[np.argmax(self.slab.fields(points), axis=1)]


def read(strike, dip, azimuth=0.0, settings=SOLID):
    """Readings of a slab with this local strike and dip, in a mine grid of this azimuth."""
    a, d = np.deg2rad([strike, dip])
    normal = np.array([np.cos(a) * np.sin(d), -np.sin(a) * np.sin(d), np.cos(d)])
    grid = Grid((0.0, 0.0, 0.0), (10.0, 8.0, 5.0), (20, 25, 40), MineGrid(azimuth=azimuth))
    solid = Slab(normal)
    fraction, ground, *_ = domain_cells(grid, Codes(solid), None, DOMAINS)
    return side_readings(solid, grid, fraction, ground, DOMAINS, settings), grid, normal


@pytest.mark.parametrize(("strike", "dip"), [(0.0, 60.0), (35.0, 80.0), (120.0, 25.0), (300.0, 45.0)])
@pytest.mark.parametrize("azimuth", [0.0, 35.0])
def test_both_sides_of_a_slab_have_its_strike_in_the_world_and_its_dip(strike, dip, azimuth):
    table, _, normal = read(strike, dip, azimuth)
    assert list(table.columns) == list(SIDES) and len(table) > 100 and (table["domain"] == "ore").all()
    np.testing.assert_allclose((table["azimuth"] - strike - azimuth + 180.0) % 360.0 - 180.0, 0.0, atol=1e-6)
    np.testing.assert_allclose(table["dip"], dip, atol=1e-6)
    assert (table["rake"] == 15.0).all()
    across = (table[["x", "y", "z"]].to_numpy() - 100.0) @ normal
    assert (np.abs(np.abs(across) - 15.0) < 12.0).all() and {-1.0, 1.0} == set(np.sign(across))


def test_the_end_of_the_reach_is_no_side():
    """A field that rises along x and is zero at x = 40: the domain is cut there, and ends at x = 155 for want of drilling."""

    @dataclass(frozen=True)
    class Ramp(Slab):
        def fields(self, points):
            rise = np.asarray(points)[:, 0] - 43.0
            return np.column_stack([-rise, rise, np.full(len(rise), -500.0)])

    grid = Grid((0.0, 0.0, 0.0), (10.0, 8.0, 5.0), (20, 4, 4), MineGrid())
    fraction = np.zeros((2, *grid.shape))
    fraction[0, :, :, 4], fraction[0, :, :, 5:15], fraction[0, :, :, 15] = 0.75, 1.0, 0.5
    table = side_readings(Ramp(np.zeros(3)), grid, fraction, np.ones(grid.shape), DOMAINS, SOLID)
    assert set(table["x"]) == {45.0} and len(table) == 16


def test_the_azimuth_of_the_settings_chooses_among_the_two_strikes():
    table, _, _ = read(0.0, 60.0, azimuth=35.0, settings={"ore": Readings(source="solid", azimuth=215.0)})
    np.testing.assert_allclose(table[["azimuth", "dip"]], [[215.0, 120.0]] * len(table), atol=1e-6)


def test_only_domains_that_ask_for_their_solid_are_read_and_one_without_sides_is_refused():
    assert read(0.0, 60.0, settings={})[0].empty
    assert read(0.0, 60.0, settings={"ore": Readings(file="a.csv")})[0].empty
    with pytest.raises(InputError, match="domain 'dyke' turn by its solid, but no side of it lies in the grid"):
        read(0.0, 60.0, settings={"dyke": Readings(source="solid")})


@pytest.mark.parametrize("given", [{"source": "solid", "file": "a.csv"}, {"source": "surface"}, {}])
def test_a_source_needs_its_file_and_no_other(given):
    with pytest.raises(SettingError, match="readings and surfaces need a file"):
        Readings(**given)
