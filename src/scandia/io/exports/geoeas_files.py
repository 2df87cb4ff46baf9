"""Geo-EAS files of GSLIB: the whole grid, x fastest, and the composites; numbers only, missing as a number below all values."""

import numpy as np
import pandas as pd

from scandia.blockmodel.dataset import grid_of
from scandia.io.exports.bundle import block_columns
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
        _write(title, block_columns(bundle.blocks), folder / "blocks.dat")
    if bundle.composites is not None:
        _write(f"{bundle.heading}; composites in the mine grid, m", numbered(bundle.composites)[0], folder / "composites.dat")


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


def missing_number(columns):
    """A number below all values by far: -999, or minus a power of ten less one that is low enough."""
    lowest = min((float(np.nanmin(values)) for values in columns.values() if np.isfinite(values).any()), default=0.0)
    missing = MISSING
    while lowest <= missing + 1:
        missing = 10 * missing - 9
    return missing


def _write(title, columns, path):
    columns = {name: np.asarray(values, dtype=float) for name, values in columns.items()}
    missing = missing_number(columns)
    with whole_file(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f"{' '.join(title.split())}; missing {missing:.0f}\n{len(columns)}\n")
        stream.writelines(f"{name}\n" for name in columns)
        texts = [[_text(value, missing) for value in values] for values in columns.values()]
        stream.writelines(f"{' '.join(row)}\n" for row in zip(*texts, strict=True))


def _text(value, missing):
    return repr(float(value)) if np.isfinite(value) else f"{missing:.0f}"
