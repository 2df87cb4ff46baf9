"""Meshes: volumes of known bodies, inside and outside, and every fault of a solid named."""

import numpy as np
import pytest
from bodies import hull
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import ConvexHull

from scandia.errors import InputError
from scandia.geometry.crossing import self_crossings
from scandia.geometry.faults import check_solid, solid_faults
from scandia.geometry.mesh import Mesh, contains, crossings, mesh_of, volume
from scandia.geometry.surface import TriangulatedSurface, elevation_at

CORNERS = np.array([[x, y, z] for x in (0.0, 1.0) for y in (0.0, 1.0) for z in (0.0, 1.0)])


def test_the_volume_of_a_cube_is_exact_and_far_from_the_origin_too():
    for shift in (0.0, 6e6):
        assert volume(hull(3.0 * CORNERS + shift)) == pytest.approx(27.0, rel=1e-6)


@given(st.integers(0, 10**6))
def test_a_point_is_inside_where_it_lies_behind_every_face(seed):
    random = np.random.default_rng(seed)
    points = random.uniform(-10.0, 10.0, (12, 3))
    mesh, found = hull(points), ConvexHull(points)
    points = random.uniform(-12.0, 12.0, (400, 3))
    beyond = (points @ found.equations[:, :3].T + found.equations[:, 3]).max(axis=1)
    clear = np.abs(beyond) > 1e-9
    assert (contains(mesh, points) == (beyond < 0))[clear].all()
    assert check_solid(mesh, "hull") is mesh
    assert volume(mesh) == pytest.approx(found.volume)


def test_lines_through_edges_and_vertices_cross_a_closed_mesh_an_even_number_of_times():
    ring = np.array([(np.cos(a), np.sin(a), 0.0) for a in np.arange(8) * np.pi / 4])
    mesh = hull(np.r_[ring, [[0.0, 0.0, 1.0], [0.0, 0.0, -1.0]]])
    places = np.r_[mesh.vertices[:, :2], [[0.5, 0.0], [0.0, -0.5], [0.25, 0.25]]]
    owner, height = crossings(mesh, places[:, 0], places[:, 1])
    assert (np.bincount(owner, minlength=len(places)) % 2 == 0).all()
    assert height[owner == len(places) - 1] == pytest.approx([-height[-1], height[-1]])
    assert contains(mesh, [[0.0, 0.0, 0.0], [0.5, 0.0, 0.0], [0.0, 0.0, 1.1], [2.0, 0.0, 0.0]]).tolist() == [
        True,
        True,
        False,
        False,
    ]


def faults_of(mesh, **options):
    return [(fault.rule, fault.count, fault.triangles) for fault in solid_faults(mesh, **options)]


def test_a_solid_with_a_hole_a_turned_triangle_or_inside_out_is_refused_with_its_place_and_triangles():
    mesh = hull(CORNERS)
    assert faults_of(mesh) == []
    missing = Mesh(mesh.vertices, mesh.triangles[1:], np.arange(1, 12))
    with pytest.raises(
        InputError, match=r"box.obj: the solid is not closed: 3 edges.*one triangle only, the first from \(.*, of"
    ):
        check_solid(missing, "box.obj")
    (found,) = faults_of(missing)
    assert found[:2] == ("solid_open", 3)
    assert 2 <= int(found[2]) <= 12  # numbers of the file, in which the first triangle is left out
    turned = mesh.triangles.copy()
    turned[0] = turned[0][::-1]
    with pytest.raises(InputError, match=r"face different ways at 3 edges, .* between triangles 1, "):
        check_solid(Mesh(mesh.vertices, turned), "box.obj")
    inside_out = Mesh(mesh.vertices, mesh.triangles[:, ::-1])
    with pytest.raises(InputError, match=r"face the other way.*volume is -1.0 m3.*inward: true"):
        check_solid(inside_out, "box.obj")
    assert faults_of(mesh, inward=True) == [("solid_inside_out", 12, "all")]
    assert volume(check_solid(inside_out, "box.obj", inward=True)) == pytest.approx(1.0)


