"""The block model as an xarray Dataset: parts of blocks by domain while it flows, whole blocks at its end."""

from dataclasses import replace

import numpy as np
import xarray as xr

from scandia.blockmodel.grid import Grid
from scandia.blockmodel.metadata import CONVENTIONS, COORDINATES, GRID_MAPPING, VARIABLES, attributes, crs_attributes, flags
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid, to_world
from scandia.vocabulary import CHECK_ESTIMATES, DENSITY, DOMAIN, FRACTION, NSR, SYNTHETIC, TONNAGE

__all__ = ["PARTS", "attributes", "grid_of", "heading", "new_parts", "summarise", "with_fractions"]

BLOCKS = ("z", "y", "x")
PARTS = (DOMAIN, *BLOCKS)
MAIN_DOMAIN = "main_domain"
MINE_GRID = ("azimuth", "easting", "northing", "x", "y")
EXTENT = ("origin", "size", "count")


def new_parts(grid, domains, crs, title, synthetic=None):
    """Dataset of block parts with coordinates, grid mapping and attributes, and no variable yet.

    Parameters
    ----------
    grid : Grid
    domains : dict of str to Domain
        The coordinate ``domain`` names them in the order of their codes.
    crs : str
        Anything pyproj understands, such as ``EPSG:26920``.
    title : str
    synthetic : str or None
        How the deposit was simulated; it becomes the attribute SYNTHETIC, and the title says SYNTHETIC as well.

    Raises
    ------
    InputError
        Unknown coordinate reference system.
    """
    names = sorted(domains, key=lambda name: domains[name].code)
    codes = np.array([domains[name].code for name in names], dtype=np.int8)
    coordinates = {
        DOMAIN: (DOMAIN, names, {"long_name": "domain"}),
        "domain_code": (DOMAIN, codes, {"long_name": "code of the domain", "units": "1"}),
        **_positions(grid),
    }
    head = {"Conventions": CONVENTIONS, "title": heading(title, synthetic), "coordinate_reference_system": str(crs)}
    if synthetic is not None:
        head[SYNTHETIC] = synthetic
    mapping = xr.Variable((), np.int8(0), crs_attributes(crs))
    return xr.Dataset({GRID_MAPPING: mapping}, coords=coordinates, attrs=head | _grid_attributes(grid))


def heading(title, synthetic=None):
    """Title of a dataset, which says SYNTHETIC where the deposit was simulated."""
    return title if synthetic is None or SYNTHETIC in title else f"{title} ({SYNTHETIC})"


def grid_of(dataset):
    """`Grid` of a block model, from its attributes; of a run of its layers, rows or columns the window that they make.

    Raises
    ------
    InputError
        The attributes are missing, or disagree with the coordinates.
    """
    try:
        extent = {name: np.atleast_1d(dataset.attrs[f"grid_{name}"]).tolist() for name in EXTENT}
        placed = {name: float(dataset.attrs[f"mine_grid_{name}"]) for name in MINE_GRID}
    except KeyError as error:
        message = f"the dataset has no attribute {error}; a block model of scandia carries its grid in its attributes"
        raise InputError(message) from error
    sizes = {name: tuple(map(int if name == "count" else float, extent[name])) for name in EXTENT}
    return _window(Grid(**sizes, mine_grid=MineGrid(**placed)), dataset)


def whole_coordinates(dataset):
    """Coordinates of the whole grid of a window, dict of name to variable: the window's own where they are not of the grid."""
    grid = grid_of(dataset)
    whole = replace(grid, count=tuple(np.atleast_1d(dataset.attrs["grid_count"]).tolist()), first=(0, 0, 0))
    return {str(name): dataset[name].variable for name in dataset.coords} | {
        name: xr.Variable(*variable) for name, variable in _positions(whole).items()
    }


def _window(grid, dataset):
    """The window of the grid whose coordinates the dataset has; an InputError where it has others."""
    first, count = [], []
    for number, name in enumerate("xyz"):
        values, axis = np.atleast_1d(dataset[name].values) if name in dataset else np.empty(0), grid.axis(number)
        start = int(np.searchsorted(axis, values[0])) if len(values) else 0
        if not len(values) or not np.array_equal(values, axis[start : start + len(values)]):
            message = (
                f"the coordinate {name} is not that of the grid in the attributes, nor a run of it; ask a model, or blocks that "
                "follow each other, for the grid"
            )
            raise InputError(message)
        first.append(start)
        count.append(len(values))
    return replace(grid, count=tuple(count), first=tuple(first))


def with_fractions(parts, fraction, ground):
    """Parts with ``fraction`` (domain, z, y, x) and ``ground`` (z, y, x), shares of the block's volume."""
    arrays = {FRACTION: (PARTS, fraction, VARIABLES[FRACTION]), "ground": (BLOCKS, ground, VARIABLES["ground"])}
    return attributes(parts.assign(arrays), {})


