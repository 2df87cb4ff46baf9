"""Volume fractions of blocks per domain, counted on sub-cells and cut by the ground surface."""

from itertools import groupby
from math import prod
from operator import attrgetter

import numpy as np

from scandia.blockmodel.chunks import Chunk, cut_grid
from scandia.blockmodel.refine import block_codes, open_blocks
from scandia.blockmodel.solids import exact_gains, with_exact_solids
from scandia.errors import InputError
from scandia.geometry.minegrid import to_world
from scandia.geometry.surface import elevation_at

# Blocks whose contacts, and sub-cells whose shares, are held at one time: memory, not answers, depends on these. The fields of a
# solid that takes all points differ by 1e-13 with the points asked at once, which their rounding to a micrometre takes away.
OPENED, COUNTED = 1_000_000, 1_000_000


def domain_fractions(grid, solid, surface, domains, overburden=None):
    """Share of each block's volume in each domain below ground ``(domain, z, y, x)``, and below ground at all ``(z, y, x)``.

    Every sub-cell has the domain of its centre; solids from files have their exact shares, see `scandia.blockmodel.solids`. The
    ground cuts a sub-cell at the elevation above its centre, so that its share below ground is exact in z and linear between the
    heights. Fractions of one block add to at most its share below ground; the
    rest of that is host rock, or beyond the reach of the drilling.

    Parameters
    ----------
    grid : Grid
    solid : Solid, or anything with ``domain_codes(points)``
    surface : Surface or None
        None: everything lies below ground.
    overburden : surface, optional
        Its base; what lies above it is ground, but in no domain. Where it does not reach, there is none.
    domains : Domains
        Its domains, in the order of their codes, are the first axis; its `subcells` count the points.

    Raises
    ------
    InputError
        The surface does not cover the grid.
    """
    return domain_cells(grid, solid, surface, domains, overburden, gains=exact_gains(grid, solid), packed=False)[:2]


