"""The statement of a run, put together from its config and its tables."""

from scandia.resource.footnotes import Facts, footnotes, statement_title
from scandia.resource.plausible import plausible_limits
from scandia.resource.statement import NOTHING, statement

SIMPLE = ("Measured", "Indicated", "Inferred")  # a sum of classes would count tonnes twice


def publish(config, *, tonnage, parts, composites, holes, density, batches=None):
    """`Statement` with title and footnotes.

    Parameters
    ----------
    config : Config
        The whole typed config: the footnotes speak of every section.
    tonnage : DataFrame
        From `tonnage.grade_tonnage`, with the base cut-off.
    parts : Dataset
        Classified parts; their volume and density bound what can be stated.
    composites, holes, density, batches : DataFrame
        Composites, holes with their depth, densities by domain, verdicts of the quality control (None without it).
    """
    model = config.model
    variables = [product.variable for product in model.reporting.products]
    used = holes[holes["hole"].isin(composites["hole"].unique())]
    facts = Facts(
        holes=len(used),
        metres=float(used["depth"].sum()),
        composites=len(composites),
        densities={row["domain"]: (row["used"], row["basis"]) for _, row in density.iterrows()},
        quality=quality_words(batches),
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


def quality_words(batches):
    """The verdict of the quality control in words, or None without control samples."""
    if batches is None:
        return None
    failed = sorted(batches.loc[batches["verdict"] == "fail", "batch"].unique())
    if not failed:
        return f"all {len(batches)} batches passed"
    return f"{len(failed)} of {len(batches)} batches failed ({', '.join(failed)}); their assays are used all the same"


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
