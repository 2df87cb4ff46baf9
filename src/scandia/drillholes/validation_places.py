"""Checks of where the collars are: swapped, scaled, far away, and at an elevation that cannot be."""

import numpy as np

from scandia.drillholes.findings import concat, find, no_findings
from scandia.geometry.surface import elevation_at
from scandia.vocabulary import EASTING, ELEVATION, NORTHING, WORLD

FOOT = 0.3048  # m
FACTORS = (FOOT, 1.0 / FOOT, 1000.0, 0.001, -1.0)  # feet, metres taken for feet, kilometres, millimetres, a lost sign
FEWEST = 4  # collars from which the others say where one should be
FAR = 10.0  # times the usual distance from the middle of all collars: beyond, a collar is not one of them
HIGHEST, LOWEST = 9000.0, -500.0  # m, elevations beyond which no collar on the ground can be
RELIEF = 300.0  # m, no difference of elevation below this is taken for a fault


def check_places(collar, table, checks, surface=None):
    """Findings of collars off the place of the others, or off a declared extent; a factor or a swap that mends it is named.

    Parameters
    ----------
    collar : DataFrame
        row, hole, easting, northing, elevation, m.
    table : drillholes.settings.Table
    checks : drillholes.settings.Checks
        Its extent decides where it is given; otherwise the ground does, otherwise the middle of all collars.
    surface : geometry.surface.Surface, optional
    """
    placed = collar[collar[list(WORLD)].notna().all(axis=1).to_numpy()].reset_index(drop=True)
    if placed.empty:
        return no_findings()
    return concat(
        [*_plan(placed, table, checks, surface), _impossible(placed, table), *_elevations(placed, table, surface, checks)]
    )


def _plan(collar, table, checks, surface):
    """Findings in plan."""
    east, north = collar[EASTING].to_numpy(), collar[NORTHING].to_numpy()
    out, box, words = _misplaced(east, north, checks.extent, surface)
    swapped = out & _mends(east, north, box, lambda x, y: (y, x))
    factor = np.full(len(collar), np.nan)
    for name, turn in _scales():
        factor[out & ~swapped & np.isnan(factor) & _mends(east, north, box, turn)] = name
    scaled = ~np.isnan(factor)
    rest = out & ~swapped & ~scaled
    place = {"column": table.columns[EASTING], "value": collar[EASTING]}
    found = [
        find("collar_swapped", table.file, collar, swapped, **place),
        find("collar_scaled", table.file, collar, scaled, **place, factor=np.round(factor, 4)),
    ]
    if checks.extent is not None:
        found.append(find("collar_outside_extent", table.file, collar, rest, **place))
    elif words is not None:
        found.append(find("collar_far_away", table.file, collar, rest, **place, **words))
    return found


def _scales():
    """Factors and the functions that apply them to both coordinates, or the lost sign to one of them."""
    for value in FACTORS:
        yield value, lambda x, y, value=value: (x * value, y * value)
    yield -1.0, lambda x, y: (-x, y)
    yield -1.0, lambda x, y: (x, -y)


def _mends(east, north, box, turn):
    """Which collars a function of both coordinates brings into the box, where it takes the box itself clear of itself.

    Around the origin of a local grid the box and its mirror overlap: a step-out hole would pass for a swapped one.
    """
    corners = np.array(turn(np.array(box[:2]), np.array(box[2:])))
    low, high = corners.min(axis=1), corners.max(axis=1)
    apart = high[0] < box[0] or low[0] > box[1] or high[1] < box[2] or low[1] > box[3]
    return _inside(*turn(east, north), box) & apart


def _misplaced(east, north, extent, surface):
    """Which collars lie outside, the box ``(low east, high east, low north, high north)`` they should lie in, and distances."""
    if extent is not None:
        return ~_inside(east, north, extent), extent, None
    if surface is not None:
        grid = (surface.easting[0], surface.easting[-1], surface.northing[0], surface.northing[-1])
        return ~_inside(east, north, grid), grid, None
    if len(east) < FEWEST:
        return np.zeros(len(east), dtype=bool), (0.0, 0.0, 0.0, 0.0), None
    distance = np.hypot(east - np.median(east), north - np.median(north))
    usual = max(float(np.median(distance)), 1.0)
    out = distance > FAR * usual
    kept = ~out
    box = (east[kept].min(), east[kept].max(), north[kept].min(), north[kept].max())
    reach = max(box[1] - box[0], box[3] - box[2], 100.0)
    words = {"distance": np.round(distance, 1), "times": np.round(distance / usual, 1)}
    return out, (box[0] - reach, box[1] + reach, box[2] - reach, box[3] + reach), words


def _inside(east, north, box):
    return (east >= box[0]) & (east <= box[1]) & (north >= box[2]) & (north <= box[3])


def _impossible(collar, table):
    """Findings of elevations that no ground has."""
    height = collar[ELEVATION].to_numpy()
    words = {"column": table.columns[ELEVATION], "value": height, "low": f"{LOWEST:,.0f}", "high": f"{HIGHEST:,.0f}"}
    return find("elevation_impossible", table.file, collar, _beyond(height), **words)


def _beyond(height):
    return (height > HIGHEST) | (height < LOWEST)


def _elevations(collar, table, surface, checks):
    """Findings of elevations."""
    height, column = collar[ELEVATION].to_numpy(), table.columns[ELEVATION]
    if len(height) >= FEWEST and (height == height[0]).all():
        return [find("elevation_constant", table.file, column=column, value=height[0], count=len(height))]
    if surface is not None:
        ground = np.asarray(elevation_at(surface, collar[EASTING].to_numpy(), collar[NORTHING].to_numpy()), dtype=float)
        out, low, high = np.abs(height - ground) > checks.topography_tolerance, ground, ground
        low, high, fits = low - checks.topography_tolerance, high + checks.topography_tolerance, "the ground"
    elif len(height) >= FEWEST:
        middle = np.median(height)
        spread = max(RELIEF, FAR * float(np.median(np.abs(height - middle))))
        out = np.abs(height - middle) > spread
        low, high, fits = np.full(len(height), height[~out].min()), height[~out].max(), "the others"
    else:
        return []
    factor = np.full(len(height), np.nan)
    for value in FACTORS:
        scaled = height * value
        factor[out & np.isnan(factor) & (scaled >= low) & (scaled <= high)] = value
    known = ~np.isnan(factor)
    found = [
        find("elevation_scaled", table.file, collar, known, column=column, value=height, factor=np.round(factor, 4), fits=fits)
    ]
    if surface is None:
        words = {"difference": np.round(height - np.median(height), 1)}
        found.append(
            find("elevation_extreme", table.file, collar, out & ~known & ~_beyond(height), column=column, value=height, **words)
        )
    return found
