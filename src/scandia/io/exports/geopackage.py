"""GeoPackage of collars, traces, composites and the outline of the grid (OGC 12-128r18), written by SQLite alone."""

import sqlite3
import struct

import numpy as np
import pandas as pd
from pyproj import CRS

from scandia.blockmodel.dataset import grid_of
from scandia.geometry.minegrid import to_world
from scandia.io.exports.bundle import collar_table, composite_ends, traces
from scandia.io.plain import whole_file
from scandia.vocabulary import DEPTH, HOLE

APPLICATION = 0x47504B47  # "GPKG"
VERSION = 10300  # 1.3
CHANGED = "1970-01-01T00:00:00.000Z"  # no time of day enters a result; the standard wants one
UNDEFINED = -1  # the standard's number of an undefined Cartesian system
OWN = 100_000  # number of a system without an authority's code
POINT_Z, LINE_Z, POLYGON_Z = 1001, 1002, 1003
_GEOMETRY = {POINT_Z: "POINT", LINE_Z: "LINESTRING", POLYGON_Z: "POLYGON"}
_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE,
  min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES
  gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES
  gpkg_contents(table_name), CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""


def write_geopackage(bundle, folder):
    """Nothing; writes ``holes.gpkg``: collars, traces, composites and grid_outline in world coordinates with elevation."""
    with whole_file(folder / "holes.gpkg") as temporary:
        temporary.unlink(missing_ok=True)
        connection = sqlite3.connect(temporary, isolation_level=None)
        try:
            connection.executescript(f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; BEGIN;{_TABLES}")
            system = _add_systems(connection, bundle.crs)
            for name, kind, geometries, attributes in _layers(bundle):
                _add_layer(connection, system, name, kind, geometries, attributes, bundle.heading)
            connection.execute("COMMIT")
        finally:
            connection.close()


def _layers(bundle):
    """Name, kind, list of points ``(n, 3)`` and attributes of each layer."""
    collar = collar_table(bundle)
    yield "collars", POINT_Z, list(collar[["easting", "northing", "elevation"]].to_numpy(dtype=float)[:, None, :]), collar
    paths = {hole: path for hole, path in traces(bundle).items() if len(path) > 1}
    lengths = pd.DataFrame({HOLE: list(paths), DEPTH: [path[-1, 3] for path in paths.values()]})
    yield "traces", LINE_Z, [path[:, :3] for path in paths.values()], lengths
    if bundle.composites is not None:
        yield (
            "composites",
            POINT_Z,
            list(composite_ends(bundle).mean(axis=1)[:, None, :]),
            bundle.composites.reset_index(drop=True),
        )
    if bundle.blocks is not None:
        grid = grid_of(bundle.blocks)
        low, high = np.array(grid.origin), np.array(grid.origin) + np.array(grid.size) * np.array(grid.count)
        ring = [(low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1]), (low[0], low[1])]
        easting, northing = to_world(bundle.mine_grid, *np.array(ring).T)
        about = pd.DataFrame({"bottom": [low[2]], "top": [high[2]], "azimuth": [bundle.mine_grid.azimuth]})
        yield "grid_outline", POLYGON_Z, [np.column_stack([easting, northing, np.full(5, high[2])])], about


def _add_systems(connection, crs):
    """Number of the layers' reference system; the three rows that the standard wants, and ours, stand in the table."""
    rows = [
        ("Undefined Cartesian", -1, "NONE", -1, "undefined", "a Cartesian system of no authority"),
        ("Undefined geographic", 0, "NONE", 0, "undefined", "a geographic system of no authority"),
        ("WGS 84", 4326, "EPSG", 4326, CRS(4326).to_wkt("WKT1_GDAL"), "longitude and latitude"),
    ]
    system = CRS.from_user_input(crs)
    code = system.to_epsg()
    if code is None:
        rows.append((system.name, OWN, "NONE", OWN, system.to_wkt("WKT1_GDAL") if system.is_projected else "undefined", str(crs)))
    elif code != 4326:
        rows.append((system.name, code, "EPSG", code, system.to_wkt("WKT1_GDAL"), str(crs)))
    connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", rows)
    if code is None:
        return OWN if system.is_projected else UNDEFINED
    return code


def _add_layer(connection, system, name, kind, geometries, attributes, heading):
    columns = [(str(column), "TEXT" if attributes[column].dtype.kind not in "fiub" else "DOUBLE") for column in attributes]
    defined = "".join(f", {_quoted(column)} {type_}" for column, type_ in columns)
    connection.execute(f"CREATE TABLE {_quoted(name)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom BLOB{defined})")
    every = np.concatenate(geometries) if geometries else np.full((1, 3), np.nan)
    low, high = (bound(every, axis=0)[:2].tolist() for bound in (np.min, np.max))
    contents = (name, "features", name, heading, CHANGED, *low, *high, system)
    connection.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", contents)
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 1, 0)", (name, _GEOMETRY[kind], system))
    marks = ", ".join("?" * (len(columns) + 1))
    names = "".join(f", {_quoted(column)}" for column, _ in columns)
    values = (tuple(_value(cell) for cell in row) for row in attributes.itertuples(index=False))
    rows = ((_geometry(points, kind, system), *cells) for points, cells in zip(geometries, values, strict=True))
    connection.executemany(f"INSERT INTO {_quoted(name)} (geom{names}) VALUES ({marks})", rows)


def _geometry(points, kind, system):
    """GeoPackage's binary: a head with the reference system, and for lines and areas their envelope, then little-endian WKB."""
    points = np.asarray(points, dtype="<f8")
    head = b"GP" + struct.pack("<BBi", 0, 1 if kind == POINT_Z else 3, system)
    if kind != POINT_Z:
        low, high = points.min(axis=0), points.max(axis=0)
        head += struct.pack("<4d", low[0], high[0], low[1], high[1])
    counts = {POINT_Z: b"", LINE_Z: struct.pack("<I", len(points)), POLYGON_Z: struct.pack("<II", 1, len(points))}[kind]
    return head + struct.pack("<BI", 1, kind) + counts + points.tobytes()


def _value(cell):
    """A cell as SQLite holds it; missing is NULL."""
    if cell is None or cell is pd.NA or (isinstance(cell, float | np.floating) and np.isnan(cell)):
        return None
    if isinstance(cell, np.generic):
        return cell.item()
    return cell if isinstance(cell, int | float | str) else str(cell)


def _quoted(name):
    """A name in SQL, whatever it holds."""
    return '"' + str(name).replace('"', '""') + '"'
