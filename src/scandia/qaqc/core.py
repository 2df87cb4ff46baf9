"""The core samples behind the assays: of merged tables those of each table, for a sample is judged where it was analysed."""

import pandas as pd

from scandia.drillholes.rare_earths import parts_of
from scandia.vocabulary import FROM, HOLE, ROW, SAMPLE, TO, row_columns

FIRST = "assay"  # name of the first assay table
KEPT = (SAMPLE, "batch", "laboratory")


def core_samples(assay, analytes):
    """One row for each interval of each assay table, with its ``table``; the table given where nothing was merged.

    Parameters
    ----------
    assay : DataFrame
        As `drillholes.assays.merge_assays` leaves it, split at the breaks of all tables: row, sample, batch and laboratory of
        the first table, and of each other one the same with ``_<table>`` behind.
    analytes : dict of str to Analyte
        Each stands in the rows of its own table, and is missing in those of another.
    """
    further = [name.removeprefix(f"{ROW}_") for name in row_columns(assay) if name != ROW]
    if not further:
        return assay.assign(table=FIRST)
    return pd.concat([_of_table(assay, name, analytes) for name in (FIRST, *further)], ignore_index=True)


def joined(core, keys):
    """One row for each sample (and batch, where ``keys`` say so), the analytes of all tables together.

    A sample number that stands twice in one table stays twice.
    """
    if SAMPLE not in core or core["table"].nunique() < 2:
        return core
    keys = [name for name in keys if name in core]
    again = core.groupby(["table", *keys], dropna=False).cumcount()
    grouped = core.assign(again=again).dropna(subset=[SAMPLE]).groupby([*keys, "again"], sort=False, dropna=False)
    return grouped.first().reset_index().drop(columns="again")


def tables_of(analytes):
    """Dict of analyte to the assay tables that it comes from; those of its parts where it is a sum."""
    return {name: _tables(name, analytes) for name in analytes}


def _tables(name, analytes):
    parts = parts_of(name, analytes)
    if parts:
        return tuple(sorted({table for part in parts for table in _tables(part, analytes)}))
    return (analytes[name].table or FIRST,)


def _of_table(assay, table, analytes):
    """Intervals of one table, put together again from their pieces."""
    ending = "" if table == FIRST else f"_{table}"
    covered = assay[assay[f"{ROW}{ending}"] >= 0]
    own = [name for name, one in analytes.items() if one.column is not None and (one.table or FIRST) == table and name in assay]
    names = {f"{name}{ending}": name for name in (ROW, *KEPT) if f"{name}{ending}" in assay}
    pieces = covered[[*names, HOLE, FROM, TO, *own]].rename(columns=names)
    whole = pieces.groupby(ROW, sort=False)
    return pieces.drop_duplicates(ROW).assign(
        **{FROM: whole[FROM].min().to_numpy(), TO: whole[TO].max().to_numpy(), "table": table}
    )
