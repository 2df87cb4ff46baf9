"""Exports as tables: CSV for mining programs, Parquet with types and metadata."""

import json
from contextlib import ExitStack

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet

from scandia.blockmodel.dataset import grid_of
from scandia.io.exports.bundle import INDEX, SIZES, block_tables, collar_table, composite_ends, flags_of, traces
from scandia.io.plain import whole_file
from scandia.io.tables import COMMENT, write_rows, write_table
from scandia.vocabulary import CLASS, DEPTH, HOLE, LOCAL, WORLD

DATAMINE = dict(zip((*LOCAL, *SIZES), ("XC", "YC", "ZC", "XINC", "YINC", "ZINC"), strict=True))
METADATA = b"scandia"
GROUP = 1 << 20  # rows of a group in a Parquet file, as Arrow makes them


def hole_tables(bundle):
    """Name to table, dict: collars, traces, composites (where there are any)."""
    tables = {"collars": collar_table(bundle), "traces": _trace_table(traces(bundle))}
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
    if bundle.blocks is not None:
        words = flags_of(bundle.blocks[CLASS]) if CLASS in bundle.blocks else {}
        rows = (_datamine(table, words) for table in block_tables(bundle.blocks))
        write_rows(rows, folder / "blocks.csv", comment=bundle.mark or None)
    for name, table in hole_tables(bundle).items():
        write_table(table, folder / f"{name}.csv", comment=bundle.mark or None)


def _datamine(table, words):
    """The table of blocks as Datamine reads it; with the word of each class beside its code, where ``words`` are given."""
    table = table.rename(columns=DATAMINE)
    if words:
        table.insert(table.columns.get_loc(CLASS) + 1, f"{CLASS}_name", table[CLASS].map(words))
    return table


def write_parquet(bundle, folder):
    """Nothing; writes Parquet files; title, CRS, mine grid, grid, units, codes stand in their metadata as JSON (``scandia``)."""
    about = {"title": bundle.heading, "crs": bundle.crs, "synthetic": bundle.mark}
    if bundle.blocks is not None:
        _write_parquet(block_tables(bundle.blocks), folder / "blocks.parquet", about | _about(bundle.blocks))
    for name, table in hole_tables(bundle).items():
        _write_parquet([table], folder / f"{name}.parquet", about)


def _write_parquet(frames, path, about):
    """Nothing; writes tables that come one after another, in groups of rows that no cut between two of them changes."""
    with whole_file(path) as temporary, ExitStack() as stack:
        writer = None
        for group in row_groups(pa.Table.from_pandas(frame, preserve_index=False) for frame in frames):
            if writer is None:
                told = json.dumps(about, ensure_ascii=False, sort_keys=True)
                held = {**(group.schema.metadata or {}), COMMENT: about["synthetic"], METADATA: told.encode()}
                writer = stack.enter_context(parquet.ParquetWriter(temporary, group.schema.with_metadata(held)))
            writer.write_table(group.replace_schema_metadata(held), GROUP)
            del group  # or it would be held until the next one is there


def row_groups(tables, rows=GROUP):
    """Generator of Arrow tables of ``rows`` rows each, the last of fewer, from tables that come one after another.

    Each is in one piece, as Arrow cuts the pages of a Parquet file at the ends of pieces, too. One at least, be it empty.
    """
    held, count, made = [], 0, 0
    for table in tables:
        held.append(table)
        count += table.num_rows
        while count > rows:
            together = pa.concat_tables(held)
            yield together.slice(0, rows).combine_chunks()
            held, count, made = [together.slice(rows)], count - rows, made + 1
    if held and (count or not made):
        yield pa.concat_tables(held).combine_chunks()


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
