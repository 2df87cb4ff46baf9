"""Pit shells: precedence, optimality against enumeration and SciPy's maximum flow, nesting, and the angles of the walls."""

import itertools

import numpy as np
import pytest
from economy import slopes
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from scandia.blockmodel.grid import Grid
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid
from scandia.resource.economic_settings import Wall
from scandia.resource.shell import PER_UNIT, nested_shells

WALLS = (
    Wall(azimuth=0.0, angle=40.0),
    Wall(azimuth=90.0, angle=60.0),
    Wall(azimuth=180.0, angle=50.0),
    Wall(azimuth=270.0, angle=45.0),
)


def grid_of(nx, ny, nz, size=(10.0, 10.0, 10.0), azimuth=0.0):
    return Grid((0.0, 0.0, 0.0), size, (nx, ny, nz), MineGrid(azimuth=azimuth))


def angle_at(given, azimuth, mine_azimuth=0.0):
    """Slope at bearings in the mine grid, degrees, straight between the walls."""
    if given.angle is not None:
        return np.full(np.shape(azimuth), given.angle)
    at = [((wall.azimuth - mine_azimuth) % 360.0, wall.angle) for wall in given.walls]
    return np.interp(azimuth, *zip(*sorted(at), strict=True), period=360.0)


def predecessors(grid, given, domains=None):
    """Pairs (block, block above it that must be mined first): every centre in the cone, written out, in flat order."""
    centres = grid.centres()
    number = np.zeros(len(centres), dtype=int) if domains is None else domains.ravel()
    pairs = []
    for own, centre in enumerate(centres):
        away = centres - centre
        distance = np.hypot(away[:, 0], away[:, 1])
        azimuth = np.degrees(np.arctan2(away[:, 0], away[:, 1])) % 360.0
        angle = angle_at(given[number[own]], azimuth, grid.mine_grid.azimuth)
        held = (away[:, 2] > 0) & (distance * np.tan(np.radians(angle)) <= away[:, 2] * (1 + 1e-9))
        pairs += [(own, other) for other in np.flatnonzero(held)]
    return np.array(pairs, dtype=int).reshape(-1, 2)


def closure_by_flow(values, pairs):
    """Highest total of a set that holds the predecessors of its members, by SciPy's maximum flow, in integers (Picard 1976)."""
    count, source, sink = len(values), len(values), len(values) + 1
    everything = int(np.abs(values).sum()) + 1
    rows = [*pairs[:, 0], *np.flatnonzero(values > 0) * 0 + source, *np.flatnonzero(values < 0)]
    columns = [*pairs[:, 1], *np.flatnonzero(values > 0), *np.flatnonzero(values < 0) * 0 + sink]
    data = [*np.full(len(pairs), everything), *values[values > 0], *-values[values < 0]]
    graph = csr_array((np.array(data, dtype=np.int32), (rows, columns)), shape=(count + 2, count + 2))
    flow = maximum_flow(graph, source, sink)
    left = csr_array(graph - flow.flow)
    left.eliminate_zeros()
    reached = breadth_first_order(left, source, return_predecessors=False)
    return int(values[values > 0].sum()) - flow.flow_value, set(reached[reached < count].tolist())


def broken(shell, pairs):
    inside = shell.ravel()
    return int((inside[pairs[:, 0]] & ~inside[pairs[:, 1]]).sum())


@pytest.mark.parametrize("given", [slopes(45.0), slopes(60.0), slopes(walls=WALLS)], ids=["45", "60", "walls"])
def test_every_tiny_grid_is_mined_for_the_highest_value(given):
    generator = np.random.default_rng(7)
    for shape in [(3, 1, 4), (2, 2, 3), (1, 3, 4), (2, 3, 2)]:
        grid = grid_of(*shape)
        pairs = predecessors(grid, [given])
        masks = np.array(list(itertools.product([False, True], repeat=int(np.prod(shape)))))
        allowed = masks[~(masks[:, pairs[:, 0]] & ~masks[:, pairs[:, 1]]).any(axis=1)]
        for _ in range(6):
            values = generator.integers(-5, 9, grid.shape).astype(float)
            best = (allowed @ values.ravel()).max()
            shell = nested_shells([values], grid, [given]) > 0
            assert broken(shell, pairs) == 0
            assert values[shell].sum() == best


