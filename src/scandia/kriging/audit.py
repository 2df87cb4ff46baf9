"""The weights of chosen blocks, written down: an auditor can follow them to the composites and compute the estimate again."""

import numpy as np
import pandas as pd

from scandia.blockmodel.dataset import grid_of
from scandia.blockmodel.points import own_points
from scandia.errors import InputError
from scandia.kriging.choices import known, local_orientations, make_domain_request
from scandia.kriging.layout import block_indices, centres_at
from scandia.kriging.neighbourhood import neighbourhoods
from scandia.kriging.weights import covariances_of, weights_of
from scandia.vocabulary import DOMAIN, FROM, HOLE, LOCAL, TO

BLOCK = ("block_x", "block_y", "block_z")  # numbers of the block along the axes of the grid, from 0
KEYS = ("variable", DOMAIN, *BLOCK)
WEIGHTS = [
    *KEYS, *LOCAL, "method", "mean", "composite", HOLE, FROM, TO, "sample_x", "sample_y", "sample_z", "merged",
    "value", "counted", "distance", "covariance", "weight", "sum_of_weights", "estimate", "variance", "lagrange", "pass",
]  # fmt: skip
COVARIANCES = [*KEYS, "composite", "other", "covariance"]
AGREEMENT = 1e-12  # share by which the estimate computed from the weights may differ from the model's


def audit(parts, blocks, composites, estimation, models, settings, *, readings=None):
    """Weights of the chosen blocks, and the covariances among their samples, two DataFrames.

    Parameters
    ----------
    parts : xarray.Dataset
        What `scandia.kriging.parts.estimate_parts` made.
    blocks : xarray.Dataset
        What it made it from: with ``own_points``, where the estimation asks for them.
    composites, estimation, models, readings
        As it took them; the composites with their numbers, from and to.
    settings : Audit
        Which blocks.

    Returns
    -------
    weights : DataFrame
        A row for each sample behind each estimate, columns `WEIGHTS`: block and its centre x, y, z, m; the composite, its hole,
        depths and place; ``merged``: the numbers of all composites that stand behind a merged one; value, and what it counted
        for; true distance, m; covariance with the block; weight; and the block's estimate, variance and multiplier. The estimate
        is ``mean + sum(weight (counted - mean))``, with mean 0 where none is known.
    covariances : DataFrame
        A row for each pair of these samples, a sample with itself too, columns `COVARIANCES`.

    Raises
    ------
    InputError
        A block outside the grid, or an estimate that its weights do not give again.
    """
    grid, weights, covariances = grid_of(parts), [], []
    flat = chosen_blocks(parts, estimation, settings)
    for variable in estimation.variables:
        for domain in models:
            at = flat[np.isfinite(parts[variable].sel({DOMAIN: domain}).values.ravel()[flat])]
            if len(at):
                case = (variable, domain, grid, at)
                request, used = _request(parts, blocks, composites, estimation, models, readings, case)
                listed = weights_of(request)
                _check(listed, parts, case, request)
                weights.append(_weights(listed, used, request, case))
                covariances.append(_covariances(covariances_of(request, listed), used, case))
    return _stacked(weights, WEIGHTS), _stacked(covariances, COVARIANCES)


def chosen_blocks(parts, estimation, settings):
    """Flat numbers ``(k,)`` of the blocks that are asked for, ascending; an InputError names one that the grid does not have."""
    grid, count = grid_of(parts), np.array(grid_of(parts).count)
    places = [np.array(block) for block in settings.blocks]
    places += [np.floor((np.array(point) - grid.origin) / grid.size).astype(int) for point in settings.points]
    for place, given in zip(places, (*settings.blocks, *settings.points), strict=True):
        if not ((place >= 0) & (place < count)).all():
            message = (
                f"audit asks for {list(given)}, which lies outside the grid of {list(grid.count)} blocks from {list(grid.origin)}"
            )
            raise InputError(message)
    flat = [int((place[2] * count[1] + place[1]) * count[0] + place[0]) for place in places]
    estimated = np.flatnonzero(np.isfinite(parts[estimation.variables[0]].values).any(axis=0).ravel())
    draw = np.random.default_rng(settings.seed).permutation(estimated)[: settings.random]
    return np.unique(np.concatenate([flat, draw])).astype(np.int64)


