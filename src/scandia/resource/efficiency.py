"""How much of what is stated was kriged with a negative efficiency: where the estimate knows less than the mean does."""

import numpy as np

from scandia.blockmodel.slabs import slabs
from scandia.exact import exact_sum, merge, ratio
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
    lead, judged, found = lead or variable, f"{variable}_efficiency", {}
    for slab in slabs(parts, ["fraction", "class", PIT, TONNAGE, lead, judged]):
        stated = (slab["fraction"].values > 0) & reaches(slab[lead].values, cutoff)
        stated = stated & (slab[PIT].values == 1) if PIT in slab else stated
        bad, tonnage = stated & (np.where(stated, slab[judged].values, 0.0) < 0.0), slab[TONNAGE].values
        for name in STATED:
            for number, domain in enumerate(slab[DOMAIN].values.tolist()):
                own = slab["class"].values[number] == CODES[name]
                sums = {key: tonnage[number][own & where[number]] for key, where in (("stated", stated), ("bad", bad))}
                part = {key: exact_sum(values) for key, values in sums.items()} | {"parts": len(sums["bad"])}
                merge(found.setdefault((name, domain), {}), part)
    return [(*key, float(sums["bad"]), ratio(sums, "bad", "stated")) for key, sums in found.items() if sums["parts"]]
