"""Exact shares of cells inside solids: known bodies, the sum over the grid, and points counted finely."""

import numpy as np
import pytest
from bodies import hull
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from scandia.geometry.mesh import contains, volume
from scandia.geometry.shares import cell_shares

CORNERS = np.array([[x, y, z] for x in (0.0, 1.0) for y in (0.0, 1.0) for z in (0.0, 1.0)])


def test_a_box_has_the_shares_that_are_worked_by_hand():
    shares = cell_shares(hull(CORNERS * [15.0, 10.0, 6.0] + [5.0, 0.0, 1.0]), (0.0, 0.0, 0.0), (10.0, 10.0, 5.0), (3, 1, 2))
    np.testing.assert_allclose(shares[:, 0], [[0.4, 0.8, 0.0], [0.2, 0.4, 0.0]], atol=1e-12)
    assert shares[0, 0, 2] == 0.0


def test_a_tetrahedron_in_one_cell_is_a_sixth_of_its_box():
    corner = hull(np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))
    assert cell_shares(corner, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (1, 1, 1)).item() == pytest.approx(1 / 6, abs=1e-15)


def test_cells_wholly_inside_hold_exactly_one_and_those_outside_nothing():
    shares = cell_shares(hull(40.0 * CORNERS), (-10.0, -10.0, -10.0), (10.0, 10.0, 10.0), (6, 6, 6))
    assert set(np.unique(shares)) == {0.0, 1.0}
    assert shares.sum() == 64


@given(st.integers(0, 10**6))
@profile(max_examples=20)
def test_shares_add_up_to_the_solid_and_are_those_of_points(seed):
    random = np.random.default_rng(seed)
    mesh = hull(random.uniform(-40.0, 40.0, (9, 3)))
    whole = cell_shares(mesh, (-50.0, -50.0, -50.0), (10.0, 20.0, 5.0), (10, 5, 20))
    assert whole.sum() * 1000.0 == pytest.approx(volume(mesh), rel=1e-9)
    part = cell_shares(mesh, (-20.0, -10.0, -15.0), (10.0, 20.0, 5.0), (2, 1, 2))  # a grid that the solid sticks out of
    np.testing.assert_allclose(part, whole[7:9, 2:3, 3:5], atol=1e-12)
    inner = (np.stack(np.meshgrid(*[np.arange(24)] * 3, indexing="ij"), axis=-1).reshape(-1, 3) + 0.5) / 24
    counted = contains(mesh, np.array([-20.0, -10.0, -15.0]) + inner * [10.0, 20.0, 5.0]).mean()
    assert counted == pytest.approx(part[0, 0, 0], abs=0.01)
