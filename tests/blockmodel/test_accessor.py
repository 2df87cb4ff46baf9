"""The accessor: sections, plans, positions and flat order."""

import numpy as np
import pytest

from scandia.blockmodel import accessor  # noqa: F401  registers dataset.scandia
from scandia.blockmodel.dataset import new_parts
from scandia.errors import InputError
from scandia.geometry.minegrid import to_world


@pytest.fixture
def model(grid, domains):
    parts = new_parts(grid, domains.domains, "EPSG:26920", "test")
    index = np.arange(np.prod(grid.shape)).reshape(grid.shape)
    return parts.assign(index=(("z", "y", "x"), index), fraction=(("domain", "z", "y", "x"), np.stack([index, -index])))


def test_a_value_that_is_its_index_runs_with_x_fastest(model, grid):
    np.testing.assert_array_equal(model.scandia.flat("index"), np.arange(240))
    np.testing.assert_array_equal(model.scandia.flat("fraction")[1], -np.arange(240))
    nx, ny, _ = grid.count
    assert model["index"].sel(x=grid.axis(0)[2], y=grid.axis(1)[3], z=grid.axis(2)[4]).item() == 2 + nx * (3 + ny * 4)
    np.testing.assert_array_equal(model.scandia.flat("index"), model.transpose("x", "z", "y", "domain").scandia.flat("index"))


def test_sections_and_plans_are_the_nearest_and_lie_inside(model):
    assert float(model.scandia.section(450)["y"]) == 450.0
    assert float(model.scandia.plan(396)["z"]) == 397.5
    assert model.scandia.section(401)["index"].dims == ("z", "x")
    with pytest.raises(InputError, match="y = 501 m lies outside the model, which runs from 400 to 500 m"):
        model.scandia.section(501)


def test_world_positions_follow_the_flat_order(model, grid, mine_grid):
    centres, world = model.scandia.centres(), model.scandia.world()
    easting, northing = to_world(mine_grid, centres[:, 0], centres[:, 1])
    np.testing.assert_allclose(world, np.column_stack([easting, northing, centres[:, 2]]))
    np.testing.assert_allclose(world[:30, 0], model["easting"].values.ravel())
    assert model.scandia.volume == 1000.0
    assert model.scandia.grid == grid
