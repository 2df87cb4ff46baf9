"""Limits of detection: texts such as <0.01 and >10000 and codes of the database as numbers, by the policy of the analyte."""

import numpy as np

from scandia.drillholes.findings import concat, find
from scandia.drillholes.numbers import numbers_meant, parse_numbers


def read_limits(texts, analyte, table):
    """Values of one column in its own unit, and what is censored, missing or no number.

    Parameters
    ----------
    texts : Series of str (n,)
    analyte : drillholes.settings.Analyte
        Its missing texts, limit codes and policies.
    table : drillholes.sources.Table
        Its decimal and thousands mark.

    Returns
    -------
    values : array (n,)
        NaN where missing, unreadable, or censored by the policy ``missing``.
    written : array (n,)
        The same before the policy: the limit itself where censored.
    censored : array of int8 (n,)
        -1 below the lower limit, 1 above the upper one, 0 elsewhere.
    missing, bad : array of bool (n,)
        No value, and a text that is no number.
    """
    missing = texts.isna().to_numpy() | texts.isin(list(analyte.missing)).to_numpy()
    missing |= np.isin(parse_numbers(texts, table.decimal, table.thousands)[0], _numbers(analyte.missing, table))
    kept = texts.where(~missing)
    censored = np.zeros(len(texts), dtype=np.int8)
    for mark, sign in (("<", -1), (">", 1)):
        censored[kept.str.startswith(mark, na=False).to_numpy(dtype=bool)] = sign
    plain = kept.str.replace(r"^[<>]\s*", "", regex=True) if censored.any() else kept
    values, bad = parse_numbers(plain, table.decimal, table.thousands)
    bad |= (censored != 0) & (np.isnan(values) | (values < 0))
    bad |= (censored > 0) & (analyte.above_detection == "error")
    values[bad], censored[bad] = np.nan, 0
    for code, limit in analyte.limit_codes.items():
        meant = np.array(kept.eq(code).fillna(False), dtype=bool)
        meant |= (censored == 0) & (values == numbers_meant([code], table)[0])
        values[meant], censored[meant], bad[meant] = limit, -1, False
    shares = {-1: analyte.below_detection, 1: analyte.above_detection}
    flowing = values.copy()
    for sign, share in shares.items():
        beyond = censored == sign
        flowing[beyond] = values[beyond] * (np.nan if isinstance(share, str) else share)
    return flowing, values, censored, missing, bad


def _numbers(words, table):
    numbers = numbers_meant(words, table)
    return numbers[~np.isnan(numbers)]


def describe_limits(censored, analyte, file):
    """Findings of how many values are beyond each limit of detection, and what became of them."""
    found = []
    for rule, sign, policy in (
        ("values_below_detection", -1, analyte.below_detection),
        ("values_above_detection", 1, analyte.above_detection),
    ):
        count = int((censored == sign).sum())
        if count:
            words = "missing" if policy == "missing" else f"{policy:g} of the limit"
            found.append(find(rule, file, column=analyte.column, policy=words, count=count, total=len(censored)))
    return concat(found)
