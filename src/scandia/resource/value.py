"""Net smelter return of rock and of block parts, and the grades at which it reaches a cut-off."""

from itertools import pairwise

import numpy as np

from scandia.blockmodel.slabs import place_of, slabs
from scandia.errors import InputError
from scandia.resource.prices import content, net_price, product_recovery, recovery_at, recovery_knots
from scandia.units import largest_grade
from scandia.vocabulary import DOMAIN, NSR

ROUND = 1e-12  # share of a grade by which rounding may put a root beyond the knot that it lies on


def net_smelter_return(grades, domain, economics, analytes, *, factor=1.0):
    """Net smelter return of rock of these grades, currency per tonne; an array of their shape.

    Parameters
    ----------
    grades : dict of str to array
        Grade of each variable that a product needs; NaN and negative grades earn nothing.
    domain : str
        Whose recoveries hold.
    economics : Economics
    analytes : dict of str to Analyte
    factor : float
        Revenue factor: multiplies every price.

    Notes
    -----
    ``NSR = sum over products of g k R(g) A (f (1 - d) P - c) U X``: grade g, tonnes of the priced species per tonne and unit of
    grade k, recovery R, payable share A, and `net_price`.
    """
    total = 0.0
    for product in economics.products.values():
        if product.variable not in grades:
            message = f"{product.label} is sold from {product.variable}, which the model does not hold; estimate it"
            raise InputError(message)
        grade = np.maximum(np.nan_to_num(np.asarray(grades[product.variable], dtype=float), nan=0.0), 0.0)
        paid = recovery_at(product_recovery(product, domain), grade) * product.payable.value
        total = total + grade * content(product, analytes[product.variable]) * paid * net_price(product, economics, factor=factor)
    return np.asarray(total)


def with_nsr(parts, economics, analytes, *, factor=1.0):
    """Parts with ``nsr`` (domain, z, y, x), currency per tonne; NaN where no sold variable has an estimate.

    Without economics the parts come back as they are.
    """
    if economics is None:
        return parts
    sold = dict.fromkeys(product.variable for product in economics.products.values())
    missing = [name for name in sold if name not in parts]
    if missing:
        message = f"the block model has no {', '.join(missing)}, which is sold; add it to model.estimation.variables"
        raise InputError(message)
    returned = np.full(parts["fraction"].shape, np.nan)
    for slab in slabs(parts, ["fraction", *sold]):
        own = returned[place_of(slab, parts)]
        for number, domain in enumerate(map(str, parts[DOMAIN].values)):
            grades = {name: slab[name].values[number] for name in sold}
            known = np.any([np.isfinite(grade) for grade in grades.values()], axis=0)
            value = net_smelter_return(grades, domain, economics, analytes, factor=factor)
            own[number] = np.where(known, value, np.nan)
    words = {"long_name": "net smelter return", "units": f"{economics.currency}/t"}
    return parts.assign({NSR: (parts["fraction"].dims, returned, words)})


def cutoff_grade(product, economics, analyte, cutoff, domain=None):
    """Lowest grade of one product alone whose net smelter return reaches a cut-off, in its variable's unit; NaN if none does.

    Notes
    -----
    Between the knots of its recovery ``R = a + b g``, so that the grade solves ``e g (a + b g) = cutoff``, e what a unit of the
    grade earns at full recovery. Where the recovery falls, higher grades may earn less than the cut-off again.
    """
    pure = largest_grade(analyte.unit)
    earned = content(product, analyte) * product.payable.value * net_price(product, economics)
    recovery = product_recovery(product, domain)
    knots = [0.0, *(float(knot) for knot in recovery_knots(recovery) if 0.0 < knot < pure), pure]
    if cutoff <= 0:
        return 0.0
    for low, high in pairwise(knots):
        start, end = (float(recovery_at(recovery, grade)) for grade in (low, high))
        slope = (end - start) / (high - low)
        grade = _lowest_root(earned * slope, earned * (start - slope * low), cutoff, low, high)
        if grade is not None:
            return grade
    return float("nan")


def _lowest_root(square, linear, cutoff, low, high):
    """Lowest grade within two at which ``square g^2 + linear g`` reaches a cut-off that it does not reach at `low`, or None."""
    inner = linear * linear + 4.0 * square * cutoff
    if inner < 0.0 or linear + np.sqrt(inner) <= 0.0:
        return None
    grade = 2.0 * cutoff / (linear + np.sqrt(inner))  # the smaller root, and without a loss of digits where the square is small
    return float(min(max(grade, low), high)) if low * (1 - ROUND) <= grade <= high * (1 + ROUND) else None
