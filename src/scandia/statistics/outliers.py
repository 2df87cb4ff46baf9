"""The highest grades: where they leave the rest of the distribution, where they lie, and the metal that hangs on them."""

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree
from scipy.special import ndtri

from scandia.statistics.weighted import weighted_mean, weighted_variance
from scandia.vocabulary import DOMAIN, FROM, HOLE, LENGTH, LOCAL, TO

BODY = (0.50, 0.90)  # quantiles between which the body of the distribution runs
STEEP = 3.0  # times the body's slope on the log-probability plot: a steeper step between two composites is a break
STEP = 1.10  # and a step of less than 10 % is none
TOP = 0.01  # share of the composites that are outliers where no cap is given
DRAWS = 1000
SHARE = 0.20  # quantile of the drawn means that is at risk: metal is at least this sure by four to one
CURVE = np.r_[np.arange(0.80, 0.99, 0.02), 0.99, 0.995, 1.0]
SEED = 20


def probability_break(values):
    """Grade above which the distribution breaks on the log-probability plot, and the number of composites above it.

    Parameters
    ----------
    values : array (n,)
        Grades of one domain.

    Returns
    -------
    grade : float
        The last composite before the first break above the 90 % quantile; NaN where there is none, or fewer than 30 composites.
    above : int

    Notes
    -----
    Sorted positive grades stand at the normal scores of ``(k - 0.5) / n``. A break is a step between two neighbours that is
    more than three times as steep in log grade as the line from the median to the 90 % quantile, and at least 10 %.
    """
    values = np.sort(values[values > 0])
    if values.size < 30:
        return np.nan, 0
    score = ndtri((np.arange(values.size) + 0.5) / values.size)
    low, high = np.quantile(values, BODY, method="hazen")
    slope = np.log(high / low) / (ndtri(BODY[1]) - ndtri(BODY[0]))
    tail = np.flatnonzero(score[:-1] >= ndtri(BODY[1]))
    step = np.log(values[tail + 1] / values[tail])
    broken = tail[(step > STEEP * slope * (score[tail + 1] - score[tail])) & (step >= np.log(STEP))]
    return (float(values[broken[0]]), int(values.size - broken[0] - 1)) if broken.size else (np.nan, 0)


def metal_at_risk(values, lengths, holes):
    """Share of the metal that is at risk, and the cap that would remove as much; NaN for fewer than five holes.

    Notes
    -----
    Whole holes are drawn with replacement 1,000 times, with fixed numbers, so that the run can be repeated. At risk is the share
    by which the 20 % quantile of the drawn means lies below the mean: four times in five the mean of another drilling of the
    same size is higher. The cap that removes just this share is found on the sorted grades.
    """
    hole = pd.factorize(holes, sort=True)[0]
    count = int(hole.max()) + 1 if hole.size else 0
    if count < 5:
        return np.nan, np.nan
    length, metal = np.bincount(hole, lengths), np.bincount(hole, lengths * values)
    drawn = np.random.Generator(np.random.PCG64(SEED)).integers(0, count, (DRAWS, count))
    means = metal[drawn].sum(axis=1) / length[drawn].sum(axis=1)
    risk = max(float(1 - np.quantile(means, SHARE) / weighted_mean(values, lengths)), 0.0)
    return risk, _cap_that_removes(values, lengths, risk)


def cap_curve(composites, analytes):
    """What caps at quantiles from 80 to 100 % would leave: domain, analyte, quantile, cap, n_capped, metal_removed, mean, cv."""
    rows = []
    for domain, analyte, known in _studied(composites, analytes):
        values, lengths = known[analyte].to_numpy(float), known[LENGTH].to_numpy(float)
        total = np.sum(values * lengths)
        for share, cap in zip(CURVE, np.quantile(values, CURVE, method="hazen"), strict=True):
            after = np.minimum(values, cap)
            mean = weighted_mean(after, lengths)
            cv = float(np.sqrt(weighted_variance(after, lengths)) / mean) if mean > 0 else np.nan
            removed = 1 - np.sum(after * lengths) / total if total > 0 else np.nan
            rows.append((domain, analyte, share, cap, int((values > cap).sum()), removed, mean, cv))
    return pd.DataFrame(rows, columns=[DOMAIN, "analyte", "quantile", "cap", "n_capped", "metal_removed", "mean", "cv"])


def outlier_table(composites, analytes, caps):
    """Composites above the cap, or the highest hundredth where there is none, with their place and their neighbours.

    Returns
    -------
    DataFrame
        domain, analyte, hole, from, to, x, y, z (m), grade, limit (the cap, or the quantile), nearest (m, to the nearest other
        outlier of another hole; NaN for none), around (mean of the composites of other holes among the eight nearest).
    """
    rows = []
    for domain, analyte, known in _studied(composites, analytes):
        cap = caps.get(domain, {}).get(analyte)
        values, places = known[analyte].to_numpy(float), known[list(LOCAL)].to_numpy(float)
        limit = cap.value if cap else float(np.quantile(values, 1 - TOP, method="hazen"))
        high = np.flatnonzero(values > limit)
        hole = known[HOLE].to_numpy(dtype=object)
        if not high.size:
            continue
        near = np.atleast_2d(cKDTree(places).query(places[high], k=min(9, len(known)))[1]).reshape(high.size, -1)
        for number, row in enumerate(high):
            others = high[hole[high] != hole[row]]
            nearest = np.linalg.norm(places[others] - places[row], axis=1).min() if others.size else np.nan
            around = values[near[number][hole[near[number]] != hole[row]]]
            place = (hole[row], *known[[FROM, TO, *LOCAL]].iloc[row])
            rows.append((domain, analyte, *place, values[row], limit, nearest, around.mean() if around.size else np.nan))
    return pd.DataFrame(rows, columns=[DOMAIN, "analyte", HOLE, FROM, TO, *LOCAL, "grade", "limit", "nearest", "around"])


def tail_table(composites, analytes):
    """Break and metal at risk: domain, analyte, break, n_above_break, metal_above_break, metal_at_risk (shares), cap_at_risk."""
    rows = []
    for domain, analyte, known in _studied(composites, analytes):
        values, lengths = known[analyte].to_numpy(float), known[LENGTH].to_numpy(float)
        grade, above = probability_break(values)
        metal = values * lengths
        share = metal[values > grade].sum() / metal.sum() if above else 0.0
        rows.append((domain, analyte, grade, above, share, *metal_at_risk(values, lengths, known[HOLE])))
    names = ["break", "n_above_break", "metal_above_break", "metal_at_risk", "cap_at_risk"]
    return pd.DataFrame(rows, columns=[DOMAIN, "analyte", *names])


def _cap_that_removes(values, lengths, share):
    """Cap that takes this share of the metal away: linear between the sorted grades, where the metal removed is."""
    order = np.argsort(values, kind="stable")
    values, lengths = values[order], lengths[order]
    above = np.cumsum(lengths[::-1])[::-1] - lengths  # length above each grade
    removed = np.r_[np.cumsum((np.diff(values) * above[:-1])[::-1])[::-1], 0.0]
    return float(np.interp(-share * np.sum(values * lengths), -removed, values))


def _studied(composites, analytes):
    ordered = composites.sort_values([HOLE, FROM], kind="stable", ignore_index=True)
    for domain in sorted(ordered[DOMAIN].unique()):
        for analyte in analytes:
            known = ordered[(ordered[DOMAIN] == domain) & ordered[analyte].notna()]
            if len(known):
                yield domain, analyte, known
