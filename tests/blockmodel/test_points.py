"""The points of a part: those that its fraction counts, through a file and back."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from scandia.blockmodel.dataset import new_parts, with_fractions
from scandia.blockmodel.fractions import domain_cells, domain_fractions
from scandia.blockmodel.grid import Grid
from scandia.blockmodel.points import own_points, with_own_points
from scandia.geometry.minegrid import MineGrid
from scandia.geometry.surface import Surface
from scandia.io.netcdf import content_hash, read_dataset, write_dataset

GRID = Grid((-60.0, -60.0, -60.0), (20.0, 20.0, 10.0), (6, 6, 12), MineGrid())
SUBCELLS = (3, 4, 2)


@pytest.fixture
def ball(sphere):
    return sphere((1.3, -2.1, 0.7), 50.0, 30.0)


def cells_of(ball, domains, surface=None):
    domains = replace(domains, subcells=SUBCELLS)
    fraction, ground, packed, _ = domain_cells(GRID, ball, surface, domains)
    parts = with_fractions(new_parts(GRID, domains.domains, "EPSG:26920", "test"), fraction, ground)
    return with_own_points(parts, packed, SUBCELLS)


def every(parts, number):
    return own_points(parts, number, np.ones(GRID.shape, dtype=bool), SUBCELLS)[:]


def test_a_point_counts_where_the_solid_has_the_domain(ball, domains):
    parts = cells_of(ball, domains)
    codes = ball.domain_codes((GRID.centres()[:, None] + GRID.offsets(SUBCELLS)).reshape(-1, 3)).reshape(-1, 24)
    for number, code in enumerate(parts["domain_code"].values):
        np.testing.assert_array_equal(every(parts, number), codes == code)
        np.testing.assert_allclose(every(parts, number).mean(axis=1), parts["fraction"].values[number].ravel(), atol=1e-12)


def test_a_part_has_a_point_if_and_only_if_it_has_a_fraction_also_under_the_ground(ball, domains):
    wide = np.array([-500.0, 0.0, 500.0])
    ground = Surface(wide, wide, np.array([[-2.0, 3.0, 8.0]] * 3))
    parts = cells_of(ball, domains, ground)
    fraction, _ = domain_fractions(GRID, ball, ground, replace(domains, subcells=SUBCELLS))
    np.testing.assert_array_equal(parts["fraction"].values, fraction)
    assert ((fraction > 0) & (fraction < 1)).any()
    points = (GRID.centres()[:, None] + GRID.offsets(SUBCELLS)).reshape(-1, 3)
    below = points[:, 2] - 2.5 < 3.0 + points[:, 0] / 100.0  # the lower face of the sub-cell
    for number, code in enumerate(parts["domain_code"].values):
        np.testing.assert_array_equal(every(parts, number).any(axis=1), fraction[number].ravel() > 0)
        np.testing.assert_array_equal(every(parts, number).ravel(), (ball.domain_codes(points) == code) & below)


def test_points_survive_a_file_for_every_reader(ball, domains, tmp_path):
    parts = cells_of(ball, domains)
    assert (parts["own_points"] == 255).any()  # what another code would take for missing
    write_dataset(parts, tmp_path / "parts.nc")
    again = read_dataset(tmp_path / "parts.nc")
    assert content_hash(again) == content_hash(parts)
    np.testing.assert_array_equal(every(again, 0), every(parts, 0))
    with xr.open_dataset(tmp_path / "parts.nc") as other:
        np.testing.assert_array_equal(other["own_points"].values, parts["own_points"].values)
        assert other["own_points"].dtype == np.uint8
