"""OMF 1 projects: the blocks as a turned volume, holes and composites as lines, collars as points."""

from itertools import pairwise

import numpy as np

from scandia.blockmodel.dataset import grid_of
from scandia.geometry.minegrid import to_world
from scandia.io.exports.bundle import block_columns, collar_table, composite_ends, flags_of, traces
from scandia.vocabulary import DEPTH, HOLE, WORLD


def write_omf(bundle, folder):
    """Nothing; writes ``deposit.omf``. Cells run z fastest, then y, then x, as programs read volumes of OMF 1.

    Notes
    -----
    Positions stand relative to the project's origin, a whole kilometre south-west of the first collar, so that programs that
    draw in single precision stay exact.
    """
    import omf

    collar = collar_table(bundle)
    first = collar[list(WORLD)].to_numpy(dtype=float)[0]
    origin = np.array([np.floor(first[0] / 1000) * 1000, np.floor(first[1] / 1000) * 1000, 0.0])
    elements = [] if bundle.blocks is None else [_volume(omf, bundle, origin)]
    elements += [*_holes(omf, bundle, origin), _collars(omf, collar, origin)]
    if bundle.composites is not None and len(bundle.composites):
        elements.append(_composites(omf, bundle, origin))
    about = f"{bundle.mark + '. ' if bundle.mark else ''}Coordinate reference system {bundle.crs}. Made by scandia."
    project = omf.Project(name=bundle.heading, description=about, units="m", origin=origin, elements=elements)
    project.validate()
    omf.OMFWriter(project, str(folder / "deposit.omf"))


def _volume(omf, bundle, origin):
    grid = grid_of(bundle.blocks)
    corner = np.array([*map(float, to_world(bundle.mine_grid, *grid.origin[:2])), grid.origin[2]])
    angle = np.deg2rad(bundle.mine_grid.azimuth)
    axes = {
        "axis_u": [np.cos(angle), -np.sin(angle), 0.0],
        "axis_v": [np.sin(angle), np.cos(angle), 0.0],
        "axis_w": [0.0, 0.0, 1.0],
    }
    tensors = {f"tensor_{axis}": np.full(count, size) for axis, count, size in zip("uvw", grid.count, grid.size, strict=True)}
    geometry = omf.VolumeGridGeometry(origin=corner - origin, **axes, **tensors)
    data = []
    for name, values in block_columns(bundle.blocks):
        source = bundle.blocks[name] if name in bundle.blocks else bundle.blocks["fraction"]
        turned = values.reshape(grid.shape).transpose(2, 1, 0).ravel().astype(float)  # x, y, z with z fastest
        words = ", ".join(f"{code} {word}" for code, word in flags_of(source).items())
        about = " ".join(filter(None, [source.attrs.get("long_name", ""), f"({source.attrs.get('units', '1')})", words]))
        data.append(omf.ScalarData(name=name, description=about, location="cells", array=omf.ScalarArray(turned)))
    return omf.VolumeElement(name="blocks", description=bundle.heading, geometry=geometry, data=data)


def _holes(omf, bundle, origin):
    """One element in a list, or none where no hole has two stations: OMF has no empty lines."""
    paths = {hole: path for hole, path in traces(bundle).items() if len(path) > 1}
    if not paths:
        return []
    starts = np.cumsum([0, *map(len, paths.values())])
    vertices = np.concatenate(list(paths.values()))
    segments = np.concatenate([np.column_stack([np.arange(a, b - 1), np.arange(a + 1, b)]) for a, b in pairwise(starts)])
    owner = [hole for hole, path in paths.items() for _ in range(len(path) - 1)]
    geometry = omf.LineSetGeometry(vertices=vertices[:, :3] - origin, segments=segments)
    depth = omf.ScalarData(
        name=DEPTH, description="along the hole (m)", location="vertices", array=omf.ScalarArray(vertices[:, 3])
    )
    data = [depth, _text(omf, HOLE, owner, "segments")]
    return [omf.LineSetElement(name="holes", geometry=geometry, subtype="borehole", data=data)]


def _collars(omf, collar, origin):
    geometry = omf.PointSetGeometry(vertices=collar[list(WORLD)].to_numpy(dtype=float) - origin)
    names = _text(omf, HOLE, collar[HOLE].astype(str), "vertices")
    return omf.PointSetElement(name="collars", geometry=geometry, subtype="collar", data=[names])


def _composites(omf, bundle, origin):
    ends = composite_ends(bundle).reshape(-1, 3)
    geometry = omf.LineSetGeometry(vertices=ends - origin, segments=np.arange(len(ends)).reshape(-1, 2))
    data = []
    for name, column in bundle.composites.items():
        if column.dtype.kind in "fiu":
            array = omf.ScalarArray(column.to_numpy(dtype=float))
            data.append(omf.ScalarData(name=str(name), location="segments", array=array))
        elif column.dtype.kind not in "b":
            data.append(_text(omf, str(name), column.fillna("").astype(str), "segments"))
    return omf.LineSetElement(name="composites", geometry=geometry, subtype="line", data=data)


def _text(omf, name, values, location):
    return omf.StringData(name=name, location=location, array=omf.StringArray(list(values)))
