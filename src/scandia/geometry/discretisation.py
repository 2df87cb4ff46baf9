"""Regular discretisation of a block: the points whose mean stands for the block."""

import numpy as np


def regular_offsets(size, points):
    """Mid-points ``(n, 3)`` of the regular cells of a block, m, relative to its centre, x fastest.

    Parameters
    ----------
    size : tuple of 3 floats
        Block size along x, y, z, m.
    points : tuple of 3 ints
        Cells along x, y, z; ``(1, 1, 1)`` is the centre alone.
    """
    steps = [((np.arange(n) + 0.5) / n - 0.5) * length for n, length in zip(points, size, strict=True)]
    z, y, x = np.meshgrid(steps[2], steps[1], steps[0], indexing="ij")
    return np.column_stack([x.ravel(), y.ravel(), z.ravel()])
