"""The statement of a run, put together from its config and its tables."""

from math import fsum

import numpy as np
import pandas as pd

from scandia.qaqc.gate import held_words, quality_words
from scandia.resource.classify_rules import CODES
from scandia.resource.economic_notes import ShellFacts
from scandia.resource.efficiency import negative_efficiency
from scandia.resource.footnotes import Facts, excluded_title, footnotes, statement_title
from scandia.resource.plausible import plausible_limits
from scandia.resource.prices import marginal_cutoff
from scandia.resource.statement import CLASSES, NOTHING, statement
from scandia.resource.tonnage import INSIDE, OUTSIDE
from scandia.validation.inventory import reaches
from scandia.validation.means import ALL
from scandia.validation.verdicts import FAIL, WARN
from scandia.vocabulary import NSR, PIT, SHELL

MOST_RESULTS = 4  # of one check that a footnote names; the table has them all
SIMPLE = ("Measured", "Indicated", "Inferred")  # a sum of classes would count tonnes twice


def publish(
    config, *, tonnage, parts, composites, holes, density, verdicts, shells=None, verdict=None, batches=None, failed_samples=None
):
    """`Statement` with title and footnotes, and the `Statement` of what the pit shell excludes, None without a pit.

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
    shells : DataFrame, optional
        From `pit.shell_table`, where the config has economics.
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
        shell=None if shells is None else shell_facts(shells, tonnage, parts, model),
        inefficient=tuple(
            negative_efficiency(parts, model.reporting.main_variable, model.reporting.base_cutoff, lead=model.reporting.variable)
        ),
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
        economics=model.economics,
    )
    words = {"synthetic": config.synthetic is not None, "constrained": model.economics is not None}
    title = statement_title(config.title, model.reporting, **words)
    given = {
        "limits": plausible_limits(parts, composites, variables),
        "analytes": config.analytes,
        "labels": {name: domain.label for name, domain in model.domains.domains.items()},
        "nsr_unit": "" if model.economics is None else f"{model.economics.currency}/t",
    }
    stated = statement(tonnage, model.reporting, title=title, notes=notes, shell=INSIDE, **given)
    if model.economics is None:
        return stated, None
    title = excluded_title(config.title, model.reporting, synthetic=words["synthetic"])
    return stated, statement(tonnage, model.reporting, title=title, shell=OUTSIDE, **given)


def shell_facts(shells, tonnage, parts, model):
    """`ShellFacts` of the shell at revenue factor 1 and of what lies outside it at or above the cut-off."""
    cutoff = model.reporting.base_cutoff
    row = shells[shells["factor"] == 1.0].iloc[0]
    totals = tonnage[(tonnage["cutoff"] == cutoff) & (tonnage["domain"] == ALL) & tonnage["class"].isin(CLASSES)]
    excluded = []
    for name, own in totals.groupby("class", sort=False):
        outside, whole = fsum(own.loc[own[SHELL] == OUTSIDE, "tonnage"]), fsum(own["tonnage"])
        if outside > 0:
            excluded.append((name, outside, outside / whole))
    numbers = {name: float(row[name]) for name in ("rock_tonnage", "ore_tonnage", "strip_ratio", "depth", "unsurveyed")}
    return ShellFacts(**numbers, excluded=tuple(excluded), losing=_losing(parts, model))


def _losing(parts, model):
    """Share of the stated tonnes whose net smelter return is below the marginal cut-off."""
    codes = [int(CODES[name]) for name in CLASSES]
    lead, tonnage = parts[model.reporting.variable].values, parts["tonnage"].values
    stated = np.isin(parts["class"].values, codes) & (parts[PIT].values == 1) & (parts["fraction"].values > 0)
    stated &= reaches(lead, model.reporting.base_cutoff)
    low = stated & (parts[NSR].values < marginal_cutoff(model.economics))
    total = fsum(tonnage[stated])
    return fsum(tonnage[low]) / total if total > 0 else 0.0


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


def table_mark(result, mark):
    """First line of a table that stands alone: that the deposit is simulated, where it is, and the title of the table."""
    return f"{mark}. {result.title}" if mark else result.title


def statement_sheets(result, excluded):
    """Sheets of a workbook, dict of name to DataFrame: the statement rounded and unrounded, its footnotes, what is excluded."""
    sheets = {
        "Statement": _numbers(result),
        "Unrounded": result.unrounded,
        "Footnotes": pd.DataFrame({"no": range(1, len(result.notes) + 1), "footnote": result.notes}),
    }
    return sheets if excluded is None else sheets | {"Outside the shell": _numbers(excluded)}


def _numbers(result):
    """The printed table with its rounded numbers as numbers, so that a sheet can calculate with them."""
    table = result.printed.copy()
    for heading, name in zip(table.columns[2:], result.rounded.columns[2:], strict=True):
        table[heading] = [None if value is None else float(value) for value in result.rounded[name]]
    return table


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
