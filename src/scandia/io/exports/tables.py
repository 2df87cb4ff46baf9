"""Exports as tables: CSV for mining programs, Parquet with types and metadata."""

import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet

from scandia.blockmodel.dataset import grid_of
from scandia.io.exports.bundle import INDEX, SIZES, block_table, collar_table, composite_ends, flags_of, traces
from scandia.io.plain import whole_file
from scandia.io.tables import COMMENT, write_table
from scandia.vocabulary import CLASS, DEPTH, HOLE, LOCAL, WORLD

DATAMINE = dict(zip((*LOCAL, *SIZES), ("XC", "YC", "ZC", "XINC", "YINC", "ZINC"), strict=True))
METADATA = b"scandia"


def export_tables(bundle):
    """Name to table, dict: blocks (where there is a model), collars, traces, composites."""
    tables = {}
    if bundle.blocks is not None:
        tables["blocks"] = block_table(bundle.blocks)
    tables["collars"] = collar_table(bundle)
    tables["traces"] = _trace_table(traces(bundle))
    if bundle.composites is not None:
        middles = composite_ends(bundle).mean(axis=1)
        tables["composites"] = bundle.composites.assign(**dict(zip(WORLD, middles.T, strict=True)))
    return tables


def _trace_table(paths):
    """Hole, depth and world coordinates of all stations; no row where no hole has any."""
    points = np.concatenate([np.empty((0, 4)), *paths.values()])
    holes = pd.array([hole for hole, path in paths.items() for _ in path], dtype="str")
    return pd.DataFrame(points, columns=[*WORLD, DEPTH]).assign(**{HOLE: holes})[[HOLE, DEPTH, *WORLD]]


def write_csv(bundle, folder):
    """Nothing; writes CSV files with the columns XC, YC, ZC, XINC, YINC, ZINC (local, m) that Datamine reads as a block model.

    ``class_name`` is the word beside the code. Floats are the shortest texts that read back as the same numbers.
    """
    for name, table in export_tables(bundle).items():
        if name == "blocks":
            words = flags_of(bundle.blocks[CLASS]) if CLASS in table else {}
            table = table.rename(columns=DATAMINE)
            if words:
                table.insert(table.columns.get_loc(CLASS) + 1, f"{CLASS}_name", table[CLASS].map(words))
        write_table(table, folder / f"{name}.csv", comment=bundle.mark or None)


def write_parquet(bundle, folder):
    """Nothing; writes Parquet files; title, CRS, mine grid, grid, units, codes stand in their metadata as JSON (``scandia``)."""
    for name, table in export_tables(bundle).items():
        about = {"title": bundle.heading, "crs": bundle.crs, "synthetic": bundle.mark}
        if name == "blocks":
            about |= _about(bundle.blocks)
        arrow = pa.Table.from_pandas(table, preserve_index=False)
        held = {
            **(arrow.schema.metadata or {}),
            COMMENT: bundle.mark,
            METADATA: json.dumps(about, ensure_ascii=False, sort_keys=True).encode(),
        }
        with whole_file(folder / f"{name}.parquet") as temporary:
            parquet.write_table(arrow.replace_schema_metadata(held), temporary)


def _about(blocks):
    grid = grid_of(blocks)
    placed = {name: getattr(grid.mine_grid, name) for name in ("azimuth", "easting", "northing", "x", "y")}
    variables = {str(name): blocks[name] for name in blocks.data_vars}
    return {
        "grid": {"origin": grid.origin, "size": grid.size, "count": grid.count, "order": f"{INDEX} runs x fastest, then y, z"},
        "mine_grid": placed,
        "units": {name: array.attrs["units"] for name, array in variables.items() if "units" in array.attrs},
        "codes": {name: flags_of(array) for name, array in variables.items() if flags_of(array)},
    }
