"""Volumes of the solids from files: exact shares of the blocks in place of those that sub-cells count."""

import numpy as np

from scandia.blockmodel.refine import block_codes
from scandia.domains.geology import Geology
from scandia.geometry.mesh import volume
from scandia.geometry.shares import cell_shares


def with_exact_solids(fraction, whole, grid, geology, codes):
    """Fractions ``(domain, z, y, x)`` in which the solids from files have their exact shares.

    Parameters
    ----------
    fraction : array (domain, z, y, x)
        As counted on sub-cells.
    whole : array of bool (z, y, x)
        Blocks that neither ground nor overburden cuts; the others keep what is counted.
    grid : Grid
    geology : Geology
    codes : list of int
        Of the domains, in the order of the first axis.

    Notes
    -----
    From the strongest solid to the weakest. One has its exact share where nothing stronger lies in the block, and what the
    stronger ones leave of the block where it holds all of it; where several cut one block, the counted shares stay. The other
    domains of a block share what is left in the proportions that were counted.
    """
    fraction = fraction.copy()
    shares = {code: cell_shares(mesh, grid.origin, grid.size, grid.count) for code, mesh in geology.meshes}
    for code, _ in reversed(geology.meshes):
        number, weaker = codes.index(code), geology.weaker[code]
        stronger = [place for place, other in enumerate(codes) if other != code and other not in weaker]
        taken = fraction[stronger].sum(axis=0)
        free = taken == 0.0
        for place in stronger:
            free &= shares.get(codes[place], np.zeros(grid.shape)) == 0.0
        known = whole & (free | (shares[code] == 1.0))
        exact = np.where(free, shares[code], np.maximum(1.0 - taken, 0.0))
        others = [place for place, other in enumerate(codes) if other in weaker]
        before, after = 1.0 - taken - fraction[number], 1.0 - taken - exact
        scale = np.where(before > 0.0, np.maximum(after, 0.0) / np.where(before > 0.0, before, 1.0), 0.0)
        fraction[others] = np.where(known, fraction[others] * scale, fraction[others])
        fraction[number] = np.where(known, exact, fraction[number])
    return fraction


def solid_volumes(grid, geology, subcells=None):
    """Of each solid from a file, taken alone: its volume in the blocks (m3), its own, and whether the grid holds it all.

    Parameters
    ----------
    subcells : tuple of 3 int, optional
        The blocks count these; without, they hold the exact shares.
    """
    upper = np.array(grid.origin) + np.array(grid.size) * np.array(grid.count)
    everywhere = np.ones(int(np.prod(grid.count)), dtype=bool)
    found = []
    for code, mesh in geology.meshes:
        if subcells is None:
            share = cell_shares(mesh, grid.origin, grid.size, grid.count).mean()
        else:
            alone = Geology(None, ((code, mesh),), {code: np.array([0])})
            share = (block_codes(grid, alone, subcells, everywhere) == code).mean()
        inside = bool((mesh.vertices >= grid.origin).all() and (mesh.vertices <= upper).all())
        found.append((float(share) * grid.volume * everywhere.size, volume(mesh), inside))
    return found
