"""Checks of collars and of the keys that join the tables."""

import difflib
import re

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from scandia.drillholes.findings import concat, find, no_findings
from scandia.geometry.surface import elevation_at
from scandia.vocabulary import AZIMUTH, DEPTH, DIP, EASTING, ELEVATION, HOLE, LITHOLOGY, NORTHING, ROW, TO, WORLD

DEEPEST = 10_000.0  # m; nothing that an estimate is made of was drilled deeper: such a depth is a word, not a length
TOO_DEEP = 1.5  # times the deepest record: from here on a hole's depth is suspect
_SHOWN = 40  # logged codes that a hint lists


def check_collars(collar, table, checks):
    """Findings of the collar table itself: a hole twice, two holes at one place, a depth that is not above 0."""
    file, columns = table.file, table.columns
    ordered = collar.sort_values(ROW, kind="stable")
    first = ordered.groupby(HOLE)[ROW].transform("first")
    found = [
        find("duplicate_collar", file, ordered, ordered[ROW] != first, column=columns[HOLE], value=ordered[HOLE], other=first)
    ]
    found.append(_alike(collar, file, columns))
    if DEPTH in columns and DEPTH in collar:
        shallow = (collar[DEPTH] <= 0).to_numpy()
        found.append(find("depth_not_positive", file, collar, shallow, column=columns[DEPTH], value=collar[DEPTH]))
    found.append(_near_duplicates(collar.drop_duplicates(HOLE).dropna(subset=list(WORLD)), file, checks.collar_distance))
    return concat(found)


def check_ground(collar, table, surface, tolerance):
    """Findings of collars off the ground surface by more than the tolerance, m, or outside it."""
    ground = np.asarray(elevation_at(surface, collar[EASTING].to_numpy(), collar[NORTHING].to_numpy()), dtype=float)
    difference = collar[ELEVATION].to_numpy() - ground
    column, placed = table.columns[ELEVATION], collar[list(WORLD)].notna().all(axis=1).to_numpy()
    words = {"difference": np.round(difference, 2), "ground": np.round(ground, 2)}
    off = np.abs(difference) > tolerance
    return concat(
        [
            find("collar_off_topography", table.file, collar, off, column=column, value=collar[ELEVATION], **words),
            find("collar_outside_topography", table.file, collar, np.isnan(ground) & placed),
        ]
    )


def check_orphans(frame, table, collar):
    """Findings of holes that the collar table does not have, one for each hole, at its first row."""
    orphans = frame[~frame[HOLE].isin(collar[HOLE].unique())].sort_values(ROW, kind="stable")
    if orphans.empty:
        return no_findings()
    count = orphans.groupby(HOLE)[ROW].transform("size").to_numpy()
    first = ~orphans[HOLE].duplicated().to_numpy()
    known = {_plain(hole): hole for hole in collar[HOLE]}
    near = [_near(hole, known) if here else "" for hole, here in zip(orphans[HOLE], first, strict=True)]
    return find(
        "hole_without_collar", table.file, orphans, first, column=table.columns[HOLE], value=orphans[HOLE], count=count, near=near
    )


def check_unsurveyed(collar, survey, table, permitted=()):
    """Findings of holes without survey, and the mask ``(n,)`` of those that the config permits to be straight.

    A permitted hole takes azimuth and dip of the collar table, and has a finding already (`shaping.shape`); without a direction
    there the permission helps it nothing.
    """
    bare = ~collar[HOLE].isin(survey[HOLE].unique()).to_numpy()
    if AZIMUTH in collar and DIP in collar:
        straight = bare & collar[HOLE].isin(permitted).to_numpy() & collar[[AZIMUTH, DIP]].notna().all(axis=1).to_numpy()
    else:
        straight = np.zeros(len(collar), dtype=bool)
    return find("hole_without_survey", table.file, collar, bare & ~straight), straight


def check_unsampled(collar, assay, table):
    """Findings of holes without a row in the assay table."""
    return find("collar_without_assays", table.file, collar, ~collar[HOLE].isin(assay[HOLE].unique()).to_numpy())


def check_unlogged(collar, lithology, table):
    """Findings of holes without a row in the lithology table."""
    return find("collar_without_lithology", table.file, collar, ~collar[HOLE].isin(lithology[HOLE].unique()).to_numpy())


