"""Footnotes on prices, costs, cut-offs and the pit shell, every sentence made from the typed config and the run."""

from dataclasses import dataclass
from math import isnan

from scandia.resource.economic_settings import ASSUMED
from scandia.resource.formula import slope_words
from scandia.resource.method_notes import sentence
from scandia.resource.prices import breakeven_cutoff, marginal_cutoff
from scandia.resource.value import cutoff_grade

UNTESTED = (
    "No pit shell or other constraint has been applied yet: reasonable prospects for eventual economic extraction (RPEEE) "
    "are not tested. The tonnage is an inventory above cut-off, not a Mineral Resource under CIM."
)


@dataclass(frozen=True)
class ShellFacts:
    """What only the run knows of the pit shell: its row of the table of shells, and what lies outside it above the cut-off."""

    rock_tonnage: float
    ore_tonnage: float
    strip_ratio: float
    depth: float  # m, from the ground to the floor
    unsurveyed: float = 0.0  # share of its area beyond the surveyed ground
    steep_ground: float = 0.0  # share of its area where the ground is steeper than the flattest wall
    excluded: tuple = ()  # class, tonnes as printed and share of the class above the cut-off outside the shell
    losing: float = 0.0  # share of the stated tonnes whose net smelter return is below the marginal cut-off


def economic_notes(economics, analytes, shell, labels):
    """Generator of sentences on an `Economics` and a `ShellFacts`; ``labels`` are those of the domains."""
    money = economics.currency
    yield (
        "Reasonable prospects for eventual economic extraction: only blocks inside a pit shell and above the cut-off are "
        "reported. The shell has the highest undiscounted value under the prices, costs and slopes below (maximum closure); it "
        "is no mine design, has no ramps, and ore is taken whole, without dilution or mining loss."
    )
    yield _shell(shell)
    if shell.unsurveyed > 0:
        yield (
            f"{100 * shell.unsurveyed:.2g} % of the shell's area lies where no ground is surveyed: beyond the surface, or "
            "outside the hull of the collars that it was drawn through. It goes on there at the height of the nearest place, "
            "which is a guess; the rock to be moved there is as uncertain as that."
        )
    if shell.steep_ground > 0:
        yield (
            f"WARNING: in {100 * shell.steep_ground:.2g} % of the shell's area the ground is steeper than the flattest wall of "
            "the pit. Natural ground seldom is; look at the ground's file or at the collars' elevations."
        )
    yield from _excluded(shell.excluded)
    if shell.losing > 0:
        yield (
            f"{100 * shell.losing:.2g} % of the stated tonnes reach the cut-off above, but not the marginal cut-off in net "
            "smelter return below: under these assumptions they would go to the dump."
        )
    for product in economics.products.values():
        yield " ".join(_product(product, analytes[product.variable], labels))
    for currency, rate in economics.exchange_rates.items():
        yield f"Exchange rate: {rate.value:g} {money} for 1 {currency}. {sentence(rate.source)}"
    yield from _costs(economics, labels)
    yield _cutoffs(economics, analytes)
    for given in economics.published_cutoffs:
        yield f"Published cut-off for comparison: {given.value:,.2f} {money}/t. {sentence(given.source)}"
    yield f"Overall pit slopes: {slope_words(economics.pit.slopes)}. {sentence(economics.pit.slopes.source)}"
    for domain, slopes in economics.pit.domain_slopes.items():
        yield f"Overall pit slopes in {labels.get(domain, domain)}: {slope_words(slopes)}. {sentence(slopes.source)}"
    yield from _waste(economics.pit)
    yield from _assumed(economics)


def _shell(shell):
    if not shell.ore_tonnage > 0:
        return "Pit shell: empty. Nothing pays for its own mining under these assumptions, so nothing is reported."
    return (
        f"Pit shell: {_million(shell.rock_tonnage)} of rock, of which {_million(shell.ore_tonnage)} would be processed; strip "
        f"ratio {shell.strip_ratio:.1f} t of waste to 1 t of ore; largest depth below ground {shell.depth:,.0f} m."
    )


def _million(tonnes):
    return f"{tonnes / 1e6:,.1f} Mt"


def _excluded(rows):
    if rows:
        each = "; ".join(f"{name.capitalize()} {tonnes} ({100 * share:.2g} % of the class)" for name, tonnes, share in rows)
        yield f"Excluded, because it lies outside the shell although above the cut-off: {each}."