@pytest.mark.parametrize(
    "given", [[slopes(45.0)], [slopes(walls=WALLS)], [slopes(40.0), slopes(65.0)]], ids=["one", "walls", "domains"]
)
def test_a_larger_model_is_mined_as_by_maximum_flow(given):
    grid = grid_of(13, 11, 6, size=(10.0, 12.0, 8.0))
    generator = np.random.default_rng(3)
    domains = (np.indices(grid.shape)[2] > 6).astype(int) if len(given) > 1 else None
    pairs = predecessors(grid, given, domains)
    for _ in range(3):
        values = np.where(generator.random(grid.shape) < 0.12, generator.integers(5, 90, grid.shape), -3).astype(float)
        best, smallest = closure_by_flow((values.ravel() * PER_UNIT).astype(int), pairs)
        shell = nested_shells([values], grid, given, domains=domains) > 0
        assert broken(shell, pairs) == 0
        assert round(values[shell].sum() * PER_UNIT) == best
        assert smallest <= set(np.flatnonzero(shell).tolist())


def test_a_higher_price_never_mines_less_and_shells_are_those_of_each_price_alone():
    grid = grid_of(15, 15, 7)
    generator = np.random.default_rng(11)
    worth = np.where(generator.random(grid.shape) < 0.1, generator.uniform(5.0, 60.0, grid.shape), 0.0)
    values = [worth * factor - 3.0 for factor in (0.4, 0.7, 1.0, 1.5, 2.5)]
    numbers = nested_shells(values, grid, [slopes(50.0)])
    pairs = predecessors(grid, [slopes(50.0)])
    sizes = []
    for number, value in enumerate(values, start=1):
        shell = (numbers > 0) & (numbers <= number)
        alone = nested_shells([value], grid, [slopes(50.0)]) > 0
        assert broken(shell, pairs) == 0
        assert value[shell].sum() == pytest.approx(value[alone].sum(), abs=0.01)
        sizes.append(shell.sum())
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


@pytest.mark.parametrize("azimuth", [0.0, 35.0])
def test_the_cone_of_one_deep_block_has_the_stated_angles_by_world_azimuth(azimuth):
    grid = grid_of(81, 81, 25, size=(5.0, 5.0, 5.0), azimuth=azimuth)
    values = np.full(grid.shape, -1.0)
    values[0, 40, 40] = 1e7
    shell = nested_shells([values], grid, [slopes(walls=WALLS)]) > 0
    height = 24 * 5.0
    y, x = np.nonzero(shell[24])
    across, along = (x - 40) * 5.0, (y - 40) * 5.0
    bearing = (np.degrees(np.arctan2(across, along)) + azimuth) % 360.0
    reach = np.hypot(across, along)
    for wall in WALLS:
        near = np.abs((bearing - wall.azimuth + 180.0) % 360.0 - 180.0) < 4.0
        expected = height / np.tan(np.radians(wall.angle))
        assert reach[near].max() == pytest.approx(expected, abs=7.1)  # the diagonal of a block


def test_a_block_takes_the_slopes_of_its_own_domain():
    grid = grid_of(41, 3, 10)
    values = np.full(grid.shape, -1.0)
    values[0, 1, 20] = 1e6
    for domain, angle in ((0, 45.0), (1, 70.0)):
        shell = nested_shells([values], grid, [slopes(45.0), slopes(70.0)], domains=np.full(grid.shape, domain)) > 0
        width = shell[9, 1].sum()
        assert width == 2 * int(90.0 / np.tan(np.radians(angle)) / 10.0 + 1e-9) + 1


def test_blocks_that_lose_value_are_refused():
    grid = grid_of(2, 2, 2)
    with pytest.raises(InputError, match="8 blocks lose value from shell 1 to 2"):
        nested_shells([np.ones(grid.shape), np.zeros(grid.shape)], grid, [slopes()])
