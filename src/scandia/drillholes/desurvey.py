"""Positions along drillholes by minimum curvature, on direction vectors and on the arc itself, or by tangents."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.geometry.minegrid import to_local
from scandia.geometry.rotation import direction
from scandia.vocabulary import AZIMUTH, DEPTH, DIP, EASTING, ELEVATION, FROM, HOLE, LOCAL, NORTHING, TO, WORLD

# straight: the hole runs straight below the station, along its direction; surveyed: a record stands at this depth
STATIONS = (HOLE, DEPTH, EASTING, NORTHING, ELEVATION, AZIMUTH, DIP, "straight", "surveyed")
METHODS = ("minimum_curvature", "balanced_tangential", "tangential")
_REVERSAL = 1e-6  # radians short of a full turn-back, where the plane of the arc is not defined any more


def desurvey(collar, survey, *, method=METHODS[0]):
    """Stations of each hole, with the columns `STATIONS`; sorted by hole and depth.

    Parameters
    ----------
    collar : DataFrame
        hole, easting, northing, elevation, and depth (m; may be NaN).
    survey : DataFrame
        hole, depth, azimuth, dip; degrees, dip negative down. In any order.
    method : {"minimum_curvature", "balanced_tangential", "tangential"}
        How the hole runs between two records; see the notes.

    Returns
    -------
    DataFrame
        One row for each survey record, and rows at depth 0 and at the end of the hole where the survey has none: above the
        first and below the last record the hole is straight. Balanced tangents add a row half-way down each leg.

    Raises
    ------
    InputError
        A hole stands in one of the tables only, or twice in the collar table; a depth is surveyed twice or negative; a
        value is missing; a hole turns back on itself between two records.

    Notes
    -----
    Minimum curvature: between two records the hole is the arc of a circle that has both directions as tangents, of the length
    of the depth difference [1]_. The step of length L from tangent t₀ to t₁, which meet at the angle β, is
    ``L/2 · tan(β/2)/(β/2) · (t₀ + t₁)``. Balanced tangents: half of the leg runs along t₀, half along t₁, so the step is
    ``L/2 · (t₀ + t₁)``. Tangents: the whole leg runs along t₀.

    References
    ----------
    .. [1] S. J. Sawaryn, J. L. Thorogood, A Compendium of Directional Calculations Based on the Minimum Curvature Method,
       SPE Drilling & Completion 20 (2005) 24–36.
    """
    if method not in METHODS:
        message = f"the method of desurvey is {method!r}; it must be one of {', '.join(METHODS)}"
        raise InputError(message)
    _check_holes(collar, survey)
    stations = _with_ends(collar, survey)
    if method == "balanced_tangential":
        _check_steps(*_legs(stations))
        stations = _with_middles(stations)
    stations = stations.assign(straight=_straight(stations, method))
    checked, first, length, angle = _legs(stations)
    _check_steps(checked, first, length, angle)
    tangents = direction(stations[AZIMUTH].to_numpy(), stations[DIP].to_numpy())
    before = np.roll(tangents, 1, axis=0)
    straight = np.roll(stations["straight"].to_numpy(), 1)
    step = np.where(straight[:, None], length[:, None] * before, _chord(before, tangents, length, angle))
    step[first] = 0.0
    start = collar.set_index(HOLE)[list(WORLD)].loc[stations.loc[first, HOLE]].to_numpy(dtype=float)
    position = _running_sum(step, np.flatnonzero(first)) + start[np.cumsum(first) - 1]
    return stations.assign(**dict(zip(WORLD, position.T, strict=True)))[list(STATIONS)]


def locate(stations, holes, depths):
    """World positions ``(n, 3)``, metres, at depths down the holes, on the arcs, or on the tangents where the hole is straight.

    Parameters
    ----------
    stations : DataFrame
        As `desurvey` returns them; without the column ``straight`` all legs are arcs.
    holes : array of str (n,)
        A hole without stations is refused.
    depths : array (n,)
        Metres down the hole, at least 0; NaN gives NaN. Below the last station the hole is straight.
    """
    return _along(stations, holes, depths)[0]


def tangent(stations, holes, depths):
    """Unit vectors ``(n, 3)`` down the holes at depths, world axes; arguments as for `locate`."""
    return _along(stations, holes, depths)[1]


def locate_intervals(frame, stations, mine_grid):
    """The table with easting, northing, elevation and x, y, z of the point half-way down each interval, metres."""
    middle = (frame[FROM].to_numpy(dtype=float) + frame[TO].to_numpy(dtype=float)) / 2.0
    world = locate(stations, frame[HOLE], middle)
    x, y = to_local(mine_grid, world[:, 0], world[:, 1])
    local = (x, y, world[:, 2])
    return frame.assign(**dict(zip(WORLD, world.T, strict=True)), **dict(zip(LOCAL, local, strict=True)))


def _along(stations, holes, depths):
    """Positions and tangents ``(n, 3)`` at depths."""
    stations = stations.sort_values([HOLE, DEPTH], kind="stable")
    names, codes = np.unique(stations[HOLE].to_numpy(dtype=object).astype(str), return_inverse=True)
    depths = np.asarray(depths, dtype=float)
    asked = _codes(names, holes, len(depths))
    if (depths < 0).any():
        message = (
            f"depth {depths[depths < 0][0]} m of hole {names[asked[depths < 0][0]]} lies above the collar; depths are at least 0"
        )
        raise InputError(message)
    top, tangents = stations[DEPTH].to_numpy(dtype=float), direction(stations[AZIMUTH].to_numpy(), stations[DIP].to_numpy())
    # NumPy orders complex numbers by their real, then their imaginary part: hole and depth in one exact search.
    known = ~np.isnan(depths)
    place = np.zeros(len(depths), dtype=int)
    place[known] = np.searchsorted(codes + 1j * top, asked[known] + 1j * depths[known], side="right") - 1
    last = np.append(codes[1:] != codes[:-1], True)
    last = (last | stations["straight"].to_numpy(dtype=bool) if "straight" in stations else last)[place]
    below = np.where(last, place, np.minimum(place + 1, len(top) - 1))
    travelled = depths - top[place]
    share = np.where(last, 0.0 * travelled, travelled / np.where(last, 1.0, top[below] - top[place]))
    angle = _angle(tangents[place], tangents[below])
    heading = _between(tangents[place], tangents[below], share, angle)
    world = stations[list(WORLD)].to_numpy(dtype=float)[place]
    return world + _chord(tangents[place], heading, travelled, angle * share), heading


def _codes(names, holes, count):
    """Place of each hole's name among the sorted names."""
    codes, given = pd.factorize(np.asarray(holes, dtype=object))
    if len(codes) != count or (codes < 0).any():
        message = f"holes and depths must be of one length and no hole missing; given are {len(codes)} holes and {count} depths"
        raise InputError(message)
    given = given.astype(str)
    places = np.minimum(np.searchsorted(names, given), len(names) - 1) if len(names) else np.zeros(len(given), dtype=int)
    unknown = given[names[places] != given] if len(names) else given
    if len(unknown):
        message = f"hole {unknown[0]} has no stations ({len(unknown)} such holes); desurvey it first"
        raise InputError(message)
    return places[codes]


