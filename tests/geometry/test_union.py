"""Faces of unions: boxes by hand, convex bodies by their half spaces, and solids that share faces, edges and corners."""

from itertools import product

import numpy as np
import pytest
from bodies import hull
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.spatial import ConvexHull, HalfspaceIntersection

from scandia.geometry.mesh import volume
from scandia.geometry.union import mesh_of_faces, with_union


def box(low, high):
    return hull(np.array([[x, y, z] for x, y, z in product(*zip(low, high, strict=True))], dtype=float))


def union(*meshes):
    faces, members = np.empty((0, 3, 3)), []
    for mesh in meshes:
        faces, members = with_union(faces, members, mesh), [*members, mesh]
    return volume(mesh_of_faces(faces))


@pytest.mark.parametrize("first", list(product((-4, 0, 3, 10, 12), repeat=3)))
def test_boxes_have_the_union_that_is_worked_by_hand(first):
    """Apart, through each other, one in the other, upon each other, and meeting in a face, an edge, a corner."""
    second, size = np.array(first), np.array([10, 7, 10])
    other = np.array([10, 10, 10])
    overlap = np.prod(np.clip(np.minimum(other, second + size) - np.maximum(0, second), 0, None))
    found = union(box((0, 0, 0), (10, 10, 10)), box(second, second + size))
    assert found == pytest.approx(1000 + size.prod() - overlap, rel=1e-9)


def test_three_boxes_of_which_two_share_a_face_within_the_third():
    shell = box((-1, -1, -1), (9, 5, 5))
    left, right = box((0, 0, 0), (4, 4, 4)), box((4, 0, 0), (12, 4, 4))
    for order in ((shell, left, right), (left, right, shell), (right, shell, left), (left, right, left)):
        expected = 4 * 4 * 12 if shell not in order else 10 * 6 * 6 + 3 * 4 * 4
        assert union(*order) == pytest.approx(expected, rel=1e-9)


def shared(one, two):
    """Volume that two convex bodies share, by the half spaces of both; 0 where they lie apart."""
    planes = np.vstack([ConvexHull(points).equations for points in (one, two)])
    found = linprog(
        [0, 0, 0, -1], np.c_[planes[:, :3], np.ones(len(planes))], -planes[:, 3], bounds=[(None, None)] * 3 + [(0, 9)]
    )
    if not found.success or found.x[3] < 1e-9:
        return 0.0
    return ConvexHull(HalfspaceIntersection(planes, found.x[:3]).intersections).volume


@given(st.integers(0, 10**6), st.floats(0.0, 60.0))
@profile(max_examples=20)
def test_convex_bodies_have_the_union_of_their_half_spaces(seed, apart):
    random = np.random.default_rng(seed)
    one, two = random.uniform(-30.0, 30.0, (2, 9, 3))
    two[:, 0] += apart
    first, second = hull(one), hull(two)
    assert union(first, second) == pytest.approx(volume(first) + volume(second) - shared(one, two), rel=1e-7)
