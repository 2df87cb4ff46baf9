"""The known truth of a simulated deposit, over the parts of a block model and on a fine grid."""

import numpy as np
import xarray as xr

from scandia.blockmodel.dataset import grid_of
from scandia.blockmodel.grid import Grid
from scandia.blockmodel.metadata import GRID_MAPPING, crs_attributes, flags
from scandia.errors import InputError
from scandia.geometry.minegrid import to_world
from scandia.synthetic.deposit import ELEMENTS, MAGNET, OXIDES, draw_deposit, point_density, point_grades, true_variogram
from scandia.synthetic.geometry import AIR, DOMAIN_OF_ROCK, OVERBURDEN, ROCKS, rock_codes
from scandia.synthetic.ground import MINE_GRID
from scandia.vocabulary import DENSITY, DOMAIN, FRACTION, SYNTHETIC, TONNAGE

__all__ = ["GRADES", "fine_grid", "true_variogram", "truth_parts"]

CRS = "EPSG:26920"  # NAD83 / UTM zone 20N, as the press release of 2020 states
GRADES = (*OXIDES, "treo_y", "magnet_reo")  # g/t of oxide, under the names of the analytes in the config
_PARTS = (DOMAIN, "z", "y", "x")
# Lower corner and upper corner of the fine grid, local m
_EXTENT = {"tg": ((280.0, 140.0, 310.0), (490.0, 560.0, 560.0)), "tiny": ((280.0, 275.0, 310.0), (480.0, 425.0, 550.0))}


def truth_parts(parts, settings, *, points=(3, 4, 3)):
    """Dataset of the true parts of blocks: the coordinates and attributes of `parts`, with true values.

    Parameters
    ----------
    parts : xarray.Dataset
        A block model of parts, as `blockmodel.dataset.new_parts` makes it; its variables are not read.
    settings : Synthetic
        Generator and seed of the deposit.
    points : (int, int, int)
        Points per block along x, y, z at which the truth is read.

    Returns
    -------
    Dataset
        ``fraction`` and ``ground`` (shares of the block's volume), ``density`` (t/m3) and ``tonnage`` (t), and every name of
        `GRADES` (g/t, weighted by mass), dims ``(domain, z, y, x)``. The nugget of core samples averages out over a block
        and is left out.

    Raises
    ------
    InputError
        `parts` has a domain that the deposit does not know, or another mine grid.
    """
    grid = grid_of(parts)
    if grid.mine_grid != MINE_GRID:
        message = f"the block model has the mine grid {grid.mine_grid}; the simulated deposit is drawn in {MINE_GRID}"
        raise InputError(message)
    slots = _domain_slots(parts[DOMAIN].values.tolist())
    layers = [_layer(grid, k, slots, settings, points) for k in range(grid.count[2])]
    whole = {name: np.stack([layer[name] for layer in layers], axis=-3) for name in layers[0]}
    volume = whole.pop("volume_share")
    mass = whole.pop("mass")
    bare = parts.drop_vars([name for name in parts.data_vars if name != GRID_MAPPING])
    truth = bare.assign_attrs({SYNTHETIC: _sentence(settings), "title": f"True block grades ({SYNTHETIC})"})
    truth[FRACTION] = (_PARTS, volume, {"long_name": "true share of the block's volume in the domain", "units": "1"})
    below = {"long_name": "true share of the block's volume below ground", "units": "1"}
    truth["ground"] = (_PARTS[1:], whole.pop("ground"), below)
    truth[DENSITY] = (_PARTS, _ratio(mass, volume), {"long_name": "true dry bulk density (ASSUMED rock means)", "units": "t/m3"})
    truth[TONNAGE] = (_PARTS, mass * grid.volume, {"long_name": "true dry tonnage in the domains", "units": "t"})
    for name, metal in whole.items():
        truth[name] = (_PARTS, _ratio(metal, mass), {"long_name": f"true grade of {name}", "units": "g/t"})
    for name in truth.data_vars:
        if name != GRID_MAPPING:
            truth[name].attrs["grid_mapping"] = GRID_MAPPING
    return truth


