"""Which points of a block lie in which of its parts: the sub-cells that the volume fractions count, packed a bit each."""

from dataclasses import dataclass

import numpy as np

from scandia.errors import InputError
from scandia.vocabulary import DOMAIN, OWN_POINTS

DIMS = (DOMAIN, "z", "y", "x", "byte")


@dataclass(frozen=True, eq=False)
class OwnPoints:
    """Which points count in each of m blocks: rows of bool by their numbers, unpacked when they are asked for."""

    packed: np.ndarray  # (m, bytes) of uint8
    count: int  # points of a block

    @property
    def shape(self):
        """Blocks and points."""
        return len(self.packed), self.count

    def __getitem__(self, rows):
        """Array ``(k, points)`` of bool, x fastest, of the blocks of these numbers."""
        return np.unpackbits(self.packed[rows], axis=-1, count=self.count, bitorder="little").astype(bool)


def with_own_points(parts, packed, subcells):
    """Parts with ``own_points`` (domain, z, y, x, byte), uint8: the bit of each sub-cell, x fastest, the lowest bit first.

    Parameters
    ----------
    parts : xarray.Dataset
    packed : array (domain, z, y, x, bytes) of uint8
        From `scandia.blockmodel.fractions.domain_cells`.
    subcells : tuple of 3 int
        Count along x, y, z.
    """
    attributes = {
        "long_name": "sub-cells of the block in the domain, below ground, a bit each, x fastest",
        "units": "1",
        "subcells": np.array(subcells, dtype=np.int32),
    }
    return parts.assign({OWN_POINTS: (DIMS, packed, attributes)})


def own_points(parts, number, mask, points):
    """`OwnPoints` of the blocks of the mask ``(z, y, x)`` for one domain's number.

    Raises
    ------
    InputError
        The blocks carry no points of their own, or others than the ``points`` along x, y, z that are asked for.
    """
    if OWN_POINTS not in parts:
        message = "the estimation asks for the blocks' own points, but the block model holds none. Hint: build it with own points"
        raise InputError(message)
    subcells = tuple(np.atleast_1d(parts[OWN_POINTS].attrs["subcells"]).tolist())
    if subcells != tuple(points):
        message = (
            f"the blocks' own points are {subcells} along x, y, z, but the discretisation is {tuple(points)}; they must agree"
        )
        raise InputError(message)
    return OwnPoints(parts[OWN_POINTS].values[number][mask], int(np.prod(subcells)))
