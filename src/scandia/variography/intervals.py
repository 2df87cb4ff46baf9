"""How well the holes know each fitted parameter: intervals from holes drawn anew."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.variography.cases import fit_case, make_case
from scandia.variography.estimators import GATHERING
from scandia.variography.experimental import directional, downhole, pair_weights
from scandia.variography.leastsquares import INSIDE
from scandia.variography.settings import AXES, DOWNHOLE
from scandia.vocabulary import DOMAIN, FROM, HOLE, LOCAL, TO, WEIGHT

COLUMNS = (DOMAIN, "variable", "parameter", "estimate", "low", "high", "at_limit", "resolved", "holes", "replicates")
ROUGHLY = 1e-5  # tolerance of a replicate's fit: its digits are lost among the replicates
FEWEST = 10  # replicates that an interval needs


def parameter_intervals(experimental, composites, settings, variables, mine_grid):
    """Bootstrap intervals of every parameter of the fitted models, DataFrame.

    Parameters
    ----------
    experimental, composites, settings, variables, mine_grid
        As in `fit.fit_variograms`; replicates, level and seed are those of ``settings.bootstrap``.

    Returns
    -------
    DataFrame
        domain, variable, parameter (nugget, sill, contribution and ranges of each structure), estimate, low, high, holes,
        replicates: those that converged. Limits are NaN with fewer than 10. at_limit is the share of the replicates in which a
        range lies at the farthest lag; resolved is False where that is more than the tail above the interval, or where the fit's
        own range lies there: then ``high`` is no upper limit, but how far the lags see, and the range may be any longer.

    Notes
    -----
    Holes are drawn with replacement, as many as there are: they, not composites, are the independent observations. A hole that
    was drawn m times gives its composites the weight m, so that pairs of two holes weigh the product, and pairs down one hole m
    (those few along an axis inside one hole m²); experiment, bounds and fit are then made anew, from the fit to all holes and
    the middle one of its starts. Each domain and variable has a stream of its own, by its place in the config. Estimators that
    know no weights (dowd, genton) have no intervals. Holes are not independent where they stand within the ranges of each
    other, so the intervals are too narrow rather than too wide.

    References
    ----------
    CD12, section 2.9; Efron and Tibshirani (1993), An Introduction to the Bootstrap.
    """
    rows = []
    if settings.bootstrap.replicates == 0 or settings.estimator in GATHERING:
        return pd.DataFrame(rows, columns=list(COLUMNS))
    for place, (domain, chosen) in enumerate(settings.domains.items()):
        for number, variable in enumerate(variables):
            if chosen.source == "fit" and variable not in chosen.models:
                case = make_case(domain, variable, experimental, composites, settings, mine_grid)
                known = composites[(composites[DOMAIN] == domain) & composites[variable].notna()]
                known = known.sort_values([HOLE, FROM], kind="stable", ignore_index=True)
                random = np.random.default_rng([settings.bootstrap.seed, place, number])
                rows += _rows(case, known, random)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(case, known, random):
    """Rows of one domain and variable."""
    fitted = fit_case(case)
    estimate, found, limited = _parameters(fitted), [], []
    holes = np.unique(known[HOLE].to_numpy(), return_inverse=True)[1]
    for _ in range(case.settings.bootstrap.replicates):
        drawn = np.bincount(random.integers(0, holes.max() + 1, holes.max() + 1), minlength=holes.max() + 1)[holes]
        replicate = _replicate(case, known, drawn, fitted)
        if replicate is not None:
            found.append(list(_parameters(replicate).values()))
            limited.append(_limited(replicate))
    tail = 0.5 * (1.0 - case.settings.bootstrap.level)
    limits = np.quantile(found, [tail, 1.0 - tail], axis=0) if len(found) >= FEWEST else np.full((2, len(estimate)), np.nan)
    shares = np.mean(limited, axis=0) if limited else np.full(len(estimate), np.nan)
    label = {DOMAIN: case.domain, "variable": case.variable}
    resolved = ~np.array(_limited(fitted)) & ~(shares > tail)
    numbers = {"holes": int(holes.max() + 1), "replicates": len(found)}
    columns = zip(estimate.items(), *limits, shares, resolved, strict=True)
    return [
        {**label, "parameter": name, "estimate": value, "low": low, "high": high, "at_limit": share, "resolved": known, **numbers}
        for (name, value), low, high, share, known in columns
    ]


def _replicate(case, known, drawn, fitted):
    """`Fitted` of one draw of holes, or None where it has too little to fit or did not converge."""
    used, times = known[drawn > 0].reset_index(drop=True), drawn[drawn > 0].astype(float)
    own = pair_weights(used, case.settings)
    values, holes = used[case.variable].to_numpy(dtype=float), used[HOLE].to_numpy()
    options = {"estimator": case.settings.estimator, "weights": times if own is None else own * times}
    points, tables = used[list(LOCAL)].to_numpy(dtype=float), []
    for name, axis in zip(AXES, case.axes, strict=True):
        tables.append(directional(points, values, holes, axis, getattr(case.settings, name), **options).assign(direction=name))
    depths, options["weights"] = (
        ((used[FROM] + used[TO]) / 2.0).to_numpy(dtype=float),
        np.sqrt(times) * (1.0 if own is None else own),
    )
    tables.append(downhole(depths, values, holes, case.settings.downhole, **options).assign(direction=DOWNHOLE))
    table = pd.concat(tables, ignore_index=True).assign(**{DOMAIN: case.domain, "variable": case.variable})
    weight = (used[WEIGHT].to_numpy(dtype=float) if WEIGHT in used.columns else 1.0) * times
    chosen = make_case(case.domain, case.variable, table, used.assign(**{WEIGHT: weight}), case.settings, case.mine_grid)
    starts = [np.clip(shares, *INSIDE) for shares in (fitted.shares, np.full(len(fitted.shares), 0.5))]
    try:
        return fit_case(chosen, starts=starts, tolerance=ROUGHLY)
    except InputError:
        return None


def _parameters(fitted):
    """Name to value of the parameters of a fit."""
    found = {"nugget": fitted.nugget, "sill": fitted.nugget + float(fitted.contributions.sum())}
    for k, (contribution, ranges) in enumerate(zip(fitted.contributions, fitted.ranges, strict=True), start=1):
        found[f"contribution {k}"] = float(contribution)
        found |= {f"range {name} {k}": float(length) for name, length in zip(AXES, ranges, strict=True)}
    return found


def _limited(fitted):
    """Whether each parameter, in the order of `_parameters`, is a range at its upper limit."""
    found = [False, False]
    for at_limit in fitted.at_limit:
        found += [False, *map(bool, at_limit)]
    return found