def check_depths(collar, tables, table, tolerance):
    """Findings of holes that are half as deep again, or more, as their deepest record in any table.

    Without that limit every hole whose last metres nobody sampled would be one; those are notes of `gap_at_end`.
    """
    deepest = collar[HOLE].map(deepest_records(tables)).to_numpy(dtype=float)
    depth = collar[DEPTH].to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = depth / deepest
    deep = (factor > TOO_DEEP) & (depth - deepest > max(tolerance, 1.0)) & (deepest > 0)
    words = {"depth": depth, "deepest": deepest, "factor": np.round(factor, 3)}
    return find("hole_depth_suspect", table.file, collar, deep, column=table.columns.get(DEPTH, ""), value=depth, **words)


def check_spelling(lithology, table):
    """Findings of intervals without a code, and of codes that differ only by case, blanks or signs."""
    codes, column = lithology[LITHOLOGY], table.columns[LITHOLOGY]
    missing = int(codes.isna().sum())
    found = [find("code_missing", table.file, column=column, count=missing)] if missing else []
    counts = codes.dropna().value_counts(sort=False)
    ordered = sorted(counts.index, key=lambda code: (-counts[code], code))  # the commonest spelling first
    first = {}
    for code in ordered:
        usual = first.setdefault(_plain(code) or code, code)
        if usual != code:
            found.append(find("code_alike", table.file, column=column, value=code, other=usual, count=int(counts[code])))
    return concat(found)


def check_codes(lithology, table, codes):
    """Findings of codes that the config gives to a domain and that are never logged.

    Parameters
    ----------
    lithology : DataFrame
    table : drillholes.settings.Table
    codes : dict of str to sequence of str
        Config key to the logged codes it names.
    """
    logged = lithology[LITHOLOGY].dropna().value_counts(sort=False)
    names = sorted(logged.index, key=lambda code: (-logged[code], code))  # the commonest first
    shown = ", ".join(names[:_SHOWN]) + (f", … ({len(names)} in all)" if len(names) > _SHOWN else "")
    folded = {code.casefold(): code for code in reversed(names)}
    found = []
    for key, wanted in codes.items():
        for code in wanted:
            if code not in logged.index:
                close = difflib.get_close_matches(code.casefold(), list(folded)[:2000], n=1, cutoff=0.6)
                words = {"key": key, "near": f"did you mean {folded[close[0]]}? " if close else "", "logged": shown}
                found.append(find("code_never_logged", table.file, column=table.columns[LITHOLOGY], value=code, **words))
    return concat(found)


def deepest_records(tables):
    """Series of hole to the depth of its deepest record in any table, m; depths beyond `DEEPEST` are none."""
    columns = [(frame, TO if TO in frame else DEPTH) for frame in tables]
    parts = [frame[frame[column] <= DEEPEST].groupby(HOLE)[column].max() for frame, column in columns]
    return pd.concat(parts).groupby(level=0).max() if parts else pd.Series(dtype=float)


def _near_duplicates(collar, file, limit):
    """One finding for each hole with a neighbour closer than the limit; it names the nearest."""
    if len(collar) < 2:
        return no_findings()
    points = collar[list(WORLD)].to_numpy()
    # Two nearest, not all pairs: a thousand collars at one place would make half a million findings.
    distances, neighbours = cKDTree(points).query(points, k=2)
    own = neighbours[:, 0] == np.arange(len(points))
    nearest = np.where(own, neighbours[:, 1], neighbours[:, 0])
    distance = np.where(own, distances[:, 1], distances[:, 0])
    other = collar[HOLE].to_numpy()[nearest]
    close = (distance < limit) | (distance == 0)
    return find("near_duplicate_collar", file, collar, close, other=other, distance=np.round(distance, 3))


def _alike(collar, file, columns):
    """Findings of holes whose names differ only in writing."""
    names = collar.sort_values(ROW, kind="stable").drop_duplicates(HOLE)
    plain = names[HOLE].map(_plain, na_action="ignore")
    other = names.groupby(plain.to_numpy())[HOLE].transform("first")
    again = ((names[HOLE] != other) & (plain != "")).to_numpy()
    return find("hole_names_alike", file, names, again, column=columns[HOLE], value=names[HOLE], other=other)


def _plain(hole):
    """A hole's name without case, spaces, signs and leading zeros of its numbers."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", re.sub(r"[^0-9a-z]", "", hole.casefold()))


def _near(hole, known):
    plain = _plain(hole)
    close = [plain] if plain in known else difflib.get_close_matches(plain, list(known)[:2000], n=1, cutoff=0.8)
    return f"did you mean {known[close[0]]}? " if close else ""
