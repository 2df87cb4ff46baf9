"""The statement of a run, put together from its config and its tables."""

from dataclasses import replace
from math import fsum

import numpy as np
import pandas as pd

from scandia.blockmodel.slabs import slabs
from scandia.blockmodel.volumes import used_volumes
from scandia.composites.length import short_composites
from scandia.exact import exact_sum, merge, ratio
from scandia.qaqc.gate import held_words, quality_words
from scandia.resource.classify_rules import CODES
from scandia.resource.economic_notes import ShellFacts
from scandia.resource.efficiency import negative_efficiency
from scandia.resource.footnotes import Facts, excluded_title, footnotes, statement_title
from scandia.resource.plausible import plausible_limits
from scandia.resource.prices import marginal_cutoff
from scandia.resource.sides import INSIDE, OUTSIDE
from scandia.resource.statement import CLASSES, NOTHING, statement
from scandia.validation.inventory import reaches
from scandia.validation.means import ALL
from scandia.validation.verdicts import FAIL, WARN
from scandia.vocabulary import NSR, PIT, SHELL

MOST_RESULTS = 4  # of one check that a footnote names; the table has them all
SIMPLE = ("Measured", "Indicated", "Inferred")  # a sum of classes would count tonnes twice


def publish(config, *, tonnage, parts, composites, shells=None, **tables):
    """`Statement` with title and footnotes, and the `Statement` of what the pit shell excludes, None without a pit.

    Parameters
    ----------
    config : Config
        The whole typed config: the footnotes speak of every section.
    tonnage : DataFrame
        From `tonnage.grade_tonnage`, with the base cut-off.
    parts : Dataset
        Classified parts; their volume and density bound what can be stated.
    composites : DataFrame
    shells : DataFrame, optional
        From `pit.shell_table`, where the config has economics.
    **tables
        What the footnotes tell of, see `collect_facts`.
    """
    model = config.model
    given = {
        "limits": plausible_limits(parts, composites, [product.variable for product in model.reporting.products]),
        "analytes": config.analytes,
        "labels": {name: domain.label for name, domain in model.domains.domains.items()},
        "nsr_unit": "" if model.economics is None else f"{model.economics.currency}/t",
    }
    excluded = None
    if model.economics is not None:
        title = excluded_title(config.title, model.reporting, synthetic=config.synthetic is not None)
        excluded = statement(tonnage, model.reporting, title=title, shell=OUTSIDE, **given)
    facts = collect_facts(config, parts, composites, **tables)
    if shells is not None:
        facts = replace(facts, shell=shell_facts(shells, tonnage, parts, model, excluded))
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
    return statement(tonnage, model.reporting, title=title, notes=notes, shell=INSIDE, **given), excluded


def collect_facts(
    config, parts, composites, *, holes, density, subcells, verdicts, verdict=None, batches=None, failed_samples=None
):
    """`Facts` for the footnotes, but for the shell.

    Parameters
    ----------
    config : Config
    parts : Dataset
    composites, holes, density, subcells, verdicts : DataFrame
        Composites, holes with their depth, densities by domain, volumes by the count of sub-cells, verdicts on the model.
    verdict, batches, failed_samples : DataFrame, optional
        Verdicts of the quality control, and the core samples of failed batches, where there is one.
    """
    model = config.model
    estimated = [name for name, domain in model.domains.domains.items() if domain.estimate]
    inside = composites[composites["domain"].isin(estimated)]
    return Facts(
        holes=len(holes),
        metres=float(holes["depth"].sum()),
        informing=inside["hole"].nunique(),
        composites=len(inside),
        short=int(short_composites(inside["length"], model.composites).sum()),
        shortest=float(inside["length"].min()),
        densities={row["domain"]: (row["used"], row["basis"]) for _, row in density.iterrows()},
        quality=None if verdict is None else quality_words(verdict, batches),
        held=None if failed_samples is None else held_words(failed_samples, config.qaqc),
        failed=failure_words(verdicts, config),
        warned=warning_words(verdicts),
        volumes=used_volumes(subcells),
        inefficient=tuple(
            negative_efficiency(parts, model.reporting.main_variable, model.reporting.base_cutoff, lead=model.reporting.variable)
        ),
    )


def shell_facts(shells, tonnage, parts, model, beside):
    """`ShellFacts` of the shell at revenue factor 1 and of what lies outside it at or above the cut-off.

    ``beside`` is the `Statement` of that; its tonnes are said as it prints them, so that one quantity has one value.
    """
    cutoff = model.reporting.base_cutoff
    row = shells[shells["factor"] == 1.0].iloc[0]
    totals, printed = (
        tonnage[(tonnage["cutoff"] == cutoff) & (tonnage["domain"] == ALL) & tonnage["class"].isin(CLASSES)],
        _printed_totals(beside),
    )
    excluded = []
    for name, own in totals.groupby("class", sort=False):
        outside, whole = fsum(own.loc[own[SHELL] == OUTSIDE, "tonnage"]), fsum(own["tonnage"])
        if outside > 0:
            excluded.append((name, printed[name], outside / whole))
    wanted = ("rock_tonnage", "ore_tonnage", "strip_ratio", "depth", "unsurveyed", "steep_ground")
    numbers = {name: float(row[name]) for name in wanted}
    return ShellFacts(**numbers, excluded=tuple(excluded), losing=_losing(parts, model))


def _printed_totals(result):
    """Class to the tonnes of its total as a `Statement` prints them, with their unit."""
    rows = result.printed[result.printed["Domain"] == "Total"]
    tonnes = rows.columns[2]
    return {name.lower(): f"{value} {_unit(tonnes)}" for name, value in zip(rows["Class"], rows[tonnes], strict=True)}


def _losing(parts, model):
    """Share of the stated tonnes whose net smelter return is below the marginal cut-off."""
    codes, sums = [int(CODES[name]) for name in CLASSES], {}
    for slab in slabs(parts, ["class", PIT, "fraction", "tonnage", NSR, model.reporting.variable]):
        stated = np.isin(slab["class"].values, codes) & (slab[PIT].values == 1) & (slab["fraction"].values > 0)
        stated &= reaches(slab[model.reporting.variable].values, model.reporting.base_cutoff)
        low = stated & (slab[NSR].values < marginal_cutoff(model.economics))
        merge(sums, {key: exact_sum(slab["tonnage"].values[where]) for key, where in (("low", low), ("stated", stated))})
    return ratio(sums, "low", "stated") if float(sums["stated"]) > 0 else 0.0


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
            f"{config.analytes[row['variable']].label} in {labels.get(row['domain'], 'all domains')}{_case(row)}: {row['words']}"
            for row in rows.to_dict("records")
        ]
        more = [f"and {len(each) - MOST_RESULTS} more"] if len(each) > MOST_RESULTS else []
        words.append(f"{check} ({'; '.join(each[:MOST_RESULTS] + more)})")
    return "; ".join(words) or None


def _case(row):
    """What of the check a row is about, such as the axis of a swath, after a comma; empty where the check has no cases."""
    return f", {row['case']}" if isinstance(row["case"], str) and row["case"] else ""


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
