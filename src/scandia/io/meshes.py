"""Triangulated solids and surfaces from files: OBJ by `io.mesh`, STL, PLY and VTK by meshio, DXF by ezdxf, OMF by omf."""

from dataclasses import replace
from importlib import import_module

import numpy as np

from scandia.drillholes.findings import find
from scandia.errors import InputError
from scandia.geometry.faults import check_solid, solid_faults
from scandia.geometry.mesh import mesh_of
from scandia.geometry.minegrid import to_local
from scandia.geometry.surface import TriangulatedSurface
from scandia.io.folders import inside
from scandia.io.mesh import read_obj

LIBRARY = {".obj": None, ".stl": "meshio", ".ply": "meshio", ".vtk": "meshio", ".dxf": "ezdxf", ".omf": "omf"}
EXTRA = "meshes"


def read_solids(root, domains, mine_grid):
    """Domain name to its closed `Mesh` in local mine-grid coordinates, dict; empty where no domain has a solid.

    Parameters
    ----------
    root : path-like
        The deposit's folder.
    domains : Domains or None
    mine_grid : MineGrid

    Raises
    ------
    InputError
        A file is not there, cannot be read, is not closed, or faces inwards.
    """
    given = {name: domain.solid for name, domain in (domains.domains if domains else {}).items() if domain.solid is not None}
    return {name: _read_solid(root, solid, mine_grid, f"domain {name}") for name, solid in given.items()}


def read_override_solids(root, classification, mine_grid):
    """Place of an override of classes to its closed `Mesh` in local coordinates, dict, of those that have a solid."""
    given = {place: one.solid for place, one in enumerate(classification.overrides) if one.solid is not None}
    return {place: _read_solid(root, solid, mine_grid, f"override {place + 1}") for place, solid in given.items()}


def _read_solid(root, solid, mine_grid, owner):
    mesh = read_mesh(root, solid.file, element=solid.element)
    if solid.coordinates == "world":
        x, y = to_local(mine_grid, mesh.vertices[:, 0], mesh.vertices[:, 1])
        mesh = replace(mesh, vertices=np.column_stack([x, y, mesh.vertices[:, 2]]))
    return check_solid(mesh, f"{solid.file} ({owner})", inward=solid.inward)


def find_solid_faults(root, solids):
    """Findings of the solids of the domains, one for each kind of fault of a file; a list of tables.

    Parameters
    ----------
    root : path-like
        The deposit's folder.
    solids : dict of str to SolidFile
        Domain name to its solid.
    """
    found = []
    for domain, solid in solids.items():
        words = {"domain": domain}
        try:
            mesh = read_mesh(root, solid.file, element=solid.element)
        except InputError as error:
            found.append(find("solid_unusable", solid.file, reason=str(error), **words))
            continue
        for fault in solid_faults(mesh, inward=solid.inward):
            place = {"count": fault.count, "place": fault.place, "triangles": fault.triangles}
            found.append(find(fault.rule, solid.file, value=fault.triangles, **place))
    return found


def read_surface(root, file, *, element=None):
    """`TriangulatedSurface` of a file in world coordinates."""
    return TriangulatedSurface(read_mesh(root, file, element=element), file)


def read_mesh(root, file, *, element=None):
    """`Mesh` of a file, in the file's own coordinates.

    Parameters
    ----------
    root : path-like
        The deposit's folder.
    file : str
        Below it; the suffix says which format.
    element : str, optional
        Layer of a DXF or element of an OMF; needed where the file has several.

    Raises
    ------
    InputError
        Unknown suffix, a library that is not installed (the message names the extra), a file that is not there or holds
        something else.
    """
    path = inside(root, file)
    suffix = path.suffix.lower()
    if suffix not in LIBRARY:
        message = f"{file}: solids and surfaces are read from {', '.join(LIBRARY)}, not {suffix or 'a file without suffix'}"
        raise InputError(message)
    if not path.is_file():
        message = f"{file} is not in {root}; give the file, or correct its name in the config"
        raise InputError(message)
    if element is not None and LIBRARY[suffix] not in ("ezdxf", "omf"):
        message = f"{file}: only DXF layers and OMF elements have names; leave `element` ({element}) out"
        raise InputError(message)
    if LIBRARY[suffix] is None:
        return mesh_of(*read_obj(path, file), file)
    library = _library(LIBRARY[suffix], file)
    vertices, triangles = {"meshio": _meshio, "ezdxf": _dxf, "omf": _omf}[LIBRARY[suffix]](library, path, file, element)
    return mesh_of(vertices, triangles, file)


