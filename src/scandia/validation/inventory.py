"""Tonnage, grade and metal above a cut-off: the one selection that grade-tonnage tables, statement and known truth share."""

from math import fsum

import numpy as np

from scandia.errors import InputError
from scandia.units import PARTS_PER_BILLION, largest_grade


def pure_grades(parts, variables):
    """Variable to the grade of its pure substance (100 for %, a million for g/t), from the attribute ``units``, a dict.

    Contained metal is grade x tonnage / pure grade. `InputError` names a variable that is missing or has no unit of grade.
    """
    pure = {}
    for variable in variables:
        if variable not in parts:
            message = f"the block model has no variable {variable}; it holds {', '.join(map(str, parts.data_vars))}"
            raise InputError(message)
        unit = parts[variable].attrs.get("units")
        if unit not in PARTS_PER_BILLION:
            message = (
                f"{variable} has the unit {unit!r}; contained metal needs the attribute units: {', '.join(PARTS_PER_BILLION)}"
            )
            raise InputError(message)
        pure[variable] = largest_grade(unit)
    return pure


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
    chosen = known & reaches(grades[lead], cutoff)
    sums = {"tonnage": fsum(tonnage[chosen])}
    for name, grade in grades.items():
        has = chosen & np.isfinite(grade)
        sums[name] = (fsum(tonnage[has]), fsum(tonnage[has] * grade[has]))
    return sums


def reaches(grade, cutoff):
    """Which grades are at or above a cut-off, bool of their shape; a cut-off of 0 or less cuts nothing off, not even NaN."""
    return (grade >= cutoff) | (cutoff <= 0)


def add_sums(several):
    """Add the sums of several groups of parts; the same as those of their parts together."""
    first, *_ = several
    total = {"tonnage": fsum(sums["tonnage"] for sums in several)}
    for name in first:
        if name != "tonnage":
            total[name] = tuple(fsum(column) for column in zip(*(sums[name] for sums in several), strict=True))
    return total


def inventory_row(sums, pure):
    """Tonnage (t) and by variable v its grade, ``v_metal`` (t) and ``v_missing`` (t without its grade), as a dict.

    Grade is the mean over the tonnes that have it (NaN where none), metal the constituent that these tonnes hold.
    """
    row = {"tonnage": sums["tonnage"]}
    for name, largest in pure.items():
        tonnes, mass = sums[name]
        row[name] = mass / tonnes if tonnes > 0 else float("nan")
        row[f"{name}_metal"] = mass / largest
        row[f"{name}_missing"] = sums["tonnage"] - tonnes
    return row
