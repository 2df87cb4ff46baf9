"""Net prices, recoveries, mining costs and the cut-offs that follow; NumPy only, so that a config loads fast."""

import numpy as np

from scandia.resource.economic_settings import UNITS_PER_TONNE
from scandia.units import largest_grade, species_factor


def recovery_at(recovery, grade):
    """Recovery, 0 to 1, at head grades; an array of their shape.

    Parameters
    ----------
    recovery : Recovery
        Constant, line within its limits, or table, straight between its grades and constant beyond.
    grade : array_like
        Head grade in the unit of the variable.
    """
    grade = np.asarray(grade, dtype=float)
    if recovery.value is not None:
        return np.full(grade.shape, recovery.value)
    if recovery.line is not None:
        return np.clip(recovery.line[0] + recovery.line[1] * grade, *recovery.limits)
    return np.interp(grade, recovery.grades, recovery.recoveries)


def recovery_knots(recovery):
    """Grades at which the recovery bends, ascending; straight in between and beyond."""
    if recovery.line is None:
        return recovery.grades
    start, slope = recovery.line
    return sorted((limit - start) / slope for limit in recovery.limits) if slope else ()


def product_recovery(product, domain):
    """`Recovery` of a product in a domain, its own or that of the product."""
    return product.domain_recoveries.get(domain, product.recovery)


def exchange_rate(product, economics):
    """Worth of one unit of the price's currency in that of the costs."""
    own = product.price.currency == economics.currency
    return 1.0 if own else economics.exchange_rates[product.price.currency].value


def net_price(product, economics, *, factor=1.0):
    """What a tonne of the paid product earns after discount and selling cost, in the currency of the costs; never below 0.

    Notes
    -----
    ``(f (1 - d) P - c) U X`` with revenue factor f, discount d, price P and selling cost c per unit, U units in a tonne and
    exchange rate X. A product that would not pay for its own sale is not sold.
    """
    discount = 0.0 if product.discount is None else product.discount.value
    earned = factor * (1.0 - discount) * product.price.value - product.selling_cost.value
    return max(earned, 0.0) * UNITS_PER_TONNE[product.price.unit] * exchange_rate(product, economics)


def content(product, analyte):
    """Tonnes of the priced species in a tonne of rock per unit of the variable's grade."""
    share = species_factor(analyte.species, product.price.species) if product.share is None else product.share.value
    return share / largest_grade(analyte.unit)


def marginal_cutoff(economics):
    """Lowest net smelter return that pays for a tonne that is mined anyway, currency per tonne.

    Notes
    -----
    ``processing + G&A + (mining to the plant - mining to the dump)``: what leaves the pit either way goes to the plant if that
    loses less than the dump does.
    """
    extra = 0.0 if economics.ore_mining_cost is None else economics.ore_mining_cost.value
    return economics.processing_cost.value + economics.general_cost.value + extra


def breakeven_cutoff(economics, elevation=None):
    """Lowest net smelter return that also pays for mining the tonne itself, at an elevation, currency per tonne."""
    return marginal_cutoff(economics) + float(mining_costs(economics, None, np.asarray(elevation, dtype=float)))


def mining_costs(economics, domain, elevation):
    """Mining cost per tonne of rock at elevations, m, an array of their shape; NaN elevations have no depth."""
    base = economics.domain_mining_costs.get(domain, economics.mining_cost).value
    return base + depth_costs(economics, elevation)


def depth_costs(economics, elevation):
    """What depth adds to the mining cost of a tonne at elevations, m; nothing above the reference elevation."""
    elevation = np.asarray(elevation, dtype=float)
    if economics.depth_cost is None:
        return np.zeros(elevation.shape)
    depth = np.maximum(np.nan_to_num(economics.reference_elevation - elevation, nan=0.0), 0.0)
    return economics.depth_cost.value * depth
