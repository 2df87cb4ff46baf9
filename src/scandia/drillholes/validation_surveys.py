"""Checks of the downhole surveys: depths, ranges, sign of the dip and bends."""

import numpy as np

from scandia.drillholes.findings import concat, find
from scandia.drillholes.validation_intervals import check_scale
from scandia.drillholes.validation_keys import DEEPEST
from scandia.geometry.rotation import direction
from scandia.vocabulary import AZIMUTH, DEPTH, DIP, HOLE, ROW

DOGLEG_LENGTH = 30.0  # m, the length that the limit of bends is stated for
OPPOSITE = 15.0  # degrees off 180 up to which an azimuth is the opposite of another
FAR_BELOW = 2.0  # times the deepest interval: a survey below belongs to another hole, or its depth is wrong
STEEP = 85.0  # degrees of dip beyond which an azimuth means little


def check_surveys(survey, table, depths, checks, dip_sign, *, given=True):
    """Findings of a survey table.

    Parameters
    ----------
    survey : DataFrame
        Typed, dips negative down, sorted by hole and depth.
    table : drillholes.settings.Table
        Names its file and columns.
    depths : Series
        Hole to its depth, m.
    checks : drillholes.settings.Checks
    dip_sign : str
        The sign that the config declared; it is named where it looks wrong.
    given : bool
        False where the depths are those of the deepest intervals, below which a survey may go on a little.
    """
    file, columns = table.file, table.columns
    holes = survey.groupby(HOLE, sort=False)
    first = (holes.cumcount() == 0).to_numpy()
    single = first & (holes[ROW].transform("size") == 1).to_numpy()
    tolerance = checks.depth_tolerance
    end = survey[HOLE].map(depths).to_numpy()
    possible = (survey[DEPTH] <= DEEPEST).to_numpy()
    late = first & (survey[DEPTH] > tolerance).to_numpy()
    found = [
        find("survey_single_record", file, survey, single),
        find("survey_first_not_at_zero", file, survey, late, column=columns[DEPTH], value=survey[DEPTH]),
        find("depth_negative", file, survey, survey[DEPTH] < 0, column=columns[DEPTH], value=survey[DEPTH]),
        check_scale(survey, table, depths),
        *_below(survey, file, columns, end, tolerance, given),
        _duplicates(survey, file, columns),
        check_directions(survey, table, dip_sign),
        _doglegs(survey, file, columns, checks.dogleg_limit),
        _reversed(survey, file, columns),
        *_stretches(survey[possible], file, columns, end[possible], checks),
    ]
    return concat(found)


def check_directions(frame, table, dip_sign):
    """Findings of azimuths and dips out of range, of up-holes, and of a dip sign that must be the other one.

    The sign is taken as wrong where more than half of the holes start upwards.
    """
    file, columns = table.file, table.columns
    azimuth, dip = frame[AZIMUTH].to_numpy(), frame[DIP].to_numpy()
    given = dip if dip_sign == "negative_down" else 0.0 - dip
    start = frame.drop_duplicates(HOLE)[DIP].to_numpy()
    up, count = int((start > 0).sum()), int((start == start).sum())
    found = [
        find("azimuth_range", file, frame, (azimuth < 0) | (azimuth > 360), column=columns[AZIMUTH], value=azimuth),
        find("dip_range", file, frame, np.abs(dip) > 90, column=columns[DIP], value=given),
    ]
    if 2 * up > count:
        other = "positive_down" if dip_sign == "negative_down" else "negative_down"
        found.append(find("dip_sign", file, column=columns[DIP], up=up, count=count, given=dip_sign, other=other))
    else:
        found.append(find("dip_up", file, frame, (dip > 0) & (dip <= 90), column=columns[DIP], value=given))
    return concat(found)


def _below(survey, file, columns, end, tolerance, given):
    """Records where no hole can be, and those below the end of theirs, or far below all of its intervals."""
    depth, words = survey[DEPTH].to_numpy(), {"column": columns[DEPTH], "value": survey[DEPTH]}
    impossible = depth > DEEPEST
    found = [find("survey_depth_impossible", file, survey, impossible, **words, limit=f"{DEEPEST:,.0f}")]
    if given:
        return [*found, find("survey_beyond_depth", file, survey, (depth > end + tolerance) & ~impossible, **words, depth=end)]
    factor = np.divide(depth, end, out=np.full(len(depth), np.nan), where=end > 0)
    far = (factor > FAR_BELOW) & ~impossible
    return [*found, find("survey_far_below", file, survey, far, **words, deepest=end, factor=np.round(factor, 2))]


