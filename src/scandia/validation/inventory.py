"""Tonnage, grade and metal above a cut-off: the one selection that grade-tonnage tables, statement and known truth share."""

from math import fsum

import numpy as np

from scandia.errors import InputError
from scandia.exact import ExactSum, exact_sums
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
    steps = cutoff_steps([cutoff])
    return sums_above(sums_by_step(tonnage, grades, lead=lead, steps=steps), steps, cutoff)


def cutoff_steps(cutoffs):
    """The cut-offs that cut something off, ascending and without repeats, an array ``(k,)``."""
    return np.array(sorted({float(cutoff) for cutoff in cutoffs if cutoff > 0}))


def sums_by_step(tonnage, grades, *, lead, steps):
    """Tonnage and grade x tonnage of the parts between cut-offs, which add up over sets of parts by `merge_sums`.

    Parameters
    ----------
    tonnage, grades, lead
        As in `above_cutoff`.
    steps : array (k,)
        From `cutoff_steps`.

    Returns
    -------
    dict
        "tonnage", and for each variable v (v, "tonnes") and (v, "mass"): `ExactSum` of the parts below the first step, from it on
        to below the next, ..., from the last on, lists ``(k + 1,)``.
    """
    chosen = np.isfinite(grades[lead])
    number, count = np.searchsorted(steps, grades[lead][chosen], side="right"), len(steps) + 1
    tonnage = tonnage[chosen]
    sums = {"tonnage": exact_sums(tonnage, number, count)}
    for name, every in grades.items():
        grade = every[chosen]
        has = np.isfinite(grade)
        sums[name, "tonnes"] = exact_sums(tonnage[has], number[has], count)
        sums[name, "mass"] = exact_sums(tonnage[has] * grade[has], number[has], count)
    return sums


def merge_sums(one, other):
    """Sums by step of two sets of parts together; an empty dict has no parts."""
    if not one or not other:
        return one or other
    return {key: [first + second for first, second in zip(sums, other[key], strict=True)] for key, sums in one.items()}


def sums_above(sums, steps, cutoff):
    """Sums by step, from a cut-off of theirs on, as `above_cutoff` gives them."""
    first = 0 if cutoff <= 0 else 1 + steps.tolist().index(float(cutoff))
    above = {key: float(sum(several[first:], ExactSum())) for key, several in sums.items()}
    names = [key[0] for key in above if isinstance(key, tuple) and key[1] == "mass"]
    return {"tonnage": above["tonnage"]} | {name: (above[name, "tonnes"], above[name, "mass"]) for name in names}


def reaches(grade, cutoff):
    """Which grades are at or above a cut-off, bool of their shape; a cut-off of 0 or less cuts nothing off, not even NaN."""
    return (grade >= cutoff) | (cutoff <= 0)


def add_sums(several):
    """Add the sums of several groups of parts: the exact sum of the groups' rounded sums, so that printed rows add up."""
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
