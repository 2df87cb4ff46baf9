"""Raw tables brought into the shape the flow expects: surveys in intervals become points, permitted holes get a direction."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd

from scandia.drillholes.findings import concat, find
from scandia.drillholes.layouts import RAW_TABLES
from scandia.drillholes.numbers import plain_numbers
from scandia.settings import decided
from scandia.vocabulary import AZIMUTH, DEPTH, DIP, FROM, HOLE, TO

PERMITTED = ("hole_taken_as_straight", "survey_from_collar")  # rules that name the holes that are straight by permission


def shape(raw, drillholes):
    """Raw tables, the settings that describe them now, and findings.

    Parameters
    ----------
    raw : dict of str to DataFrame
        Raw text tables by name.
    drillholes : drillholes.settings.Drillholes

    Returns
    -------
    raw : dict of str to DataFrame
        The survey with ``depth``; the collar with azimuth and dip where a hole is taken as straight by permission.
    drillholes : Drillholes
        Its columns name what the tables hold now.
    findings : DataFrame
        Each hole that is taken as straight, and names in the permission that it does not need.
    """
    raw, drillholes = dict(raw), _as_read(drillholes)
    if drillholes.survey is not None and drillholes.survey.station is not None:
        raw["survey"] = _points(raw.get("survey", pd.DataFrame()), drillholes.survey)
        drillholes = replace(drillholes, survey=_point_settings(drillholes.survey))
    if not drillholes.straight or HOLE not in raw.get("collar", ()):
        return raw, drillholes, concat([])
    raw["collar"], found = _straighten(raw["collar"], raw.get("survey"), drillholes)
    named = {name: drillholes.collar.columns.get(name, name) for name in (AZIMUTH, DIP)}
    collar = replace(drillholes.collar, columns={**drillholes.collar.columns, **named})
    return raw, replace(drillholes, collar=collar), found


def _as_read(drillholes):
    """Settings whose tables are named as messages name them."""
    tables = {name: getattr(drillholes, name).as_read() for name in RAW_TABLES if getattr(drillholes, name) is not None}
    return replace(drillholes, **tables, assays={name: table.as_read() for name, table in drillholes.assays.items()})


def _point_settings(survey):
    """Settings of an interval survey whose depth is, in messages, the column it comes from."""
    columns = dict(survey.columns)
    top, end = columns.pop(FROM), columns.pop(TO)
    depth = {"from": top, "to": end, "middle": f"{top}, {end}"}[survey.station]
    return replace(survey, columns={**columns, DEPTH: depth}, station=None)


def _points(raw, survey):
    """The raw survey with ``depth`` in place of from and to; a middle that cannot be computed shows both texts."""
    if not {FROM, TO} <= set(raw.columns):
        return raw
    if survey.station != "middle":
        depth = raw[FROM if survey.station == "from" else TO]
    else:
        plain = [plain_numbers(raw[name], survey.decimal, survey.thousands) for name in (FROM, TO)]
        pairs = zip(raw[FROM], raw[TO], *plain, strict=True)
        depth = pd.Series([_middle(*pair, survey.decimal) for pair in pairs], index=raw.index, dtype="str")
    return raw.drop(columns=[FROM, TO]).assign(**{DEPTH: depth})


def _middle(top, end, plain_top, plain_end, decimal):
    """The exact decimal half-way between two texts; both texts where one is no number, missing where one is missing."""
    if pd.isna(top) or pd.isna(end):
        return None
    if plain_top is None or plain_end is None:
        return f"{top}, {end}"
    return format((Decimal(plain_top) + Decimal(plain_end)) / 2, "f").replace(".", decimal)


def _text(value, decimal):
    """The shortest text of a number that reads back as the same number."""
    return repr(float(value)).removesuffix(".0").replace(".", decimal)


def _straighten(collar, survey, drillholes):
    """The collar with the permitted direction of holes without survey, and findings."""
    file, columns = drillholes.collar.label, drillholes.collar.columns
    surveyed = set() if survey is None or HOLE not in survey else set(survey[HOLE].dropna())
    bare = ~collar[HOLE].isin(surveyed).to_numpy() & collar[HOLE].notna().to_numpy()
    named = {hole for permission in drillholes.straight if permission.holes != "all" for hole in permission.holes}
    for name in (AZIMUTH, DIP):
        if name not in collar:
            collar = collar.assign(**{name: pd.Series(None, index=collar.index, dtype="str")})
    known, found = set(collar[HOLE].dropna()), []
    for permission in drillholes.straight:
        listed = permission.holes != "all"
        allowed = collar[HOLE].isin(permission.holes if listed else named).to_numpy()
        allowed = bare & (allowed if listed else ~allowed)
        words = {"reason": permission.reason, "who": decided(permission.who, permission.date)}
        if permission.azimuth is None:
            found.append(find("survey_from_collar", file, collar, allowed, **words))
        else:
            texts = {name: _text(getattr(permission, name), drillholes.collar.decimal) for name in (AZIMUTH, DIP)}
            collar = collar.assign(**{name: collar[name].mask(allowed, text) for name, text in texts.items()})
            found.append(find("hole_taken_as_straight", file, collar, allowed, **texts, **words))
        for hole in permission.holes if listed else ():
            if hole not in known or hole in surveyed:
                fact = "has a survey" if hole in known else "the collar table does not have"
                found.append(find("straight_not_needed", file, column=columns[HOLE], value=hole, fact=fact))
    return collar, concat(found)
