"""Sub-cells made finer until the volume of every domain stays."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

from scandia.blockmodel.fractions import domain_cells
from scandia.vocabulary import DOMAIN

MOST = 400_000_000  # sub-cells of the whole model, a byte each; finer counts than that are not tried


def stable_cells(grid, geology, surface, domains, *, overburden=None, fixed=False):
    """Fractions, ground and packed sub-cells as `domain_cells`, the count of sub-cells in use, and the table of counts.

    Each count is compared with one half as fine again along every axis. It is used where no domain's volume differs by more
    than ``domains.stable``; else the finer one is compared in its turn, up to ``domains.finest`` along an axis. The first one is
    the coarsest that counts every solid from a file, taken alone and all in the grid, within the same share of its own volume;
    where none does, as with level faces, the one that comes nearest.

    Parameters
    ----------
    grid, geology, surface, domains, overburden
        As for `domain_cells`.
    fixed : bool
        The first count is used whatever the comparison says, for solids from files too, because the estimate averages over the
        same points.

    Returns
    -------
    fraction, ground, cells, subcells
    table : DataFrame
        domain, subcells, volume (m3), finer, volume_finer, change (share), used (True for the count in use), stable.
    """
    counts = list(dict.fromkeys(_ladder(domains, int(np.prod(grid.count)))))
    found = domain_cells(grid, geology, surface, domains, overburden, exact=not fixed)
    if len(counts) == 1:
        return *found, counts[0], _rows(grid, domains, counts[0], found, None, None, used=True)
    rows = []
    for count, finer in pairwise(counts):
        other = domain_cells(grid, geology, surface, replace(domains, subcells=finer), overburden, exact=not fixed)
        change = _rows(grid, domains, count, found, finer, other, used=False)
        settled = fixed or bool(change["stable"].all())
        rows.append(change.assign(used=settled))
        if settled:
            return *found, count, pd.concat(rows, ignore_index=True)
        found = other
    rows.append(_rows(grid, domains, counts[-1], found, None, None, used=True))
    return *found, counts[-1], pd.concat(rows, ignore_index=True)


def _ladder(domains, blocks):
    """Counts of sub-cells from the first to the finest that memory allows, each half as fine again as the one before."""
    count = domains.subcells
    yield count
    while domains.stable > 0 and max(count) < domains.finest:
        count = tuple(max(n, min(-(-3 * n // 2), domains.finest)) for n in count)
        if blocks * np.prod(count) > MOST:
            return
        yield count


def _rows(grid, domains, count, found, finer, other, *, used):
    """A row per domain: its volume by one count and by the finer one."""
    names = sorted(domains.domains, key=lambda name: domains.domains[name].code)
    volume = found[0].sum(axis=(1, 2, 3)) * grid.volume
    better = np.full(volume.size, np.nan) if other is None else other[0].sum(axis=(1, 2, 3)) * grid.volume
    change = np.abs(volume - better) / np.where(better > 0, better, np.where(volume > 0, volume, 1.0))
    table = {DOMAIN: names, "subcells": _spell(count), "volume": volume, "finer": _spell(finer), "volume_finer": better}
    return pd.DataFrame({**table, "change": change, "stable": change <= domains.stable, "used": used})


def _spell(count):
    return "" if count is None else " x ".join(map(str, count))
