"""VTK files for ParaView: blocks as an image or, where the grid is rotated, as hexahedra; holes and composites as lines."""

import numpy as np
import pandas as pd

from scandia.blockmodel.dataset import grid_of
from scandia.geometry.minegrid import to_world
from scandia.io.exports.bundle import INDEX, block_columns, composite_ends, filled, flags_of, traces
from scandia.vocabulary import DEPTH, HOLE

CORNERS = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]])  # VTK's hexahedron
END = b"</VTKFile>\n"
HEXAHEDRON = 12  # VTK's number of the cell type


def write_vtk(bundle, folder):
    """Nothing; writes ``blocks.vti`` or ``blocks.vtu``, ``holes.vtp`` and, where there are any, ``composites.vtp``."""
    if bundle.blocks is not None:
        if bundle.mine_grid.azimuth % 360 == 0:
            _save(_image(bundle), folder / "blocks.vti")
        else:
            _save(_hexahedra(bundle), folder / "blocks.vtu")
    _save(_holes(bundle), folder / "holes.vtp")
    if bundle.composites is not None:
        _save(_composites(bundle), folder / "composites.vtp")


def _save(mesh, path):
    """None; VTK writes what it can where the disk is full, and only prints that it failed."""
    mesh.save(path)
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - len(END), 0))
        if file.read() != END:
            message = f"VTK wrote no whole file {path.name}"
            raise RuntimeError(message)


def _image(bundle):
    import pyvista

    grid = grid_of(bundle.blocks)
    corner = (*map(float, to_world(bundle.mine_grid, *grid.origin[:2])), grid.origin[2])
    image = pyvista.ImageData(dimensions=tuple(count + 1 for count in grid.count), spacing=grid.size, origin=corner)
    return _about(_with_cells(image, block_columns(bundle.blocks)), bundle)


def _hexahedra(bundle):
    """The filled blocks as hexahedra that share their corners."""
    import pyvista

    grid, chosen = grid_of(bundle.blocks), np.flatnonzero(filled(bundle.blocks))
    nodes = np.array(grid.count) + 1
    k, j, i = np.unravel_index(chosen, grid.shape)
    cells = np.empty((len(chosen), len(CORNERS)), dtype=np.int64)  # numbers of the corners among all nodes of the grid
    for corner, (x, y, z) in enumerate(CORNERS):
        cells[:, corner] = i + x + nodes[0] * (j + y + nodes[1] * (k + z))
    touched = np.zeros(int(nodes.prod()), dtype=bool)
    touched[cells] = True
    used = np.flatnonzero(touched)
    cells = (np.cumsum(touched) - 1)[cells]  # and among those that a block touches
    node = np.stack([used % nodes[0], used // nodes[0] % nodes[1], used // (nodes[0] * nodes[1])], axis=1)
    local = np.asarray(grid.origin) + node * np.asarray(grid.size)
    points = np.column_stack([*to_world(bundle.mine_grid, local[:, 0], local[:, 1]), local[:, 2]])
    mesh = pyvista.UnstructuredGrid({HEXAHEDRON: cells}, points)
    mesh.cell_data[INDEX] = chosen
    return _about(_with_cells(mesh, ((name, values[chosen]) for name, values in block_columns(bundle.blocks))), bundle)


def _holes(bundle):
    import pyvista

    lines, points, start = [], [], 0
    paths = {hole: path for hole, path in traces(bundle).items() if len(path) > 1}
    for path in paths.values():
        lines += [len(path), *range(start, start + len(path))]
        points.append(path)
        start += len(path)
    together = np.concatenate([*points, np.empty((0, 4))])
    mesh = pyvista.PolyData(together[:, :3], lines=np.array(lines, dtype=np.int64)) if lines else pyvista.PolyData()
    if lines:
        mesh.point_data[DEPTH] = together[:, 3]
        mesh.GetCellData().AddArray(_texts(HOLE, paths))
    return _about(mesh, bundle)


def _composites(bundle):
    import pyvista

    ends = composite_ends(bundle).reshape(-1, 3)
    count = len(ends) // 2
    lines = np.column_stack([np.full(count, 2), np.arange(2 * count).reshape(-1, 2)]).ravel()
    mesh = pyvista.PolyData(ends, lines=lines) if count else pyvista.PolyData()
    if not count:
        return _about(mesh, bundle)
    for name, column in bundle.composites.items():
        if pd.api.types.is_numeric_dtype(column):
            mesh.cell_data[str(name)] = column.to_numpy(dtype=float, na_value=np.nan)
        else:
            mesh.GetCellData().AddArray(_texts(str(name), column.fillna("").astype(str)))
    return _about(mesh, bundle)


def _with_cells(mesh, columns):
    for name, values in columns:
        mesh.cell_data[name] = values
    return mesh


def _about(mesh, bundle):
    """The mesh with its title, CRS and codes as field data."""
    told = {"title": [bundle.heading], "crs": [bundle.crs]} | ({"synthetic": [bundle.mark]} if bundle.mark else {})
    if bundle.blocks is not None:
        coded = {str(name): flags_of(bundle.blocks[name]) for name in bundle.blocks.data_vars}
        told["codes"] = [
            f"{name}: " + ", ".join(f"{code} {word}" for code, word in flags.items()) for name, flags in coded.items() if flags
        ]
    for name, texts in told.items():
        mesh.GetFieldData().AddArray(_texts(name, texts))
    return mesh


def _texts(name, values):
    """A VTK array of texts in UTF-8; PyVista's own way takes ASCII only."""
    from vtkmodules.vtkCommonCore import vtkStringArray

    array = vtkStringArray()
    array.SetName(name)
    for value in values:
        array.InsertNextValue(str(value))
    return array
