"""Texts where a number belongs: each with the hint that mends its kind, a column in other marks once."""

import numpy as np

from scandia.drillholes.findings import concat, find
from scandia.drillholes.numbers import parse_numbers
from scandia.drillholes.rule import MISSING_TOKEN

ABOVE = "choose the analyte's `above_detection`: a multiple of the limit, or missing"
BELOW = "write the limit into the analyte's `limit_codes` (as {'<0.01': 0.01}), or set the table's `decimal`"
MARKS = "the number is written with other marks: set the table's `decimal` or `thousands`"
FEW = 20  # cells in other marks, up to which each is a finding
_MARKS = (",", ".", " ", "'", "\u00a0", "\u202f")


def find_texts(file, raw, bad, column, texts, table, *, is_analyte=False):
    """Findings ``text_in_number`` of the bad texts of one column, with hints by what stands in them.

    Parameters
    ----------
    file, column : str
        As findings name them.
    raw : DataFrame
        With ``row`` and, where known, ``hole``.
    bad : array of bool (n,)
    texts : Series of str (n,)
    table : drillholes.sources.Table
        Its decimal and thousands mark.
    is_analyte : bool
        The column holds grades, in which limits of detection can stand.
    """
    bad = np.asarray(bad, dtype=bool)
    if not bad.any():
        return concat([])
    first = texts.str[:1].fillna("").to_numpy(dtype=object)
    plain = texts.where(bad).str.replace(r"^[<>]\s*", "", regex=True) if is_analyte else texts.where(bad)
    readable = ~np.isnan(parse_numbers(plain, table.decimal, table.thousands)[0])
    other = ~readable & _has_other_marks(plain)
    below, above = is_analyte & other & (first == "<"), is_analyte & readable & (first == ">")
    kinds = {BELOW: below, ABOVE: above, MARKS: other & ~below, MISSING_TOKEN: ~(below | above | other)}
    words = {"column": column, "value": texts}
    return concat([find("text_in_number", file, raw, bad & kind, hint=hint, **words) for hint, kind in kinds.items()])


def gather_marks(findings):
    """The findings with one for each column of more than `FEW` numbers in other marks, in place of one for each cell."""
    alike = findings["rule"].eq("text_in_number") & findings["hint"].eq(MARKS) & findings["severity"].eq("error")
    counts = findings[alike].groupby(["file", "column"])["rule"].transform("size").reindex(findings.index, fill_value=0)
    many = counts > FEW
    if not many.any():
        return findings
    single = [
        find("marks_suspect", file, column=column, value=cells["value"].iloc[0], count=len(cells), first=cells["row"].iloc[0])
        for (file, column), cells in findings[many].groupby(["file", "column"], sort=True)
    ]
    return concat([findings[~many], *single])


def _has_other_marks(texts):
    """Which texts are numbers with some other decimal or thousands mark."""
    found = np.zeros(len(texts), dtype=bool)
    for decimal in (".", ","):
        for thousands in (None, *(mark for mark in _MARKS if mark != decimal)):
            found |= ~np.isnan(parse_numbers(texts, decimal, thousands)[0])
    return found
