"""Densities measured on pieces of core, and the samples that they were cut from."""

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


def with_grades(measurements, assay, analytes):
    """The measurements with the grades of the sample that holds their middle, NaN where none does.

    Parameters
    ----------
    measurements : DataFrame
        hole, from, to, density.
    assay : DataFrame
        hole, from, to and the analytes.
    analytes : sequence of str
    """
    names = list(analytes)
    middle = (measurements[FROM] + measurements[TO].fillna(measurements[FROM])) / 2.0
    asked = pd.DataFrame({HOLE: measurements[HOLE].astype(str), _MIDDLE: middle, _PLACE: range(len(measurements))})
    samples = assay[[HOLE, FROM, TO, *names]].assign(**{HOLE: assay[HOLE].astype(str)}).sort_values(FROM, kind="stable")
    met = pd.merge_asof(asked.sort_values(_MIDDLE, kind="stable"), samples, left_on=_MIDDLE, right_on=FROM, by=HOLE)
    met = met.set_index(_PLACE).sort_index()
    inside = (met[_MIDDLE] < met[TO]).to_numpy()
    return measurements.assign(**{name: met[name].where(inside).to_numpy(dtype=float) for name in names})