def _angle(first, second):
    """Angle, radians, between unit vectors ``(n, 3)``; exact for small angles, where arccos loses half of the digits."""
    return 2.0 * np.arctan2(np.linalg.norm(second - first, axis=-1), np.linalg.norm(second + first, axis=-1))


def _chord(first, second, length, angle):
    """Step ``(n, 3)`` along an arc of a length between two tangents that meet at the angle."""
    half = np.asarray(angle) / 2.0
    bend = np.divide(np.tan(half), half, out=np.ones_like(half), where=half != 0)
    return (0.5 * np.asarray(length) * bend)[:, None] * (first + second)


def _between(first, second, share, angle):
    """Tangent ``(n, 3)`` at a share of the arc: spherical interpolation, in ratios of sin(x)/x that hold at angle 0."""
    sinc = np.sinc(angle / np.pi)
    before = (1.0 - share) * np.sinc((1.0 - share) * angle / np.pi) / sinc
    after = share * np.sinc(share * angle / np.pi) / sinc
    return before[:, None] * first + after[:, None] * second


def _running_sum(step, starts):
    """Sums ``(n, 3)`` of the steps within each hole: a sum through all holes would lose digits hole by hole."""
    place = np.zeros(len(step), dtype=int)
    place[starts] = 1
    frame = pd.DataFrame(step).groupby(np.cumsum(place), sort=False)
    return frame.cumsum().to_numpy()


