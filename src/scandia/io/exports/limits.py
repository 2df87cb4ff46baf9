"""What each format is for and what it cannot hold: the one place that docs/exports.md and the READMEs beside the files quote."""

from dataclasses import dataclass
from math import prod

from scandia.errors import SettingError


@dataclass(frozen=True)
class Format:
    """One export format: its files, the programs it is for, how the grid's rotation travels, and what is lost.

    ``most_blocks`` is where a format ends whose library holds the whole model at once, ``memory`` what it then needs, bytes per
    block of a model of two variables; both None of formats that are written slab by slab, which take models of any size.
    """

    files: tuple[str, ...]
    opens_in: str
    rotation: str
    lost: str
    most_blocks: int | None = None
    memory: int | None = None


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
        "without a part in any domain. Models of more than 10 million blocks, as VTK holds them whole.",
        most_blocks=10_000_000,
        memory=1000,
    ),
    "omf": Format(
        ("deposit.omf",),
        "Leapfrog, Deswik, Maptek, Micromine, omf-python",
        "The axes of the volume are turned; every block is there.",
        "Integers become floats and missing codes NaN; units stand in descriptions; identifiers and dates in the file are new "
        "each time, so that its bytes differ from run to run. Models of more than 10 million blocks, as omf-python "
        "holds them whole.",
        most_blocks=10_000_000,
        memory=1000,
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


def too_large(name, blocks):
    """Why a format cannot hold a model of that many blocks, with its limit and what to take instead; empty where it can."""
    form = FORMATS[name]
    if form.most_blocks is None or blocks <= form.most_blocks:
        return ""
    others = ", ".join(other for other, one in FORMATS.items() if one.most_blocks is None)
    return (
        f"the export {name} takes at most {form.most_blocks:,} blocks, as its library holds the whole model at once, and the "
        f"grid has {blocks:,}, which would need about {blocks * form.memory / 1e9:,.0f} GB of memory. "
        f"Hint: leave {name} out of exports.formats; models of any size go to {others}"
    )


def require_room(config):
    """None, where each format that a run writes can hold its model.

    Parameters
    ----------
    config : dict
        The resolved config.

    Raises
    ------
    SettingError
        Names the format, its limit, the blocks of the grid, and the formats that have none.
    """
    blocks = prod(config["model"]["grid"]["count"]) if config["model"] else 0
    for name in config["exports"]["formats"]:
        if fault := too_large(name, blocks):
            raise SettingError(fault)