def summarise(parts, variables):
    """Dataset of whole blocks ``(z, y, x)`` with the names of the parts.

    - each grade, check estimate and ``nsr``: mean of the estimated parts weighted by tonnage, NaN where none is estimated;
    - ``<variable>_tonnage``: tonnage of those parts, so that grade x tonnage adds up to the metal of the parts;
    - diagnostics and class: those of the estimated part with the largest tonnage (of the first variable for class; on a tie
      the lower domain code), of the largest part where none is estimated, so that a missing grade keeps its reason;
    - ``main_domain``: code of that part's domain, 0 where the block has no part in any domain;
    - ``tonnage``: all parts; ``density``: tonnage over their volume. ``fraction`` stays by domain.

    Parameters
    ----------
    parts : xarray.Dataset
        With fraction, tonnage and the variables; blocks do not depend on each other, so that a slab gives its own.
    variables : list of str
        Estimated grades, the leading one first.
    """
    variables = [*variables, *([NSR] if NSR in parts else [])]
    if not variables or any(name not in parts for name in (*variables, FRACTION, TONNAGE)):
        message = f"a summary needs fraction, tonnage and the variables {variables}; the dataset has {sorted(parts.data_vars)}"
        raise InputError(message)
    by_part = [name for name in parts.data_vars if parts[name].dims == PARTS and name != FRACTION]
    fraction, tonnage = parts[FRACTION].values, parts[TONNAGE].values
    largest = {name: _largest(fraction, tonnage, np.isfinite(parts[name].values)) for name in variables}
    made = {}
    for name in by_part:
        owner = _owner(name, variables)
        if name in (DENSITY, TONNAGE):
            continue
        if name == owner or name in {f"{owner}_{check}" for check in CHECK_ESTIMATES}:
            made[name] = (BLOCKS, _weighted(parts[name].values, tonnage)[0], parts[name].attrs)
        else:
            made[name] = (BLOCKS, _pick(parts[name].values, largest[owner]), parts[name].attrs)
    for name in variables:
        made[f"{name}_tonnage"] = (
            BLOCKS,
            _weighted(parts[name].values, tonnage)[1],
            {"long_name": f"tonnage with an estimate of {name}", "units": "t"},
        )
    code = np.where(fraction.max(axis=0) > 0, parts["domain_code"].values[largest[variables[0]]], 0).astype(np.int8)
    codes = {"none": 0, **dict(zip(parts[DOMAIN].values.tolist(), parts["domain_code"].values.tolist(), strict=True))}
    made[MAIN_DOMAIN] = (BLOCKS, code, {"long_name": "domain that class and diagnostics belong to", **flags(codes)})
    blocks = parts.drop_vars(by_part).assign(made)
    return attributes(_with_tonnage(blocks, fraction, tonnage, grid_of(parts).volume), {})


def _positions(grid):
    easting, northing = to_world(grid.mine_grid, *np.meshgrid(grid.axis(0), grid.axis(1)))
    arrays = {
        "z": ("z", grid.axis(2)),
        "y": ("y", grid.axis(1)),
        "x": ("x", grid.axis(0)),
        "easting": (("y", "x"), easting),
        "northing": (("y", "x"), northing),
        "elevation": ("z", grid.axis(2)),
    }
    return {name: (*array, COORDINATES[name]) for name, array in arrays.items()}


def _grid_attributes(grid):
    extent = {"origin": np.array(grid.origin, float), "size": np.array(grid.size, float), "count": np.array(grid.count, np.int32)}
    placed = {f"mine_grid_{name}": float(getattr(grid.mine_grid, name)) for name in MINE_GRID}
    return {f"grid_{name}": value for name, value in extent.items()} | placed


def _owner(name, variables):
    """The grade that a variable belongs to by its name; class and the like belong to the first."""
    owners = [variable for variable in variables if name == variable or name.startswith(f"{variable}_")]
    return max(owners, key=len, default=variables[0])


def _largest(fraction, tonnage, estimated):
    """Number of the part that speaks for each block, ``(z, y, x)``: estimated before not estimated, then by tonnage."""
    rank = np.where(fraction > 0, 1 + estimated.astype(int), 0)
    return np.argmax(np.where(rank == rank.max(axis=0), tonnage, -np.inf), axis=0)


def _pick(values, number):
    return np.take_along_axis(values, number[None], axis=0)[0]


def _weighted(values, tonnage):
    """Mean weighted by tonnage over parts with a value, NaN where there is none, and the tonnage of those parts."""
    weight = np.where(np.isfinite(values), tonnage, 0.0)
    total = weight.sum(axis=0)
    metal = np.where(weight > 0, weight * values, 0.0).sum(axis=0)
    return np.divide(metal, total, out=np.full(total.shape, np.nan), where=total > 0), total


def _with_tonnage(blocks, fraction, tonnage, volume):
    total, filled = tonnage.sum(axis=0), fraction.sum(axis=0) * volume
    density = np.divide(total, filled, out=np.full(total.shape, np.nan), where=filled > 0)
    return blocks.assign({TONNAGE: (BLOCKS, total), DENSITY: (BLOCKS, density)})
