"""How the grades of each domain change along the axes of the mine grid and down the holes."""

import numpy as np
import pandas as pd

from scandia.statistics.weighted import weighted_correlation, weighted_mean, weighted_variance, weights_of
from scandia.vocabulary import DOMAIN, FROM, LENGTH, LOCAL, TO, WEIGHT

BINS = 10
AXES = (*LOCAL, "depth")


def trend_table(composites, analytes):
    """Mean grades in ten equal slices along each axis, and the straight line through all composites.

    Parameters
    ----------
    composites : DataFrame
        Declustered composites with x, y, z, from, to, domain, length, weight and the analytes.
    analytes : sequence of str

    Returns
    -------
    DataFrame
        domain, analyte, axis (x, y, z of the mine grid; depth down the hole), lower, upper (m), n, mean (weighted by length and
        declustering), slope (grade per 100 m along the axis, over the whole domain), correlation (of grade and place).
    """
    frame = composites.assign(depth=(composites[FROM] + composites[TO]) / 2)
    weights = pd.Series(weights_of(frame, [LENGTH, WEIGHT]), index=frame.index)
    rows = []
    for domain, inside in frame.groupby(DOMAIN, sort=True):
        for analyte in analytes:
            known = inside[inside[analyte].notna() & (weights.loc[inside.index] > 0)]
            weight, grade = weights.loc[known.index].to_numpy(), known[analyte].to_numpy(float)
            for axis in AXES if len(known) else ():
                rows += [
                    {DOMAIN: domain, "analyte": analyte, "axis": axis} | row
                    for row in _slices(known[axis].to_numpy(float), grade, weight)
                ]
    return pd.DataFrame(rows, columns=[DOMAIN, "analyte", "axis", "lower", "upper", "n", "mean", "slope", "correlation"])


def _slices(place, grade, weight):
    spread = weighted_variance(place, weight)
    centred = weighted_mean((place - weighted_mean(place, weight)) * (grade - weighted_mean(grade, weight)), weight)
    line = {"slope": 100 * centred / spread if spread > 0 else np.nan, "correlation": weighted_correlation(place, grade, weight)}
    edges = np.linspace(place.min(), place.max(), BINS + 1)
    if not edges[-1] > edges[0]:
        edges = np.array([edges[0], edges[0]])
    number = np.clip(np.searchsorted(edges, place, side="right") - 1, 0, len(edges) - 2)
    for slot in np.unique(number):
        chosen = number == slot
        mean = weighted_mean(grade[chosen], weight[chosen])
        yield {"lower": edges[slot], "upper": edges[slot + 1], "n": int(chosen.sum()), "mean": mean, **line}
