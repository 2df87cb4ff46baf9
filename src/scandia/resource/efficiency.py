"""How much of what is stated was kriged with a negative efficiency: where the estimate knows less than the mean does."""

from math import fsum

import numpy as np

from scandia.resource.classify_rules import CODES
from scandia.validation.inventory import reaches
from scandia.vocabulary import DOMAIN, PIT, TONNAGE

STATED = ("measured", "indicated", "inferred")


def negative_efficiency(parts, variable, cutoff, *, lead=None):
    """Class, domain, tonnes (t) and share of negative kriging efficiency among the stated tonnes, a list of tuples.

    Parameters
    ----------
    parts : xarray.Dataset
        Classified parts, with ``<variable>_efficiency``; with ``pit``, only those inside the shell are stated.
    variable : str
        Grade whose efficiency is judged.
    cutoff : float
        Parts that reach it are stated.
    lead : str, optional
        Variable of the cut-off, where it is another one.

    Returns
    -------
    list of tuple
        Classes from the most to the least certain, domains in the order of the parts; only those that have any.
    """
    grade, efficiency = parts[lead or variable].values, parts[f"{variable}_efficiency"].values
    stated, tonnage = (parts["fraction"].values > 0) & reaches(grade, cutoff), parts[TONNAGE].values
    stated = stated & (parts[PIT].values == 1) if PIT in parts else stated
    found = []
    for name in STATED:
        for number, domain in enumerate(parts[DOMAIN].values.tolist()):
            own = stated[number] & (parts["class"].values[number] == CODES[name])
            bad = own & np.less(efficiency[number], 0.0, where=own, out=np.zeros(own.shape, dtype=bool))
            if bad.any():
                tonnes = fsum(tonnage[number][bad])
                found.append((name, domain, tonnes, tonnes / fsum(tonnage[number][own])))
    return found
