"""What each format is for and what it cannot hold: the one place that docs/exports.md and the READMEs beside the files quote."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """One export format: its files, the programs it is for, how the grid's rotation travels, and what is lost."""

    files: tuple[str, ...]
    opens_in: str
    rotation: str
    lost: str


FORMATS = {
    "csv": Format(
        ("blocks.csv", "collars.csv", "traces.csv", "composites.csv"),
        "Datamine, Leapfrog, Surpac, Vulcan, Micromine, spreadsheets",
        "Rows carry local and world centres; the angle stands in the README only.",
        "Types, units and meanings of codes (they stand in the README); blocks without a part in any domain have no row. A text "
        "that a spreadsheet would run as a formula has an apostrophe in front.",
    ),
    "parquet": Format(
        ("blocks.parquet", "collars.parquet", "traces.parquet", "composites.parquet"),
        "Python, R, DuckDB, Arrow",
        "Rows carry local and world centres; the grid stands in the metadata of the file.",
        "Blocks without a part in any domain have no row; programs other than ours pass over the metadata.",
    ),
    "zarr": Format(
        ("blocks.zarr",),
        "xarray, Zarr and GDAL",
        "Local dims with world coordinates (y, x) beside them, CF grid mapping and the mine grid as attributes.",
        "Holes and composites.",
    ),
    "vtk": Format(
        ("blocks.vti or blocks.vtu", "holes.vtp", "composites.vtp"),
        "ParaView, PyVista",
        "A grid along the world axes is an image (.vti, every block); a rotated one is a mesh of hexahedra (.vtu) of the blocks "
        "with a part in a domain, in world coordinates.",
        "Coordinate reference system, units and meanings of codes (they stand in the README and in field data); in a .vtu blocks "
        "without a part in any domain.",
    ),
    "omf": Format(
        ("deposit.omf",),
        "Leapfrog, Deswik, Maptek, Micromine, omf-python",
        "The axes of the volume are turned; every block is there.",
        "Integers become floats and missing codes NaN; units stand in descriptions; identifiers and dates in the file are new "
        "each time, so that its bytes differ from run to run.",
    ),
    "geoeas": Format(
        ("blocks.dat", "composites.dat"),
        "GSLIB, SGeMS, Isatis",
        "Local mine-grid coordinates; the angle stands in the title line only.",
        "Text (holes and domains are numbered, as the README lists), types, units, coordinate reference system; missing is a "
        "number far below all values.",
    ),
    "geopackage": Format(
        ("holes.gpkg",),
        "QGIS, ArcGIS, GDAL",
        "World coordinates with elevation; the outline of the grid is a polygon.",
        "Blocks: only collars, traces, composites (as their middles) and the outline of the grid.",
    ),
}
NETCDF = "The model itself is `blockmodel.nc` (and `parts.nc` by domain), CF netCDF, which loses nothing; it is not copied here."