def _request(parts, blocks, composites, estimation, models, readings, case):
    """`Request` for the blocks of one case, as points with a size, and the composites that it was made of."""
    (variable, domain, grid, at), estimator = case, estimation.estimator_of(case[1], case[0])
    centres, number = centres_at(grid, *block_indices(grid, at)), blocks[DOMAIN].values.tolist().index(domain)
    mask = np.zeros(grid.shape, dtype=bool)
    mask.reshape(-1)[at] = True
    used = known(composites, variable, estimator)
    request = make_domain_request(
        *(used, estimation, models, domain, variable, grid.mine_grid, centres),
        drift={name: parts[name].sel({DOMAIN: domain}).values.ravel()[at] for name in estimator.drift},
        orientations=local_orientations(readings, estimation, domain, grid.mine_grid, centres),
        inside=own_points(blocks, number, mask, estimation.discretisation) if estimation.own_points else None,
        discretisation=estimation.discretisation,
        block_size=grid.size,
    )
    return request, used


def _check(listed, parts, case, request):
    """Nothing; an InputError where the weights of a block do not give its estimate in the model."""
    variable, domain, _, at = case
    mean = 0.0 if request.mean is None else request.mean
    again = mean + (listed["weight"] * (listed["counted"] - mean)).groupby(listed["target"]).sum().reindex(range(len(at)))
    model = parts[variable].sel({DOMAIN: domain}).values.ravel()[at]
    wrong = ~(np.abs(again.to_numpy() - model) <= AGREEMENT * np.maximum(np.abs(model), np.abs(listed["counted"]).max()))
    if wrong.any():
        k = int(np.argmax(wrong))
        message = (
            f"the weights of block {int(at[k])} give {again.iloc[k]} for '{variable}' in domain '{domain}', "
            f"the model has {model[k]}. Hint: it was estimated from other composites or another config; run the estimate again"
        )
        raise InputError(message)


def _weights(listed, used, request, case):
    """Rows of `WEIGHTS` of one case."""
    rows, centres = used.iloc[listed["sample"]], request.layout.points[listed["target"]]
    groups = {group[0]: group for part in neighbourhoods(request) for group in part.groups}
    composites = used["composite"].to_numpy()
    names = {"composite": "composite", HOLE: HOLE, FROM: FROM, TO: TO} | {f"sample_{axis}": axis for axis in LOCAL}
    return listed.assign(
        **_keys(listed["target"], case),
        **{axis: centres[:, number] for number, axis in enumerate(LOCAL)},
        **{name: rows[source].to_numpy() for name, source in names.items()},
        method=request.method,
        mean=np.nan if request.mean is None else request.mean,
        merged=[" ".join(str(composites[one]) for one in groups.get(row, ())) for row in listed["sample"]],
        sum_of_weights=listed.groupby("target")["weight"].transform("sum"),
    )[WEIGHTS]


def _covariances(pairs, used, case):
    """Rows of `COVARIANCES` of one case."""
    composite = used["composite"].to_numpy()
    columns = {"composite": composite[pairs["sample"]], "other": composite[pairs["other"]]}
    return pairs.assign(**_keys(pairs["target"], case), **columns)[COVARIANCES]


def _keys(target, case):
    """Columns that say which estimate a row belongs to."""
    variable, domain, grid, at = case
    places = block_indices(grid, at[target])[::-1]
    return {"variable": variable, DOMAIN: domain} | dict(zip(BLOCK, places, strict=True))


def _stacked(tables, columns):
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=columns)
