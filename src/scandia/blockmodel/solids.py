"""Volumes of the solids from files: exact shares of the blocks in place of those that sub-cells count."""

from math import prod

import numpy as np

from scandia.blockmodel.chunks import cut_grid
from scandia.blockmodel.refine import block_codes
from scandia.domains.geology import Geology
from scandia.geometry.mesh import volume
from scandia.geometry.shares import cell_shares
from scandia.geometry.union import mesh_of_faces, with_union

OPENED = 250_000  # blocks whose sub-cells are asked for at one time


def with_exact_solids(fraction, whole, geology, codes, gains):
    """Fractions ``(domain, z, y, x)`` in which the solids from files have their exact shares, and where they are exact.

    Parameters
    ----------
    fraction : array (domain, z, y, x)
        As counted on sub-cells.
    whole : array of bool (z, y, x)
        Blocks that neither ground nor overburden cuts; the others keep what is counted.
    geology : Geology, Solid, or anything with ``domain_codes(points)``
    codes : list of int
        Of the domains, in the order of the first axis.
    gains : iterable
        From `exact_gains`.

    Returns
    -------
    fraction : array (domain, z, y, x)
    exact : array of bool (domain, z, y, x)
        False for what is still counted.

    Notes
    -----
    From the strongest solid to the weakest. What one has beyond the stronger ones is exact, see `exact_gains`; where a domain
    without a solid of its own goes before it in the block, its share is counted, but in blocks that it fills, where it has what
    is left. The other domains of a block share what is left in the proportions that were counted.
    """
    fraction, exact = fraction.copy(), np.zeros(fraction.shape, dtype=bool)
    solids = {code for code, _ in getattr(geology, "meshes", ())}
    for code, share, gain in gains:
        number, weaker = codes.index(code), geology.weaker[code]
        stronger = [place for place, other in enumerate(codes) if other != code and other not in weaker]
        taken = fraction[stronger].sum(axis=0)
        free = fraction[[place for place in stronger if codes[place] not in solids]].sum(axis=0) == 0.0
        known = whole & (free | (share == 1.0))
        own = np.where(free, gain, np.maximum(1.0 - taken, 0.0))
        others = [place for place, other in enumerate(codes) if other in weaker]
        before, after = 1.0 - taken - fraction[number], 1.0 - taken - own
        scale = np.where(before > 0.0, np.maximum(after, 0.0) / np.where(before > 0.0, before, 1.0), 0.0)
        fraction[others] = np.where(known, fraction[others] * scale, fraction[others])
        fraction[number], exact[number] = np.where(known, own, fraction[number]), whole & free
    return fraction, exact


def exact_gains(grid, geology):
    """Of each solid from a file, the strongest first: code, its share of each block alone, and that outside all stronger ones.

    Notes
    -----
    Shares ``(z, y, x)``. Beyond the stronger ones it has the share of the union with it less that of the union without it. Both
    follow from one solid's share where only one cuts the block; else from the faces of the unions, nested or crossing.
    """
    union, faces, united, waiting = np.zeros(grid.shape), np.empty((0, 3, 3)), [], []
    for code, mesh in reversed(getattr(geology, "meshes", ())):
        share = cell_shares(mesh, grid.origin, grid.size, grid.count)
        gain = np.where(union == 0.0, share, 1.0 - union)  # of a block that it fills; else below
        both = (union > 0.0) & (union < 1.0) & (share < 1.0)
        gain[both & (share == 0.0)] = 0.0
        both &= share > 0.0
        waiting.append(mesh)
        if both.any():
            for one in waiting:
                faces, united = with_union(faces, united, one), [*united, one]
            waiting = []
            together = cell_shares(mesh_of_faces(faces), grid.origin, grid.size, grid.count)
            gain[both] = np.clip(together - union, np.maximum(share - union, 0.0), np.minimum(share, 1.0 - union))[both]
        union = np.minimum(union + gain, 1.0)
        yield code, share, gain


def solid_volumes(grid, geology, subcells=None):
    """Of each solid from a file, taken alone: its volume in the blocks (m3), its own, and whether the grid holds it all.

    Parameters
    ----------
    subcells : tuple of 3 int, optional
        The blocks count these; without, they hold the exact shares.
    """
    upper = np.array(grid.origin) + np.array(grid.size) * np.array(grid.count)
    blocks, found = prod(grid.count), []
    for code, mesh in geology.meshes:
        if subcells is None:
            share = cell_shares(mesh, grid.origin, grid.size, grid.count).mean()
        else:
            alone = Geology(None, ((code, mesh),), {code: np.array([0])})
            windows = (grid.window(chunk) for chunk in cut_grid(grid.count, OPENED))
            counted = sum(_count_code(window, alone, subcells, code) for window in windows)
            share = counted / (blocks * prod(subcells))
        inside = bool((mesh.vertices >= grid.origin).all() and (mesh.vertices <= upper).all())
        found.append((float(share) * grid.volume * blocks, volume(mesh), inside))
    return found


def _count_code(grid, geology, subcells, code):
    """Sub-cells of a grid of one code."""
    return int(np.count_nonzero(block_codes(grid, geology, subcells, np.ones(prod(grid.count), dtype=bool)) == code))
