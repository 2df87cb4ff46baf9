"""Volume fractions: known volumes, the laws of sums, the cut by the ground, and the short cut against the long way."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from scandia.blockmodel import refine
from scandia.blockmodel.fractions import domain_fractions
from scandia.blockmodel.grid import Grid
from scandia.domains.implicit import fit_solid
from scandia.domains.settings import Domain, Domains, Implicit
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid, to_world
from scandia.geometry.surface import Surface


class Box:
    """Code 1 between two corners."""

    def __init__(self, low, high):
        self.low, self.high = np.array(low), np.array(high)

    def domain_codes(self, points):
        return ((points >= self.low) & (points < self.high)).all(axis=1).astype(np.int8)


class Everything:
    """Code 1 everywhere."""

    def domain_codes(self, points):
        return np.ones(len(points), dtype=np.int8)


def slope(mine_grid, level, east=0.0, north=0.0, reach=1000.0):
    """A plane surface around the tie point of the mine grid."""
    easting, northing = mine_grid.easting + np.array([-reach, 0, reach]), mine_grid.northing + np.array([-reach, 0, reach])
    heights = level + east * (easting - mine_grid.easting) + north * (northing - mine_grid.northing)[:, None]
    return Surface(easting, northing, heights)


def test_the_volume_of_a_sphere_is_right_within_half_a_percent(domains, sphere):
    grid = Grid((-60.0, -60.0, -60.0), (10.0, 10.0, 5.0), (12, 12, 24), MineGrid())
    fraction, ground = domain_fractions(grid, sphere((1.3, -2.1, 0.7), 50.0, 30.0), None, domains)
    volumes = fraction.sum(axis=(1, 2, 3)) * grid.volume
    ball = 4 / 3 * np.pi
    np.testing.assert_allclose(volumes, [ball * (50**3 - 30**3), ball * 30**3], rtol=0.005)
    assert (ground == 1).all()


def test_a_box_on_sub_cell_edges_has_its_exact_volume(grid, domains):
    box = Box((-17.5, 405.0, 381.25), (12.5, 455.0, 400.0))
    fraction, _ = domain_fractions(grid, box, None, domains)
    assert fraction[0].sum() * grid.volume == pytest.approx(30 * 50 * 18.75, rel=1e-12)
    assert fraction[0][0, 0, 1] == pytest.approx(0.75 * 0.75 * 0.75)  # x -20..-10, y 400..420, z 380..385


def test_finer_sub_cells_change_little(domains, sphere):
    grid = Grid((-60.0, -60.0, -60.0), (10.0, 10.0, 5.0), (12, 12, 24), MineGrid())
    ball = sphere((1.3, -2.1, 0.7), 50.0)
    coarse, fine = (domain_fractions(grid, ball, None, replace(domains, subcells=n))[0][0] for n in ((4, 4, 4), (8, 8, 8)))
    assert np.sqrt(np.mean((coarse - fine)[(fine > 0) & (fine < 1)] ** 2)) < 0.04
    assert coarse.sum() == pytest.approx(fine.sum(), rel=0.002)


@given(
    radius=st.floats(5, 60),
    core=st.floats(0, 5),
    level=st.floats(375, 425),
    east=st.floats(-0.5, 0.5),
    north=st.floats(-0.5, 0.5),
    subcells=st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5)),
)
@profile(max_examples=30)
def test_fractions_add_to_the_ground_at_most_and_that_to_one(mine_grid, sphere, radius, core, level, east, north, subcells):
    names = {name: Domain(code=code, label=name, lithology=(name,)) for name, code in (("rim", 1), ("core", 2))}
    domains = Domains(
        domains=names, implicit=Implicit(azimuth=0.0, dip=0.0, ratios=(1.0, 1.0, 1.0), reach=1.0), subcells=subcells
    )
    grid = Grid((-30.0, 400.0, 380.0), (10.0, 20.0, 5.0), (6, 5, 8), mine_grid)
    fraction, ground = domain_fractions(grid, sphere((0, 450, 400), radius, core), slope(mine_grid, level, east, north), domains)
    assert (fraction >= 0).all()
    assert (fraction.sum(axis=0) <= ground + 1e-12).all()
    assert ((ground >= 0) & (ground <= 1)).all()


def test_a_level_ground_cuts_exactly_in_z(grid, domains, mine_grid):
    fraction, ground = domain_fractions(grid, Everything(), slope(mine_grid, 396.3), domains)
    expected = np.clip((396.3 - (380 + 5 * np.arange(8))) / 5, 0, 1)[:, None, None]
    np.testing.assert_allclose(ground, np.broadcast_to(expected, ground.shape), atol=1e-12)
    np.testing.assert_array_equal(fraction[0], ground)
    assert (fraction[1] == 0).all()


def test_a_sloping_ground_lies_where_the_world_has_it(grid, domains, mine_grid):
    """The plane falls towards the east only; on the rotated grid that is partly along y."""
    _, ground = domain_fractions(grid, Everything(), slope(mine_grid, 400.0, east=-0.1), domains)
    x, y = np.meshgrid(grid.axis(0), grid.axis(1))
    easting, _ = to_world(mine_grid, x, y)
    depth = 400.0 - 0.1 * (easting - mine_grid.easting) - 380.0
    np.testing.assert_allclose(ground.sum(axis=0) * 5.0, depth, atol=1e-9)


def test_the_ground_cuts_each_sub_cell_by_its_own_height(domains):
    """One block of 8 x 4 x 4 m under a ground that falls along x from 4 to 0 m, with the domain in its western half."""
    grid = Grid((0.0, 0.0, 0.0), (8.0, 4.0, 4.0), (1, 1, 1), MineGrid())
    for floor, share in ((0.0, 0.375), (2.0, 0.125)):  # 4 x 4 m, 3 m and 1 m high on average: 48 and 16 of 128 m3
        box = Box((0.0, 0.0, floor), (4.0, 4.0, 4.0))
        fraction, ground = domain_fractions(grid, box, slope(MineGrid(), 4.0, east=-0.5), replace(domains, subcells=(4, 2, 2)))
        assert ground.item() == pytest.approx(0.5)
        assert fraction[0].item() == pytest.approx(share)


def test_a_surface_that_does_not_cover_the_grid_is_refused(grid, domains, mine_grid):
    with pytest.raises(InputError, match=r"does not cover the grid: no elevation at easting 4408"):
        domain_fractions(grid, Everything(), slope(mine_grid, 400.0, reach=20.0), domains)


def test_fields_give_the_same_fractions_as_every_sub_cell_and_are_asked_for_less(domains, sphere, sphere_field):
    grid = Grid((-75.0, -75.0, -75.0), (10.0, 10.0, 10.0), (15, 15, 15), MineGrid())
    asked = []
    ball = ((1.3, -2.1, 0.7), 50.0, 20.0)
    short, _ = domain_fractions(grid, sphere_field(*ball, asked=asked), None, domains)
    long, _ = domain_fractions(grid, sphere(*ball), None, domains)
    np.testing.assert_array_equal(short, long)
    assert sum(asked) < 0.35 * np.prod(grid.count) * 64


def test_the_limit_of_the_reach_cuts_blocks_too(domains, sphere_field):
    grid = Grid((-75.0, -75.0, -75.0), (10.0, 10.0, 10.0), (15, 15, 15), MineGrid())
    ball = sphere_field((1.3, -2.1, 0.7), 50.0, 20.0, reach=40.0)

    class Plain:
        domain_codes = ball.domain_codes

    short, long = (domain_fractions(grid, solid, None, domains)[0] for solid in (ball, Plain()))
    np.testing.assert_array_equal(short, long)
    assert short.sum() * grid.volume == pytest.approx(4 / 3 * np.pi * 40**3, rel=0.01)


def test_weights_of_the_nodes_reproduce_a_linear_field(grid):
    subcells = (3, 4, 5)
    nodes, number = refine._nodes(grid, np.array([17, 133]))
    weights = refine._weights(subcells)
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    points = grid.centres()[[17, 133]][:, None] + grid.offsets(subcells)
    np.testing.assert_allclose(np.einsum("sn,bnc->bsc", weights, nodes[number]), points, atol=1e-9)
    assert len(np.unique(nodes, axis=0)) == len(nodes)


def test_the_implicit_solid_is_as_good_on_the_lattice_as_asked_directly(layers, domains):
    solid = fit_solid(*layers, domains, MineGrid())
    grid = Grid((-10.0, -10.0, -100.0), (10.0, 10.0, 5.0), (9, 9, 20), MineGrid())

    class Plain:
        domain_codes = solid.domain_codes

    short, long = (domain_fractions(grid, each, None, domains)[0] for each in (solid, Plain()))
    assert abs(short - long).max() <= 0.02
    np.testing.assert_allclose(short.sum(axis=(1, 2, 3)), long.sum(axis=(1, 2, 3)), rtol=0.005)
    assert long[1].sum() * grid.volume == pytest.approx(30 * 90 * 90, rel=0.05)
