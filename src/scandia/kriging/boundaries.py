"""Boundaries between domains: which samples of other domains a target may use, as a matrix of distances."""

import numpy as np
from scipy.spatial import cKDTree

from scandia.blockmodel.grid import Grid
from scandia.errors import InputError
from scandia.kriging.layout import lay_out
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

    ``estimate`` is that function, ``options`` its arguments with a row for each sample or target, ``settings`` the others; they
    have been checked. A domain whose targets have no usable sample at all says so.
    """
    of_samples, of_targets = _checked_domains(domains, len(samples), lay_out(targets).count)
    boundaries = Boundaries() if boundaries is None else boundaries
    progress, settings = settings["progress"], dict(settings)
    result, merged, done = None, [], 0
    for domain in sorted(set(of_targets.tolist())):
        chosen, where = usable_samples(samples, of_samples, domain, boundaries), of_targets == domain
        part, selected = _targets_of(targets, where)
        own = {name: None if given is None else _rows(name, given, chosen, selected) for name, given in options.items()}
        settings |= {"progress": _onward(progress, done, len(of_targets))}
        done += len(selected)
        found = estimate(samples[chosen], {name: column[chosen] for name, column in values.items()}, part, **own, **settings)
        if not len(chosen):
            found["reason"].values[found["reason"].values == Reason.TOO_FEW_SAMPLES] = Reason.NO_DOMAIN_SAMPLES
        merged += _merged(found, chosen)
        result = _combine(result, found, targets, where, domain)
    if result is None:
        message = "there is no target; domains must name at least one"
        raise InputError(message)
    result.attrs.pop("merged_samples", None)
    if merged:
        result.attrs["merged_samples"] = "; ".join(dict.fromkeys(merged))
    return result


def _onward(progress, done, count):
    """The caller's progress for one domain among ``count`` targets, of which ``done`` are behind us; None if there is none."""
    return None if progress is None else lambda of_domain, _: progress(done + of_domain, count)


def _merged(found, chosen):
    """Groups of merged samples of one domain's estimate, as texts, by their numbers among all samples."""
    groups = filter(None, found.attrs.get("merged_samples", "").split("; "))
    return [" ".join(str(chosen[int(number)]) for number in group.split()) for group in groups]


def _checked_domains(domains, count, targets):
    if domains is None:
        message = "boundaries are given without domains. Hint: give domains=(of the samples, of the targets)"
        raise InputError(message)
    of_samples, of_targets = (np.asarray(item).astype(str) for item in domains)
    if of_samples.shape != (count,):
        message = f"the domains of the samples have shape {of_samples.shape}; there are {count} samples, so it must be ({count},)"
        raise InputError(message)
    if of_targets.size != targets:
        message = f"the domains of the targets have {of_targets.size} rows; there are {targets} targets"
        raise InputError(message)
    return of_samples, of_targets.ravel()


def _targets_of(targets, where):
    """Targets of one domain, and their numbers among all."""
    if isinstance(targets, tuple | Grid):
        grid, mask = targets if isinstance(targets, tuple) else (targets, np.ones(targets.shape, dtype=bool))
        flat = np.asarray(mask, dtype=bool).ravel()
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
    """The result so far with one domain's targets put in."""
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
