"""Faults of the economics that only the rest of the config can tell."""

from scandia.errors import InputError
from scandia.resource.prices import content, marginal_cutoff
from scandia.vocabulary import NSR

CENT = 0.005  # a cut-off that was rounded to cents is not below the exact one


def economic_faults(model, analytes, domains):
    """Generator of texts: products of unknown variables, unknown domains, prices of other species, cut-offs that lose money."""
    economics, key = model.economics, "model.economics"
    for name, product in economics.products.items():
        place = f"{key}.products.{name}"
        if product.variable not in model.estimation.variables:
            allowed = ", ".join(model.estimation.variables)
            yield f"{place}.variable is {product.variable!r}, which is not estimated. Allowed here: {allowed}."
            continue
        try:
            content(product, analytes[product.variable])
        except InputError as error:
            yield f"{place}.price.species: {error}. Price what the variable holds, or give the product's `share` of it."
        yield from _domains(f"{place}.domain_recoveries", product.domain_recoveries, domains)
    yield from _domains(f"{key}.domain_mining_costs", economics.domain_mining_costs, domains)
    yield from _domains(f"{key}.pit.domain_slopes", economics.pit.domain_slopes, domains)
    marginal, base = marginal_cutoff(economics), model.reporting.base_cutoff
    if model.reporting.variable == NSR and base < marginal - CENT:
        yield (
            f"model.reporting.base_cutoff is {base:g}, below the marginal cut-off of {marginal:.2f} {economics.currency}/t that "
            "processing, G&A and dearer mining of ore give: such blocks lose money. Raise it, or mend the costs."
        )


def _domains(key, given, domains):
    for name in given:
        if name not in domains:
            yield f"{key} names {name!r}, which is no domain. Allowed here: {', '.join(domains)}."
