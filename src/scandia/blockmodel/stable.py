"""Sub-cells made finer until the volume of every domain stays."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

from scandia.blockmodel.fractions import domain_cells
from scandia.blockmodel.refine import open_blocks, remember_opened
from scandia.blockmodel.solids import exact_gains
from scandia.blockmodel.volumes import EXACT, UNSETTLED
from scandia.vocabulary import DOMAIN

MOST = 400_000_000  # sub-cells of the whole model; finer counts than that, which take hours, are not tried


def stable_cells(grid, geology, surface, domains, *, overburden=None, fixed=False):
    """Fractions and ground as `domain_cells`, packed sub-cells if fixed, the count of sub-cells in use, and the table of counts.

    Each count is compared with one half as fine again along every axis. It is used where no domain's volume differs by more
    than ``domains.stable``; else the finer one is compared in its turn, up to ``domains.finest`` along an axis. Where volumes
    still move then, the verdict says so.

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
        domain, subcells, volume (m3), finer, volume_finer, change (share), stable, used (True for the count in use), counted
        (share of the volume that sub-cells count; the rest is exact), verdict (on the count in use, in words).
    """
    counts = list(dict.fromkeys(_ladder(domains, int(np.prod(grid.count)))))
    shared = {"gains": [] if fixed else list(exact_gains(grid, geology)), "packed": fixed}
    shared["opened"] = remember_opened() if len(counts) > 1 else open_blocks
    found, rows = domain_cells(grid, geology, surface, domains, overburden, **shared), []
    for count, finer in pairwise(counts):
        other = domain_cells(grid, geology, surface, replace(domains, subcells=finer), overburden, **shared)
        change = _rows(grid, domains, count, found, finer, other, used=False)
        settled = fixed or bool(change["stable"].all())
        rows.append(change.assign(used=settled))
        if settled:
            return *found[:3], count, _judged(rows, domains.stable)
        found = other
    rows.append(_rows(grid, domains, counts[-1], found, None, None, used=True))
    return *found[:3], counts[-1], _judged(rows, domains.stable)


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
    fraction, _, _, exact = found
    volume = fraction.sum(axis=(1, 2, 3)) * grid.volume
    better = np.full(volume.size, np.nan) if other is None else other[0].sum(axis=(1, 2, 3)) * grid.volume
    change = np.abs(volume - better) / np.where(better > 0, better, np.where(volume > 0, volume, 1.0))
    points = np.where(exact, 0.0, fraction).sum(axis=(1, 2, 3)) * grid.volume if exact.any() else volume
    table = {DOMAIN: names, "subcells": _spell(count), "volume": volume, "finer": _spell(finer), "volume_finer": better}
    table |= {"change": change, "stable": change <= domains.stable, "used": used}
    some = ~exact.all(axis=(1, 2, 3))  # of a volume of nothing: sub-cells may have missed it
    return pd.DataFrame(table | {"counted": np.where(volume > 0, points / np.where(volume > 0, volume, 1.0), some)})


def _judged(rows, limit):
    """The rows of all counts as one table, those of the count in use, which are the last ones, with a verdict."""
    used = rows[-1]
    before = rows[-2]["change"].to_numpy() if len(rows) > 1 else np.full(len(used), np.nan)
    verdicts = [_verdict(row.counted, row.change, last, limit) for row, last in zip(used.itertuples(), before, strict=True)]
    return pd.concat([*(table.assign(verdict="") for table in rows[:-1]), used.assign(verdict=verdicts)], ignore_index=True)


def _verdict(counted, change, before, limit):
    """Words on a volume by its change to the finer count or, where that was not tried, from the coarser one."""
    last = change if np.isfinite(change) else before
    if counted == 0.0:
        return EXACT
    if np.isnan(last):
        return "not compared with a finer count"
    if last <= limit:
        return f"settled within {100 * limit:g} %"
    step = "a finer count changes" if np.isfinite(change) else "the last step changed"
    return f"{UNSETTLED}: {step} it by {100 * last:.2g} %, more than {100 * limit:g} %"


def _spell(count):
    return "" if count is None else " x ".join(map(str, count))
