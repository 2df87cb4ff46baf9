"""Net smelter return of rock and of block parts, and the grades at which it reaches a cut-off."""

import numpy as np
from scipy.optimize import brentq

from scandia.errors import InputError
from scandia.resource.prices import content, net_price, product_recovery, recovery_at
from scandia.units import largest_grade
from scandia.vocabulary import DOMAIN, NSR


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
    for number, domain in enumerate(map(str, parts[DOMAIN].values)):
        grades = {name: parts[name].values[number] for name in sold}
        known = np.any([np.isfinite(grade) for grade in grades.values()], axis=0)
        value = net_smelter_return(grades, domain, economics, analytes, factor=factor)
        returned[number] = np.where(known, value, np.nan)
    words = {"long_name": "net smelter return", "units": f"{economics.currency}/t"}
    return parts.assign({NSR: (parts["fraction"].dims, returned, words)})


def cutoff_grade(product, economics, analyte, cutoff, domain=None):
    """Grade of one product alone at which the net smelter return reaches a cut-off, in the variable's unit; NaN if none does.

    With a constant recovery it is ``cutoff / slope``; else it is solved for between nothing and the pure substance.
    """
    pure = largest_grade(analyte.unit)
    earned = content(product, analyte) * product.payable.value * net_price(product, economics)

    def excess(grade):
        return grade * earned * float(recovery_at(product_recovery(product, domain), grade)) - cutoff

    return float(brentq(excess, 0.0, pure, xtol=1e-9)) if excess(pure) >= 0 else float("nan")
