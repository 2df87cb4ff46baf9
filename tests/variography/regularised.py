"""What composites show of a variogram of samples, for the tests against the known truth."""

import numpy as np

from scandia.variography.covariance import gamma, localise


def on_composites(truth, composites, assay, mine_grid):
    """Nugget and sill of the truth as composites show it: regularised along the hole.

    The white nugget between samples falls with their number in a composite; what a structure varies within the length of a
    composite is missing from every semivariance between composites, so that a model which takes them for points starts lower.
    """
    ends = [hole[["x", "y", "z"]].to_numpy()[[0, -1]] for _, hole in composites.groupby("hole")]
    along = np.mean([(bottom - top) / np.linalg.norm(bottom - top) for top, bottom in ends if np.any(top != bottom)], axis=0)
    length = composites["to"].sub(composites["from"]).median()
    places = (np.arange(30) + 0.5) / 30 * length
    within = gamma(localise(truth, mine_grid), (places[:, None] - places)[..., None] * along / np.linalg.norm(along))
    structures = within[within > 0] - truth.nugget
    missing = structures.sum() / within.size
    nugget = truth.nugget * assay["to"].sub(assay["from"]).mean() / length - missing
    return nugget, nugget + truth.sill - truth.nugget
