"""From a previous estimate to the present one: what each cause did to tonnes, grade and metal."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.resource.sensitivity import GROUPS, MEASURES, totals
from scandia.units import convert

COLUMNS = ["resource", "measure", "unit", "place", "cause", "changed", "before", "after", "difference", "share"]
TOTAL = "total"
CONTEXT = "PUBLISHED CONTEXT"
PUBLISHED = [
    *("kind", "estimate", "effective_date", "class", "tonnage", "grade", "unit", "metal"),
    *("tonnage_share", "metal_share", "source"),
]


def waterfall(tables, cutoffs, named, variable, unit):
    """What each step changed, a DataFrame of `COLUMNS`, a row per cause and one of all of them together.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Step to its grade-tonnage table, from the previous estimate to the present one. What lies outside a pit shell does not
        count.
    cutoffs : dict of str to float
        Base cut-off of each step, in the unit of its own cut-off variable.
    named : dict of str to (str, str)
        Step to its cause and what it changed, in words.
    variable, unit : str
        Grade and metal are of this variable, the grade in this unit.

    Returns
    -------
    DataFrame
        For Measured + Indicated and for Inferred, never added, and for tonnage (t), grade and metal (t of the constituent):
        value before and after each step, difference, and its share of the previous estimate. Each step starts where the one
        before it ends, so the differences add up to that of the last row, ``total``. Grade is missing where there are no
        tonnes, and so is a difference from or to it.

    Notes
    -----
    A step is the run with everything that the steps before it changed. What two causes do together falls to the later one:
    another order of the causes would give other differences and the same total.
    """
    if len(tables) < 2:
        message = f"a waterfall needs a previous and a present estimate; given are {', '.join(tables) or 'none'}"
        raise InputError(message)
    sums = {name: totals(table, cutoffs[name], variable) for name, table in tables.items()}
    names, units = list(tables), dict(zip(MEASURES, ("t", unit, "t"), strict=True))
    rows = []
    for group in GROUPS:
        for measure in MEASURES:
            values = [sums[name][group][measure] for name in names]
            places = list(zip(names[1:], values[:-1], values[1:], strict=True))
            steps = [(*named[name], one, other) for name, one, other in places]
            steps.append((TOTAL, "all of these", values[0], values[-1]))
            for place, (cause, changed, one, other) in enumerate(steps, start=1):
                share = (other - one) / values[0] if values[0] else np.nan
                rows.append((group, measure, units[measure], place, cause, changed, one, other, other - one, share))
    return pd.DataFrame(rows, columns=COLUMNS)


def published_context(published, unit):
    """Published statements as a table that says so in every row, a DataFrame of `PUBLISHED`.

    Parameters
    ----------
    published : sequence of PublishedEstimate
        Oldest first.
    unit : str
        Unit of the grades.

    Returns
    -------
    DataFrame
        Tonnage (t), grade, metal (t: tonnage times grade, as published sums are rounded), and by which share tonnage and metal
        differ from the statement before it of the same class; missing for the first.
    """
    rows, last = [], {}
    for one in published:
        tonnage = one.tonnage * 1e6
        metal = tonnage * float(convert(one.grade, unit, "%")) / 100.0
        shares = [
            now / then - 1.0 for now, then in zip((tonnage, metal), last.get(one.resource_class, (np.nan, np.nan)), strict=True)
        ]
        last[one.resource_class] = (tonnage, metal)
        words = (CONTEXT, one.estimate, one.effective_date or "not published", one.resource_class)
        rows.append((*words, tonnage, one.grade, unit, metal, *shares, one.source))
    return pd.DataFrame(rows, columns=PUBLISHED)
