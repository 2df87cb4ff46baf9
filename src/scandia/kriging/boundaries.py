"""Boundaries between domains: which samples of other domains a target may use, as a matrix of distances."""

import numpy as np
from scipy.spatial import cKDTree


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
