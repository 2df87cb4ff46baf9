"""Which samples the targets of each domain may use: boundaries, the one rule of merging duplicates, and canonical order."""

from dataclasses import dataclass

import numpy as np

from scandia.kriging import prepare
from scandia.kriging.boundaries import usable_samples
from scandia.kriging.layout import PIECE, Layout
from scandia.kriging.settings import Boundaries


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """The samples that the targets of one domain may use, in canonical order: hole, x, y, z."""

    domain: str | None  # None where the request has no domains
    rows: np.ndarray  # (k,) their numbers among the samples of the request
    codes: np.ndarray  # (k,) number of each one's hole
    values: np.ndarray  # (k, variables); a merged sample has the mean of its group
    groups: tuple[tuple[int, ...], ...]  # numbers of the samples that were merged; the first of each stays
    targets: np.ndarray | None  # (t,) numbers of the domain's targets; None: all


def neighbourhoods(request, domains=None):
    """Generator of the `Neighbourhood` of each domain of the targets, in the order of their names; of one without domains.

    Parameters
    ----------
    request : Request
    domains : sequence of str, optional
        Only these.

    Raises
    ------
    InputError
        Samples at one place, where they are not to be merged.
    """
    if request.of_targets is None:
        yield _gather(request, None, np.arange(len(request.points)), None)
        return
    boundaries = Boundaries() if request.boundaries is None else request.boundaries
    one = request.of_targets.ndim == 0
    for domain in _domains_of(request.of_targets.ravel()) if domains is None else domains:
        usable = usable_samples(request.points, request.of_samples, domain, boundaries)
        yield _gather(request, domain, usable, None if one else np.flatnonzero(request.of_targets == domain))


def _domains_of(names):
    """The different names, sorted; a piece at a time, because a copy of all would outgrow the results."""
    found = [np.unique(names[begin : begin + PIECE]).tolist() for begin in range(0, len(names), PIECE)]
    return sorted(set().union(*found))


def layout_of(request, part):
    """`Layout` of the targets of one neighbourhood."""
    layout = request.layout
    if part.targets is None:
        return layout
    if layout.grid is None:
        return Layout(None, None, layout.points[part.targets])
    mask = np.zeros(int(np.prod(layout.grid.count)), dtype=bool)
    mask[part.targets if layout.mask is None else np.flatnonzero(layout.mask)[part.targets]] = True
    return Layout(layout.grid, mask, None)


def merge_duplicates(points, values, codes, foreign, distance):
    """What is left of samples ``(k, 3)`` where those at one place are merged: their places, values ``(k, variables)`` and groups.

    The rule, for all of scandia: samples within ``distance``, m, of each other, directly or through others, become one with the
    mean of their values. It stands at the place, and belongs to the hole, of the first: samples of the targets' own domain come
    before ``foreign`` ones, then by hole, x, y, z and values. So the result does not depend on the order of rows.

    Returns
    -------
    stays : array (s,)
        Places of those that stay, ascending.
    values : array (k, variables)
        With the mean of its group at the first of each.
    groups : list of lists
        Places of the merged, by the rule's order, the groups by their firsts.
    """
    order = np.lexsort((*values.T[::-1], *points.T[::-1], codes, foreign))
    rank = np.argsort(order)
    groups = [sorted(group, key=rank.__getitem__) for group in prepare.duplicate_groups(points, distance)]
    groups.sort(key=lambda group: rank[group[0]])
    values, stays = values.copy(), np.ones(len(points), dtype=bool)
    for group in groups:
        values[group[0]] = values[group].mean(axis=0)
        stays[group[1:]] = False
    return np.flatnonzero(stays), values, groups


def _gather(request, domain, usable, targets):
    """`Neighbourhood` of the ``usable`` rows."""
    codes = prepare.hole_codes(None if request.holes is None else request.holes[usable], len(usable))
    order = np.lexsort((*request.points[usable].T[::-1], codes))
    rows, codes = usable[order], codes[order]
    points, values, groups = request.points[rows], request.values[rows], []
    if request.duplicates == "error":
        found = prepare.duplicate_groups(request.points[np.sort(rows)], request.duplicate_distance)
        prepare.refuse_duplicates(request.points, [np.sort(rows)[group].tolist() for group in found], request.duplicate_distance)
    else:
        foreign = np.zeros(len(rows), dtype=bool) if domain is None else request.of_samples[rows] != domain
        stays, values, groups = merge_duplicates(points, values, codes, foreign, request.duplicate_distance)
        groups = tuple(tuple(rows[group].tolist()) for group in groups)
        rows, codes, values = rows[stays], codes[stays], values[stays]
    return Neighbourhood(domain, rows, codes, values, tuple(groups), targets)
