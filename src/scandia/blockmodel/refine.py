"""Domain codes of the sub-cells of blocks, with the solid's fields evaluated only where a contact may pass."""

from dataclasses import dataclass

import numpy as np

from scandia.domains.winner import winner

# Measured on a steep body with a thin waste band: 35 holes, 2000 contact points, 39,200 blocks of 10 x 10 x 5 m with 4 x 4 x 4
# sub-cells. Direct evaluation takes 36 s. NEAR 1.5 and DOUBT 0.5 take 3.3 s and change no sub-cell. NEAR 1.0 misses cusps of
# the thin band (34 blocks by up to 0.125); DOUBT 0.1 lets trilinear fields lose 8 % of that band's volume.
NEAR = 1.5  # of the block diagonal: a smaller margin of the two best fields at the centre opens the block
DOUBT = 0.5  # of the shortest block edge: a smaller interpolated margin has the sub-cell evaluated itself
CHUNK = 1000  # blocks at once


@dataclass(frozen=True, eq=False)
class Opened:
    """What the fields say of blocks whatever their sub-cells: the code of each centre, and the nodes of those that are mixed."""

    code: np.ndarray  # (blocks,) int8, of active blocks
    mixed: np.ndarray  # (m,) numbers of the blocks whose sub-cells may differ
    fields: np.ndarray  # (nodes, fields)
    number: np.ndarray  # (m, 27) numbers of the nodes of each


def open_blocks(grid, solid, active):
    """`Opened` of the active blocks, bool ``(blocks,)``, of a solid with `fields`."""
    code, blocks = np.zeros(active.size, dtype=np.int8), np.flatnonzero(active)
    code[blocks], mixed = _at_centres(solid, grid.centres(blocks), np.linalg.norm(grid.size))
    nodes, number = _nodes(grid, blocks[mixed])
    return Opened(code, blocks[mixed], solid.fields(nodes) if len(nodes) else np.empty((0, 0)), number)


def remember_opened():
    """A function like `open_blocks` that keeps its last answer for each window, for a solid under ever finer sub-cells."""
    kept = {}

    def opened(grid, solid, active):
        window = (grid.first, grid.count)
        if window not in kept or not np.array_equal(kept[window][0], active):
            kept[window] = active.copy(), open_blocks(grid, solid, active)
        return kept[window][1]

    return opened


def block_codes(grid, solid, subcells, active, *, opened=open_blocks):
    """Domain code of every sub-cell of every active block, int8 ``(blocks, sub-cells)``, both x fastest; 0 where not active.

    A solid with nothing but `domain_codes` is asked for every sub-cell. One with `fields` is asked for less: the centre of
    every block; where the two best fields lie close together there, the nodes of the half blocks, between which the fields
    run trilinearly; and the few sub-cells whose interpolated margin is too small to trust.

    Parameters
    ----------
    grid : Grid
    solid : Geology, Solid, or anything with ``domain_codes(points)``
        Of a `Geology` the solid between the holes is coded first, then cut by its solids from files.
    subcells : tuple of int
        Count along x, y, z.
    active : numpy.ndarray
        Blocks to code, bool ``(blocks,)``.
    opened : callable
        `open_blocks`, or what `remember_opened` gives.
    """
    if hasattr(solid, "overlay"):
        return _overlaid(grid, solid, subcells, active, opened)
    offsets, blocks = grid.offsets(subcells), np.flatnonzero(active)
    codes = np.zeros((active.size, len(offsets)), dtype=np.int8)
    if hasattr(solid, "fields"):
        found = opened(grid, solid, active)
        codes[...] = found.code[:, None]
        _code_mixed(codes, found, grid, solid, subcells)
        return codes
    for start in range(0, blocks.size, CHUNK):
        part = blocks[start : start + CHUNK]
        codes[part] = solid.domain_codes((grid.centres(part)[:, None] + offsets).reshape(-1, 3)).reshape(part.size, -1)
    return codes


def _overlaid(grid, geology, subcells, active, opened):
    """Codes of the solid between the holes, if there is one, cut by the solids from files."""
    offsets = grid.offsets(subcells)
    if geology.implicit is None:
        codes = np.zeros((active.size, len(offsets)), dtype=np.int8)
    else:
        codes = block_codes(grid, geology.implicit, subcells, active, opened=opened)
    blocks = np.flatnonzero(active)
    for start in range(0, blocks.size if geology.meshes else 0, CHUNK):
        part = blocks[start : start + CHUNK]
        points = (grid.centres(part)[:, None] + offsets).reshape(-1, 3)
        codes[part] = geology.overlay(points, codes[part].ravel()).reshape(part.size, -1)
    return codes


def _at_centres(solid, centres, diagonal):
    """Code of each block's centre, and whether its sub-cells may differ from it."""
    distance = solid.distance(centres)
    code = np.full(len(centres), -1, dtype=np.int8)
    near = distance <= solid.reach + diagonal / 2
    best, margin = _winner(solid, solid.fields(centres[near]))
    code[near] = best
    code[distance > solid.reach] = -1
    mixed = near & (distance > solid.reach - diagonal / 2)
    mixed[near] |= margin < NEAR * diagonal
    return code, mixed


def _code_mixed(codes, opened, grid, solid, subcells):
    """Write the codes of the sub-cells of blocks that a contact, or the limit of the reach, may cross."""
    offsets, weights = grid.offsets(subcells), _weights(subcells)
    blocks, fields, number = opened.mixed, opened.fields, opened.number
    centres = grid.centres(blocks)
    doubt = DOUBT * min(grid.size)
    for start in range(0, blocks.size, CHUNK):
        part = slice(start, start + CHUNK)
        points = (centres[part][:, None] + offsets).reshape(-1, 3)
        # einsum, not matmul: its sums do not depend on the library's threads
        inner = np.einsum("sn,bnf->bsf", weights, fields[number[part]]).reshape(len(points), -1)
        code, margin = _winner(solid, inner)
        unsure = margin < doubt
        code[unsure] = _winner(solid, solid.fields(points[unsure]))[0]
        code[solid.distance(points) > solid.reach] = -1
        codes[blocks[part]] = code.reshape(-1, len(offsets))


def _winner(solid, fields):
    """Code of the winning field, and how far it is ahead, m."""
    return winner(fields, solid.codes, getattr(solid, "priorities", None))


def _nodes(grid, blocks):
    """Corners of the half blocks, local m ``(n, 3)``, each once, and their numbers ``(blocks, 27)``, x fastest."""
    k, j, i = np.unravel_index(blocks, grid.shape)
    z, y, x = np.meshgrid(np.arange(3), np.arange(3), np.arange(3), indexing="ij")
    shape = tuple(2 * count + 1 for count in grid.shape)
    corner = np.stack([2 * index[:, None] + step.ravel() for index, step in ((k, z), (j, y), (i, x))])
    flat, number = np.unique(np.ravel_multi_index(tuple(corner), shape), return_inverse=True)
    place = np.column_stack(np.unravel_index(flat, shape)[::-1]) + 2 * np.array(grid.first)
    return np.asarray(grid.origin) + np.asarray(grid.size) / 2 * place, number.reshape(corner.shape[1:]).astype(np.int32)


def _weights(subcells):
    """Trilinear weights of the 27 nodes at each sub-cell, ``(sub-cells, 27)``: the same for every block."""
    hats = [np.maximum(0.0, 1 - np.abs((2 * np.arange(n)[:, None] + 1) / n - np.arange(3))) for n in subcells]
    return np.einsum("xa,yb,zc->zyxcba", *hats).reshape(-1, 27)
