"""Triangulated solids and surfaces: volume, and where vertical lines cross them."""

from dataclasses import dataclass

import numpy as np

from scandia.errors import InputError

SAME = 1e-6  # m; vertices closer than this are one, as STL writes each corner of each triangle anew
PAIRS = 4_000_000  # pairs of point and triangle held in memory at once


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles over shared vertices, metres; z is elevation."""

    vertices: np.ndarray  # (n, 3)
    triangles: np.ndarray  # (m, 3) int64, counter-clockwise seen from outside
    numbers: np.ndarray | None = None  # (m,) of the triangles in their file, from 0; none: their own order


def mesh_of(vertices, triangles, label):
    """`Mesh` with vertices at one place merged and triangles without area left out.

    Parameters
    ----------
    vertices : array (n, 3)
        Metres.
    triangles : array (m, 3) of int
        Numbers of vertices.
    label : str
        What the message calls it.

    Raises
    ------
    InputError
        No triangle, a vertex that is not there or not a number.
    """
    vertices = np.asarray(vertices, dtype=float).reshape(-1, 3)
    triangles = np.asarray(triangles, dtype=np.int64).reshape(-1, 3)
    if not np.isfinite(vertices).all():
        bad = int(np.argmin(np.isfinite(vertices).all(axis=1)))
        message = f"{label}: vertex {bad + 1} is {vertices[bad].tolist()}; coordinates must be numbers. Hint: export it again"
        raise InputError(message)
    if triangles.size and (triangles.min() < 0 or triangles.max() >= len(vertices)):
        message = f"{label}: a triangle names vertex {triangles.max() + 1}, but there are {len(vertices)}. Hint: export it again"
        raise InputError(message)
    lowest = vertices.min(axis=0) if len(vertices) else 0.0
    _, first, number = np.unique(np.round((vertices - lowest) / SAME), axis=0, return_index=True, return_inverse=True)
    merged, triangles = vertices[first], number.reshape(-1)[triangles]
    corners = merged[triangles]
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    triangles, numbers = triangles[area > 0], np.flatnonzero(area > 0)
    if not len(triangles):
        message = f"{label}: it holds no triangle with an area. Hint: export a triangulated solid or surface"
        raise InputError(message)
    return Mesh(merged, triangles, numbers)


def volume(mesh):
    """Volume inside a closed mesh, m3, by the divergence theorem; negative where its triangles face inwards."""
    a, b, c = (mesh.vertices - mesh.vertices.mean(axis=0))[mesh.triangles].transpose(1, 0, 2)
    return float(np.sum(a * np.cross(b, c)) / 6.0)


def crossings(mesh, x, y):
    """Where vertical lines cross a mesh: number of the line ``(c,)`` and elevation ``(c,)``, m, sorted by line and elevation.

    A line through an edge or a vertex of the projected triangles crosses exactly one of those that meet there, so that the
    count through a closed mesh is even. Vertical triangles are never crossed.

    Parameters
    ----------
    x, y : array (n,)
        Coordinates of the lines, m, in the mesh's own.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    bins = triangle_bins(mesh)
    cell = bins.cell(x, y)
    owners, heights = [], []
    count = np.where(cell >= 0, bins.count[cell], 0)
    for part in _chunks(count):
        owner = np.repeat(np.arange(part.start, part.stop), count[part])
        first = bins.first[cell[part]]
        step = np.arange(owner.size) - np.repeat(np.cumsum(count[part]) - count[part], count[part])
        triangle = bins.triangle[np.repeat(first, count[part]) + step]
        hit, z = _cross(mesh, triangle, x[owner], y[owner])
        owners.append(owner[hit])
        heights.append(z[hit])
    owner = np.concatenate(owners) if owners else np.empty(0, dtype=np.int64)
    height = np.concatenate(heights) if heights else np.empty(0)
    order = np.lexsort([height, owner])
    return owner[order], height[order]


