"""Texts of CSV files that a spreadsheet would run as formulas, kept from it by a leading apostrophe, and given back.

A text that begins with = + - @, a tab or a carriage return and is no number gets one apostrophe in front. So does one that has
apostrophes before such a sign already: taking one away gives every text back. (OWASP, "CSV injection".)
"""

import re

import pandas as pd

_ACTIVE = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?(\d[\d.,]*|[.,]\d+)([eE][+-]?\d+)?")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def escape(frame):
    """The table with its dangerous texts behind an apostrophe."""
    return _texts(frame, lambda text: "'" + text if _ACTIVE.match(text) and not _NUMBER.fullmatch(text) else text)


def unescape(frame):
    """The table that `escape` was given."""
    return _texts(frame, lambda text: text[1:] if _ESCAPED.match(text) else text)


def _texts(frame, change):
    """The table with every text changed; what is no text, and the types of the columns, stay."""
    changed = {}
    for place, dtype in enumerate(frame.dtypes):
        if not (pd.api.types.is_object_dtype(dtype) or isinstance(dtype, pd.StringDtype)):
            continue
        old = list(frame.iloc[:, place])
        new = [change(cell) if isinstance(cell, str) else cell for cell in old]
        if any(one is not other for one, other in zip(new, old, strict=True)):
            changed[place] = pd.Series(new, index=frame.index, dtype=dtype)
    if not changed:
        return frame
    columns = [changed.get(place, frame.iloc[:, place]) for place in range(frame.shape[1])]
    return pd.concat(columns, axis=1).set_axis(frame.columns, axis=1)
