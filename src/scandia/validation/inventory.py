"""Tonnage, grade and metal above a cut-off: the one selection that grade-tonnage tables, statement and known truth share."""

from math import fsum

import numpy as np

from scandia.errors import InputError

MASS_SHARES = {"ppb": 1e-9, "ppm": 1e-6, "g/t": 1e-6, "%": 1e-2}  # tonnes of the constituent in a tonne of rock, per unit of grade


def mass_share(unit, variable):
    """Tonnes of a constituent per tonne of rock at a grade of one ``unit``; `InputError` for a unit that is none of grade."""
    if unit not in MASS_SHARES:
        message = f"{variable} has the unit {unit!r}; contained metal needs one of {', '.join(MASS_SHARES)} in its attribute 'units'"
        raise InputError(message)
    return MASS_SHARES[unit]


def mass_shares(parts, variables):
    """Variable to tonnes of its constituent per tonne of rock and unit of grade, from the attribute ``units``."""
    for variable in variables:
        if variable not in parts:
            message = f"the block model has no variable {variable}; it holds {', '.join(map(str, parts.data_vars))}"
            raise InputError(message)
    return {variable: mass_share(parts[variable].attrs.get("units"), variable) for variable in variables}


def above_cutoff(tonnage, grades, *, lead, cutoff):
    """Tonnage and grade x tonnage of the parts at or above a cut-off, as a dict of sums that `inventory_row` turns into a row.

    Parameters
    ----------
    tonnage : array (n,)
        Tonnes of each part.
    grades : dict of str to array (n,)
        Grades of each part; NaN where a variable has no estimate.
    lead : str
        Variable of the cut-off; parts without it are not counted at all.
    cutoff : float
        Lowest grade that counts, in the unit of ``lead``. At 0 nothing is cut off, not even a negative estimate.

    Returns
    -------
    dict
        "tonnage", and for each variable a pair (tonnes that have its grade, their grade x tonnes). Sums are exact (correctly
        rounded), so they do not depend on the order of the parts.
    """
    known = np.isfinite(grades[lead])
    chosen = known & ((grades[lead] >= cutoff) | (cutoff <= 0))
    sums = {"tonnage": fsum(tonnage[chosen])}
    for name, grade in grades.items():
        has = chosen & np.isfinite(grade)
        sums[name] = (fsum(tonnage[has]), fsum(tonnage[has] * grade[has]))
    return sums


def add_sums(several):
    """The sums of several groups of parts together; adding groups and adding their parts is the same."""
    first, *_ = several
    total = {"tonnage": fsum(sums["tonnage"] for sums in several)}
    for name in first:
        if name != "tonnage":
            total[name] = tuple(fsum(column) for column in zip(*(sums[name] for sums in several), strict=True))
    return total


def inventory_row(sums, shares):
    """A row of tonnage (t), and by variable its grade, ``<v>_metal`` (t of the constituent) and ``<v>_missing`` (t without its grade).

    Grade is the mean over the tonnes that have it (NaN where none), metal what these tonnes hold: grade x tonnes x mass share.
    """
    row = {"tonnage": sums["tonnage"]}
    for name, share in shares.items():
        tonnes, mass = sums[name]
        row[name] = mass / tonnes if tonnes > 0 else float("nan")
        row[f"{name}_metal"] = mass * share
        row[f"{name}_missing"] = sums["tonnage"] - tonnes
    return row