def test_a_wall_inside_a_solid_is_an_edge_of_more_than_two_triangles():
    mesh = hull(CORNERS)
    low = np.flatnonzero((mesh.vertices == [0.0, 0.0, 0.0]).all(axis=1) | (mesh.vertices == [1.0, 1.0, 0.0]).all(axis=1))
    top = int(np.flatnonzero((mesh.vertices == [1.0, 1.0, 1.0]).all(axis=1)).item())
    walled = Mesh(mesh.vertices, np.r_[mesh.triangles, [[*low, top], [*low[::-1], top]]])
    assert "solid_edge_shared" in {rule for rule, _, _ in faults_of(walled)}


def both(one, other):
    vertices = np.r_[one.vertices, other.vertices]
    return mesh_of(vertices, np.r_[one.triangles, other.triangles + len(one.vertices)], "both")


def test_bodies_that_pass_through_each_other_are_found_and_those_that_touch_are_not():
    box = hull(4.0 * CORNERS)
    spike = hull(np.array([[1.1, 1.2, 1.0], [2.9, 1.0, 1.1], [2.0, 3.1, 1.0], [2.05, 1.95, 6.0]]))  # out through the lid
    found = solid_faults(both(box, spike))
    assert [fault.rule for fault in found] == ["solid_crosses_itself"]
    pairs, points = self_crossings(both(box, spike))
    assert found[0].count == len(pairs)
    np.testing.assert_allclose(points[:, 2], 4.0, atol=1e-9)
    for shift in ([4.0, 0.0, 0.0], [4.0, 4.0, 0.0], [9.0, 0.0, 0.0]):
        assert len(self_crossings(both(box, hull(4.0 * CORNERS + np.array(shift))))[0]) == 0
    inner = hull(CORNERS + 1.5)
    assert len(self_crossings(both(box, inner))[0]) == 0


@given(st.integers(0, 10**6))
def test_crossings_are_those_of_every_pair_tried_alone(seed):
    random = np.random.default_rng(seed)
    soup = Mesh(random.uniform(0.0, 10.0, (60, 3)), np.arange(60).reshape(20, 3))
    alone = set()
    for i in range(20):
        for j in range(i + 1, 20):
            a, b = soup.vertices[soup.triangles[i]], soup.vertices[soup.triangles[j]]
            if any(_pierces(a[k], a[(k + 1) % 3], b) or _pierces(b[k], b[(k + 1) % 3], a) for k in range(3)):
                alone.add((i, j))
    assert {tuple(pair) for pair in self_crossings(soup)[0].tolist()} == alone


def _pierces(p, q, corners):
    """Whether the stretch from p to q passes through a triangle: by solving for the place."""
    a, b, c = corners
    along, first, second = np.linalg.solve(np.column_stack([q - p, a - b, a - c]), a - p)
    return 0.0 < along < 1.0 and first > 0.0 and second > 0.0 and first + second < 1.0


def test_corners_written_anew_for_each_triangle_are_one_and_slivers_are_left_out():
    mesh = hull(CORNERS)
    loose = mesh.vertices[mesh.triangles].reshape(-1, 3)
    faces = np.r_[np.arange(len(loose)).reshape(-1, 3), [[0, 0, 1]]]
    merged = mesh_of(loose, faces, "box.stl")
    assert len(merged.vertices) == 8
    assert len(merged.triangles) == 12
    check_solid(merged, "box.stl")
    with pytest.raises(InputError, match=r"vertex 1 is .nan"):
        mesh_of([[np.nan, 0, 0]], [[0, 0, 0]], "box.stl")


def test_a_triangulated_surface_is_read_in_its_planes_and_must_not_fold():
    corners = np.array([[0.0, 0.0, 5.0], [10.0, 0.0, 15.0], [10.0, 10.0, 15.0], [0.0, 10.0, 5.0]])
    surface = TriangulatedSurface(mesh_of(corners, [[0, 1, 2], [0, 2, 3]], "ground.obj"), "ground.obj")
    east, north = np.meshgrid(np.arange(0.5, 10.0), np.arange(0.5, 10.0))
    np.testing.assert_allclose(elevation_at(surface, east, north), 5.0 + east)  # also on the diagonal, once
    assert np.isnan(elevation_at(surface, 11.0, 5.0))
    folded = TriangulatedSurface(
        mesh_of(np.concatenate([corners, corners + np.array([0, 0, 1])]), [[0, 1, 2], [4, 5, 6]], "f.obj"), "f.obj"
    )
    with pytest.raises(InputError, match="one at each place"):
        elevation_at(folded, 8.0, 2.0)
