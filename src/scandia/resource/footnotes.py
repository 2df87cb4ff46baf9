"""Title and footnotes of the statement, every sentence made from the typed config and the facts of the run."""

from dataclasses import dataclass

from scandia.resource.classify_words import rule_words
from scandia.resource.economic_notes import UNTESTED, ShellFacts, economic_notes
from scandia.resource.lead import lead_words
from scandia.resource.method_notes import method_notes, sentence, times
from scandia.vocabulary import SYNTHETIC

RESIDUALS = {
    "keep": "kept as they are",
    "merge": "merged into the composite before",
    "distribute": "avoided by making all composites of a run equally long",
    "drop": "dropped",
}
EXCLUDED = "outside the pit shell, NOT reported"
UNSAMPLED = {"missing": "is missing, not zero", "zero": "counts as zero grade"}


@dataclass(frozen=True)
class Facts:
    """What only the run knows: the drilling and the part of it behind the estimate, densities, and the verdicts."""

    holes: int
    metres: float
    informing: int  # holes that hold the composites of the estimated domains
    composites: int
    densities: dict[str, tuple[float, str]]  # domain to density and its basis
    quality: str | None = None  # verdict on the assay quality control; None without control samples
    held: str | None = None  # what became of the core samples of failed batches; None where there are none
    failed: str | None = None  # which checks of the model failed; None where none did
    warned: str | None = None  # which warn
    shell: ShellFacts | None = None  # the pit shell; None without economics
    inefficient: tuple = ()  # class, domain, tonnes and share of the stated parts with a negative kriging efficiency


def statement_title(deposit, reporting, *, synthetic, constrained=False):
    """Title of the statement: what the table is (inside a pit shell or not, a draft without a Qualified Person)."""
    kind = (
        "Mineral Resource statement inside a pit shell" if constrained else "Mineral inventory above cut-off (no RPEEE test yet)"
    )
    if reporting.qualified_person is None:
        kind = f"Draft {kind}" if constrained else f"Draft {kind[0].lower()}{kind[1:]}"
    return f"{_marked(deposit, synthetic)}: {kind}, effective {reporting.effective_date}"


def excluded_title(deposit, reporting, *, synthetic):
    """Title of the table of what a pit shell leaves out: never a resource, and a draft without a Qualified Person."""
    draft = "" if reporting.qualified_person is not None else "Draft, "
    return f"{_marked(deposit, synthetic)}: {draft}{EXCLUDED}, effective {reporting.effective_date}"


def _marked(deposit, synthetic):
    return f"{SYNTHETIC}: {deposit}" if synthetic and SYNTHETIC not in deposit else deposit


def footnotes(
    reporting, *, facts, synthetic, analytes, domains, compositing, statistics, grid, density, estimation, classification,
    economics=None,
):  # fmt: skip
    """Footnotes as a list of sentences, in the order of the statement.

    Parameters
    ----------
    reporting, analytes, domains, compositing, statistics, grid, density, estimation, classification
        The sections of the config of these names: Reporting, dict of Analyte, Domains, Compositing, Statistics, GridSettings,
        DensitySettings, Estimation, Classification.
    facts : Facts
        What only the run knows.
    synthetic : Synthetic or None
        How the tables were simulated; None for real data.
    economics : Economics, optional
        Prices, costs and the pit, whose shell ``facts`` describe.
    """
    labels = {name: domain.label for name, domain in domains.domains.items()}
    return [
        *_synthetic(synthetic),
        *_standing(reporting, economics),
        _cutoff(reporting, analytes, economics),
        *([] if economics is None else economic_notes(economics, analytes, facts.shell, labels)),
        f"Drilling: {facts.holes} holes and {facts.metres:,.0f} m; {facts.informing} of the holes hold the {facts.composites:,} "
        "composites of the estimated domains.",
        *_quality(facts.quality, facts.held),
        _compositing(compositing),
        *_capping(statistics, analytes, labels),
        *_density(facts.densities, density, analytes, labels),
        _blocks(grid, domains),
        *method_notes(estimation, analytes, labels),
        *_validation(facts.failed, facts.warned),
        *_efficiency(facts.inefficient, reporting, analytes, labels),
        *_classes(classification, estimation.variables[0], analytes),
        totals_law(reporting.tonnage_digits),
        *_density_risks(facts.densities, labels),
        *(f"Risk: {sentence(risk)}" for risk in reporting.risks),
    ]


def totals_law(digits):
    """Law of rounding and totals of `statement`, in the words of a footnote."""
    return (
        "Tonnes and contained metal are computed from unrounded numbers. The rows of Measured and Indicated are rounded to the "
        f"place of the last of {digits} significant figures of their sum, those of Inferred to that of its total; totals are the "
        "sums of these rounded rows, so that every column adds. Grades, of totals too, come from unrounded numbers, so tonnes "
        "times grade may differ from contained metal in the last figures."
    )


def _synthetic(synthetic):
    if synthetic is not None:
        yield (
            f"{SYNTHETIC}: the tables were simulated (generator {synthetic.generator}, seed {synthetic.seed}). "
            "This is a demonstration; it says nothing about any real deposit."
        )


