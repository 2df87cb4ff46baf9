"""Meshes: volumes of known bodies, inside and outside, and every fault of a solid named."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import ConvexHull

from scandia.errors import InputError
from scandia.geometry.mesh import Mesh, check_solid, contains, crossings, mesh_of, volume
from scandia.geometry.surface import TriangulatedSurface, elevation_at

CORNERS = np.array([[x, y, z] for x in (0.0, 1.0) for y in (0.0, 1.0) for z in (0.0, 1.0)])


def hull(points):
    """Closed mesh of the convex hull, facing outwards."""
    found = ConvexHull(points)
    faces = found.simplices.copy()
    corners = points[faces]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    inward = (normal * (corners.mean(axis=1) - points.mean(axis=0))).sum(axis=1) < 0
    faces[inward] = faces[inward][:, ::-1]
    return mesh_of(points, faces, "hull"), found


def test_the_volume_of_a_cube_is_exact_and_far_from_the_origin_too():
    for shift in (0.0, 6e6):
        assert volume(hull(3.0 * CORNERS + shift)[0]) == pytest.approx(27.0, rel=1e-6)


@given(st.integers(0, 10**6))
def test_a_point_is_inside_where_it_lies_behind_every_face(seed):
    random = np.random.default_rng(seed)
    mesh, found = hull(random.uniform(-10.0, 10.0, (12, 3)))
    points = random.uniform(-12.0, 12.0, (400, 3))
    beyond = (points @ found.equations[:, :3].T + found.equations[:, 3]).max(axis=1)
    clear = np.abs(beyond) > 1e-9
    assert (contains(mesh, points) == (beyond < 0))[clear].all()
    assert check_solid(mesh, "hull") is mesh
    assert volume(mesh) == pytest.approx(found.volume)


def test_lines_through_edges_and_vertices_cross_a_closed_mesh_an_even_number_of_times():
    ring = np.array([(np.cos(a), np.sin(a), 0.0) for a in np.arange(8) * np.pi / 4])
    mesh, _ = hull(np.r_[ring, [[0.0, 0.0, 1.0], [0.0, 0.0, -1.0]]])
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


def test_a_solid_with_a_hole_a_turned_triangle_or_inside_out_is_refused_with_its_place():
    mesh, _ = hull(CORNERS)
    with pytest.raises(InputError, match=r"box.obj: the solid is not closed: 3 of 18 edges.*one triangle only, from \("):
        check_solid(Mesh(mesh.vertices, mesh.triangles[1:]), "box.obj")
    turned = mesh.triangles.copy()
    turned[0] = turned[0][::-1]
    with pytest.raises(InputError, match="face different ways, at 3 edges"):
        check_solid(Mesh(mesh.vertices, turned), "box.obj")
    inside_out = Mesh(mesh.vertices, mesh.triangles[:, ::-1])
    with pytest.raises(InputError, match=r"inwards.*inward: true"):
        check_solid(inside_out, "box.obj")
    assert volume(check_solid(inside_out, "box.obj", inward=True)) == pytest.approx(1.0)


def test_corners_written_anew_for_each_triangle_are_one_and_slivers_are_left_out():
    mesh, _ = hull(CORNERS)
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
