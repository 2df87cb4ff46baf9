"""Swaps: control samples whose results are those of another certified material, or of a blank."""

import numpy as np

BLANK = "a blank"


def recognise_swaps(values, own, standards, analytes, *, limit, blank_limits=None):
    """Name of the material that each result really is, object ``(n,)``; ``""`` where nothing was swapped, or nothing fits.

    A sample is suspected where one of its analytes lies beyond ``limit`` deviations of its own material. It is another one
    where every analyte with a result that this one certifies lies within ``limit`` deviations there, none that its own material
    certifies is left out, and at least one of the deviating analytes counts; of several the closest is named. It is a blank
    where every analyte is within the limit of blanks.

    Parameters
    ----------
    values : array (n, k)
        Results of the samples, in the unit of their columns; NaN is missing.
    own : sequence of str (n,)
        Material that each should be.
    standards : dict of str to dict of str to Certified
    analytes : sequence of str (k,)
    limit : float
        Deviations.
    blank_limits : array (k,), optional
        Largest value of a blank; without it nothing is taken for a blank.
    """
    values = np.asarray(values, dtype=float).reshape(len(own), len(analytes))
    names = sorted(standards)
    scores = {name: _scores(values, standards[name], analytes) for name in names}
    known = {name: np.array([analyte in standards[name] for analyte in analytes]) for name in names}
    own = np.asarray(own, dtype=object)
    found, closest = np.full(len(own), "", dtype=object), np.full(len(own), np.inf)
    for mine in names:
        rows = np.flatnonzero(own == mine)
        beyond = scores[mine][rows] > limit
        rows, beyond = rows[beyond.any(axis=1)], beyond[beyond.any(axis=1)]
        measured = np.isfinite(values[rows])
        for name in names:
            needed = measured & known[mine]
            score = np.where(measured & known[name], scores[name][rows], 0.0).max(axis=1, initial=0.0)
            fits = (name != mine) & (score <= limit) & (needed <= known[name]).all(axis=1) & (beyond & known[name]).any(axis=1)
            better = fits & (score < closest[rows])
            found[rows[better]], closest[rows[better]] = name, score[better]
        if blank_limits is not None:
            blank = measured.any(axis=1) & (np.where(measured, values[rows], 0.0) <= blank_limits).all(axis=1)
            found[rows[blank]] = BLANK
    return found


def recognise_blanks(values, standards, analytes, *, limit, blank_limits):
    """Name of the standard that each blank really is, object ``(n,)``: one of its analytes is above its limit, and all fit."""
    values = np.asarray(values, dtype=float).reshape(-1, len(analytes))
    dirty = (values > blank_limits).any(axis=1)
    measured = np.isfinite(values)
    found, closest = np.full(len(values), "", dtype=object), np.full(len(values), np.inf)
    for name in sorted(standards):
        known = np.array([analyte in standards[name] for analyte in analytes])
        counted = measured & known
        score = np.where(counted, _scores(values, standards[name], analytes), 0.0).max(axis=1, initial=0.0)
        better = dirty & counted.any(axis=1) & (score <= limit) & (score < closest)
        found[better], closest[better] = name, score[better]
    return found


def _scores(values, certified, analytes):
    """Distances from the certified values in certified deviations, ``(n, k)``; NaN where not certified or missing."""
    middle = np.array([certified[name].value if name in certified else np.nan for name in analytes])
    deviation = np.array([certified[name].deviation if name in certified else np.nan for name in analytes])
    return np.abs(values - middle) / deviation
