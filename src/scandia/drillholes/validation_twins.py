"""Checks of holes that share their place: one hole under two names, wedges, twins, surveys copied from another hole."""

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from scandia.drillholes.desurvey import desurvey, locate, tangent
from scandia.drillholes.findings import concat, find, no_findings
from scandia.errors import InputError
from scandia.vocabulary import AZIMUTH, DEPTH, DIP, FROM, HOLE, ROW, TO, WORLD

NEIGHBOURS = 8  # nearest collars that a hole is compared with
POINTS = 101  # depths at which two holes are compared, from collar to the end of the shorter one
CHUNK = 2000  # pairs compared at a time
STEP = 1.0  # m, up to which two depths of holes are one
SAME_PATH = 0.1  # m, up to which two holes are taken as one path
SHARED = 10.0  # m of one path, from which a hole is a wedge of the other: holes 1 degree apart part at 6 m
PARALLEL = 10.0  # degrees between twins at most


def check_twins(tables, table, checks):
    """Findings of holes that follow each other, wholly (one hole twice), in their upper part (wedges), or side by side.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Typed collar, survey and, where there is one, assay.
    table : drillholes.settings.Table
        That of the collars.
    checks : drillholes.settings.Checks
    """
    collar = tables["collar"].dropna(subset=[*WORLD, DEPTH]).drop_duplicates(HOLE)
    collar = collar[collar[DEPTH] > 0].reset_index(drop=True)
    pairs = _pairs(collar, checks)
    if not len(pairs):
        return no_findings()
    involved = collar.iloc[np.unique(pairs)]
    survey = tables["survey"].dropna(subset=[AZIMUTH, DIP]).drop_duplicates([HOLE, DEPTH])
    survey = survey[(survey[DEPTH] >= 0) & survey[HOLE].isin(involved[HOLE])]
    involved = involved[involved[HOLE].isin(survey[HOLE])]
    try:
        stations = desurvey(involved, survey)
    except InputError:  # a hole that turns back on itself has a finding of its own
        return no_findings()
    pairs = pairs[collar[HOLE].isin(involved[HOLE]).to_numpy()[pairs].all(axis=1)]
    if not len(pairs):
        return no_findings()
    parts = [_compare(stations, collar, pairs[start : start + CHUNK], checks) for start in range(0, len(pairs), CHUNK)]
    return _tell(pd.concat(parts, ignore_index=True), collar, tables, table)


def check_repeated_surveys(survey, table):
    """Findings of holes whose records, three or more that bend, are those of another hole."""
    usable = survey.dropna(subset=[AZIMUTH, DIP])
    if usable.empty:
        return no_findings()
    hashes = pd.util.hash_pandas_object(usable[[DEPTH, AZIMUTH, DIP]], index=False).to_numpy()
    start = np.flatnonzero(~usable[HOLE].eq(usable[HOLE].shift()).to_numpy())  # typed surveys are sorted by hole
    count = np.diff(start, append=len(usable))
    first = usable.iloc[start]
    kinds = first[[ROW, HOLE]].assign(code=np.add.reduceat(hashes, start), count=count)
    kinds = kinds[(count >= 3) & kinds.duplicated(["code", "count"], keep=False).to_numpy()]
    if kinds.empty:
        return no_findings()
    turns = usable[usable[HOLE].isin(kinds[HOLE])].groupby(HOLE)[AZIMUTH].nunique()
    kinds = kinds[kinds[HOLE].map(turns).to_numpy() >= 3].sort_values(["code", HOLE], kind="stable")
    first = kinds.groupby(["code", "count"], sort=False)[HOLE].transform("first")
    again = (kinds[HOLE] != first).to_numpy()
    return find("survey_repeated", table.file, kinds, again, count=kinds["count"], other=first)


