"""The simulated holes: surveys that deviate, and the rocks that a geologist logs along them."""

import numpy as np
import pandas as pd

from scandia.drillholes.desurvey import locate
from scandia.geometry.minegrid import to_local
from scandia.synthetic.field import normals
from scandia.synthetic.geometry import AIR, OVERBURDEN, rock_codes
from scandia.synthetic.ground import MINE_GRID
from scandia.vocabulary import AZIMUTH, CAMPAIGN, DEPTH, DIP, EASTING, ELEVATION, FROM, HOLE, NORTHING, TO

SURVEY_STEP = 30.0  # m between readings
LOG_STEP = 0.1  # m, the geologist's resolution
SHORTEST_LOG = 0.6  # m; thinner bands go to the unit above


def collar_frame(holes):
    """Collar table in vocabulary names: hole, easting, northing, elevation, depth, campaign."""
    columns = (EASTING, NORTHING, ELEVATION, DEPTH, CAMPAIGN)
    return pd.DataFrame(
        {HOLE: [hole.name for hole in holes]} | {name: [getattr(hole, name) for hole in holes] for name in columns}
    )


def survey_frame(holes, generator):
    """Survey table: a reading at the collar and every 30 m; holes lift and turn to the right, each in its own way."""
    rows = []
    for hole in holes:
        depths = np.arange(0.0, hole.depth - 5.0, SURVEY_STEP)
        steps = len(depths) - 1
        turn = np.concatenate([[0.0], np.cumsum(0.30 + 0.45 * normals(generator, steps))])
        lift = np.concatenate([[0.0], np.cumsum(0.18 + 0.30 * normals(generator, steps))])
        azimuths, dips = np.round(hole.azimuth + turn, 1), np.round(hole.dip + lift, 1)
        rows += [(hole.name, *reading) for reading in zip(depths, azimuths, dips, strict=True)]
    return pd.DataFrame(rows, columns=[HOLE, DEPTH, AZIMUTH, DIP])


def local_positions(stations, holes, depths):
    """Local x, y, z, m, shape ``(n, 3)``, of depths along holes."""
    world = locate(stations, np.asarray(holes, dtype=object), np.asarray(depths, dtype=float))
    x, y = to_local(MINE_GRID, world[:, 0], world[:, 1])
    return np.column_stack([x, y, world[:, 2]])


def lithology_frame(holes, stations):
    """Logged intervals: hole, from, to, code (index into `geometry.ROCKS`); without gaps from the collar to the end."""
    rows = []
    for hole in holes:
        count = round(hole.depth / LOG_STEP)
        middles = (np.arange(count) + 0.5) * LOG_STEP
        codes = rock_codes(local_positions(stations, [hole.name] * count, np.minimum(middles, hole.depth)))
        codes[codes == AIR] = OVERBURDEN
        contacts = np.flatnonzero(np.diff(codes)) + 1
        starts, ends = np.concatenate([[0], contacts]), np.concatenate([contacts, [count]])
        rows += _merge_thin(hole, [(s * LOG_STEP, e * LOG_STEP, int(codes[s])) for s, e in zip(starts, ends, strict=True)])
    return pd.DataFrame(rows, columns=[HOLE, FROM, TO, "code"])


def _merge_thin(hole, units):
    """Units of one hole without bands thinner than `SHORTEST_LOG`; the last one ends with the hole."""
    kept = []
    for start, end, code in units:
        if kept and (end - start < SHORTEST_LOG or kept[-1][2] == code):
            kept[-1] = (kept[-1][0], end, kept[-1][2])
        else:
            kept.append((start, end, code))
    kept[-1] = (kept[-1][0], hole.depth, kept[-1][2])
    return [(hole.name, round(start, 2), round(end, 2), code) for start, end, code in kept]
