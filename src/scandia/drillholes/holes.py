"""The table of holes: where each begins and ends, in the world and on the mine grid."""

import numpy as np

from scandia.geometry.minegrid import to_local
from scandia.vocabulary import AZIMUTH, CAMPAIGN, DEPTH, DIP, EASTING, ELEVATION, HOLE, NORTHING, X, Y

ONE_RECORD = "one survey record: straight by assumption"


def describe_holes(collar, stations, mine_grid):
    """One row per hole, sorted: collar in the world and on the mine grid, depth, first direction, end of hole, records.

    Parameters
    ----------
    collar : DataFrame
        hole, easting, northing, elevation, depth; campaign if known.
    stations : DataFrame
        From `desurvey`, the last station of a hole is its end.
    mine_grid : MineGrid

    Returns
    -------
    DataFrame
        hole, campaign (if known), easting, northing, elevation, x, y, depth (m), azimuth, dip (degrees at the collar),
        end_easting, end_northing, end_elevation, end_x, end_y, stations; records (of the survey), last_record (its depth, m),
        extrapolated (m below it, taken as straight), uncertain (why the position is: one record; empty where it is not).
    """
    order = stations.sort_values([HOLE, DEPTH], kind="stable").groupby(HOLE, sort=True)
    first, last = order.first(), order.last()
    named = [name for name in (HOLE, CAMPAIGN, EASTING, NORTHING, ELEVATION, DEPTH) if name in collar]
    table = collar[named].sort_values(HOLE, kind="stable").set_index(HOLE)
    table[X], table[Y] = to_local(mine_grid, table[EASTING], table[NORTHING])
    table[AZIMUTH], table[DIP] = first[AZIMUTH], first[DIP]
    for name in (EASTING, NORTHING, ELEVATION):
        table[f"end_{name}"] = last[name]
    table["end_x"], table["end_y"] = to_local(mine_grid, table[f"end_{EASTING}"], table[f"end_{NORTHING}"])
    table["stations"] = order.size()
    records = stations[stations["surveyed"]].groupby(HOLE, sort=True)
    table["records"] = records.size()
    table["last_record"] = records[DEPTH].max()
    table["extrapolated"] = (last[DEPTH] - table["last_record"]).clip(lower=0.0)
    table["uncertain"] = np.where(table["records"] == 1, ONE_RECORD, "")
    return table.reset_index()
