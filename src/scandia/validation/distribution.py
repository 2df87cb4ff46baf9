"""The distribution of the estimates of a block model: moments, and what lies above cut-offs, without holding the model."""

from dataclasses import dataclass

import numpy as np

from scandia.blockmodel.slabs import slabs
from scandia.exact import ExactSum, exact_sum, exact_sums, merge, ratio
from scandia.validation.means import estimate_names, estimated_mask, products

HELD = ("estimate", "nearest")


@dataclass(frozen=True, eq=False)
class Distribution:
    """Estimates of one domain, weighted by volume: their mean and variance, and shares above each of some cut-offs ``(k,)``."""

    mean: float
    variance: float
    tonnage: np.ndarray
    grade: np.ndarray  # NaN where nothing is above
    metal: np.ndarray


def first_moments(parts, variable, left):
    """Domain to sums of its estimated parts, a dict of dicts.

    Parameters
    ----------
    parts : Dataset
    variable : str
    left : dict of str to float
        Block variance by the domains that have one; what kriging leaves of it to an estimate is block - variance - 2 lagrange.

    Returns
    -------
    dict
        "parts" (number), "volume" (blocks), volume x "estimate" and "nearest"; for the domains of ``left`` "known" (volume of the
        parts of a solved system) and "expected" (its volume x what is left).
    """
    found = {str(name): {} for name in parts["domain"].values}
    solved = [f"{variable}_variance", f"{variable}_lagrange"] if left else []
    for slab in slabs(parts, ["fraction", *estimate_names(parts, variable), *solved]):
        for place, (name, fraction, grades, own) in enumerate(_domains(slab, variable)):
            sums = {"parts": len(fraction), "volume": exact_sum(fraction)}
            sums |= {key: exact_sum(products(grades[key], fraction)) for key in HELD}
            if name in left:
                variance, multiplier = (slab[column].values[place][own] for column in solved)
                rest = left[name] - variance - 2 * multiplier
                known = np.isfinite(rest)  # nowhere, where no system was solved
                sums |= {"known": exact_sum(fraction[known]), "expected": exact_sum(products(rest[known], fraction[known]))}
            merge(found[name], sums)
    return found


def distributions(parts, variable, moments, cutoffs):
    """Domain to `Distribution` of its estimates and of its nearest samples, a dict of dicts.

    Parameters
    ----------
    parts, variable
        As in `first_moments`.
    moments : dict of dict
        From `first_moments`.
    cutoffs : dict of str to array (k,)
        Ascending cut-offs of each domain that is wanted.
    """
    steps = {name: {key: [ExactSum()] * (3 * (len(own) + 1)) for key in HELD} for name, own in cutoffs.items()}
    means = {name: {key: ratio(moments[name], key, "volume") for key in HELD} for name in cutoffs}
    for slab in slabs(parts, ["fraction", *estimate_names(parts, variable)]):
        for name, fraction, grades, _ in _domains(slab, variable):
            for key in HELD if name in cutoffs else ():
                new = _sums_by_step(grades[key], fraction, means[name][key], cutoffs[name])
                steps[name][key] = [one + other for one, other in zip(steps[name][key], new, strict=True)]
    return {name: {key: _distribution(means[name][key], sums) for key, sums in own.items()} for name, own in steps.items()}


def _domains(slab, variable):
    """Name, volumes and grades of the estimated parts of each domain of a slab, and where they are, a generator."""
    mask = estimated_mask(slab, variable)
    for place, name in enumerate(map(str, slab["domain"].values)):
        own = mask[place]
        grades = {"estimate": slab[variable].values[place][own], "nearest": slab[f"{variable}_nearest"].values[place][own]}
        yield name, slab["fraction"].values[place][own], grades, own


def _sums_by_step(grades, fraction, mean, cutoffs):
    """Volume, volume x grade and volume x squared deviation between the cut-offs, one list."""
    number, count = np.searchsorted(cutoffs, grades, side="right"), len(cutoffs) + 1
    weighed = (fraction, products(grades, fraction), products((grades - mean) ** 2, fraction))
    return [one for values in weighed for one in exact_sums(values, number, count)]


def _distribution(mean, sums):
    """`Distribution` of sums by step."""
    count = len(sums) // 3
    volume, mass, squares = sums[:count], sums[count : 2 * count], sums[2 * count :]
    tonnes, metal = (np.array([float(sum(one[k:], ExactSum())) for k in range(count)]) for one in (volume, mass))
    spread = float(sum(squares, ExactSum())) / tonnes[0] if tonnes[0] > 0 else float("nan")
    grade = np.divide(metal, tonnes, out=np.full(count, np.nan), where=tonnes > 0)
    whole = metal[0] if metal[0] > 0 else np.nan
    return Distribution(mean, spread, tonnes[1:] / tonnes[0], grade[1:], metal[1:] / whole)
