"""Table cells as text: thousands separators, decimals that suit the column, a dash for what is missing."""

import re

import numpy as np
import pandas as pd

MISSING = "–"
PRINTED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+(\.\d+)?")
METRES = (
    "easting",
    "northing",
    "elevation",
    "x",
    "y",
    "z",
    "from",
    "to",
    "length",
    "depth",
    "distance",
    "size",
    "centre",
    "floor",
)
ENDS = tuple(f"end_{name}" for name in ("easting", "northing", "elevation", "x", "y"))  # of a hole
UNITS = dict.fromkeys((*METRES, *ENDS), "m") | {"azimuth": "°", "dip": "°", "density": "t/m³", "tonnage": "t", "volume": "m³"}
DECIMALS = dict.fromkeys((*ENDS, "easting", "northing", "elevation", "x", "y", "z", "azimuth", "dip"), 1)
DECIMALS |= {"from": 2, "to": 2, "length": 2, "depth": 2, "density": 3, "tonnage": 0, "volume": 0}
PLAIN = ("row", "year", "code", "composite", "lag", "seed")  # whole numbers that are names, not amounts
SHARES = ("share", "coverage", "bias", "relative_bias", "fraction", "rate")


def cells(frame, *, formats=None):
    """Rows of ``(text, number)`` pairs; number (float or None) is what the browser sorts by.

    Parameters
    ----------
    frame : DataFrame
    formats : dict, optional
        Column to decimals (int) or ``"%"`` for shares; the other columns choose by their name and values.
    """
    columns = [_column(frame.iloc[:, place], (formats or {}).get(str(name))) for place, name in enumerate(frame.columns)]
    return [list(row) for row in zip(*columns, strict=True)]


def is_numeric(series):
    """True for a column of numbers or of printed numbers, which stands flush right; False for other text and truth values."""
    if pd.api.types.is_bool_dtype(series):
        return False
    return pd.api.types.is_numeric_dtype(series) or _is_printed(series)


def _is_printed(series):
    """Text that is numbers with thousands separators or dashes, and at least one number."""
    texts = [str(value) for value in series]
    return any(PRINTED.fullmatch(text) for text in texts) and all(text == MISSING or PRINTED.fullmatch(text) for text in texts)


def numeric_columns(frame):
    """Whether each column holds numbers, list of bool in the order of the columns."""
    return [is_numeric(frame.iloc[:, place]) for place in range(frame.shape[1])]


def heading(name, *, headers=None):
    """Heading of a column: its words and, where the name tells, its unit."""
    if headers and name in headers:
        return headers[name]
    words = str(name).replace("_", " ")
    return f"{words} ({UNITS[name]})" if name in UNITS else words


def number(value, decimals):
    """Text of a number with thousands separators, or a dash where it is missing; negative decimals round before the point.

    >>> number(6133665.4, 1), number(float("nan"), 1), number(-0.04, 1), number(6133665.4, -6)
    ('6,133,665.4', '–', '0.0', '6,000,000')
    """
    if value is None or not np.isfinite(value):
        return MISSING
    rounded = round(float(value), decimals)
    return f"{rounded + 0.0:,.{max(decimals, 0)}f}"  # + 0.0 turns minus zero into zero


def decimals_of(name, values):
    """Decimals for a column of floats: by its name, else by the typical size of its values."""
    if name in DECIMALS:
        return DECIMALS[name]
    known = np.abs(values[np.isfinite(values) & (values != 0)])
    if known.size == 0 or np.all(known == np.round(known)):
        return 0
    size = np.median(known)
    for least, decimals in ((1000, 0), (100, 1), (1, 2), (0.1, 3), (0.001, 4)):
        if size >= least:
            return decimals
    return 6


def _column(series, chosen):
    name = str(series.name)
    if pd.api.types.is_bool_dtype(series):
        return [("yes" if value else "no", float(value)) for value in series]
    if not pd.api.types.is_numeric_dtype(series):
        printed = _is_printed(series)
        return [(MISSING if _is_missing(value) else str(value), _amount(value) if printed else None) for value in series]
    values = series.to_numpy(dtype=float, na_value=np.nan)
    if chosen == "%" or (chosen is None and _is_share(name)):
        return [(_percent(value), _sortable(value)) for value in values]
    if chosen is None and name in PLAIN:
        return [(f"{value:.0f}" if np.isfinite(value) else MISSING, _sortable(value)) for value in values]
    decimals = decimals_of(name, values) if chosen is None else chosen
    return [(number(value, decimals), _sortable(value)) for value in values]


def _is_share(name):
    return any(name == word or name.endswith(f"_{word}") or name.startswith(f"{word}_") for word in SHARES)


def _percent(value):
    return f"{number(100 * value, 1)} %" if np.isfinite(value) else MISSING


def _sortable(value):
    return float(value) if np.isfinite(value) else None


def _amount(text):
    return None if text == MISSING else float(text.replace(",", ""))


def _is_missing(value):
    return value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)) or value == ""