def _standing(reporting, economics):
    if reporting.qualified_person is None:
        yield "DRAFT: no Qualified Person is named in the config, and nobody has taken responsibility for these numbers."
    else:
        yield f"The config names as Qualified Person: {reporting.qualified_person}."
    yield "Software does not make a statement compliant with NI 43-101 or any other code: that takes a Qualified Person."
    yield f"Effective date: {reporting.effective_date}."
    if economics is None:
        yield UNTESTED
    yield (
        "Classes use the words of the CIM Definition Standards for Mineral Resources and Mineral Reserves (2014), and the work "
        "is laid out after the CIM Estimation of Mineral Resources and Mineral Reserves Best Practice Guidelines (2019); whether "
        "the classes deserve their names is for a Qualified Person to judge."
    )
    yield "These are not Mineral Reserves and have no demonstrated economic viability. Inferred is added to no other class."


def _cutoff(reporting, analytes, economics):
    label, unit = lead_words(reporting.variable, analytes, economics)
    cutoff = f"{reporting.base_cutoff:g} {unit} {label}"
    return f"Cut-off: {cutoff}, applied to each block's part in a domain. Basis: {sentence(reporting.cutoff_basis)}"


def _quality(verdict, held):
    if verdict is None:
        yield "Assay quality control: no control samples were given, so the quality of the assays is not known."
    else:
        yield f"Assay quality control: {verdict}."
    if held is not None:
        yield f"Failed batches: {held}."


def _validation(failed, warned):
    if failed is not None:
        yield f"The model FAILS checks of its own validation: {failed}. See validation/verdicts.csv before any number is used."
    if warned is not None:
        yield f"Checks of the model that warn: {warned}. See validation/verdicts.csv."


def _efficiency(inefficient, reporting, analytes, labels):
    """What part of the stated tonnes has an estimate that is less certain than the mean of its domain would be."""
    if inefficient:
        each = "; ".join(
            f"{tonnes / 1000:,.0f} kt of {name.capitalize()} in {labels.get(domain, domain)} ({100 * share:.0f} % of it)"
            for name, domain, tonnes, share in inefficient
        )
        yield (
            f"Above the cut-off the kriging efficiency of {analytes[reporting.main_variable].label} is negative in {each}: there "
            "the kriging variance is larger than the variance of the blocks themselves, so the samples in reach support the "
            "local grade no better than the mean of the domain would."
        )


def _compositing(compositing):
    share, coverage = 100 * compositing.minimum_share, 100 * compositing.minimum_coverage
    return (
        f"Composites of {compositing.length:g} m, broken at domain contacts; pieces below {share:g} % of that are "
        f"{RESIDUALS[compositing.residual]}; drilled length without assay {UNSAMPLED[compositing.unsampled]}; composites assayed "
        f"over less than {coverage:g} % of their length have no grade."
    )


def _capping(statistics, analytes, labels):
    if not any(statistics.caps.values()):
        yield "Capping: no cap."
    for domain, caps in statistics.caps.items():
        for variable, cap in caps.items():
            analyte = analytes[variable]
            value = f"{analyte.label} in {labels.get(domain, domain)} at {cap.value:g} {analyte.unit}"
            yield f"Capping: {value}, decided by {cap.who}: {sentence(cap.reason)}"


def _density_risks(densities, labels):
    """A line for each density that nobody measured."""
    for name, (value, basis) in densities.items():
        if basis.startswith("assigned"):
            yield (
                f"Risk: the density of {labels.get(name, name)}, {value:.2f} t/m³, is assumed, not measured; its tonnes "
                "rise and fall with it."
            )


def _density(densities, density, analytes, labels):
    each = ", ".join(f"{labels.get(name, name)} {value:.2f} t/m³ ({basis})" for name, (value, basis) in densities.items())
    how = {
        "mean": f"mean of the domain's measurements, or assigned where there are fewer than {density.minimum_measurements}",
        "assigned": "assigned by domain",
    }
    yield f"Density: {how[density.method]}: {each}."
    if density.regression is not None and density.regression.apply:
        analyte = analytes[density.regression.analyte]
        yield (
            f"Estimated blocks take their density from its regression on {analyte.label} in domains with at least "
            f"{density.regression.minimum_pairs} pairs, within the range of grades of its fit; the others from the above."
        )


def _blocks(grid, domains):
    size, points = times(grid.size), times(domains.subcells)
    return f"Blocks of {size} m in mine-grid x, y, z; volume fractions per domain from {points} points a block."


def _classes(classification, variable, analytes):
    rules = "; ".join(rule_words(rule) for rule in classification.rules)
    label = analytes[variable].label
    yield f"Classification by the estimate of {label}, first rule that holds: {rules}; else unclassified and not reported."
    for domain, own in classification.domains.items():
        yield f"In {domain} instead: {'; '.join(rule_words(rule) for rule in own)}."
    yield f"Reason for these limits: {sentence(classification.reason)}"
    yield from _decided(classification)


def _decided(classification):
    """Who and what moved classes after the rules."""
    if classification.untrusted is not None:
        names = " and ".join(classification.untrusted.classes)
        yield f"Holes that do not count for {names}: {sentence(classification.untrusted.reason)}"
    if classification.smoothing is not None:
        least, why = classification.smoothing.minimum_blocks, sentence(classification.smoothing.reason)
        yield f"Groups of fewer than {least} blocks of one class took the class around them: {why}"
    for one in classification.overrides:
        yield f"Class {one.resource_class} given by {one.who} on {one.date}: {sentence(one.reason)}"
