"""Checks of coordinates against the coordinate reference system that the config says they are in."""

import numpy as np

from scandia.drillholes.findings import concat, find, no_findings
from scandia.vocabulary import EASTING, NORTHING

FOOT = 0.3048  # m
MARGIN = 1.0  # degrees beyond the area of use up to which a system is still used, as a zone is beside its border
MENDS = {
    "easting and northing are swapped": lambda x, y: (y, x),
    "the coordinates are in feet: set coordinate_unit": lambda x, y: (x * FOOT, y * FOOT),
    "the coordinates are metres taken for feet: set coordinate_unit": lambda x, y: (x / FOOT, y / FOOT),
    "the coordinates are in kilometres": lambda x, y: (x * 1000.0, y * 1000.0),
}


def check_crs(frame, table, crs):
    """Findings of places outside the area of use of a coordinate reference system: of most, of the whole table, or one by one.

    Parameters
    ----------
    frame : DataFrame
        row, hole, easting, northing, m.
    table : drillholes.settings.Table
        Names its file and columns.
    crs : str or None
        As the config names it. A local one, or one without an area of use, says nothing of places.
    """
    area, to_degrees = _area(crs)
    placed = frame[frame[[EASTING, NORTHING]].notna().all(axis=1).to_numpy()]
    if area is None or placed.empty:
        return no_findings()
    file, column = table.file, table.columns[EASTING]
    east, north = placed[EASTING].to_numpy(), placed[NORTHING].to_numpy()
    longitude, latitude = to_degrees(east, north)
    out = ~_inside(longitude, latitude, area)
    words = {"crs": crs, "area": area.name}
    if 2 * out.sum() > len(out):
        fits = [mend for mend, turn in MENDS.items() if 2 * _inside(*to_degrees(*turn(east, north)), area).sum() > len(out)]
        mend = f"{fits[0]}? " if fits else ""
        return find("table_outside_crs", file, column=column, **words, count=int(out.sum()), total=len(out), mend=mend)
    degrees = {"longitude": np.round(longitude, 3), "latitude": np.round(latitude, 3)}
    return concat([find("place_outside_crs", file, placed, out, column=column, value=east, **words, **degrees)])


def _area(crs):
    """Area of use of a system, and the function from its metres to degrees; nothing of systems that have none."""
    if crs is None:
        return None, None
    from pyproj import CRS, Transformer  # here: callers without a system should not wait for it

    system = CRS.from_user_input(crs)
    system = system.sub_crs_list[0] if system.is_compound else system
    if not system.is_projected or system.area_of_use is None:
        return None, None
    return system.area_of_use, Transformer.from_crs(system, "EPSG:4326", always_xy=True).transform


def _inside(longitude, latitude, area):
    """Which places ``(n,)`` lie in an area or within `MARGIN` of it; one may cross the meridian of 180 degrees."""
    known = np.isfinite(longitude) & np.isfinite(latitude)
    longitude = np.where(known, longitude, 0.0)
    width = (area.east - area.west) % 360.0 or 360.0
    along = np.mod(longitude - area.west + MARGIN, 360.0) <= width + 2.0 * MARGIN
    return known & along & (latitude >= area.south - MARGIN) & (latitude <= area.north + MARGIN)
