"""Volumes and means of the domains against the known truth of a simulated deposit."""

import numpy as np
import pandas as pd

from scandia.blockmodel.dataset import grid_of
from scandia.domains.implicit import reached
from scandia.vocabulary import DOMAIN, FRACTION, TONNAGE


def compare_geology(solid, means, truth, intervals, stations, domains, mine_grid):
    """Table of what the run says of each domain and what is true: domain, what, variable, value, low, high, truth, contains.

    ``what`` is ``volume`` (m3) or ``mean`` (the analyte's unit). The truth is that of the blocks whose centres lie within reach
    of the drilling, as the run says nothing of others; its mean is weighted by tonnes. ``contains``: the interval from low to
    high holds the truth.

    Parameters
    ----------
    solid : DataFrame
        From `blockmodel.build.build_blocks`.
    means : DataFrame
        From `statistics.means.domain_means`.
    truth : Dataset
        True parts.
    intervals, stations, domains, mine_grid
        What the solid was fitted to.
    """
    grid = grid_of(truth)
    near = reached(grid.centres(), intervals, stations, domains, mine_grid).reshape(grid.shape)
    rows = []
    for name in truth[DOMAIN].to_numpy().tolist():
        part = truth.sel({DOMAIN: name})
        row = solid[solid[DOMAIN] == name].iloc[0]
        volume = float(part[FRACTION].to_numpy()[near].sum() * grid.volume)
        rows.append((name, "volume", "", row["volume"], row["volume_low"], row["volume_high"], volume))
        weight = np.where(near, part[TONNAGE].to_numpy(), 0.0)
        for found in means[means[DOMAIN] == name].itertuples():
            grade = part[found.analyte].to_numpy()
            known = weight > 0
            true = float(np.sum(weight[known] * grade[known]) / weight.sum()) if weight.sum() > 0 else np.nan
            rows.append((name, "mean", found.analyte, found.mean, found.low, found.high, true))
    table = pd.DataFrame(rows, columns=[DOMAIN, "what", "variable", "value", "low", "high", "truth"])
    return table.assign(contains=table["truth"].between(table["low"], table["high"]))
