"""The true variogram of a simulated deposit as its composites carry it: what a perfect fit would find."""

from dataclasses import replace

import numpy as np

from scandia.errors import InputError
from scandia.synthetic.deposit import LEAD, PROPERTIES, true_variogram
from scandia.synthetic.geometry import DOMAIN_OF_ROCK, ROCKS
from scandia.variography.covariance import gamma, localise
from scandia.vocabulary import DOMAIN, FROM, HOLE, LENGTH, LOCAL, TO

POINTS = 30  # along a composite


def true_models(synthetic, composites, pieces, mine_grid):
    """Domain to variable to `Variogram`, the true ones of the composites, a dict.

    Parameters
    ----------
    synthetic : Synthetic
    composites : DataFrame
        composite, hole, domain, from, to, x, y, z.
    pieces : DataFrame
        From `composites.members.members`: the samples of each composite and their lengths.
    mine_grid : MineGrid

    Notes
    -----
    The structures hold for points and are those that blocks average. Two things change the nugget between composites. The white
    variation from sample to sample falls to ``nugget * sum of squared shares`` of the samples of a composite. And what the
    structures vary within the length of a composite, the mean of gamma within it, is missing from every semivariance. Each rock
    shows the field with its own spread, so that all of its semivariances grow by the square of it.
    """
    truth, models = true_variogram(synthetic), {}
    for rock, domain in DOMAIN_OF_ROCK.items():
        own = composites[composites[DOMAIN] == domain]
        if own.empty:
            continue
        white = truth.nugget * _squared_shares(pieces[pieces["composite"].isin(own["composite"])])
        nugget = white - _within(truth, own, mine_grid)
        if nugget < 0:
            message = (
                f"composites of {domain} are so long that their true variogram has a negative nugget ({nugget:.4g}); shorten them"
            )
            raise InputError(message)
        models[domain] = {LEAD: _scaled(truth, nugget, PROPERTIES[ROCKS[rock]].spread ** 2)}
    return models


def _squared_shares(pieces):
    """Mean over the composites of the sum of the squared shares of their samples."""
    share = pieces[LENGTH] / pieces.groupby("composite")[LENGTH].transform("sum")
    return float((share**2).groupby(pieces["composite"]).sum().mean())


def _within(truth, composites, mine_grid):
    """Mean semivariance of the structures within a composite of median length, along the mean direction of the holes."""
    length = float((composites[TO] - composites[FROM]).median())
    ends = [hole[list(LOCAL)].to_numpy()[[0, -1]] for _, hole in composites.groupby(HOLE, sort=True)]
    ways = [(bottom - top) / np.linalg.norm(bottom - top) for top, bottom in ends if np.any(top != bottom)]
    along = np.mean(ways, axis=0) if ways else np.array([0.0, 0.0, -1.0])
    places = (np.arange(POINTS) + 0.5) / POINTS * length
    lags = (places[:, None] - places)[..., None] * along / np.linalg.norm(along)
    return float(gamma(localise(replace(truth, nugget=0.0), mine_grid), lags).mean())


def _scaled(model, nugget, factor):
    structures = tuple(replace(one, contribution=factor * one.contribution) for one in model.structures)
    return replace(model, nugget=factor * nugget, structures=structures)
