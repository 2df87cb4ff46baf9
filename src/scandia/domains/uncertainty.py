"""How far the volume between the holes is known: groups of holes left out in turn."""

import numpy as np
import pandas as pd

from scandia.domains.implicit import fit_solid
from scandia.domains.winner import winner
from scandia.vocabulary import DOMAIN, HOLE

COLUMNS = ("volume_bias", "volume_error", "volume_low", "volume_high")
MOST_POINTS = 250_000  # of more, as many are drawn: each is asked once for each group of holes
CHUNK = 1_000_000  # blocks whose distance is asked for at one time
MULTIPLE = 2.0  # standard errors on either side of the volume


def volume_uncertainty(solid, intervals, stations, domains, mine_grid, grid, volumes):
    """Table by domain: domain, volume_bias, volume_error, volume_low and volume_high, m3.

    Parameters
    ----------
    solid : Solid
        Of all holes; its reach stays that of all holes.
    intervals, stations, domains, mine_grid
        What it was fitted to.
    grid : Grid
        Its block centres are the points by which volumes are compared.
    volumes : array (n,)
        Volume below ground of each block, m3, in flat order, x fastest.

    Notes
    -----
    Of more than `MOST_POINTS` points within reach as many are drawn, always the same, and stand for all: a volume is then off
    by some 0.2 %, far less than what the holes disagree on.

    A delete-a-group jackknife: the holes, by name, are dealt to ``uncertainty_groups``, and without one group after the other
    the solid is fitted again. With G groups, volumes V_g without each and V with all, the bias is ``(G - 1) (mean V_g - V)``:
    thin bodies break up where holes are far apart, so that fewer holes make them smaller and more would make them larger. The
    squared error is ``(G - 1) / G sum (V_g - mean V_g)^2``; low and high are V less its bias, two errors on either side. It
    knows what the holes disagree on, and not what none of them has met.

    References
    ----------
    Quenouille (1956), Notes on bias in estimation. Biometrika 43; Tukey (1958), Annals of Mathematical Statistics 29.
    """
    names = list(solid.names[1:])
    holes = np.unique(intervals[HOLE].to_numpy(dtype=object).astype(str))
    groups = min(domains.implicit.uncertainty_groups, holes.size)
    points, volumes = _drawn(solid, grid, volumes)
    whole = _volumes(solid, points, volumes)
    if groups < 2:
        return pd.DataFrame({DOMAIN: names, **dict.fromkeys(COLUMNS, np.nan)})
    without = []
    for group in range(groups):
        kept = intervals[~intervals[HOLE].astype(str).isin(holes[group::groups])]
        without.append(_volumes(fit_solid(kept, stations, domains, mine_grid), points, volumes))
    spread = np.array(without) - np.mean(without, axis=0)
    error = np.sqrt((groups - 1) / groups * np.sum(spread**2, axis=0))
    bias = (groups - 1) * (np.mean(without, axis=0) - whole)
    low, high = (np.maximum(whole - bias + sign * MULTIPLE * error, 0.0) for sign in (-1, 1))
    return pd.DataFrame({DOMAIN: names, **dict(zip(COLUMNS, (bias, error, low, high), strict=True))})


def _drawn(solid, grid, volumes):
    """Centres of blocks within reach and below ground, and their volumes; of very many a draw with the volume of all."""
    near = np.flatnonzero(volumes > 0)
    runs = (near[start : start + CHUNK] for start in range(0, near.size, CHUNK))
    near = np.concatenate([run[solid.distance(grid.centres(run)) <= solid.reach] for run in runs] or [near])
    if near.size <= MOST_POINTS:
        return grid.centres(near), volumes[near]
    some = near[np.sort(np.random.default_rng(0).choice(near.size, MOST_POINTS, replace=False))]
    return grid.centres(some), volumes[some] * (volumes[near].sum() / volumes[some].sum())


def _volumes(solid, points, volumes):
    """Volume of each domain, m3, by the points of which it is the winner."""
    codes = winner(solid.fields(points), solid.codes, solid.priorities)[0]
    return np.array([volumes[codes == code].sum() for code in solid.codes[1:]])
