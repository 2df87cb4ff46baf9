"""The drill-spacing field on regular grids, where the spacing is known."""

import numpy as np
import pandas as pd
import pytest

from scandia.blockmodel.dataset import new_parts
from scandia.blockmodel.grid import Grid
from scandia.domains.settings import Domain
from scandia.geometry.minegrid import MineGrid
from scandia.resource.classify_holes import drill_spacing, hole_distances


def field(spacing, *, holes=3, size=5.0, reach=4):
    """Spacing over blocks of a few metres in the middle cell of a square grid of vertical holes."""
    count = round(spacing / size)
    grid = Grid((0.0, 0.0, 0.0), (size, size, 10.0), (count, count, 1), MineGrid())
    parts = new_parts(grid, {"ore": Domain(code=1, label="Ore", lithology=("ore",))}, "EPSG:26920", "Grid", None)
    parts = parts.assign(fraction=(("domain", "z", "y", "x"), np.ones((1, 1, count, count))))
    at = spacing * np.arange(-reach, reach + 2)
    x, y, z = (one.ravel() for one in np.meshgrid(at, at, np.arange(-50.0, 60.0, 5.0), indexing="ij"))
    names = [f"{a:.0f} {b:.0f}" for a, b in zip(x, y, strict=True)]
    table = pd.DataFrame({"hole": names, "domain": "ore", "x": x, "y": y, "z": z, "grade": 1.0})
    return drill_spacing(hole_distances(parts, table, "grade", holes), holes)[0, 0]


@pytest.mark.parametrize("spacing", [25.0, 55.0, 105.0])  # odd numbers of blocks: one centre is the middle of the cell
def test_the_spacing_of_a_square_grid_is_found_in_its_middle_and_nearly_on_the_mean(spacing):
    found = field(spacing)
    middle = len(found) // 2
    assert found[middle, middle] == pytest.approx(spacing)
    assert found.mean() == pytest.approx(0.938 * spacing, rel=0.01)
    assert found.min() > 0.91 * spacing and found.max() < 1.0001 * spacing


def test_half_the_spacing_of_the_grid_is_half_the_field():
    np.testing.assert_allclose(field(50.0, size=2.0), 2.0 * field(25.0, size=1.0))


def test_fewer_holes_than_are_asked_for_have_no_spacing():
    assert np.isinf(field(25.0, holes=200, reach=1)).all()
