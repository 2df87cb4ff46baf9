"""The statement of a run, put together from its config and its tables."""

from scandia.qaqc.gate import held_words, quality_words
from scandia.resource.efficiency import negative_efficiency
from scandia.resource.footnotes import Facts, footnotes, statement_title
from scandia.resource.plausible import plausible_limits
from scandia.resource.statement import NOTHING, statement
from scandia.validation.verdicts import FAIL, WARN

MOST_RESULTS = 4  # of one check that a footnote names; the table has them all
SIMPLE = ("Measured", "Indicated", "Inferred")  # a sum of classes would count tonnes twice


def publish(config, *, tonnage, parts, composites, holes, density, verdicts, verdict=None, batches=None, failed_samples=None):
    """`Statement` with title and footnotes.

    Parameters
    ----------
    config : Config
        The whole typed config: the footnotes speak of every section.
    tonnage : DataFrame
        From `tonnage.grade_tonnage`, with the base cut-off.
    parts : Dataset
        Classified parts; their volume and density bound what can be stated.
    composites, holes, density, verdicts : DataFrame
        Composites, holes with their depth, densities by domain, verdicts on the checks of the model.
    verdict, batches, failed_samples : DataFrame, optional
        Verdicts of the quality control, and the core samples of failed batches, where there is one.
    """
    model = config.model
    variables = [product.variable for product in model.reporting.products]
    estimated = [name for name, domain in model.domains.domains.items() if domain.estimate]
    inside = composites[composites["domain"].isin(estimated)]
    facts = Facts(
        holes=len(holes),
        metres=float(holes["depth"].sum()),
        informing=inside["hole"].nunique(),
        composites=len(inside),
        densities={row["domain"]: (row["used"], row["basis"]) for _, row in density.iterrows()},
        quality=None if verdict is None else quality_words(verdict, batches),
        held=None if failed_samples is None else held_words(failed_samples, config.qaqc),
        failed=failure_words(verdicts, config),
        warned=warning_words(verdicts),
        inefficient=tuple(negative_efficiency(parts, model.reporting.variable, model.reporting.base_cutoff)),
    )
    notes = footnotes(
        model.reporting,
        facts=facts,
        synthetic=config.synthetic,
        analytes=config.analytes,
        domains=model.domains,
        compositing=model.composites,
        statistics=model.statistics,
        grid=model.grid,
        density=model.density,
        estimation=model.estimation,
        classification=model.classification,
    )
    return statement(
        tonnage,
        model.reporting,
        limits=plausible_limits(parts, composites, variables),
        analytes=config.analytes,
        title=statement_title(config.title, model.reporting, synthetic=config.synthetic is not None),
        labels={name: domain.label for name, domain in model.domains.domains.items()},
        notes=notes,
    )


def warning_words(table):
    """Checks of the model that warn, each once with how often it does, in words; None where there are none."""
    counted = table.loc[table["verdict"] == WARN, "check"].value_counts(sort=False)
    return ", ".join(f"{check} ({count})" for check, count in counted.items()) or None


def failure_words(table, config):
    """Checks of the model that failed, each once with its results, in words; None where there are none."""
    labels = {name: domain.label for name, domain in config.model.domains.domains.items()}
    told = table[table["verdict"] == FAIL]
    words = []
    for check, rows in told.groupby("check", sort=False):
        each = [
            f"{config.analytes[row['variable']].label} in {labels.get(row['domain'], 'all domains')} {row['words']}"
            for row in rows.to_dict("records")
        ]
        more = [f"and {len(each) - MOST_RESULTS} more"] if len(each) > MOST_RESULTS else []
        words.append(f"{check} ({', '.join(each[:MOST_RESULTS] + more)})")
    return "; ".join(words) or None


def footnote_text(result):
    """Title of a statement, an empty line, and its footnotes, one a line."""
    return "\n".join([result.title, "", *result.notes]) + "\n"


def conclude(result):
    """One sentence with the totals of a statement, for the end of a run."""
    totals = result.printed[result.printed["Domain"] == "Total"]
    tonnes, grade = result.printed.columns[2:4]
    words = [
        f"{row['Class']} {row[tonnes]} {_unit(tonnes)} at {row[grade]} {_unit(grade)} {grade.split(' (')[0]}"
        for _, row in totals.iterrows()
        if row[tonnes] != NOTHING and row["Class"] in SIMPLE
    ]
    return f"{result.title}: {'; '.join(words) or 'nothing lies above the cut-off'}.\n"


def _unit(heading):
    return heading.rsplit("(", 1)[1].rstrip(")")
