"""The README beside exported files: where the grid lies, what the columns are, what is missing."""

import numpy as np

from scandia.blockmodel.dataset import grid_of
from scandia.geometry.minegrid import to_world
from scandia.io.exports.bundle import filled, flags_of
from scandia.io.exports.limits import FORMATS, NETCDF


def readme(bundle, name, files):
    """Markdown text of the README of one format.

    Parameters
    ----------
    bundle : bundle.Bundle
    name : str
        Of the format.
    files : sequence of str
        Names of the files that were written.
    """
    form = FORMATS[name]
    head = [f"# {_line(bundle.heading)}: export as {name}", ""]
    head += [f"**{_line(bundle.mark)}.** No number describes a real deposit.", ""] if bundle.mark else []
    head += [f"Files: {', '.join(f'`{file}`' for file in files)}. Opens in: {form.opens_in}.", ""]
    head += [f"Coordinate reference system: {_line(bundle.crs)}; lengths in metres, azimuths clockwise from grid north.", ""]
    head += ["Software output is not NI 43-101 compliant; only a Qualified Person can make a compliant estimate.", ""]
    head += [f"Rotation: {form.rotation}", "", f"Not held: {form.lost}", "", NETCDF, ""]
    if bundle.blocks is not None:
        head += _grid(bundle.blocks) + _variables(bundle.blocks)
    if name == "geoeas" and bundle.composites is not None:
        head += _numbers(bundle.composites)
    return "\n".join(head)


def _grid(blocks):
    grid = grid_of(blocks)
    placed = grid.mine_grid
    easting, northing = to_world(placed, *grid.origin[:2])
    count, chosen = int(np.prod(grid.count)), int(filled(blocks).sum())
    return [
        "## Grid",
        "",
        "| | x | y | z |",
        "|---|---|---|---|",
        *(f"| {words} | {' | '.join(f'{value:.10g}' for value in values)} |" for words, values in (
            ("blocks", grid.count), ("size, m", grid.size), ("lower corner, mine grid, m", grid.origin),
            ("the same corner, world, m", (float(easting), float(northing), grid.origin[2])),
        )),
        "",
        f"+y runs towards {placed.azimuth:g}°. Mine grid: x {placed.x:g}, y {placed.y:g} is easting {placed.easting:.10g}, "
        f"northing {placed.northing:.10g}. Flat index: x fastest, then y, then z, from 0. {chosen:,} of "
        f"{count:,} blocks have a part in a domain.",
        "",
    ]  # fmt: skip


def _variables(blocks):
    rows = []
    for name in sorted(map(str, blocks.data_vars)):
        array = blocks[name]
        if array.ndim:
            codes = ", ".join(f"{code} {word}" for code, word in flags_of(array).items())
            words = [f"`{name}`", _line(array.attrs.get("units", "")), _line(array.attrs.get("long_name", "")), codes]
            rows.append(f"| {' | '.join(word.replace('|', '/') for word in words)} |")
    return ["## Variables", "", "| name | unit | meaning | codes |", "|---|---|---|---|", *rows, ""]


def _numbers(composites):
    from scandia.io.exports.geoeas_files import numbered

    lines = ["## Numbers that stand for names", ""]
    for column, names in numbered(composites)[1].items():
        lines += [f"- `{column}`: {', '.join(f'{number} {_line(word)}' for number, word in names.items())}"]
    return [*lines, ""]


def _line(text):
    """Text of the data on one line of Markdown, without signs that Markdown or HTML would take for its own."""
    return " ".join(str(text).split()).translate(str.maketrans({"<": "‹", ">": "›", "`": "'", "[": "(", "]": ")"}))
