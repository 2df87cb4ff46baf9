"""Boundaries between domains: which samples of other domains a target may use, as a matrix of distances."""

import numpy as np
from scipy.spatial import cKDTree

from scandia.blockmodel.grid import Grid
from scandia.errors import InputError
from scandia.kriging.settings import Boundaries
from scandia.vocabulary import Reason


def usable_samples(points, sample_domains, domain, boundaries):
    """Numbers ``(k,)`` of the samples that targets of ``domain`` may use: its own, and others within their soft distance.

    Parameters
    ----------
    points : array (n, 3)
        Positions, m.
    sample_domains : array (n,) of str
        Domain of each sample.
    domain : str
        Domain of the targets.
    boundaries : Boundaries

    Notes
    -----
    A sample's distance from another domain is that from the nearest sample of it: what is known of the domain at the samples.
    """
    own = sample_domains == domain
    usable = own.copy()
    soft = boundaries.soft.get(domain, {})
    if soft and own.any():
        distance, _ = cKDTree(points[own]).query(points)
        for other, reach in soft.items():
            usable |= (sample_domains == other) & (distance <= reach)
    return np.flatnonzero(usable)


def estimate_by_domain(estimate, samples, values, targets, domains, boundaries, options, settings):
    """Dataset of `scandia.kriging.estimate` in which each target uses the samples that the boundaries allow.

    ``estimate`` is that function, ``options`` its arguments with a row for each sample or target, ``settings`` the others.
    """
    points = np.asarray(samples, dtype=float)
    of_samples, of_targets = _checked_domains(domains, len(points))
    boundaries = Boundaries() if boundaries is None else boundaries
    named = dict(values) if hasattr(values, "keys") else {"value": values}
    result = None
    for domain in sorted(set(of_targets.tolist())):
        chosen, where = usable_samples(points, of_samples, domain, boundaries), of_targets == domain
        part, selected = _targets_of(targets, where)
        own = {name: None if given is None else _rows(name, given, chosen, selected) for name, given in options.items()}
        found = estimate(
            points[chosen], {name: np.asarray(column)[chosen] for name, column in named.items()}, part, **own, **settings
        )
        result = _combine(result, found, targets, where, domain)
    if result is None:
        message = "there is no target; domains must name at least one"
        raise InputError(message)
    return result


def _checked_domains(domains, count):
    if domains is None:
        message = "boundaries are given without domains. Hint: give domains=(of the samples, of the targets)"
        raise InputError(message)
    of_samples, of_targets = (np.asarray(item).astype(str) for item in domains)
    if of_samples.shape != (count,):
        message = f"the domains of the samples have shape {of_samples.shape}; there are {count} samples, so it must be ({count},)"
        raise InputError(message)
    return of_samples, of_targets.ravel()


def _targets_of(targets, where):
    """Targets of one domain, and their numbers among all."""
    if isinstance(targets, tuple | Grid):
        grid, mask = targets if isinstance(targets, tuple) else (targets, np.ones(targets.shape, dtype=bool))
        flat = np.asarray(mask, dtype=bool).ravel()
        if where.shape != (int(flat.sum()),):
            message = f"the domains of the targets have {where.size} rows; there are {int(flat.sum())} targets"
            raise InputError(message)
        own = flat.copy()
        own[flat] = where
        return (grid, own.reshape(grid.shape)), np.flatnonzero(where)
    return np.asarray(targets, dtype=float)[where], np.flatnonzero(where)


def _rows(name, given, chosen, selected):
    """The rows of one option that belong to the chosen samples and the selected targets."""
    if name == "drift":
        return {key: (np.asarray(at_samples)[chosen], np.asarray(at)[selected]) for key, (at_samples, at) in given.items()}
    return np.asarray(given)[chosen if name == "holes" else selected]


def _combine(result, found, targets, where, domain):
    """The result so far with one domain's targets put in; a domain without samples says so."""
    found = found.copy(deep=True)
    reason = found["reason"].values
    gridded = "z" in found.dims
    if gridded:
        if result is None:
            return found
        done = reason != Reason.OUTSIDE
    else:
        if result is None:
            result = _empty_points(found, np.asarray(targets, dtype=float))
        done = where
    for name in found.data_vars:
        result[name].values[done] = found[name].values[done] if gridded else found[name].values
    result.attrs.pop("block_variance", None)
    result.attrs |= {"block_variance": found.attrs["block_variance"]}
    return result


def _empty_points(found, points):
    """Dataset like ``found`` with a row for every one of the points."""
    number = np.zeros(len(points), dtype=int)
    whole = found.isel(point=number).copy(deep=True) if found.sizes["point"] else found
    return whole.assign_coords({name: ("point", points[:, axis]) for axis, name in enumerate("xyz")})