def contains(mesh, points):
    """Which local points ``(n, 3)`` lie in a closed mesh, bool ``(n,)``: an odd number of crossings lies above them."""
    points = np.asarray(points, dtype=float)
    columns, column = np.unique(points[:, :2], axis=0, return_inverse=True)
    owner, height = crossings(mesh, columns[:, 0], columns[:, 1])
    column = column.reshape(-1)
    if not owner.size:
        return np.zeros(len(points), dtype=bool)
    total = np.bincount(owner, minlength=len(columns))
    both = np.lexsort([np.arange(owner.size + len(points)) < owner.size, np.r_[height, points[:, 2]], np.r_[owner, column]])
    passed = np.cumsum(both < owner.size)
    seen = np.empty(both.size, dtype=np.int64)
    seen[both] = passed
    below = seen[owner.size :] - np.r_[0, np.cumsum(total)][column]
    return (total[column] - below) % 2 == 1


@dataclass(frozen=True, eq=False)
class Bins:
    """Triangles by the cells of a regular grid over their projection: ``triangle[first:first + count]`` of each cell."""

    low: np.ndarray
    size: np.ndarray
    shape: np.ndarray
    first: np.ndarray
    count: np.ndarray
    triangle: np.ndarray

    def cell(self, x, y):
        """Number of the cell that holds each place, -1 outside."""
        place = np.floor((np.column_stack([x, y]) - self.low) / self.size).astype(np.int64)
        inside = ((place >= 0) & (place < self.shape)).all(axis=1)
        return np.where(inside, place[:, 0] * self.shape[1] + place[:, 1], -1)


def triangle_bins(mesh):
    """`Bins` of a mesh over x and y; a triangle stands in every cell that its box touches."""
    corners = mesh.vertices[mesh.triangles][:, :, :2]
    low, high = corners.min(axis=1), corners.max(axis=1)
    start, stop = low.min(axis=0), high.max(axis=0)
    side = int(np.clip(np.sqrt(len(corners)), 1, 1000))
    size = np.maximum((stop - start) / side, 1e-3) * (1 + 1e-9)
    shape = np.floor((stop - start) / size).astype(np.int64) + 1
    first, last = (np.floor((edge - start) / size).astype(np.int64) for edge in (low, high))
    span = last - first + 1
    owner = np.repeat(np.arange(len(corners)), span.prod(axis=1))
    step = np.arange(owner.size) - np.repeat(np.cumsum(span.prod(axis=1)) - span.prod(axis=1), span.prod(axis=1))
    along, across = np.divmod(step, span[owner, 1])
    cell = (first[owner, 0] + along) * shape[1] + first[owner, 1] + across
    order = np.argsort(cell, kind="stable")
    count = np.bincount(cell, minlength=int(shape.prod()))
    return Bins(start, size, shape, np.cumsum(count) - count, count, owner[order])


def _chunks(count):
    """Slices of lines whose pairs with triangles fit into memory together."""
    total = np.cumsum(count)
    start = 0
    while start < count.size:
        before = total[start - 1] if start else 0
        stop = max(int(np.searchsorted(total, before + PAIRS, side="right")), start + 1)
        yield slice(start, stop)
        start = stop


def _cross(mesh, triangle, x, y):
    """Whether each line crosses each triangle, and at which elevation.

    The side of an edge is computed from its lower vertex to its higher one for both triangles that share it, so that rounding
    never puts a line between them; a line on the edge belongs to the triangle whose edge runs down, or level to the left.
    """
    corners = mesh.triangles[triangle]
    a, b, c = (mesh.vertices[corners[:, k]] for k in range(3))
    turned = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    sign = np.sign(turned)
    inside = sign != 0
    weight = np.empty((3, len(triangle)))
    for k in range(3):
        start, stop = corners[:, (k + 1) % 3], corners[:, (k + 2) % 3]
        flip = np.where(start < stop, 1.0, -1.0)
        p, q = mesh.vertices[np.minimum(start, stop)], mesh.vertices[np.maximum(start, stop)]
        dx, dy = q[:, 0] - p[:, 0], q[:, 1] - p[:, 1]
        side = (dx * (y - p[:, 1]) - dy * (x - p[:, 0])) * flip * sign
        down, left = dy * flip * sign, dx * flip * sign
        inside &= (side > 0) | ((side == 0) & ((down < 0) | ((down == 0) & (left < 0))))
        weight[k] = side
    total = weight.sum(axis=0)
    safe = np.where(total > 0, total, 1.0)
    return inside & (total > 0), (weight[0] * a[:, 2] + weight[1] * b[:, 2] + weight[2] * c[:, 2]) / safe
