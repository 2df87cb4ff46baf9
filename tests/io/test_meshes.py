"""Solids and surfaces from files of every format that is read, and plain words about those that cannot be."""

import meshio
import numpy as np
import pandas as pd
import pytest

from scandia.blockmodel.settings import Overburden, Topography
from scandia.domains.settings import Domain, Domains, SolidFile
from scandia.errors import InputError
from scandia.geometry.mesh import volume
from scandia.geometry.minegrid import MineGrid, to_world
from scandia.geometry.surface import elevation_at
from scandia.io import meshes
from scandia.io.ground import read_ground
from scandia.io.meshes import find_solid_faults, read_mesh, read_solids

VERTICES = np.array([[0.0, 0.0, 0.0], [6.0, 0.0, 0.0], [0.0, 6.0, 0.0], [0.0, 0.0, 6.0]])
FACES = np.array([[0, 2, 1], [0, 1, 3], [1, 2, 3], [0, 3, 2]])
OBJ = "".join(f"v {x} {y} {z}\n" for x, y, z in VERTICES) + "".join(f"f {a + 1} {b + 1} {c + 1}\n" for a, b, c in FACES)


def test_the_formats_of_meshio_hold_the_same_solid(tmp_path):
    for suffix in ("obj", "stl", "ply", "vtk"):
        meshio.write(tmp_path / f"ore.{suffix}", meshio.Mesh(VERTICES, [("triangle", FACES.astype(np.int32))]))
        assert volume(read_mesh(tmp_path, f"ore.{suffix}")) == pytest.approx(36.0), suffix


def test_a_dxf_has_layers_and_an_omf_elements(tmp_path):
    ezdxf = pytest.importorskip("ezdxf", reason="the extra meshes is not installed")
    omf = pytest.importorskip("omf", reason="the extra meshes is not installed")
    drawing = ezdxf.new()
    for layer, shift in (("ore", 0.0), ("waste", 50.0)):
        for face in FACES:
            drawing.modelspace().add_3dface(VERTICES[face] + shift, dxfattribs={"layer": layer})
    drawing.saveas(tmp_path / "solids.dxf")
    assert read_mesh(tmp_path, "solids.dxf", element="waste").vertices.min() == 50.0
    with pytest.raises(InputError, match="layers ore, waste, but `element` names none"):
        read_mesh(tmp_path, "solids.dxf")
    geometry = omf.SurfaceGeometry(vertices=VERTICES, triangles=FACES, origin=[0.0, 5.0, 0.0])
    project = omf.Project(name="test", origin=[10.0, 0.0, 0.0])
    project.elements = [omf.SurfaceElement(name="ore", geometry=geometry)]
    omf.OMFWriter(project, str(tmp_path / "ore.omf"))
    found = read_mesh(tmp_path, "ore.omf")
    assert volume(found) == pytest.approx(36.0)
    assert found.vertices.min(axis=0).tolist() == [10.0, 5.0, 0.0]


def test_a_solid_in_world_coordinates_is_turned_into_the_mine_grid(tmp_path):
    grid = MineGrid(azimuth=35.0, easting=440870.0, northing=6133665.0, x=500.0, y=450.0)
    easting, northing = to_world(grid, VERTICES[:, 0], VERTICES[:, 1])
    world = np.column_stack([easting, northing, VERTICES[:, 2]])
    lines = "".join(f"v {x:.9f} {y:.9f} {z}\n" for x, y, z in world) + OBJ[OBJ.index("f ") :]
    (tmp_path / "ore.obj").write_text(lines)
    domains = Domains(domains={"ore": Domain(code=1, label="Ore", solid=SolidFile(file="ore.obj"))})
    found = read_solids(tmp_path, domains, grid)["ore"]
    assert volume(found) == pytest.approx(36.0)
    np.testing.assert_allclose(found.vertices.max(axis=0), [6.0, 6.0, 6.0], atol=1e-6)
    (tmp_path / "ore.obj").write_text(lines[: lines.rindex("f ")])
    with pytest.raises(InputError, match=r"ore.obj \(domain ore\): the solid is not closed"):
        read_solids(tmp_path, domains, grid)


def test_ground_and_overburden_come_from_triangles_too(tmp_path):
    (tmp_path / "ground.obj").write_text("v 0 0 5\nv 10 0 15\nv 10 10 15\nv 0 10 5\nf 1 2 3 4\n")
    for settings in (Topography(file="ground.obj"), Overburden(file="ground.obj")):
        assert elevation_at(read_ground(tmp_path, settings), 4.0, 7.0) == pytest.approx(9.0)


def test_what_cannot_be_read_is_said_in_words(tmp_path, monkeypatch):
    (tmp_path / "ore.txt").write_text(OBJ)
    with pytest.raises(InputError, match=r"ore.txt: solids and surfaces are read from .obj, .stl"):
        read_mesh(tmp_path, "ore.txt")
    with pytest.raises(InputError, match=r"none.obj is not in"):
        read_mesh(tmp_path, "none.obj")
    with pytest.raises(InputError, match=r"leads out of the deposit's folder"):
        read_mesh(tmp_path, "../ore.obj")
    (tmp_path / "ore.obj").write_text(OBJ)
    monkeypatch.setattr(meshes, "import_module", lambda name: (_ for _ in ()).throw(ImportError(name)))
    (tmp_path / "ore.dxf").write_text("")
    with pytest.raises(InputError, match=r"needs the library ezdxf.*pip install 'scandia\[meshes\]'"):
        read_mesh(tmp_path, "ore.dxf")


@pytest.mark.parametrize(
    ("name", "content"),
    [("bad.stl", b"\x00\x01"), ("bad.ply", b"no mesh"), ("bad.vtk", b""), ("bad.dxf", b"x"), ("bad.omf", b"x")],
)
def test_a_file_that_is_not_what_its_suffix_says_is_refused(tmp_path, name, content):
    pytest.importorskip(meshes.LIBRARY[name[3:]], reason="the extra meshes is not installed")
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=name):
        read_mesh(tmp_path, name)


def test_faults_of_solids_are_findings_with_place_triangles_and_hint(tmp_path):
    (tmp_path / "whole.obj").write_text(OBJ, encoding="utf-8")
    (tmp_path / "open.obj").write_text(OBJ.rpartition("f ")[0], encoding="utf-8")
    files = {name: SolidFile(file=f"{name}.obj") for name in ("whole", "open", "none")}
    files["turned"] = SolidFile(file="whole.obj", inward=True)
    found = pd.concat(find_solid_faults(tmp_path, files))
    assert found["rule"].tolist() == ["solid_open", "solid_unusable", "solid_inside_out"]
    assert set(found["severity"]) == {"error"}
    message = found["message"].iloc[0]
    assert "3 edges belong to one triangle only, the first from (0, 0, 0) to (0, 0, 6), of triangle 2" in message
    assert "export it again" in found["hint"].iloc[0]
    assert "none.obj is not in" in found["message"].iloc[1]
    with pytest.raises(InputError, match=r"open.obj, line 8: .* is no vertex"):
        (tmp_path / "open.obj").write_text(OBJ.replace("f 1 4 3", "f 1 4 9"), encoding="utf-8")
        read_mesh(tmp_path, "open.obj")