def _product(product, analyte, labels):
    price = product.price
    unit = f"{price.currency}/{price.unit}"
    less = "" if product.discount is None else f", less {100 * product.discount.value:g} % ({_plain(product.discount.source)})"
    yield (
        f"Price of {product.label}: {price.value:,g} {unit} of {price.species}{less}; {price.basis}, {price.date}. "
        f"{sentence(price.source)}"
    )
    if product.share is not None:
        yield f"{product.label} is taken as {100 * product.share.value:g} % of {analyte.label}. {sentence(product.share.source)}"
    yield f"Recovery of {product.label}: {recovery_words(product.recovery, analyte)}. {sentence(product.recovery.source)}"
    for domain, own in product.domain_recoveries.items():
        where = labels.get(domain, domain)
        yield f"Recovery of {product.label} in {where}: {recovery_words(own, analyte)}. {sentence(own.source)}"
    yield (
        f"Of the recovered {product.label} {100 * product.payable.value:g} % is paid ({_plain(product.payable.source)}), at a "
        f"selling cost of {product.selling_cost.value:g} {unit} ({_plain(product.selling_cost.source)})."
    )


def recovery_words(recovery, analyte):
    """A `Recovery` in words, with grades in the unit of the analyte."""
    if recovery.value is not None:
        return f"{100 * recovery.value:g} %"
    if recovery.line is not None:
        start, rise = recovery.line
        low, high = (100 * limit for limit in recovery.limits)
        return f"{100 * start:g} % and {100 * rise:+g} % per {analyte.unit} {analyte.label}, from {low:g} to {high:g} %"
    pairs = zip(recovery.grades, recovery.recoveries, strict=True)
    points = ", ".join(f"{100 * share:g} % at {grade:g}" for grade, share in pairs)
    return f"{points} {analyte.unit} {analyte.label}, straight in between"


def _plain(source):
    return source.strip().rstrip(".")


def _costs(economics, labels):
    unit = f"{economics.currency}/t"
    for name, words in (
        ("processing_cost", "Processing"),
        ("general_cost", "General and administrative"),
        ("ore_mining_cost", "Mining to the plant beyond mining to the dump"),
        ("mining_cost", "Mining"),
        ("overburden_mining_cost", "Mining of overburden"),
    ):
        given = getattr(economics, name)
        if given is not None:
            yield f"{words}: {given.value:,.2f} {unit}. {sentence(given.source)}"
    for domain, given in economics.domain_mining_costs.items():
        yield f"Mining in {labels.get(domain, domain)}: {given.value:,.2f} {unit}. {sentence(given.source)}"
    if economics.depth_cost is not None:
        yield (
            f"Mining rises by {economics.depth_cost.value:g} {unit} per metre below elevation "
            f"{economics.reference_elevation:,g} m. {sentence(economics.depth_cost.source)}"
        )


def _cutoffs(economics, analytes):
    unit = f"{economics.currency}/t"
    lead = next(iter(economics.products.values()))
    analyte = analytes[lead.variable]
    each = [
        f"{words} {value:,.2f} {unit}, which {_grade_words(cutoff_grade(lead, economics, analyte, value), analyte)} alone "
        "would earn"
        for words, value in (
            ("marginal (processing, G&A and dearer mining of ore)", marginal_cutoff(economics)),
            ("break-even (with mining at the reference elevation)", breakeven_cutoff(economics, economics.reference_elevation)),
        )
    ]
    return f"Derived cut-offs in net smelter return (NSR): {'; '.join(each)}."


def _grade_words(grade, analyte):
    return f"no grade of {analyte.label}" if isnan(grade) else f"{grade:.3g} {analyte.unit} {analyte.label}"


def _waste(pit):
    yield f"Density of rock outside all domains: {pit.waste_density.value:.2f} t/m³. {sentence(pit.waste_density.source)}"
    if pit.overburden_density is not None:
        yield f"Density of overburden: {pit.overburden_density.value:.2f} t/m³. {sentence(pit.overburden_density.source)}"


def _assumed(economics):
    count = sum(source.lstrip().startswith(ASSUMED) for source in sources(economics))
    if count:
        yield (
            f"Risk: {count} of the {len(sources(economics))} economic numbers are assumed, not published or quoted; cut-off, "
            "shell and tonnes move with them."
        )


def sources(economics):
    """Texts of where the economic numbers come from, one for each number, in the order of the config."""
    found = []

    def walk(value):
        if isinstance(value, dict):
            for inner in value.values():
                walk(inner)
        elif isinstance(value, tuple):
            for inner in value:
                walk(inner)
        elif hasattr(value, "__dataclass_fields__"):
            if hasattr(value, "source"):
                found.append(value.source)
            for name in value.__dataclass_fields__:
                walk(getattr(value, name))

    walk(economics)
    return found
