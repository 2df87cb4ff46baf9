"""The tables of statistics that the report shows: before and after compositing, by group, and the correlations."""

import pandas as pd

from scandia.statistics.summary import correlations, summarise
from scandia.vocabulary import CAMPAIGN, DOMAIN, LABORATORY, LENGTH, WEIGHT


def statistics_overview(intervals, composites, analytes):
    """Statistics by domain and analyte of samples, composites, and declustered composites; the first column says which.

    Samples are weighted by length, composites by length, declustered composites by length and declustering weight. Ground
    outside the domains is described as samples only.
    """
    sampled = intervals[intervals[list(analytes)].notna().any(axis=1)]
    tables = {
        "samples": summarise(sampled, analytes, by=DOMAIN, weight=LENGTH),
        "composites": summarise(composites, analytes, by=DOMAIN, weight=LENGTH),
        "declustered": summarise(composites, analytes, by=DOMAIN, weight=[LENGTH, WEIGHT]),
    }
    return pd.concat([table.assign(support=name) for name, table in tables.items()]).pipe(_support_first)


def group_overview(intervals, composites, analytes):
    """Statistics by domain and campaign, of declustered composites, and by domain and laboratory, of samples, where known.

    Columns: grouped_by, group, and those of `summary.summarise`. A sample whose campaign or laboratory is missing stands in a
    group without a name.
    """
    sampled = intervals[intervals[list(analytes)].notna().any(axis=1)]
    sources = [(CAMPAIGN, composites, [LENGTH, WEIGHT]), (LABORATORY, sampled, LENGTH)]
    tables = []
    for name, frame, weight in sources:
        if name in frame and frame[name].notna().any():
            table = summarise(frame, analytes, by=[DOMAIN, name], weight=weight).rename(columns={name: "group"})
            tables.append(table.assign(grouped_by=name))
    columns = ["grouped_by", "group", DOMAIN]
    if not tables:
        return summarise(composites.iloc[:0].assign(group=""), analytes, by=[DOMAIN, "group"]).reindex(
            columns=[*columns, "analyte"]
        )
    table = pd.concat(tables, ignore_index=True)
    return table[[*columns, *(name for name in table if name not in columns)]]


def correlation_overview(composites, analytes):
    """Pearson and Spearman correlations of the composites by domain, weighted by length and declustering."""
    return correlations(composites, analytes, by=DOMAIN, weight=[LENGTH, WEIGHT])


def _support_first(table):
    return table[["support", *(name for name in table.columns if name != "support")]].reset_index(drop=True)
