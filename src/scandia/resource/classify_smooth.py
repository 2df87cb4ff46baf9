"""Smoothing of classes: groups of too few blocks take the class of what surrounds them."""

import heapq
from collections import defaultdict

import numpy as np
from scipy.ndimage import label


def smooth_classes(ranks, chosen, smoothing):
    """Ranks of the classes after smoothing, a new array ``(z, y, x)``.

    Parameters
    ----------
    ranks : array of int (z, y, x)
        Place of the class from the most certain, 0, on.
    chosen : array of bool (z, y, x)
        Blocks that take part; the others neither change nor surround.
    smoothing : Smoothing

    Notes
    -----
    Groups are blocks of one class joined by faces. The smallest group below ``minimum_blocks``, of equal ones the first in the
    order of the grid, takes the class that it shares most faces with (of equal shares the less certain), and is one with its
    neighbours of that class from then on; and so on until no such group is left that could change. Every step leaves fewer
    groups, so it ends; what comes out has none that would change, so that smoothing it again changes nothing.
    """
    groups, classes = _groups(ranks, chosen)
    if len(classes) == 0:
        return ranks.copy()
    sizes = np.bincount(groups[chosen], minlength=len(classes)).tolist()
    first = _first_places(groups, len(classes))
    touching = _faces(groups)
    owner = list(range(len(classes)))
    waiting = [(size, first[group], group) for group, size in enumerate(sizes) if size < smoothing.minimum_blocks]
    heapq.heapify(waiting)
    while waiting:
        size, place, group = heapq.heappop(waiting)
        if _root(owner, group) != group or size != sizes[group] or place != first[group]:
            continue  # it was joined to another, or has grown, since it was listed
        wanted = _class_around(touching[group], classes, classes[group], smoothing.raise_classes)
        if wanted is None:
            continue
        classes[group] = wanted
        for other in [one for one in touching[group] if classes[one] == wanted]:
            _join(group, other, owner, sizes, first, touching)
        if sizes[group] < smoothing.minimum_blocks:
            heapq.heappush(waiting, (sizes[group], first[group], group))
        # what lies around may have waited for a class that it may take
        for other in touching[group]:
            if sizes[other] < smoothing.minimum_blocks:
                heapq.heappush(waiting, (sizes[other], first[other], other))
    smoothed = ranks.copy()
    final = np.array([classes[_root(owner, group)] for group in range(len(owner))])
    smoothed[chosen] = final[groups[chosen]]
    return smoothed


def _groups(ranks, chosen):
    """Number of the group of each block (-1: none) and the class of each group, a list."""
    groups, classes = np.full(ranks.shape, -1, dtype=np.int32), []
    for rank in np.unique(ranks[chosen]):
        labels, count = label(chosen & (ranks == rank))
        groups[labels > 0] = labels[labels > 0] - 1 + len(classes)
        classes += [int(rank)] * count
    return groups, classes


def _first_places(groups, count):
    flat = groups.ravel()
    first = np.full(count, flat.size)
    inside = np.flatnonzero(flat >= 0)
    np.minimum.at(first, flat[inside], inside)
    return first.tolist()


def _faces(groups):
    """Group to neighbouring group to the number of faces that they share, a dict of dicts."""
    touching = defaultdict(lambda: defaultdict(int))
    for axis in range(groups.ndim):
        one, other = np.moveaxis(groups, axis, 0)[:-1].ravel(), np.moveaxis(groups, axis, 0)[1:].ravel()
        apart = (one >= 0) & (other >= 0) & (one != other)
        pairs, counts = np.unique(np.column_stack([one[apart], other[apart]]), axis=0, return_counts=True)
        for (a, b), count in zip(pairs.tolist(), counts.tolist(), strict=True):
            touching[a][b] += count
            touching[b][a] += count
    return touching


def _class_around(around, classes, own, may_rise):
    """Class that shares most faces, of equal ones the less certain; None where there is none to take."""
    shared = defaultdict(int)
    for group, count in around.items():
        if may_rise or classes[group] > own:
            shared[classes[group]] += count
    return max(shared, key=lambda rank: (shared[rank], rank)) if shared else None


def _join(group, other, owner, sizes, first, touching):
    """Nothing; the other group is one with the group from now on."""
    owner[other] = group
    sizes[group] += sizes[other]
    first[group] = min(first[group], first[other])
    for third, count in touching.pop(other).items():
        touching[third].pop(other)
        if third != group:
            touching[group][third] += count
            touching[third][group] += count


def _root(owner, group):
    while owner[group] != group:
        group = owner[group]
    return group
