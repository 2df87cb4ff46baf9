"""Surfaces from OBJ files, and the readings of their triangles."""

import numpy as np
import pytest

from scandia.errors import InputError
from scandia.geometry.readings import Readings
from scandia.io.mesh import read_obj
from scandia.io.readings import check_readings, read_readings

# A plane that strikes north and dips 60 degrees to the east: 10 m along strike, 4 m down dip; a quad and a triangle
DOWN = (4.0 * np.cos(np.pi / 3), -4.0 * np.sin(np.pi / 3))
PLANE = f"""# from a modelling program
o vein
v 1000 2000 100
v 1000 2010 100
v {1000 + DOWN[0]} 2010 {100 + DOWN[1]} 0.5 0.5 0.5
v {1000 + DOWN[0]} 2000 {100 + DOWN[1]}
vn 0 0 1
f 1/1/1 2//1 3 4   # a fan of two triangles
f -4 -3 -2
"""


@pytest.fixture
def surface(tmp_path):
    (tmp_path / "vein.obj").write_text(PLANE)
    return tmp_path


def test_polygons_become_fans_and_names_from_the_end_count_back(surface):
    vertices, faces = read_obj(surface / "vein.obj", "vein.obj")
    assert vertices.shape == (4, 3) and vertices[2].tolist() == [1000 + DOWN[0], 2010.0, 100 + DOWN[1]]
    assert faces.tolist() == [[0, 1, 2], [0, 2, 3], [0, 1, 2]]


def test_each_triangle_is_a_reading_in_the_world_weighted_by_its_area(surface):
    table = read_readings(surface, {"ore": Readings(source="surface", file="vein.obj", rake=25.0)})["ore"]
    np.testing.assert_allclose(table["azimuth"] % 360.0, 0.0, atol=1e-9)
    np.testing.assert_allclose(table["dip"], 60.0)
    assert (table["rake"] == 25.0).all()
    np.testing.assert_allclose(table["weight"], 20.0)
    assert table["easting"].between(1000, 1002).all() and table["northing"].between(2000, 2010).all()
    other = read_readings(surface, {"ore": Readings(source="surface", file="vein.obj", azimuth=170.0)})["ore"]
    np.testing.assert_allclose(other[["azimuth", "dip"]], [[180.0, 120.0]] * 3)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("f 1 2 9", r"vein\.obj, line 10: 'f 1 2 9' is no vertex"),
        ("f 1 2", "line 10"),
        ("f 0 1 2", "line 10"),
        ("f -9 1 2", "line 10"),
        ("v 1 2", "line 10: 'v 1 2' is no vertex"),
        ("v 1 2 east", "line 10"),
        ("f 1 1 1", r"vein\.obj: 1 of 4 triangles have no direction"),
        ("v 1 2 nan\nf 5 1 2", r"vein\.obj: vertices have missing numbers, first in row 4"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_is_a_finding(surface, line, words):
    (surface / "vein.obj").write_text(PLANE + line + "\n")
    settings = {"ore": Readings(source="surface", file="vein.obj")}
    with pytest.raises(InputError, match=words):
        read_readings(surface, settings)
    (found,) = check_readings(surface, settings)
    assert found["rule"].tolist() == ["readings_unusable"]


def test_a_file_without_a_face_or_without_text_is_refused(surface):
    (surface / "vein.obj").write_text("v 1 2 3\n")
    with pytest.raises(InputError, match="holds no face"):
        read_obj(surface / "vein.obj", "vein.obj")
    (surface / "vein.obj").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="is no text"):
        read_obj(surface / "vein.obj", "vein.obj")
