"""Geo-EAS files of GSLIB: the whole grid, x fastest, and the composites; numbers only, missing as a number below all values."""

import numpy as np
import pandas as pd

from scandia.blockmodel.dataset import grid_of
from scandia.blockmodel.slabs import slabs
from scandia.io.exports.bundle import ROWS, block_columns
from scandia.io.plain import whole_file
from scandia.vocabulary import DOMAIN, HOLE

MISSING = -999.0


def write_geoeas(bundle, folder):
    """Nothing; writes ``blocks.dat`` (every block of the grid, so that no coordinates are needed) and ``composites.dat``."""
    if bundle.blocks is not None:
        grid = grid_of(bundle.blocks)
        axes = zip("xyz", grid.count, (o + s / 2 for o, s in zip(grid.origin, grid.size, strict=True)), grid.size, strict=True)
        words = "; ".join(f"n{axis} {count} {axis}mn {start:.10g} {axis}siz {size:.10g}" for axis, count, start, size in axes)
        title = f"{bundle.heading}; {words}; azimuth of +y {bundle.mine_grid.azimuth:g}"
        _write(title, _slabs(bundle.blocks), folder / "blocks.dat")
    if bundle.composites is not None:
        columns = numbered(bundle.composites)[0]
        _write(f"{bundle.heading}; composites in the mine grid, m", lambda: [columns], folder / "composites.dat")


def _slabs(blocks):
    """Function of no argument that gives the columns of one slab after the other, each time anew."""
    return lambda: (dict(block_columns(window)) for window in slabs(blocks, blocks=ROWS))


def numbered(composites):
    """Columns of numbers, dict, with ``hole_number`` and ``domain_number`` from 1; and the names behind the numbers, dict."""
    columns, names = {}, {}
    for name in (HOLE, DOMAIN):
        if name in composites:
            words = sorted(composites[name].astype(str).unique())
            names[f"{name}_number"] = dict(enumerate(words, start=1))
            places = {word: number for number, word in names[f"{name}_number"].items()}
            columns[f"{name}_number"] = composites[name].astype(str).map(places).to_numpy(dtype=float)
    for name, column in composites.items():
        if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
            columns[str(name)] = column.to_numpy(dtype=float, na_value=np.nan)
    return columns, names


def missing_number(pieces):
    """A number below all values of all pieces by far: -999, or minus a power of ten less one that is low enough."""
    lowest = min((_lowest(values) for columns in pieces for values in columns.values()), default=0.0)
    missing = MISSING
    while lowest <= missing + 1:
        missing = 10 * missing - 9
    return missing


def _lowest(values):
    """The lowest of the values that are numbers; infinity, which is the lowest of nothing, without any."""
    values = np.asarray(values, dtype=float)
    return float(np.min(values, initial=np.inf, where=np.isfinite(values)))


def _write(title, pieces, path):
    """Nothing; writes what ``pieces()`` gives: columns of rows that follow each other. It is asked twice."""
    missing = missing_number(pieces())
    with whole_file(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        for number, columns in enumerate(pieces()):
            if number == 0:
                stream.write(f"{' '.join(title.split())}; missing {missing:.0f}\n{len(columns)}\n")
                stream.writelines(f"{name}\n" for name in columns)
            rows = pd.DataFrame({name: _finite(values) for name, values in columns.items()})
            rows.to_csv(stream, sep=" ", header=False, index=False, na_rep=f"{missing:.0f}", lineterminator="\n")


def _finite(values):
    values = np.asarray(values, dtype=float)
    return np.where(np.isfinite(values), values, np.nan)