def _pairs(collar, checks):
    """Pairs ``(n, 2)`` of places in the collar table, the later hole first, at most `NEIGHBOURS` for each hole.

    Where the holes are closer than twins everywhere, as in grade control, closeness tells nothing: half of the usual distance
    limits it.
    """
    if len(collar) < 2:
        return np.empty((0, 2), dtype=int)
    points = collar[list(WORLD)].to_numpy(dtype=float)
    count = min(NEIGHBOURS, len(collar))
    distance, other = cKDTree(points).query(points, k=count)
    usual = float(np.median(distance[:, 1]))
    limit = max(min(checks.twin_distance, usual / 2.0 if len(collar) > NEIGHBOURS else np.inf), checks.collar_distance)
    place = np.repeat(np.arange(len(collar)), count)
    near = (distance.ravel() <= limit) & (other.ravel() != place)
    both = np.sort(np.column_stack([place[near], other.ravel()[near]]), axis=1)[:, ::-1]
    return np.unique(both, axis=0)


def _compare(stations, collar, pairs, checks):
    """What each pair of holes is: place of the later hole, name of the other, kind, depth of parting, distance, m."""
    names, depths = collar[HOLE].to_numpy(dtype=object), collar[DEPTH].to_numpy(dtype=float)
    later, earlier = pairs.T
    end = np.minimum(depths[later], depths[earlier])
    asked = np.linspace(0.0, 1.0, POINTS) * end[:, None]
    later_at, earlier_at = (_path(stations, names[places], asked) for places in (later, earlier))
    apart = np.linalg.norm(later_at - earlier_at, axis=-1)
    together = apart <= apart[:, :1] + SAME_PATH
    parted = np.where(together.all(axis=1), POINTS, np.argmin(together, axis=1))
    shared = asked[np.arange(len(pairs)), parted - 1]
    whole = (parted == POINTS) & (apart[:, 0] <= checks.collar_distance + 1e-9)
    wedge = (apart[:, 0] <= checks.collar_distance + 1e-9) & (shared >= SHARED)
    same = whole & (np.abs(depths[later] - depths[earlier]) <= STEP)
    heading = [tangent(stations, names[places], np.zeros(len(pairs))) for places in (later, earlier)]
    turn = np.rad2deg(2.0 * np.arcsin(np.minimum(np.linalg.norm(heading[0] - heading[1], axis=1) / 2.0, 1.0)))
    kind = np.select([same, wedge, turn <= PARALLEL], ["same", "wedge", "twin"], "")
    distance = np.where(same, apart.max(axis=1), apart[:, 0])
    return pd.DataFrame(
        {"place": later, "other": names[earlier], "kind": kind, "depth": np.round(shared, 2), "distance": np.round(distance, 3)}
    )


def _path(stations, holes, depths):
    """Positions ``(n, m, 3)`` at depths ``(n, m)`` of n holes."""
    return locate(stations, np.repeat(holes, depths.shape[1]), depths.ravel()).reshape(*depths.shape, 3)


def _tell(pairs, collar, tables, table):
    """Findings of the compared pairs; of several pairs of one hole the one that follows farthest is told."""
    pairs = pairs[pairs["kind"] != ""].sort_values(["place", "depth", "other"], ascending=[True, False, True], kind="stable")
    pairs = pairs.drop_duplicates("place")
    frame = collar.iloc[pairs["place"].to_numpy(dtype=int)].reset_index(drop=True)
    kind, words = pairs["kind"].to_numpy(), {name: pairs[name].to_numpy() for name in ("other", "distance", "depth")}
    found = [
        find("same_hole_twice", table.file, frame, kind == "same", other=words["other"], distance=words["distance"]),
        find("wedged_hole", table.file, frame, kind == "wedge", other=words["other"], depth=words["depth"]),
        find("twinned_hole", table.file, frame, kind == "twin", other=words["other"], distance=words["distance"]),
    ]
    if "assay" in tables:
        repeated = _repeated_samples(frame, words, tables["assay"]) * (kind == "wedge")
        found.append(
            find(
                "wedge_repeats_parent",
                table.file,
                frame,
                repeated > 0,
                other=words["other"],
                depth=words["depth"],
                count=repeated,
            )
        )
    return concat(found)


def _repeated_samples(frame, words, assay):
    """How many intervals above the parting of each wedge its parent has too."""
    counts = []
    for hole, other, depth in zip(frame[HOLE], words["other"], words["depth"], strict=True):
        own, parent = (assay.loc[assay[HOLE] == name, [FROM, TO]] for name in (hole, other))
        counts.append(len(own[own[TO] <= (depth if depth == depth else 0)].merge(parent, on=[FROM, TO])))
    return np.array(counts, dtype=int)
