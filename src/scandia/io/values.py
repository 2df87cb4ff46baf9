"""Texts of typed values: of the cells of a workbook and of the rows of a database."""

import datetime
import re
from decimal import Decimal

_ZEROS = re.compile(r"0{2,}")  # a number format such as 0000


def text_of(value, decimal=".", number_format=""):
    """The shortest text that reads back as the value, whole numbers without a fraction; nothing for what is missing.

    Parameters
    ----------
    value : object
    decimal : {'.', ','}
        Decimal mark of the text of a number.
    number_format : str
        How a workbook shows the number; one of zeros alone (0000) fills it up with zeros, as in hole 0012.

    Examples
    --------
    >>> text_of(12.0), text_of(0.5, ","), text_of(12, number_format="0000")
    ('12', '0,5', '0012')
    """
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return _number(value, decimal, number_format)
    if isinstance(value, datetime.date | datetime.datetime | datetime.time):
        return value.isoformat()
    formula = getattr(value, "text", None)  # of a workbook's array formula
    return formula if isinstance(formula, str) else str(value)


def _number(value, decimal, number_format):
    if value == int(value) if abs(value) < 1e15 else False:
        text = str(int(value))
        return text.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) and value >= 0 else text
    return (repr(value) if isinstance(value, float) else str(value)).replace(".", decimal)
