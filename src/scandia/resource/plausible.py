"""What no honest statement can exceed: the largest composite, and the volume times the density."""

from dataclasses import dataclass
from math import fsum

import numpy as np

from scandia.blockmodel.dataset import grid_of
from scandia.blockmodel.slabs import slabs
from scandia.errors import InputError
from scandia.exact import ExactSum, exact_sum

SLACK = 1e-9  # share by which sums of the same numbers in another order may differ
OVERLAP = 1e-6  # share of a block's volume that rounding of fractions may add


@dataclass(frozen=True)
class Limits:
    """Largest composite grade by (domain, variable), in the variable's unit, and largest tonnage by domain, t."""

    grades: dict[tuple[str, str], float]
    tonnages: dict[str, float]


def plausible_limits(parts, composites, variables):
    """`Limits` of a block model: composite maxima, and volume x density counted without the model's own tonnage.

    Raises
    ------
    InputError
        Where the domains of one block fill more than the block: the same rock would be counted twice.
    """
    masses, crowded = {str(name): ExactSum() for name in parts["domain"].values}, 0
    for slab in slabs(parts, ["fraction", "density"]):
        fraction = slab["fraction"].values
        crowded += int((fraction.sum(axis=0) > 1 + OVERLAP).sum())
        for i, name in enumerate(masses):
            mass = fraction[i] * slab["density"].values[i]
            masses[name] += exact_sum(mass[np.isfinite(mass)])
    if crowded:
        message = f"in {crowded} blocks the domains fill more than the block; their fractions may add to 1 at most"
        raise InputError(message)
    volume = grid_of(parts).volume
    tonnages, grades = {}, {}
    for name, mass in masses.items():
        tonnages[name] = volume * float(mass)
        own = composites[composites["domain"] == name]
        for variable in variables:
            grades[name, variable] = float(own[variable].max())  # NaN without composites
    return Limits(grades=grades, tonnages=tonnages)


def check_plausible(rows, variables, limits):
    """Nothing, if every row of one class and domain is possible; else `InputError` with what is not.

    Parameters
    ----------
    rows : DataFrame
        class, domain, tonnage and grades.
    variables : sequence of str
        Grades to check.
    limits : Limits
        From `plausible_limits`. Classes of one domain are checked together for tonnage.
    """
    faults = []
    for domain, own in rows.groupby("domain", sort=False):
        tonnage, largest = fsum(own["tonnage"]), limits.tonnages.get(domain, 0.0)
        if not 0 <= tonnage <= largest * (1 + SLACK):
            faults.append(f"{tonnage:.6g} t in {domain}, whose volume x density is {largest:.6g} t")
        for variable in variables:
            top = limits.grades.get((domain, variable), float("nan"))
            for name, grade in zip(own["class"], own[variable], strict=True):
                if np.isfinite(grade) and not grade <= top * (1 + SLACK):
                    faults.append(f"{name} {variable} {grade:.6g} in {domain}, whose largest composite is {top:.6g}")
    if faults:
        message = f"the statement would hold impossible numbers: {'; '.join(faults)}. Look at units, domains and density first"
        raise InputError(message)