def fine_grid(settings, *, spacing=5.0):
    """Dataset ``(z, y, x)`` of the truth at the nodes of a fine grid: rock, domain_code (0 is none), density, sc2o3, treo_y.

    Parameters
    ----------
    settings : Synthetic
        Generator and seed of the deposit.
    spacing : float
        Distance between nodes, m; a node stands in the middle of its cell.
    """
    lower, upper = _EXTENT[settings.generator]
    count = tuple(round((b - a) / spacing) for a, b in zip(lower, upper, strict=True))
    grid = Grid(origin=lower, size=(spacing,) * 3, count=count, mine_grid=MINE_GRID)
    centres = grid.centres()
    codes = rock_codes(centres)
    grades = np.full((len(codes), len(GRADES)), np.nan)
    density = np.full(len(codes), np.nan)
    rock = codes > OVERBURDEN
    grades[rock], density[rock] = _values(settings, centres[rock], codes[rock])
    names = list(DOMAIN_OF_ROCK.values())
    domains = np.array(
        [names.index(DOMAIN_OF_ROCK[c]) + 1 if c in DOMAIN_OF_ROCK else 0 for c in range(len(ROCKS))], dtype=np.int8
    )
    meaning = {"none": 0} | {name: code + 1 for code, name in enumerate(names)}
    arrays = {
        "rock": (codes, {"long_name": "rock", **flags({name: code for code, name in enumerate(ROCKS)})}),
        "domain_code": (domains[codes], {"long_name": "domain", **flags(meaning)}),
        DENSITY: (density, {"long_name": "true dry bulk density (ASSUMED rock means)", "units": "t/m3"}),
    }
    for name in ("sc2o3", "treo_y"):
        arrays[name] = (grades[:, GRADES.index(name)], {"long_name": f"true grade of {name} without nugget", "units": "g/t"})
    return _placed(grid, arrays, settings)


def _placed(grid, arrays, settings):
    """Dataset ``(z, y, x)`` of flat arrays with their attributes, in the mine grid and in the world."""
    easting, northing = to_world(MINE_GRID, *np.meshgrid(grid.axis(0), grid.axis(1)))
    coordinates = {name: (name, grid.axis(axis), {"units": "m"}) for axis, name in enumerate("xyz")}
    coordinates |= {"easting": (("y", "x"), easting, {"units": "m"}), "northing": (("y", "x"), northing, {"units": "m"})}
    variables = {GRID_MAPPING: ((), np.int8(0), crs_attributes(CRS))}
    for name, (values, attributes) in arrays.items():
        variables[name] = (("z", "y", "x"), values.reshape(grid.shape), attributes | {"grid_mapping": GRID_MAPPING})
    head = {"title": f"True deposit ({SYNTHETIC})", SYNTHETIC: _sentence(settings)}
    return xr.Dataset(variables, coords=coordinates, attrs=head)


def _layer(grid, k, slots, settings, points):
    """Sums over the points of one layer of blocks, each as a share of the block: volume, mass and metal by domain."""
    y, x = np.meshgrid(grid.axis(1), grid.axis(0), indexing="ij")
    centres = np.column_stack([x.ravel(), y.ravel(), np.full(x.size, grid.axis(2)[k])])
    offsets = grid.offsets(points)
    places = (centres[:, None] + offsets).reshape(-1, 3)
    codes = rock_codes(places)
    inside = np.flatnonzero(slots[codes] >= 0)
    grades, density = _values(settings, places[inside], codes[inside])
    count = int(slots.max()) + 1
    bins = slots[codes[inside]] * len(centres) + inside // len(offsets)

    def share(weights):
        return np.bincount(bins, weights, count * len(centres)).reshape(count, *x.shape) / len(offsets)

    ground = (codes != AIR).reshape(len(centres), -1).mean(axis=1).reshape(x.shape)
    metal = {name: share(density * grades[:, column]) for column, name in enumerate(GRADES)}
    return {"volume_share": share(np.ones(len(inside))), "mass": share(density), "ground": ground, **metal}


def _values(settings, points, codes):
    """True grades ``(n, 18)`` in the order of `GRADES` and densities ``(n,)``."""
    oxides = point_grades(draw_deposit(settings.seed), points, codes)
    magnet = oxides[:, [ELEMENTS.index(element) for element in MAGNET]].sum(axis=1)
    return np.column_stack([oxides, oxides[:, 1:].sum(axis=1), magnet]), point_density(codes, oxides)


def _domain_slots(names):
    """Position along the dimension ``domain`` of each rock, -1 for rocks of no domain; int, shape ``(rocks,)``."""
    known = list(DOMAIN_OF_ROCK.values())
    unknown = [name for name in names if name not in known]
    if unknown:
        message = f"the simulated deposit has no domain {unknown[0]!r}; it has {', '.join(known)}"
        raise InputError(message)
    return np.array([names.index(DOMAIN_OF_ROCK[c]) if DOMAIN_OF_ROCK.get(c) in names else -1 for c in range(len(ROCKS))])


def _ratio(above, below):
    return np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0)


def _sentence(settings):
    return f"simulated by scandia.synthetic, generator {settings.generator}, seed {settings.seed}; not real data"