def _duplicates(survey, file, columns):
    first = survey.groupby([HOLE, DEPTH])[ROW].transform("first")
    again = (survey[ROW] != first).to_numpy()
    return find("survey_duplicate_depth", file, survey, again, column=columns[DEPTH], value=survey[DEPTH], other=first)


def _doglegs(survey, file, columns, limit):
    """Bends above the limit, degrees per 30 m, from the angle between direction vectors, never between angles."""
    usable = survey[survey[[AZIMUTH, DIP]].notna().all(axis=1) & ~survey.duplicated([HOLE, DEPTH])]
    tangents = direction(usable[AZIMUTH].to_numpy(), usable[DIP].to_numpy())
    same_hole = usable[HOLE].eq(usable[HOLE].shift()).to_numpy()
    length = usable[DEPTH].diff().to_numpy()
    apart = np.linalg.norm(np.diff(tangents, axis=0, prepend=np.nan), axis=1)
    turn = np.rad2deg(2.0 * np.arcsin(np.minimum(apart / 2.0, 1.0)))
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = turn * DOGLEG_LENGTH / length
    bent = same_hole & (rate > limit)
    return find("dogleg", file, usable, bent, column=columns[AZIMUTH], value=usable[AZIMUTH], turn=np.round(rate, 1))


def _reversed(survey, file, columns):
    """Records whose azimuth is the opposite of those above and below, where these two agree."""
    usable = survey[survey[[AZIMUTH, DIP]].notna().all(axis=1) & ~survey.duplicated([HOLE, DEPTH])]
    azimuth, dip = usable[AZIMUTH].to_numpy(), usable[DIP].to_numpy()
    hole = usable[HOLE]
    above, below = hole.eq(hole.shift()).to_numpy(), hole.eq(hole.shift(-1)).to_numpy()
    to_above, to_below = _turn(azimuth, np.roll(azimuth, 1)), _turn(azimuth, np.roll(azimuth, -1))
    agree = _turn(np.roll(azimuth, 1), np.roll(azimuth, -1)) <= OPPOSITE
    opposite_above, opposite_below = (180.0 - turn <= OPPOSITE for turn in (to_above, to_below))
    inside = above & below & agree & opposite_above & opposite_below
    # At an end the record beside decides, unless that one is reversed itself; of two records the lower one is named.
    at_bottom = above & ~below & opposite_above & ~np.roll(inside, 1)
    at_top = below & ~above & opposite_below & ~np.roll(inside, -1) & np.roll(below, -1)
    flat = np.abs(dip) <= STEEP
    return find("azimuth_reversed", file, usable, (inside | at_bottom | at_top) & flat, column=columns[AZIMUTH], value=azimuth)


def _turn(first, second):
    """Angle, degrees in [0, 180], between two azimuths."""
    return np.abs((first - second + 180.0) % 360.0 - 180.0)


def _stretches(survey, file, columns, end, checks):
    """Notes on stretches between records that are longer than the usual spacing allows, and below the last than the usual one."""
    hole, depth = survey[HOLE], survey[DEPTH].to_numpy()
    same = hole.eq(hole.shift()).to_numpy()
    last = ~hole.eq(hole.shift(-1)).to_numpy()
    length = np.where(same, np.diff(depth, prepend=np.nan), np.nan)
    known = length[length > checks.depth_tolerance]
    if not len(known):
        return []
    usual = float(np.median(known))
    limit = checks.survey_spacing * usual
    with np.errstate(invalid="ignore"):
        wide, below = length > limit, last & (end - depth > usual + checks.depth_tolerance)
    words = {"column": columns[DEPTH], "value": depth}
    return [
        find("survey_spacing", file, survey, wide, **words, length=np.round(length, 3), usual=float(f"{usual:.4g}")),
        find("survey_extrapolated", file, survey, below, **words, length=np.round(end - depth, 3)),
    ]
