"""JORC Table 1, sections 1 to 3, answered from the run and by persons named in the config; if not, why not."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from scandia.drillholes.findings import count_words
from scandia.report.phrases import look_up, phrase
from scandia.vocabulary import METHODS

_SECTIONS = yaml.safe_load(Path(__file__).with_name("table1.yaml").read_text(encoding="utf-8"))
KEYS = tuple(criterion["key"] for section in _SECTIONS for criterion in section["criteria"])
RUN = "the run"
NOBODY = "not answered"


@dataclass(frozen=True)
class Criterion:
    """A row of the table: its title, what it asks for, the answers as (text, who), and the chapter that holds the evidence."""

    key: str
    title: str
    asks: str
    answers: tuple[tuple[str, str], ...]
    chapter: str


def table_1(config, tables):
    """Title and criteria of each section, list of (str, tuple of Criterion).

    A criterion has what the run knows, then what a person adds (``table1`` of the config); with neither it says why not.

    Parameters
    ----------
    config : dict
        The resolved config, with the words of `contents.with_words`.
    tables : dict of str to DataFrame
        File below the results to table.
    """
    given = config.get("table1") or {}
    sections = []
    for section in _SECTIONS:
        criteria = []
        for criterion in section["criteria"]:
            key = criterion["key"]
            told = " ".join(filter(None, WRITERS[key](config, tables))) if key in WRITERS else ""
            answers = [(told, RUN)] if told else []
            answers += [(given[key]["text"], given[key]["who"])] if key in given else []
            answers = answers or [(f"Not answered: {criterion['why_not']}.", NOBODY)]
            criteria.append(Criterion(key, criterion["title"], criterion["asks"], tuple(answers), criterion["chapter"]))
        sections.append((section["section"], tuple(criteria)))
    return sections


def _sampling(config, tables):
    rows = tables.get("rows.csv")
    if look_up(config, "drillholes.located") is not None:
        yield phrase("The {drillholes.located.kind} came with their places; how they were sampled is not in the tables.", config)
    elif rows is not None and "table" in rows:
        assays = rows[rows["table"].astype(str).str.startswith("assay")]
        if len(assays):
            yield f"{int(assays['rows_used'].sum()):,} assay rows are used. The sampling itself is not in the tables."


def _logging(config, tables):
    if look_up(config, "drillholes.lithology") is not None:
        yield "Logged lithology codes are read and checked for gaps, overlaps and unknown writings; domains rest on them."


def _assay_quality(config, tables):
    verdict, qaqc = tables.get("qaqc/verdict.csv"), config.get("qaqc")
    if qaqc is None:
        return
    yield phrase(
        "Standards, blanks and duplicates are judged batch by batch. On a failure: {qaqc.on_failure}.",
        config,
    )
    if verdict is not None and {"verdict"} <= set(verdict):
        counted = verdict["verdict"].iloc[:-1].value_counts().sort_index()
        yield "Verdicts: " + ", ".join(f"{count} {name}" for name, count in counted.items()) + "."


def _verification(config, tables):
    corrections = tables.get("corrections.csv")
    if corrections is not None:
        yield f"{len(corrections)} corrections were applied to the raw tables, each with reason and name."
    checks = tables.get("published/checks.csv")
    if checks is not None and "verdict" in checks:
        counted = checks["verdict"].value_counts().sort_index()
        yield "Published numbers recomputed: " + ", ".join(f"{count} {name}" for name, count in counted.items()) + "."
    converted = [analyte["label"] for analyte in config.get("analytes", {}).values() if analyte.get("column_species")]
    if converted:
        yield f"Elements became oxides by standard atomic masses ({len(converted)} analytes)."


def _location(config, tables):
    yield phrase("Coordinates in {crs}; mine grid with +y towards {mine_grid.azimuth:g}° from grid north.", config)
    holes = tables.get("drillholes/holes.csv")
    if holes is not None and "records" in holes:
        single = int((holes["records"] <= 1).sum())
        yield f"{len(holes)} holes; {single} with one survey record or none. The instruments are not in the tables."
    if look_up(config, "model.topography") is None and config.get("model"):
        yield "No ground surface was given."


def _spacing(config, tables):
    classification = look_up(config, "model.classification.reason")
    if config.get("model"):
        yield phrase("Samples were composited to {model.composites.length:g} m.", config)
        yield f"Reason for the limits of the classes: {classification}" if classification else ""


def _holes(config, tables):
    holes = tables.get("drillholes/holes.csv")
    if holes is not None and "depth" in holes:
        yield f"{len(holes)} holes, {holes['depth'].sum():,.0f} m, each with collar, direction and depth."
    intercepts = tables.get("drillholes/intercepts_printed.csv")
    if intercepts is not None:
        yield f"{len(intercepts)} rows of significant intercepts."


def _aggregation(config, tables):
    rules = config.get("intercepts")
    if rules:
        yield phrase(
            "Intercepts weighted by {intercepts.weighting}, cut-off {intercepts.cutoff:g}, at most "
            "{intercepts.maximum_dilution:g} m of internal dilution, at least {intercepts.minimum_length:g} m; no equivalents.",
            config,
        )


def _widths(config, tables):
    kind = look_up(config, "intercepts.true_width")
    if kind and kind != "none":
        yield f"True widths are those across a plane (intercepts.true_width: {kind})."


def _diagrams(config, tables):
    yield "Plan with north arrow and scale under drilling" + (
        "; sections, level and 3-D view under block model." if config.get("model") else "."
    )


def _balanced(config, tables):
    if config.get("model"):
        yield "Statistics, histograms and swaths cover all composites of a domain, low and high."


def _database(config, tables):
    findings = tables.get("findings.csv")
    if findings is not None and "severity" in findings:
        yield f"Every table is checked before use; findings: {count_words(findings) if len(findings) else 'none'}."
    yield "Rows in = rows used + rows excluded, with the reason; hashes of all inputs stand in manifest.json."


def _interpretation(config, tables):
    if config.get("model"):
        yield "Domains follow logged codes, rules of grade or solids by priority; how sure the volumes are stands under geology."


def _dimensions(config, tables):
    if config.get("model"):
        size, count = look_up(config, "model.grid.size"), look_up(config, "model.grid.count")
        extent = " × ".join(f"{length * number:,.0f}" for length, number in zip(size, count, strict=True))
        yield f"The block grid spans {extent} m along x, y, z of the mine grid."


def _estimation(config, tables):
    if not config.get("model"):
        return
    method = METHODS[look_up(config, "model.estimation.estimator.method") or "ordinary"]
    caps = look_up(config, "model.statistics.caps") or {}
    yield phrase(
        f"{method[0].upper()}{method[1:]} of {{model.estimation.variables}}; blocks of {{model.grid.size}} m, "
        "{model.estimation.discretisation} points each.",
        config,
    )
    yield f"Caps: {sum(map(len, caps.values()))}." if caps else "No grade is capped."
    yield "Nearest neighbour, inverse distance, swaths and cross-validation check the estimate; software: scandia."


def _moisture(config, tables):
    if config.get("model"):
        yield "Tonnages are dry: the densities are taken as dry bulk densities."


def _cutoff(config, tables):
    if config.get("model"):
        yield phrase(
            "{words.cutoff} ≥ {model.reporting.base_cutoff:g} {words.cutoff_unit}. {model.reporting.cutoff_basis}", config
        )


def _mining(config, tables):
    if look_up(config, "model.economics.pit") is not None:
        yield phrase(
            "An ultimate pit shell bounds what is reported; mining costs {model.economics.mining_cost.value:g} "
            "{model.economics.currency}/t. Slopes and all other assumptions stand with their sources in the settings.",
            config,
        )


def _metallurgy(config, tables):
    for product in (look_up(config, "model.economics.products") or {}).values():
        recovery = product["recovery"]
        amount = f"{100 * recovery['value']:g} %" if recovery.get("value") is not None else "by grade"
        yield f"{product['label']}: recovery {amount} ({recovery['source']})."


def _density(config, tables):
    density = tables.get("domains/density.csv")
    if density is not None and config.get("model"):
        yield phrase(
            "Mean of the measurements of each domain; an assigned value below {model.density.minimum_measurements} of them.",
            config,
        )


def _classification(config, tables):
    if config.get("model"):
        yield phrase("{model.classification.reason} Rules stand under classification.", config)


def _accuracy(config, tables):
    scores = tables.get("validation/scores.csv")
    if scores is not None:
        yield "Cross-validation, global bias and swaths stand under validation; the kriging variance is that of each block alone."
    if config.get("synthetic") and config.get("model"):
        yield "The deposit is simulated, so the errors are known: they stand under comparison with the known truth."


WRITERS = {
    "sampling_techniques": _sampling,
    "logging": _logging,
    "assay_quality": _assay_quality,
    "verification_of_sampling": _verification,
    "location_of_data": _location,
    "data_spacing": _spacing,
    "hole_information": _holes,
    "data_aggregation": _aggregation,
    "widths": _widths,
    "diagrams": _diagrams,
    "balanced_reporting": _balanced,
    "database_integrity": _database,
    "interpretation": _interpretation,
    "dimensions": _dimensions,
    "estimation": _estimation,
    "moisture": _moisture,
    "cutoff": _cutoff,
    "mining": _mining,
    "metallurgy": _metallurgy,
    "bulk_density": _density,
    "classification": _classification,
    "accuracy": _accuracy,
}