def domain_cells(grid, solid, surface, domains, overburden=None, *, gains=(), opened=open_blocks, packed=True):
    """Fractions and ground of `domain_fractions`, the sub-cells that they count, and where they are exact instead of counted.

    A sub-cell is counted where its centre has the domain and some of it lies below ground and overburden: a part has a sub-cell
    if and only if its fraction is above zero. They are packed ``(domain, z, y, x, bytes)``, uint8; bits run x fastest, the lowest
    first; see `scandia.blockmodel.points`. With the ``gains`` of `scandia.blockmodel.solids.exact_gains` the solids from files
    have their exact shares instead; the last array, bool ``(domain, z, y, x)``, is true there. ``opened`` as for `block_codes`.
    Without ``packed`` no sub-cells are kept, and None stands in their place.
    """
    subcells = domains.subcells
    wanted, gains = sorted(domain.code for domain in domains.domains.values()), list(gains)
    fraction, ground = np.empty((len(wanted), *grid.shape)), np.empty(grid.shape)
    exact = np.empty(fraction.shape, dtype=bool)
    cells = np.empty((*fraction.shape, -(-prod(subcells) // 8)), dtype=np.uint8) if packed else None
    for rows, chunks in groupby(sorted(cut_grid(grid.count, OPENED), key=attrgetter("rows")), key=attrgetter("rows")):
        strip = grid.window(Chunk((0, grid.count[2]), rows))
        levels = _levels(strip, surface, subcells)
        rock = _below_overburden(strip, levels, overburden, subcells)
        for chunk in chunks:
            window, (z, y) = grid.window(chunk), chunk.window.values()
            below = ground[z, y]
            for place, share in _shares_by_piece(window, levels, subcells):
                below[place] = share.mean(axis=1).reshape(below[place].shape)
            codes = block_codes(window, solid, subcells, below.ravel() > 0, opened=opened)
            counted, whole = _count(window, codes, rock, subcells, wanted, cells[:, z, y] if packed else None)
            here = [(code, share[z, y], gain[z, y]) for code, share, gain in gains]
            fraction[:, z, y], exact[:, z, y] = with_exact_solids(counted, whole, solid, wanted, here)
    return fraction, ground, cells, exact


def _count(grid, codes, rock, subcells, wanted, cells):
    """Fractions ``(domain, z, y, x)`` of a window, and its blocks that nothing cuts; sub-cells go into ``cells``, if given."""
    fraction, whole = np.empty((len(wanted), *grid.shape)), np.empty(grid.shape, dtype=bool)
    codes = codes.reshape(*grid.shape, -1)
    for place, share in _shares_by_piece(grid, rock, subcells):
        shape = whole[place].shape
        whole[place] = (share == 1.0).all(axis=1).reshape(shape)
        for number, code in enumerate(wanted):
            inside = np.where(codes[place].reshape(share.shape) == code, share, 0.0)
            fraction[number][place] = inside.mean(axis=1).reshape(shape)
            if cells is not None:
                cells[number][place] = np.packbits(inside > 0, axis=1, bitorder="little").reshape(*shape, -1)
    return fraction, whole


def _columns(grid, subcells):
    """Easting and northing of the columns of sub-cells, m, each ``(ny * sub-cells along y, nx * sub-cells along x)``."""
    steps = [grid.size[axis] / subcells[axis] for axis in (0, 1)]
    ends = [(grid.first[axis] * subcells[axis], (grid.first[axis] + grid.count[axis]) * subcells[axis]) for axis in (0, 1)]
    x, y = (grid.origin[axis] + steps[axis] * (np.arange(*ends[axis]) + 0.5) for axis in (0, 1))
    return to_world(grid.mine_grid, *np.meshgrid(x, y))


def _below_overburden(grid, levels, overburden, subcells):
    """Elevation below which rock can be in a domain: the base of the overburden where it lies below ground."""
    return levels if overburden is None else np.fmin(levels, elevation_at(overburden, *_columns(grid, subcells)))


def _levels(grid, surface, subcells):
    """Ground elevation above each column of sub-cells, m, shape ``(ny * sub-cells along y, nx * sub-cells along x)``."""
    if surface is None:
        return np.broadcast_to(np.inf, (grid.count[1] * subcells[1], grid.count[0] * subcells[0]))
    easting, northing = _columns(grid, subcells)
    levels = elevation_at(surface, easting, northing)
    missing = np.isnan(levels)
    if missing.any():
        at = np.unravel_index(np.argmax(missing), missing.shape)
        message = (
            f"the surface does not cover the grid: no elevation at easting {easting[at]:.2f}, northing {northing[at]:.2f} "
            f"({missing.mean():.1%} of the columns); give a larger surface, or a smaller grid"
        )
        raise InputError(message)
    return levels


def _shares_by_piece(grid, levels, subcells):
    """Where pieces of a window lie in its arrays ``(z, y, x)``, with the shares below ground of their sub-cells."""
    for piece in cut_grid(grid.count, max(COUNTED // prod(subcells), 1)):
        columns = slice(*(subcells[1] * row for row in piece.rows))
        yield tuple(piece.window.values()), _shares(grid.window(piece), levels[columns], subcells)


def _shares(grid, levels, subcells):
    """Share below ground of each sub-cell of the blocks, ``(blocks, sub-cells)``, both x fastest."""
    along_x, along_y, along_z = subcells
    height, layers = grid.size[2] / along_z, np.arange(grid.first[2], grid.first[2] + grid.count[2])
    bottom = (grid.origin[2] + grid.size[2] * layers)[:, None] + height * np.arange(along_z)
    share = np.clip((levels - bottom[:, :, None, None]) / height, 0.0, 1.0)
    split = share.reshape(grid.count[2], along_z, grid.count[1], along_y, grid.count[0], along_x)
    # as a copy even where a view would do: sums along rows of another order of memory differ in their last bits
    return np.ascontiguousarray(split.transpose(0, 2, 4, 1, 3, 5)).reshape(prod(grid.count), -1)
