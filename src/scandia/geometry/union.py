"""Faces of the union of closed meshes, nested, apart or through each other, ready for exact volumes."""

import numpy as np

from scandia.geometry.crossing import near_pairs
from scandia.geometry.mesh import SAME, Mesh, contains

FLAT = 1e-8  # m; what lies this close to a plane lies on it


def mesh_of_faces(corners):
    """`Mesh` of loose triangles ``(n, 3, 3)``, m, each with vertices of its own."""
    return Mesh(corners.reshape(-1, 3), np.arange(3 * len(corners), dtype=np.int64).reshape(-1, 3))


def with_union(faces, members, mesh):
    """Faces of the union of some meshes and one more, loose triangles ``(n, 3, 3)``, m, facing outwards.

    Parameters
    ----------
    faces : array (n, 3, 3)
        Of the union of the members.
    members : list of Mesh
        Closed, facing outwards; none of them changes.
    mesh : Mesh
        Closed, facing outwards.

    Notes
    -----
    Every face is cut along the lines in which it meets those of the other side, so that each piece lies wholly within or wholly
    outside; a piece bounds the union where no other mesh lies on its outer side. Of two faces upon each other the older one stays
    where both face the same way, and neither where they face each other. Pieces fit without gaps, but share no vertices.
    """
    added = mesh.vertices[mesh.triangles]
    old, new = _cut(faces, added), added
    for member in members:
        new = _cut(new, member.vertices[member.triangles])
    keep = ~contains(mesh, _beside(old, 1.0))
    fresh = np.ones(len(new), dtype=bool)
    for member in members:
        fresh &= ~contains(member, _beside(new, 1.0)) & ~contains(member, _beside(new, -1.0))
    return np.concatenate([old[keep], new[fresh]])


def _beside(corners, side):
    """Points just outside (1) or inside (-1) the middles of triangles."""
    return corners.mean(axis=1) + side * SAME * _normal(corners)


def _normal(corners):
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return normal / np.maximum(np.linalg.norm(normal, axis=1), np.finfo(float).tiny)[:, None]


def _cut(corners, others):
    """Triangles cut along the lines in which the others meet them."""
    if not len(corners) or not len(others):
        return corners
    near = ((corners.min(axis=1) <= others.max(axis=(0, 1))) & (corners.max(axis=1) >= others.min(axis=(0, 1)))).all(axis=1)
    owner, start, stop = _lines(corners[near], others)
    order = np.argsort(owner, kind="stable")
    owner, start, stop = owner[order], start[order], stop[order]
    count = np.bincount(owner, minlength=int(near.sum()))
    first, normal = np.cumsum(count) - count, _normal(corners[near])
    pieces, own, done = corners[near], np.arange(len(count)), [corners[~near]]
    for step in range(int(count.max(initial=0))):
        over = count[own] <= step
        done.append(pieces[over])
        pieces, own = pieces[~over], own[~over]
        line = first[own] + step
        pieces, own = _split(pieces, own, start[line], stop[line], normal[own])
    return np.concatenate([*done, pieces])


def _lines(corners, others):
    """Lines in which others meet these triangles: number of the triangle ``(k,)``, both ends ``(k, 3)``; edges in its plane."""
    both = mesh_of_faces(np.concatenate([corners, others]))
    found = [(np.empty(0, dtype=np.int64), np.empty((0, 3)), np.empty((0, 3)))]
    for one, two in near_pairs(both):
        first, second = np.minimum(one, two), np.maximum(one, two)
        mixed = (first < len(corners)) & (second >= len(corners))
        first, second = first[mixed], second[mixed] - len(corners)
        if first.size:
            found.extend(_meeting(first, corners[first], others[second]))
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))


def _meeting(number, corners, others):
    """Lines in which each other triangle meets the plane of its partner, as of `_lines`."""
    away = np.einsum("ikj,ij->ik", others - corners[:, :1], _normal(corners))
    away[np.abs(away) < FLAT] = 0.0
    flat = (away == 0.0).all(axis=1)
    ends = np.full((len(others), 6, 3), np.nan)
    for k in range(3):
        after = (k + 1) % 3
        on, passes = away[:, k] == 0.0, away[:, k] * away[:, after] < 0.0
        ends[on, k] = others[on, k]
        share = away[passes, k] / (away[passes, k] - away[passes, after])
        ends[passes, 3 + k] = others[passes, k] + (others[passes, after] - others[passes, k]) * share[:, None]
    known = np.isfinite(ends[:, :, 0])
    crossed = ~flat & (known.sum(axis=1) == 2)
    pair = ends[crossed][known[crossed]].reshape(-1, 2, 3)
    yield number[crossed], pair[:, 0], pair[:, 1]
    for k in range(3):
        yield number[flat], others[flat, k], others[flat, (k + 1) % 3]


def _split(pieces, own, start, stop, normal):
    """Pieces cut in three where their line runs through them, the others whole; and the owner of each."""
    across = np.cross(normal, stop - start)
    across /= np.maximum(np.linalg.norm(across, axis=1), np.finfo(float).tiny)[:, None]
    away = np.einsum("ikj,ij->ik", pieces - start[:, None], across)
    away[np.abs(away) < FLAT] = 0.0
    hit = (away.min(axis=1) < 0.0) & (away.max(axis=1) > 0.0)
    for k in range(3):  # the line ends before it reaches the piece
        inward = np.cross(normal, pieces[:, (k + 1) % 3] - pieces[:, k])
        ends = [np.einsum("ij,ij->i", end - pieces[:, k], inward) for end in (start, stop)]
        hit &= np.maximum(*ends) > FLAT * np.linalg.norm(inward, axis=1)
    cut, apart, rows = pieces[hit], away[hit], np.arange(int(hit.sum()))
    alone = np.where((apart > 0).sum(axis=1) == 1, (apart > 0).argmax(axis=1), (apart < 0).argmax(axis=1))
    a, b, c = (cut[rows, (alone + step) % 3] for step in (0, 1, 2))
    one, two, three = (apart[rows, (alone + step) % 3] for step in (0, 1, 2))
    left, right = (a + (end - a) * (one / (one - far))[:, None] for end, far in ((b, two), (c, three)))
    made = np.concatenate([np.stack(each, axis=1) for each in ((a, left, right), (left, b, c), (left, c, right))])
    whole = np.linalg.norm(np.cross(made[:, 1] - made[:, 0], made[:, 2] - made[:, 0]), axis=1) > 0.0
    return np.concatenate([pieces[~hit], made[whole]]), np.concatenate([own[~hit], np.tile(own[hit], 3)[whole]])
