"""Rounding of a statement: significant figures of decimal numbers, and the law by which totals add."""

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from scandia.errors import InputError


def round_significant(value, digits):
    """Finite number as a `Decimal` with ``digits`` significant figures, halves away from zero; zero stays zero.

    The number is read as Python prints it, so that 0.125 and 2.675 round as on paper.

    Examples
    --------
    >>> round_significant(12_345_678.0, 3)
    Decimal('12300000')
    >>> round_significant(0.0125, 2)
    Decimal('0.013')
    """
    exact = _exact(value)
    if digits < 1:
        message = f"{digits} significant figures are asked for; at least 1"
        raise InputError(message)
    if exact == 0:
        return Decimal(0)
    rounded = _round(exact, exact.adjusted() - digits + 1)
    return _round(rounded, rounded.adjusted() - digits + 1)  # again, for 9.96 becomes 10.0, whose last figure is not known


def last_place(value, digits):
    """Power of ten of the last of ``digits`` significant figures of a finite number, after rounding; 0 for zero.

    Examples
    --------
    >>> last_place(81_553.0, 3)
    2
    >>> last_place(99.96, 3)
    0
    """
    rounded = round_significant(value, digits)
    return 0 if rounded == 0 else rounded.adjusted() - digits + 1


def round_to_place(value, place):
    """Finite number as a `Decimal` rounded to a power of ten, halves away from zero."""
    return _round(_exact(value), place)


def round_decimals(value, decimals):
    """Finite number as a `Decimal` with that many decimals, halves away from zero."""
    return _round(_exact(value), -decimals)


def in_words(number):
    """Text of a `Decimal` with thousands separated by commas, no exponent and no digit that it does not hold."""
    return f"{number:,f}"


def _exact(value):
    if not isfinite(value):
        message = f"{value} cannot be rounded; only finite numbers can"
        raise InputError(message)
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))


def _round(exact, exponent):
    rounded = exact.quantize(Decimal(1).scaleb(exponent), rounding=ROUND_HALF_UP)
    rounded = rounded.copy_abs() if rounded == 0 else rounded  # nobody writes -0.0
    return rounded.quantize(Decimal(1)) if exponent > 0 else rounded  # 1.23E+7 is written out
