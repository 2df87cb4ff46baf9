"""Declustered means of the domains, and how far the holes know them."""

import numpy as np
import pandas as pd

from scandia.statistics.weighted import weighted_mean, weights_of
from scandia.vocabulary import DOMAIN, HOLE, LENGTH, WEIGHT

MULTIPLE = 2.0  # standard errors on either side


def domain_means(composites, analytes):
    """Table of means with intervals: domain, analyte, n, holes, mean, error, low, high, in the analyte's unit.

    Parameters
    ----------
    composites : DataFrame
        Declustered composites with hole, domain, length, weight and the analytes.
    analytes : sequence of str

    Notes
    -----
    Means are weighted by length and declustering. The squared error is that of the delete-a-hole jackknife, with H holes
    ``(H - 1) / H sum (m_h - mean m_h)^2``, because composites of one hole are no independent samples; the weights stay. Low and
    high lie two errors on either side. A domain in one hole has no error.
    """
    rows = []
    weights = pd.Series(weights_of(composites, [LENGTH, WEIGHT]), index=composites.index)
    for domain, inside in composites.groupby(DOMAIN, sort=True):
        for analyte in analytes:
            known = inside[inside[analyte].notna() & (weights.loc[inside.index] > 0)]
            weight, grade = weights.loc[known.index].to_numpy(), known[analyte].to_numpy(float)
            error = _hole_error(grade, weight, pd.factorize(known[HOLE], sort=True)[0])
            mean = weighted_mean(grade, weight)
            row = (domain, analyte, len(known), known[HOLE].nunique(), mean, error)
            rows.append((*row, mean - MULTIPLE * error, mean + MULTIPLE * error))
    return pd.DataFrame(rows, columns=[DOMAIN, "analyte", "n", "holes", "mean", "error", "low", "high"])


def _hole_error(grade, weight, hole):
    holes = int(hole.max()) + 1 if hole.size else 0
    if holes < 2:
        return np.nan
    mass, metal = np.bincount(hole, weight), np.bincount(hole, weight * grade)
    without = (metal.sum() - metal) / (mass.sum() - mass)
    return float(np.sqrt((holes - 1) / holes * np.sum((without - without.mean()) ** 2)))
