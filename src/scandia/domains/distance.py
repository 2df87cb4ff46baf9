"""Signed distances along the holes to the logged contacts of every domain, inside positive."""

import numpy as np
import pandas as pd

from scandia.domains.flag import OUTSIDE
from scandia.errors import InputError
from scandia.vocabulary import DEPTH, DOMAIN, FROM, HOLE, LITHOLOGY, TO

BESIDE = 0.1  # m; how far from a contact its two points stand, so that the interpolated contact falls on the logged one


def known_ground(intervals):
    """Rows whose ground is known, bool Series: it is logged, or a rule of grades put it into a domain.

    Where no hole has a log at all, the rules have judged all ground that was drilled, what they left outside too.
    """
    logged, chosen = intervals[LITHOLOGY].notna(), intervals[DOMAIN] != OUTSIDE
    return logged | chosen | (not logged.any() and chosen.any())


def logged_runs(intervals):
    """Runs of logged ground of one domain: hole, from, to, domain, above and below (True where that end is a contact).

    Ground without a logged code breaks a run, and its edge is no contact: nothing is known about the domain behind it.
    """
    logged = intervals.loc[known_ground(intervals), [HOLE, FROM, TO, DOMAIN]].sort_values([HOLE, FROM], kind="stable")
    if logged.empty:
        message = (
            "no interval has a logged code, and no rule of grades chose any, so no solid can be fitted; check the lithology "
            "table and its column, or the cut-off of the rule"
        )
        raise InputError(message)
    start, stop = logged[FROM].to_numpy(float), logged[TO].to_numpy(float)
    hole, domain = logged[HOLE].to_numpy(dtype=object), logged[DOMAIN].to_numpy(dtype=object)
    touches = np.append(False, (hole[1:] == hole[:-1]) & (start[1:] <= stop[:-1]))
    new = ~touches
    new[1:] |= domain[1:] != domain[:-1]
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(logged)) - 1
    above = touches[first]
    runs = pd.DataFrame({HOLE: hole[first], FROM: start[first], TO: stop[last], DOMAIN: domain[first]})
    return runs.assign(above=above, below=np.append(above[1:], False))


def contact_points(runs, spacing):
    """Points along the runs: hole, depth, domain; sorted by hole and depth.

    Each run carries points in the middle of equal steps no longer than `spacing` (m), one at each end that is no contact,
    and one close to each contact: `BESIDE` from it, or a quarter of a thin run.
    """
    length = (runs[TO] - runs[FROM]).to_numpy()
    steps = np.maximum(np.ceil(length / spacing).astype(int), 1)
    run = np.repeat(np.arange(len(runs)), steps)
    step = np.arange(run.size) - np.repeat(np.cumsum(steps) - steps, steps)
    start, stop = runs[FROM].to_numpy(), runs[TO].to_numpy()
    inside = start[run] + (step + 0.5) * (length / steps)[run]
    close = np.minimum(BESIDE, length / 4)
    head, tail = start + np.where(runs["above"], close, 0.0), stop - np.where(runs["below"], close, 0.0)
    every = np.arange(len(runs))
    owner, depth = np.concatenate([run, every, every]), np.concatenate([inside, head, tail])
    order = np.lexsort([depth, owner])
    points = runs[[HOLE, DOMAIN]].iloc[owner[order]].reset_index(drop=True)
    return points.assign(**{DEPTH: depth[order]})


def signed_distances(points, runs, names, clip):
    """Signed distance, m, of each point to the nearest contact of each domain in its hole, shape ``(n, len(names))``.

    Positive in the domain, negative outside it, held between ``-clip`` and ``clip``; a hole without a contact of the domain
    has plus or minus `clip` throughout. The first name is ``"outside"``, the host rock, which has its distances like any domain.
    """
    holes = pd.Index(np.unique(runs[HOLE].to_numpy(dtype=object)))
    # holes end to end with a gap of twice the clip, so that the contacts of another hole never come nearer than the clip
    pitch = runs[TO].max() + 2 * clip
    place = holes.get_indexer(points[HOLE]) * pitch + points[DEPTH].to_numpy()
    contact = runs["above"].to_numpy()
    at = (holes.get_indexer(runs[HOLE]) * pitch + runs[FROM].to_numpy())[contact]
    lower = runs[DOMAIN].to_numpy(dtype=object)
    upper = np.append("", lower[:-1])[contact]
    lower = lower[contact]
    domain = points[DOMAIN].to_numpy(dtype=object)
    distances = np.empty((len(points), len(names)))
    for number, name in enumerate(names):
        nearest = _nearest(place, at[(upper == name) | (lower == name)], clip)
        distances[:, number] = np.where(domain == name, nearest, -nearest)
    return distances


def domain_names(domains):
    """Names of the domains without a solid of their own, by code, host rock first: the columns of the signed distances."""
    logged = [name for name, domain in domains.domains.items() if domain.solid is None]
    return [OUTSIDE, *sorted(logged, key=lambda name: domains.domains[name].code)]


def _nearest(place, at, clip):
    marks = np.concatenate([[-np.inf], at, [np.inf]])
    below = np.searchsorted(marks, place, side="right")
    return np.minimum(np.minimum(marks[below] - place, place - marks[below - 1]), clip)
