"""How a grid is cut into chunks: boxes of whole rows that follow each other in flat order, from the config alone."""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Chunk:
    """Layers (z) and rows (y) of a grid, each from its first to before its last; all columns."""

    layers: tuple[int, int]
    rows: tuple[int, int]

    @property
    def window(self):
        """Slices by dimension, dict: what the chunk takes of a block model."""
        return {"z": slice(*self.layers), "y": slice(*self.rows)}


def cut_grid(count, blocks):
    """Chunks of a grid of ``count`` blocks along x, y, z, in flat order, a list: each of at most ``blocks``, and one row or more.

    Chunks are runs of whole layers of nearly equal number; where one layer is larger than a chunk, runs of rows of one layer.
    Neither processors nor memory have a say, so that the list is the same everywhere.
    """
    columns, rows, layers = count
    if columns * rows <= blocks:
        return [Chunk(piece, (0, rows)) for piece in _runs(layers, blocks // (columns * rows))]
    pieces = _runs(rows, max(blocks // columns, 1))
    return [Chunk((layer, layer + 1), piece) for layer in range(layers) for piece in pieces]


def _runs(count, most):
    """Runs (first, end) that cover ``count`` numbers, each of at most ``most``; their lengths differ by one at most."""
    pieces = -(-count // most)
    bounds = [number * count // pieces for number in range(pieces + 1)]
    return list(pairwise(bounds))
