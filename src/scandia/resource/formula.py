"""The formula sheet: every number between a grade and a net smelter return, with its unit and its source."""

import pandas as pd

from scandia.resource.prices import (
    breakeven_cutoff,
    content,
    exchange_rate,
    marginal_cutoff,
    net_price,
)
from scandia.resource.value import cutoff_grade

COLUMNS = ["subject", "symbol", "quantity", "value", "unit", "source"]
COMPUTED = "computed here"
EQUATIONS = (
    ("NSR", "net smelter return of a tonne of rock", "sum over the products of g k R A (f (1 - d) P - c) U X"),
    ("N*m", "marginal cut-off: the tonne leaves the pit either way", "processing + G&A + (mining to the plant - to the dump)"),
    ("N*b", "break-even cut-off: the tonne pays for its own mining, too", "marginal cut-off + mining cost"),
    ("value", "value of a block", "sum over its parts of tonnes x (max(NSR - N*m, 0) - mining cost)"),
)


def formula_sheet(economics, analytes):
    """Table of subject, symbol, quantity, value (number or equation as text), unit and source, in the order of the calculation.

    Parameters
    ----------
    economics : Economics
    analytes : dict of str to Analyte
        Of the variables that are sold.
    """
    rows = [("all", symbol, quantity, equation, "", "equation") for symbol, quantity, equation in EQUATIONS]
    for product in economics.products.values():
        rows += _product_rows(product, economics, analytes[product.variable])
    rows += [*_cost_rows(economics), *_cutoff_rows(economics, analytes), *_pit_rows(economics.pit)]
    return pd.DataFrame([(s, y, q, _text(v), u, w) for s, y, q, v, u, w in rows], columns=COLUMNS)


def _text(value):
    return value if isinstance(value, str) else f"{value:.6g}"


def _product_rows(product, economics, analyte):
    price, cost, name = product.price, product.selling_cost, product.label
    per, money = f"{price.currency}/{price.unit}", economics.currency
    grade = f"grade of {analyte.label}"
    dated = f"{price.basis}, {price.date}. {price.source}"
    yield name, "P", "price", price.value, f"{per} of {price.species}", dated
    if product.discount is not None:
        yield name, "d", "discount on the price", product.discount.value, "share", product.discount.source
    yield name, "c", "selling cost", cost.value, per, cost.source
    if price.currency != money:
        rate = economics.exchange_rates[price.currency]
        yield name, "X", "exchange rate", exchange_rate(product, economics), f"{money}/{price.currency}", rate.source
    yield (
        name,
        "(f (1 - d) P - c) U X",
        "net price at f = 1",
        net_price(product, economics),
        f"{money}/t of {price.species}",
        COMPUTED,
    )
    yield name, "A", "payable share", product.payable.value, "share", product.payable.source
    yield from _recovery_rows(name, "R", product.recovery, grade, analyte)
    for domain, recovery in product.domain_recoveries.items():
        yield from _recovery_rows(name, f"R, {domain}", recovery, grade, analyte)
    source = COMPUTED if product.share is None else f"share of {analyte.label}: {product.share.source}"
    yield name, "k", f"{price.species} in rock", content(product, analyte), f"t/t per {analyte.unit} of {analyte.label}", source
    if product.recovery.value is not None:
        slope = content(product, analyte) * product.recovery.value * product.payable.value * net_price(product, economics)
        yield (
            name,
            "NSR/g",
            "net smelter return per unit of grade",
            slope,
            f"{money}/t per {analyte.unit} of {analyte.label}",
            COMPUTED,
        )


def _recovery_rows(name, symbol, recovery, grade, analyte):
    if recovery.value is not None:
        yield name, symbol, "recovery", recovery.value, "share", recovery.source
    elif recovery.line is not None:
        start, rise = recovery.line
        low, high = recovery.limits
        text = f"{start:g} + {rise:g} x {grade}, from {low:g} to {high:g}"
        yield name, symbol, "recovery", text, f"share; {analyte.unit}", recovery.source
    else:
        points = "; ".join(f"{r:g} at {g:g}" for g, r in zip(recovery.grades, recovery.recoveries, strict=True))
        yield name, symbol, f"recovery by {grade}", points, f"share; {analyte.unit}", recovery.source


def _cost_rows(economics):
    money = economics.currency
    for symbol, name, words, unit in (
        ("", "processing_cost", "processing", f"{money}/t processed"),
        ("", "general_cost", "general and administrative (G&A)", f"{money}/t processed"),
        ("", "ore_mining_cost", "mining to the plant more than to the dump", f"{money}/t processed"),
        ("", "mining_cost", "mining, at and above the reference elevation", f"{money}/t of rock"),
        ("", "overburden_mining_cost", "mining of overburden", f"{money}/t of overburden"),
        ("", "depth_cost", f"rise of the mining cost below {economics.reference_elevation or 0:g} m", f"{money}/t per m"),
    ):
        given = getattr(economics, name)
        if given is not None:
            yield "costs", symbol, words, given.value, unit, given.source
    for domain, given in economics.domain_mining_costs.items():
        yield "costs", "", f"mining in {domain}", given.value, f"{money}/t of rock", given.source


def _cutoff_rows(economics, analytes):
    unit = f"{economics.currency}/t"
    deeper = breakeven_cutoff(economics, economics.reference_elevation)
    cutoffs = [
        ("N*m", "marginal cut-off", marginal_cutoff(economics), COMPUTED),
        ("N*b", "break-even cut-off at the reference elevation", deeper, COMPUTED),
        *(("", "published cut-off", given.value, given.source) for given in economics.published_cutoffs),
    ]  # fmt: skip
    lead = next(iter(economics.products.values()))
    analyte = analytes[lead.variable]
    for symbol, words, value, source in cutoffs:
        yield "cut-offs", symbol, words, value, unit, source
        grade = cutoff_grade(lead, economics, analyte, value)
        yield "cut-offs", "", f"{words}: {analyte.label} alone that reaches it", grade, analyte.unit, COMPUTED


def _pit_rows(pit):
    for name, slopes in {"elsewhere": pit.slopes, **pit.domain_slopes}.items():
        yield "pit", "", f"overall slope, {name}", slope_words(slopes), "degrees", slopes.source
    yield "pit", "", "density of rock outside all domains", pit.waste_density.value, "t/m³", pit.waste_density.source
    if pit.overburden_density is not None:
        yield "pit", "", "density of overburden", pit.overburden_density.value, "t/m³", pit.overburden_density.source


def slope_words(slopes):
    """Angles of a `Slopes` in words."""
    if slopes.angle is not None:
        return f"{slopes.angle:g}° all around"
    return ", ".join(f"{wall.angle:g}° towards {wall.azimuth:03.0f}°" for wall in slopes.walls)


def assumed(sheet):
    """Rows of a formula sheet that rest on an assumption, a DataFrame."""
    return sheet[sheet["source"].str.contains("ASSUMED")]
