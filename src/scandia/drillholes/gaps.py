"""What kind of gap one is: not sampled, not logged, lost core, or no record in any table."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scandia.vocabulary import FROM, HOLE, TO

UNKNOWN = ("no record", "lost core, not sampled, or results pending?")
UNSAMPLED = ("not sampled, though logged", "missing in the estimate; give its grade a policy, or sample it")
UNLOGGED = ("not logged, though sampled", "log it: its samples belong to no domain")
LOST = ("lost core or void", "nothing to do; the grade there is unknown")
NOWHERE = ("neither sampled nor logged", "lost core, overburden, or a record that is missing")


@dataclass(frozen=True, eq=False)
class GapKinds:
    """Tells gaps of one table from what the other table has there.

    Attributes
    ----------
    other : DataFrame, optional
        hole, from, to of the other table; for the assay table the lithology, and the other way round.
    logged : str, optional
        Column of codes of that table, where it has one.
    lost_core : tuple of str
        Codes that mean lost core or a void.
    covered : tuple of str
        Kind and hint where the other table has a record.
    """

    other: pd.DataFrame | None = None
    logged: str | None = None
    lost_core: tuple[str, ...] = ()
    covered: tuple[str, str] = UNSAMPLED

    def tell(self, holes, start, end):
        """Kinds and hints ``(n,)`` of gaps from start to end, m, by what is recorded at the middle of each."""
        kinds = np.empty((len(holes), 2), dtype=object)
        kinds[:] = UNKNOWN if self.other is None else NOWHERE
        if self.other is not None and len(holes):
            place = find_interval(self.other, holes, (np.asarray(start) + np.asarray(end)) / 2.0)
            kinds[place >= 0] = self.covered
            if self.logged is not None and self.lost_core:
                codes = self.other[self.logged].to_numpy(dtype=object)[place]
                kinds[(place >= 0) & np.isin(codes.astype(str), self.lost_core)] = LOST
        return kinds[:, 0], kinds[:, 1]


def find_interval(frame, holes, depths):
    """Places ``(n,)`` of the interval that holds each depth in each hole, -1 where none does.

    Parameters
    ----------
    frame : DataFrame
        hole, from, to, in any order; where intervals overlap, the one that starts deepest is looked at.
    holes : array of str (n,)
    depths : array (n,)
        m.
    """
    names, codes = np.unique(frame[HOLE].to_numpy(dtype=object).astype(str), return_inverse=True)
    top, end = frame[FROM].to_numpy(dtype=float), frame[TO].to_numpy(dtype=float)
    if not len(names):
        return np.full(len(holes), -1)
    order = np.lexsort((top, codes))
    asked = np.minimum(np.searchsorted(names, np.asarray(holes, dtype=object).astype(str)), len(names) - 1)
    # NumPy orders complex numbers by their real, then their imaginary part: hole and depth in one exact search.
    above = np.searchsorted(codes[order] + 1j * top[order], asked + 1j * np.asarray(depths, dtype=float), side="right") - 1
    place = order[np.maximum(above, 0)]
    holds = (above >= 0) & (names[codes[place]] == np.asarray(holes, dtype=object).astype(str)) & (end[place] > depths)
    return np.where(holds, place, -1)
