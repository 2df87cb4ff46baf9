"""The two tables of statistics that the report shows: before and after compositing, and the correlations."""

import pandas as pd

from scandia.statistics.summary import correlations, summarise
from scandia.vocabulary import DOMAIN, LENGTH, WEIGHT


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


def correlation_overview(composites, analytes):
    """Pearson and Spearman correlations of the composites by domain, weighted by length and declustering."""
    return correlations(composites, analytes, by=DOMAIN, weight=[LENGTH, WEIGHT])


def _support_first(table):
    return table[["support", *(name for name in table.columns if name != "support")]].reset_index(drop=True)
