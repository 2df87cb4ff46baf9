"""Numbers of raw tables: the one place that says which text is a number, and which one."""

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as compute

_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"


def parse_numbers(texts, decimal=".", thousands=None):
    """Numbers ``(n,)`` of texts, correctly rounded, NaN where missing or unparsable; and which are unparsable ``(n,)``.

    Parameters
    ----------
    texts : Series of str
        Plain numbers such as ``-0.5`` or ``1.2e3``; ``inf`` and ``nan`` are no numbers.
    decimal : {'.', ','}
        Decimal mark; the other one is then no part of a number.
    thousands : str, optional
        Mark between groups of three digits, which it must divide exactly. Without it no such mark is part of a number.
    """
    # Arrow's parser rounds correctly for every text; pandas' to_numeric can be off in the last digit and takes "inf".
    cells = pa.array(texts, type=pa.large_string(), from_pandas=True)
    plain = _plain(cells, decimal, thousands)
    values = compute.cast(plain, pa.float64()).to_numpy(zero_copy_only=False)
    bad = (pd.isna(plain.to_numpy(zero_copy_only=False)) & cells.is_valid().to_numpy(zero_copy_only=False)) | np.isinf(values)
    return np.where(bad, np.nan, values), bad


def plain_numbers(texts, decimal=".", thousands=None):
    """The texts ``(n,)`` of `parse_numbers` with a decimal point and without thousands marks; None where they are no number."""
    cells = pa.array(texts, type=pa.large_string(), from_pandas=True)
    return _plain(cells, decimal, thousands).to_numpy(zero_copy_only=False)


def numbers_meant(words, table):
    """Numbers ``(n,)`` that words of the config or of a correction mean in a table, NaN where they are none.

    Parameters
    ----------
    words : sequence of str
        With the marks of the table, or else with a decimal point: -0,02 and -0.02 are one number in a table with commas.
    table : drillholes.sources.Table
    """
    texts = pd.Series(list(words), dtype="str")
    values, _ = parse_numbers(texts, table.decimal, table.thousands)
    return np.where(np.isnan(values), parse_numbers(texts)[0], values)


def _plain(cells, decimal, thousands):
    """Cells with a decimal point and without thousands marks, null where they are no number."""
    if thousands is not None:
        cells = _ungrouped(cells, decimal, thousands)
    if decimal == ",":
        cells = compute.replace_substring(compute.replace_substring(cells, ".", "?"), ",", ".")
    return compute.if_else(compute.match_substring_regex(cells, _NUMBER), cells, pa.scalar(None, type=pa.large_string()))


def _ungrouped(cells, decimal, thousands):
    """Texts without their thousands marks, where these part groups of three digits; others as they are."""
    mark, point = re.escape(thousands), re.escape(decimal)
    grouped = compute.match_substring_regex(cells, rf"^[+-]?[0-9]{{1,3}}({mark}[0-9]{{3}})+({point}[0-9]*)?$")
    return compute.if_else(grouped, compute.replace_substring(cells, thousands, ""), cells)
