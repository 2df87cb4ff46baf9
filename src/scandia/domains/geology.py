"""The whole geology: the solid between the holes and the solids from files, cut by each other in the order of priority."""

from dataclasses import dataclass

import numpy as np

from scandia.domains.implicit import Solid
from scandia.domains.priority import rank
from scandia.geometry.mesh import Mesh, contains

HOST = 0
BEYOND = -1  # beyond the reach of the drilling


@dataclass(frozen=True, eq=False)
class Geology:
    """What names the domain of any place; composites and blocks ask the same object."""

    implicit: Solid | None
    meshes: tuple[tuple[int, Mesh], ...]  # code and solid, local m, from the weakest to the strongest
    weaker: dict[int, np.ndarray]  # code of each mesh to the codes that it cuts out

    def overlay(self, points, codes):
        """Codes ``(n,)`` of local points ``(n, 3)`` where the solids from files have cut out what they go before."""
        codes = codes.copy()
        for code, mesh in self.meshes:
            below = np.isin(codes, self.weaker[code])
            below[below] = contains(mesh, points[below])
            codes[below] = code
        return codes

    def domain_codes(self, points):
        """Domain code of local points ``(n, 3)``, int8 ``(n,)``: 0 is the host rock, -1 lies beyond reach of the drilling."""
        points = np.asarray(points, dtype=float)
        base = np.full(len(points), HOST, dtype=np.int8) if self.implicit is None else self.implicit.domain_codes(points)
        return self.overlay(points, base)


def geology_of(implicit, solids, domains):
    """`Geology` of the solid between the holes, or None, and of the solids from files.

    Parameters
    ----------
    implicit : Solid or None
    solids : dict of str to Mesh
        Domain name to its closed solid in local coordinates.
    domains : Domains
    """
    names = sorted(solids, key=lambda name: rank(domains, name))
    codes = {name: domain.code for name, domain in domains.domains.items()}
    weaker = {
        codes[name]: np.array([HOST, BEYOND, *(codes[other] for other in codes if rank(domains, other) < rank(domains, name))])
        for name in names
    }
    return Geology(implicit, tuple((codes[name], solids[name]) for name in names), weaker)
