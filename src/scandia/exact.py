"""Exact sums of floats: they add up in any order and grouping, and are rounded once, when they are read."""

from dataclasses import dataclass
from enum import IntFlag

import numpy as np

LOWEST = -1074  # the power of two of which every float is a multiple
PIECE = 1 << 14  # values that are added up at once, in the nearest cache
BITS = 52 - 14  # binary digits of each value that so many values leave room for in one float
HUGE, SHIFT = 2.0**900, 100  # values from this on are added up by their share of 2**SHIFT, lest anything overflow


class Beyond(IntFlag):
    """Values that are no numbers of a sum."""

    PLUS_INFINITY = 1
    MINUS_INFINITY = 2
    UNDEFINED = 4


NOTHING = Beyond(0)


@dataclass(frozen=True, slots=True)
class ExactSum:
    """The sum of floats without rounding; sums add up with ``+``, and ``float`` gives the nearest float.

    Of the same numbers it is the float of `math.fsum`, to the last bit and whatever their order: never -0.0, NaN with a NaN among
    them, infinite with an infinite one.

    Notes
    -----
    Where `math.fsum` raises ``OverflowError`` because of sums on its way, a sum that itself is finite is given here.
    """

    units: int = 0  # multiples of 2**LOWEST
    beyond: Beyond = NOTHING

    def __add__(self, other):
        return ExactSum(self.units + other.units, self.beyond | other.beyond)

    def __float__(self):
        """The nearest float; ValueError of both infinities, OverflowError of a sum beyond the floats."""
        if Beyond.PLUS_INFINITY | Beyond.MINUS_INFINITY in self.beyond:
            message = "a sum of inf and -inf is no number"
            raise ValueError(message)
        if self.beyond:
            return float("nan" if Beyond.UNDEFINED in self.beyond else "inf" if Beyond.PLUS_INFINITY in self.beyond else "-inf")
        return self.units / (1 << -LOWEST)  # Python divides integers to the nearest float


def exact_sum(values):
    """`ExactSum` of an array of numbers of any shape."""
    return exact_sums(values, None, 1)[0]


def exact_sums(values, groups, count):
    """`ExactSum` of each group of numbers, a list of ``count``.

    Parameters
    ----------
    values : array (n,)
        Floats, integers below 2**53 or booleans.
    groups : array of int (n,) or None
        Group of each value, from 0 to ``count - 1``; None where all are of one.
    count : int

    Notes
    -----
    Of every value the upper binary digits are split off, down to one power of two for all, then the next ones, until nothing is
    left (Rump, Ogita and Oishi 2008; Demmel and Nguyen 2015). There are so few values at once that sums of such digits are exact
    in floats, in whatever order NumPy takes them; integers of Python take them up.
    """
    values = np.asarray(values).ravel()
    groups = None if groups is None else np.asarray(groups).ravel()
    units, beyond = [0] * count, [NOTHING] * count
    for first in range(0, values.size, PIECE):
        piece = values[first : first + PIECE].astype(float)
        own = None if groups is None else groups[first : first + PIECE]
        largest = np.abs(piece).max()
        if not largest < HUGE:
            _add_beyond(piece, own, beyond)
            piece = np.where(np.isfinite(piece), piece, 0.0)
            huge = np.abs(piece) >= HUGE
            _add_digits(np.where(huge, piece, 0.0) * 2.0**-SHIFT, own, units, SHIFT)
            piece[huge] = 0.0
        _add_digits(piece, own, units, 0)
    return [ExactSum(*pair) for pair in zip(units, beyond, strict=True)]


def merge(total, part):
    """Nothing; adds what a part of the numbers gave, a dict of `ExactSum` and counts, to the total of the parts before it."""
    for key, value in part.items():
        total[key] = total[key] + value if key in total else value


def merged(parts):
    """What several parts of the numbers gave, dicts of `ExactSum` and counts, in one dict."""
    total = {}
    for part in parts:
        merge(total, part)
    return total


def ratio(sums, above, below):
    """Quotient of two sums of a dict, such as a mean of the mass above and the weight below; NaN where there is no weight."""
    weight = float(sums.get(below, 0.0))
    return float(sums[above]) / weight if weight > 0 else float("nan")


def _add_digits(piece, groups, units, shift):
    """Nothing; adds values, none of them huge, times 2**shift, to the units of their groups."""
    while (largest := np.abs(piece).max()) > 0:
        power = max(int(np.frexp(largest)[1]) - BITS, LOWEST)
        anchor = np.ldexp(1.5, power + 52)  # floats of this size are multiples of 2**power
        upper = (piece + anchor) - anchor
        piece = piece - upper
        totals = upper.sum(keepdims=True) if groups is None else np.bincount(groups, upper, minlength=len(units))
        whole = np.ldexp(totals, -power).astype(np.int64)
        for group in np.flatnonzero(whole).tolist():
            units[group] += int(whole[group]) << (power + shift - LOWEST)


def _add_beyond(piece, groups, beyond):
    """Nothing; notes infinite and undefined values of each group."""
    for kind, where in (
        (Beyond.PLUS_INFINITY, piece == np.inf),
        (Beyond.MINUS_INFINITY, piece == -np.inf),
        (Beyond.UNDEFINED, np.isnan(piece)),
    ):
        for group in [0] * bool(where.any()) if groups is None else np.unique(groups[where]).tolist():
            beyond[group] |= kind
