"""Nested pit shells as maximum closures, solved by pymineflow's pseudoflow."""

from itertools import pairwise

import numpy as np
from pymineflow import PitModel

from scandia.errors import InputError
from scandia.geometry.minegrid import local_azimuth

PER_UNIT = 100  # the solver counts whole hundredths of the currency


def nested_shells(values, grid, slopes, *, domains=None):
    """Number of the smallest shell that holds each block (z, y, x), int32 from 1, 0 where none does.

    Parameters
    ----------
    values : sequence of array (z, y, x)
        Value of each block in currency, one array per shell; no block may lose value from one to the next.
    grid : Grid
        Blocks of the pit.
    slopes : sequence of Slopes
        Overall slopes; a block takes those of its domain.
    domains : array (z, y, x) of int, optional
        Number of each block's entry in ``slopes``; without it all take the first.

    Raises
    ------
    InputError
        A block loses value from one array to the next: the shells would not be nested. Or slopes by domain on a model of so
        many benches that the cones do not fit into memory.

    Notes
    -----
    A shell is the set of blocks of the highest total value among all sets that hold, with a block, every block whose centre
    lies in the cone upwards from its own; the cone's sides have the slopes of the block's domain, read at the azimuth from the
    block to the other and interpolated linearly in azimuth. See [Picard1976]_, [Hochbaum2008]_ and [Deutsch2022]_.
    """
    cents = [np.rint(value.ravel() * PER_UNIT).astype(np.int64) for value in values]
    for number, (smaller, larger) in enumerate(pairwise(cents), start=1):
        if (larger < smaller).any():
            message = f"{int((larger < smaller).sum())} blocks lose value from shell {number} to {number + 1}; shells must ascend"
            raise InputError(message)
    given = [sectors(slope, grid.mine_grid) for slope in slopes]
    nz, ny, nx = grid.shape
    iz, iy, ix = (index.ravel() for index in np.indices((nz, ny, nx), dtype=np.int32))
    several = domains is not None and len(given) > 1
    how = {"domains": domains.ravel().astype(np.int32), "domain_slopes": given} if several else {"slopes": given[0]}
    try:
        model = PitModel(ix=ix, iy=iy, iz=iz, block_size=grid.size, **how)
    except ValueError as error:  # slopes by domain need the whole cone of every block, which a tall model cannot hold
        message = (
            f"the cones of the pit are too large: {error}. Hint: join blocks along z by model.economics.pit.blocks, or give "
            "one set of slopes for all domains"
        )
        raise InputError(message) from error

    def scenario(number, rows):
        return cents[number] if rows is None else cents[number][rows]

    numbers, _, _ = model.nested_pit_numbers(scenario, len(cents), threads=1)
    return numbers.reshape(grid.shape)


def sectors(slopes, mine_grid):
    """Slopes as a list of (azimuth in the mine grid, angle) in degrees, or the one angle."""
    if slopes.angle is not None:
        return slopes.angle
    return [(float(local_azimuth(mine_grid, wall.azimuth)), wall.angle) for wall in slopes.walls]
