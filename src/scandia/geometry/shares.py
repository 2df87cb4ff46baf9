"""Shares of the cells of a regular grid that lie inside a closed mesh, exact for its flat faces."""

import numpy as np

LEAST = 1e-12  # share of a cell below which rounding alone is meant


def cell_shares(mesh, origin, size, count):
    """Share of the volume of each cell inside a closed mesh, ``(nz, ny, nx)``, from 0 to 1.

    Parameters
    ----------
    mesh : Mesh
        Closed, facing outwards, local m.
    origin : tuple of float
        Lower corner of the grid, m.
    size : tuple of float
        Of a cell along x, y, z, m.
    count : tuple of int
        Cells along x, y, z. What of the mesh lies outside the grid is left out.

    Notes
    -----
    By the divergence theorem along z: a piece of a face with the area A on plan, positive where it faces up, that lies within one
    cell at the mean height z above its floor, adds A z to this cell and A times the height of a cell to each one below. So the
    faces are cut at the planes of the grid, and nothing is sampled: bodies thinner than any sub-cell have their volume, whichever
    way they lie. Memory is linear in the pieces.
    """
    corners = (mesh.vertices[mesh.triangles] - np.asarray(origin, dtype=float)) / np.asarray(size, dtype=float)
    counts = np.asarray(count, dtype=np.int64)
    for axis in (0, 1, 2):
        corners = _cut(_overlapping(corners, axis, counts[axis]), axis, counts[axis])
        corners = _overlapping(corners, axis, counts[axis])
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    area = 0.5 * (first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0])
    corners, area = corners[area != 0.0], area[area != 0.0]
    i, j = (np.clip(np.floor(corners[:, :, axis].min(axis=1)), 0, counts[axis] - 1).astype(np.int64) for axis in (0, 1))
    k = np.minimum(np.floor(corners[:, :, 2].min(axis=1)), counts[2]).astype(np.int64)  # counts[2]: above the whole grid
    within = corners[:, :, 2].mean(axis=1) - k
    place, cells = (k * counts[1] + j) * counts[0] + i, (counts[2] + 1) * counts[1] * counts[0]
    own = np.bincount(place, weights=area * within, minlength=cells).reshape(counts[2] + 1, counts[1], counts[0])
    whole = np.bincount(place, weights=area, minlength=cells).reshape(own.shape)
    above = np.cumsum(whole[::-1], axis=0)[::-1]
    shares = np.clip(own[:-1] + above[1:], 0.0, 1.0)
    return np.where(shares < LEAST, 0.0, np.where(shares > 1.0 - LEAST, 1.0, shares))


def _overlapping(corners, axis, count):
    """Triangles that matter along an axis: across the grid, or (along z) not below it, for those above still cover its cells."""
    low, high = corners[:, :, axis].min(axis=1), corners[:, :, axis].max(axis=1)
    return corners[(high > 0.0) & (low < (np.inf if axis == 2 else count))]


def _cut(corners, axis, count):
    """Triangles ``(n, 3, 3)`` of which none crosses a plane of the grid across an axis, nor its ends."""
    done = []
    while len(corners):
        low, high = corners[:, :, axis].min(axis=1), corners[:, :, axis].max(axis=1)
        first, last = np.clip(np.floor(low) + 1, 0, count), np.clip(np.ceil(high) - 1, 0, count)
        crossed = (first <= last) & (first > low) & (last < high)
        done.append(corners[~crossed])
        plane = np.floor((first + last) / 2)[crossed]
        corners = _halves(corners[crossed], axis, plane)
    return np.concatenate(done) if done else corners


def _halves(corners, axis, plane):
    """The three triangles into which each plane across an axis cuts its triangle; the cut lies exactly on the plane."""
    away = corners[:, :, axis] - plane[:, None]
    alone = np.where((away > 0).sum(axis=1) == 1, (away > 0).argmax(axis=1), (away < 0).argmax(axis=1))
    rows = np.arange(len(corners))
    a, b, c = (corners[rows, (alone + step) % 3] for step in (0, 1, 2))
    near, ends = away[rows, alone], []
    for step, corner in ((1, b), (2, c)):
        far = away[rows, (alone + step) % 3]
        end = a + (corner - a) * (near / (near - far))[:, None]
        end[:, axis] = plane
        ends.append(end)
    left, right = ends
    return np.concatenate([np.stack(three, axis=1) for three in ((a, left, right), (left, b, c), (left, c, right))])
