"""Where the triangles of a mesh pass through each other."""

import numpy as np

from scandia.geometry.mesh import PAIRS, SAME, Mesh, triangle_bins

EDGES = ((0, 1), (1, 2), (2, 0))
INSIDE = 1e-9  # share of a triangle by which a crossing must lie inside it; touching is none


def self_crossings(mesh):
    """Pairs of triangles ``(k, 2)`` of which one has an edge that pierces the other, and a point of each ``(k, 3)``, m.

    Notes
    -----
    Triangles are binned over the plane in which the mesh is widest, and each pair is tested in one bin that both share: six
    edges against the opposite triangle. An edge must pass through by more than `geometry.mesh.SAME` on both sides, so that
    solids which only touch do not cross. Faces that lie upon each other in one plane do not pierce, and a point exactly on an
    edge of the other triangle is no piercing: both are not found.
    """
    pairs, points = [np.empty((0, 2), dtype=np.int64)], [np.empty((0, 3))]
    for first, second in near_pairs(mesh):
        found, place = _pierced(mesh, first, second)
        pairs.append(found)
        points.append(place)
    found = np.sort(np.concatenate(pairs), axis=1)
    order = np.lexsort((found[:, 1], found[:, 0]))
    return found[order], np.concatenate(points)[order]


def near_pairs(mesh):
    """Pairs of triangles of which the boxes meet, each once, as two arrays of their numbers, part by part as memory allows."""
    widest = np.argsort(-np.ptp(mesh.vertices, axis=0), kind="stable")
    turned = Mesh(mesh.vertices[:, widest], mesh.triangles)
    bins, corners = triangle_bins(turned), turned.vertices[turned.triangles]
    low, high = corners.min(axis=1), corners.max(axis=1)
    cell = np.repeat(np.arange(bins.count.size), bins.count)
    later = (bins.first + bins.count)[cell] - np.arange(cell.size) - 1  # of the same bin, behind each
    total, start = np.cumsum(later), 0
    while start < cell.size:
        before = total[start - 1] if start else 0
        stop = max(int(np.searchsorted(total, before + PAIRS, side="right")), start + 1)
        one = np.repeat(np.arange(start, stop), later[start:stop])
        step = np.arange(one.size) - np.repeat(total[start:stop] - later[start:stop] - before, later[start:stop])
        first, second = bins.triangle[one], bins.triangle[one + 1 + step]
        near = ((low[first] <= high[second]) & (low[second] <= high[first])).all(axis=1)
        first, second, at = first[near], second[near], cell[one][near]
        corner = np.maximum(low[first], low[second])
        mine = bins.cell(corner[:, 0], corner[:, 1]) == at  # of all bins that both share, the one of their common corner
        yield first[mine], second[mine]
        start = stop


def _pierced(mesh, first, second):
    """Those pairs of triangles of which an edge of one pierces the other, and where."""
    hit, place = np.zeros(first.size, dtype=bool), np.zeros((first.size, 3))
    for one, other in ((first, second), (second, first)):
        a, b, c = (mesh.vertices[mesh.triangles[other, corner]] for corner in range(3))
        normal = np.cross(b - a, c - a)
        squared = np.einsum("ij,ij->i", normal, normal)
        length = np.sqrt(squared)
        for start, stop in EDGES:
            names = mesh.triangles[one][:, [start, stop]]
            apart = ~(names[:, :, None] == mesh.triangles[other][:, None, :]).any(axis=(1, 2))
            p, q = mesh.vertices[names[:, 0]], mesh.vertices[names[:, 1]]
            above, below = (np.einsum("ij,ij->i", end - a, normal) / length for end in (p, q))
            passes = apart & (np.minimum(above, below) < -SAME) & (np.maximum(above, below) > SAME)
            point = p + (q - p) * (above / np.where(passes, above - below, 1.0))[:, None]
            inside = passes.copy()
            for near, far in ((a, b), (b, c), (c, a)):
                inside &= np.einsum("ij,ij->i", np.cross(far - near, point - near), normal) > INSIDE * squared
            place[inside & ~hit] = point[inside & ~hit]
            hit |= inside
    return np.column_stack([first, second])[hit], place[hit]