def _library(name, file):
    try:
        return import_module(name)
    except ImportError:
        message = f"{file} needs the library {name}, which is not installed. Hint: pip install 'scandia[{EXTRA}]'"
        raise InputError(message) from None


def _unreadable(file, error):
    message = f"{file} cannot be read: {error or type(error).__name__}. Hint: export it again, or in another format"
    return InputError(message)


def _meshio(meshio, path, file, _):
    try:
        with np.errstate(all="ignore"):
            mesh = meshio.read(path)
    except (Exception, SystemExit) as error:  # meshio ends the program where a file is not what its suffix says
        raise _unreadable(file, error) from None
    triangles = []
    for block in mesh.cells:
        if block.type not in ("triangle", "quad", "vertex", "line"):
            message = f"{file} holds cells of type {block.type}; a solid or surface has triangles or quads only"
            raise InputError(message)
        if block.type in ("triangle", "quad"):
            triangles.append(_triangles(np.asarray(block.data)))
    return np.asarray(mesh.points, dtype=float), np.concatenate([*triangles, np.empty((0, 3), dtype=np.int64)])


def _triangles(faces):
    """Triangles of triangles or quads."""
    return faces if faces.shape[1] == 3 else np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])


def _dxf(ezdxf, path, file, element):
    from ezdxf.render import MeshBuilder

    try:
        entities = list(ezdxf.readfile(path).modelspace().query("3DFACE POLYLINE MESH"))
    except (OSError, ValueError, ezdxf.DXFError) as error:
        raise _unreadable(file, error) from None
    layers = sorted({entity.dxf.layer for entity in entities})
    chosen = _chosen(file, "layer", layers, element)
    faces = []
    for entity in entities:
        if entity.dxf.layer != chosen:
            continue
        if entity.dxftype() == "3DFACE":
            faces.append([tuple(corner) for corner in entity.wcs_vertices()])
        elif entity.dxftype() == "MESH":
            faces += MeshBuilder.from_mesh(entity).faces_as_vertices()
        elif entity.is_poly_face_mesh or entity.is_polygon_mesh:
            faces += MeshBuilder.from_polyface(entity).faces_as_vertices()
    vertices, triangles = [], []
    for face in faces:
        first = len(vertices)
        vertices += [tuple(corner) for corner in face]
        triangles += [(first, first + k, first + k + 1) for k in range(1, len(face) - 1)]
    return np.array(vertices, dtype=float).reshape(-1, 3), np.array(triangles, dtype=np.int64).reshape(-1, 3)


def _omf(omf, path, file, element):
    try:
        project = omf.OMFReader(str(path)).get_project()
        surfaces = {item.name: item for item in project.elements if isinstance(item, omf.SurfaceElement)}
    except Exception as error:  # the library raises whatever its parts raise
        raise _unreadable(file, error) from None
    geometry = surfaces[_chosen(file, "element", sorted(surfaces), element)].geometry
    if not hasattr(geometry, "triangles"):
        message = f"{file}: the element is a grid, not triangles; export it as a triangulated surface"
        raise InputError(message)
    shift = np.asarray(project.origin, dtype=float) + np.asarray(geometry.origin, dtype=float)
    return np.asarray(geometry.vertices.array, dtype=float) + shift, np.asarray(geometry.triangles.array, dtype=np.int64)


def _chosen(file, kind, names, element):
    if element is None and len(names) == 1:
        return names[0]
    if element in names:
        return element
    given = "`element` names none" if element is None else f"`element` names {element!r}"
    message = f"{file} has the {kind}s {', '.join(names) or '(none with triangles)'}, but {given}; give one of them"
    raise InputError(message)
