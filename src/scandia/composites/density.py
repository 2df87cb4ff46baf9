"""Density of coded intervals, by which grades are weighted where the config says so."""

import numpy as np
import pandas as pd

from scandia.composites._overlap import overlaps
from scandia.errors import InputError
from scandia.vocabulary import DENSITY, DOMAIN, FROM, HOLE, LENGTH, TO

POINT = 1e-6  # m; a measurement at a depth counts as this long


def with_density(intervals, measurements, *, minimum=1.0, maximum=6.0):
    """Coded intervals with ``density``, t/m3, sorted by hole and depth.

    Parameters
    ----------
    intervals : DataFrame
        hole, from, to, length, domain.
    measurements : DataFrame or None
        hole, from, density, and to where they have a length; others than between `minimum` and `maximum` do not count.

    Returns
    -------
    DataFrame
        Density is the mean of the measurements over the common length, else the mean of the domain's intervals with a
        measurement, else of all of them.

    Raises
    ------
    InputError
        Nothing was measured.
    """
    frame = intervals.sort_values([HOLE, FROM], kind="stable", ignore_index=True)
    plausible = measurements[measurements[DENSITY].between(minimum, maximum)] if measurements is not None else pd.DataFrame()
    if plausible.empty:
        message = (
            "composites.weighting is density, but the density table holds no plausible measurement; weight by length instead"
        )
        raise InputError(message)
    holes = pd.Index(frame[HOLE].astype(str).unique())
    start = plausible[FROM].to_numpy(float)
    stop = plausible[TO].fillna(plausible[FROM]).to_numpy(float) if TO in plausible else start
    interval, query, common = overlaps(
        holes.get_indexer(frame[HOLE].astype(str)), frame[FROM].to_numpy(float), frame[TO].to_numpy(float),
        holes.get_indexer(plausible[HOLE].astype(str)), start, np.maximum(stop, start + POINT),
    )  # fmt: skip
    length = np.bincount(interval, weights=common, minlength=len(frame))
    mass = np.bincount(interval, weights=common * plausible[DENSITY].to_numpy(float)[query], minlength=len(frame))
    density = pd.Series(np.divide(mass, length, out=np.full(len(frame), np.nan), where=length > 0))
    weight = frame[LENGTH].where(density.notna(), 0.0)
    by_domain = (density * weight).groupby(frame[DOMAIN]).sum() / weight.groupby(frame[DOMAIN]).sum().replace(0.0, np.nan)
    return frame.assign(**{DENSITY: density.fillna(frame[DOMAIN].map(by_domain)).fillna((density * weight).sum() / weight.sum())})
