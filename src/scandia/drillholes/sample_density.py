"""Density of samples from measurements on pieces of core."""

import pandas as pd

from scandia.vocabulary import DENSITY, FROM, HOLE, TO

_MIDDLE, _PLACE = "_middle", "_place"


def with_density(assay, measurements):
    """The assays with ``density`` (t/m3): the mean of the measurements whose middle lies in the sample, missing where none does.

    Parameters
    ----------
    assay : DataFrame
        hole, from, to; no density of its own.
    measurements : DataFrame or None
        hole, from, to, density; None where nothing was measured.
    """
    if measurements is None or not len(measurements) or not len(assay):
        return assay.assign(**{DENSITY: float("nan")})
    known = measurements[measurements[DENSITY].notna()]
    middle = known.assign(**{_MIDDLE: (known[FROM] + known[TO].fillna(known[FROM])) / 2.0}).sort_values(_MIDDLE, kind="stable")
    samples = assay[[HOLE, FROM, TO]].assign(**{_PLACE: range(len(assay))}).sort_values(FROM, kind="stable")
    met = pd.merge_asof(middle[[HOLE, _MIDDLE, DENSITY]], samples, left_on=_MIDDLE, right_on=FROM, by=HOLE)
    met = met[met[_MIDDLE] < met[TO]]
    mean = met.groupby(_PLACE)[DENSITY].mean()
    return assay.assign(**{DENSITY: mean.reindex(range(len(assay))).to_numpy()})