def _with_ends(collar, survey):
    """Survey records with rows at depth 0 and at the end of the hole where there is none, sorted."""
    numbers = {name: survey[name].astype(float) for name in (DEPTH, AZIMUTH, DIP)}
    records = survey[[HOLE]].assign(**numbers).sort_values([HOLE, DEPTH], kind="stable")
    top, bottom = records.drop_duplicates(HOLE), records.drop_duplicates(HOLE, keep="last")
    top = top[top[DEPTH] > 0].assign(**{DEPTH: 0.0})
    end = bottom[HOLE].map(collar.set_index(HOLE)[DEPTH]).to_numpy(dtype=float)
    bottom = bottom.assign(**{DEPTH: end})[end > bottom[DEPTH].to_numpy()]
    named = ((top, False), (records, True), (bottom, False))
    parts = [part.assign(surveyed=surveyed) for part, surveyed in named if len(part)]
    stations = pd.concat(parts, ignore_index=True) if parts else records.assign(surveyed=True)
    return stations.sort_values([HOLE, DEPTH], kind="stable", ignore_index=True)


def _legs(stations):
    """The stations, which of them are the first of their hole, and length and angle, radians, of the leg above each."""
    first = ~stations[HOLE].eq(stations[HOLE].shift()).to_numpy()
    length = np.diff(stations[DEPTH].to_numpy(), prepend=0.0)
    tangents = direction(stations[AZIMUTH].to_numpy(), stations[DIP].to_numpy())
    return stations, first, length, _angle(np.roll(tangents, 1, axis=0), tangents)


def _with_middles(stations):
    """The stations with one half-way down each leg, which has the direction of the station below it."""
    same = stations[HOLE].eq(stations[HOLE].shift()).to_numpy()
    middle = (stations[DEPTH] + stations[DEPTH].shift()) / 2.0
    middles = stations.assign(**{DEPTH: middle}, surveyed=False)[same]
    both = pd.concat([stations, middles], ignore_index=True)
    return both.sort_values([HOLE, DEPTH], kind="stable", ignore_index=True)


def _straight(stations, method):
    """Which stations the hole leaves straight: all by tangents; by arcs the last, and the one above a first record below 0."""
    if method != METHODS[0]:
        return np.ones(len(stations), dtype=bool)
    last = ~stations[HOLE].eq(stations[HOLE].shift(-1)).to_numpy()
    return last | ~stations["surveyed"].to_numpy(dtype=bool)


def _check_holes(collar, survey):
    for given, other, words in ((collar, survey, "has no survey"), (survey, collar, "has a survey but no collar")):
        missing = given.loc[~given[HOLE].isin(other[HOLE]), HOLE]
        if len(missing):
            message = f"hole {missing.iloc[0]} {words} ({missing.nunique()} such holes); validate the tables first"
            raise InputError(message)
    if collar[HOLE].duplicated().any():
        message = f"hole {collar.loc[collar[HOLE].duplicated(), HOLE].iloc[0]} has two collars; keep one"
        raise InputError(message)
    for frame, columns in ((collar, list(WORLD)), (survey, [DEPTH, AZIMUTH, DIP])):
        absent = frame[columns].isna().any(axis=1)
        if absent.any():
            message = f"hole {frame.loc[absent, HOLE].iloc[0]}: one of {', '.join(columns)} is missing; validate the tables first"
            raise InputError(message)
    if (survey[DEPTH] < 0).any():
        message = f"hole {survey.loc[survey[DEPTH] < 0, HOLE].iloc[0]} is surveyed at a negative depth; depths are at least 0"
        raise InputError(message)


def _check_steps(stations, first, length, angle):
    twice = ~first & (length == 0)
    if twice.any():
        row = stations[twice].iloc[0]
        message = f"hole {row[HOLE]} is surveyed twice at {row[DEPTH]} m; keep one of the records"
        raise InputError(message)
    back = ~first & (angle > np.pi - _REVERSAL)
    if back.any():
        row = stations[back].iloc[0]
        message = f"hole {row[HOLE]} turns back on itself above {row[DEPTH]} m; check azimuth and sign of the dip there"
        raise InputError(message)
