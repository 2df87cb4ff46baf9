"""The neighbourhood study (QKNA): what each case of search and discretisation makes of a spread of blocks."""

from dataclasses import replace
from time import perf_counter

import numpy as np
import pandas as pd

from scandia.blockmodel.dataset import grid_of
from scandia.kriging.choices import known, local_orientations, make_domain_request
from scandia.kriging.columns import empty_columns, fill_columns
from scandia.kriging.options import UNKRIGED
from scandia.validation.cases import FIELDS, changed_estimation, own_value

WHOLE = 0.5  # share of a block in the domain from which on it is taken
COLUMNS = (
    *("domain", "variable", "case", *FIELDS.values(), "blocks", "estimated", "block_variance", "kriging_variance", "slope"),
    *("low_slope", "efficiency", "negative_weights", "weight_of_mean", "samples", "holes"),
)
LOW = 0.8  # slope below which a block is counted as smoothed too little


def study_case(case, parts, composites, estimation, models, settings, *, readings=None, timed=False):
    """One row per kriged domain and variable: what a case makes of the same spread of blocks, DataFrame.

    Parameters
    ----------
    case : NeighbourhoodCase
    parts : Dataset
        Fractions on the grid.
    composites : DataFrame
    estimation, models, readings
        As in `scandia.kriging.parts.estimate_parts`.
    settings : Neighbourhood
        ``blocks``: how many of each domain.
    timed : bool
        Whether to time the estimates, which no two runs repeat; a first estimate, which loads compiled code, is not counted.

    Returns
    -------
    DataFrame
        domain, variable, case, its values, blocks and estimated (numbers), block_variance (BV), kriging_variance, slope and
        efficiency (means), low_slope (share of the blocks below 0.8), negative_weights (mean sum), weight_of_mean (1 less the
        sum of the weights of simple kriging from the same samples: what kriging leaves to the mean), samples and holes (means);
        and, if timed, milliseconds of a block.

    Notes
    -----
    Blocks are whole, centred where those of the grid are, also where they are larger. Domains and variables that are not kriged
    have no row. The weight of the mean is without the restriction of high grades.

    References
    ----------
    Rivoirard (1987), Two key parameters when choosing the kriging neighborhood. Vann, Jackson & Bertoli (2003), Quantitative
    kriging neighbourhood analysis for the mining geologist. Barboza & Deutsch (2024), Geostatistics Lessons.
    """
    grid, changed, rows = grid_of(parts), changed_estimation(estimation, case), []
    size = tuple((case.block_size or 1.0) * length for length in grid.size)
    for domain in [str(name) for name in parts["domain"].values if str(name) in models]:
        centres = spread_blocks(parts, grid, domain, settings.blocks)
        for variable in estimation.variables:
            used = known(composites, variable, estimation.estimator_of(domain, variable))
            skipped = estimation.estimator_of(domain, variable).method in (*UNKRIGED, "external_drift")
            if skipped or variable not in models[domain] or not len(centres) or not (used["domain"] == domain).any():
                continue
            key = (domain, variable)
            turned = local_orientations(readings, estimation, domain, grid.mine_grid, centres)
            request = make_domain_request(
                *(used, changed, models, *key, grid.mine_grid, centres),
                discretisation=changed.discretisation,
                block_size=size,
                orientations=turned,
                checks=False,
            )
            values = {name: _shown(getattr(case, name), name, estimation) for name in FIELDS.values()}
            row = {"domain": domain, "variable": variable, "case": case.name, **values}
            rows.append(row | _measures(request) | (_time(request) if timed else {}))
    return pd.DataFrame(rows, columns=[*COLUMNS, *(["milliseconds"] if timed else [])])


def spread_blocks(parts, grid, domain, count):
    """Centres ``(k, 3)``, m, of at most ``count`` blocks at least half in the domain, spread evenly over them.

    The blocks are halved along their longest side again and again; each last cell gives the block nearest to its middle.
    """
    number = parts["domain"].values.tolist().index(domain)
    fraction = parts["fraction"].isel(domain=number).values.ravel()
    whole = np.flatnonzero(fraction >= min(WHOLE, fraction.max() if fraction.size else WHOLE))
    whole = whole[fraction[whole] > 0]
    centres = grid.centres(whole)
    return centres[np.sort(spread(centres, count))]


def spread(points, count):
    """Numbers ``(k,)`` of at most ``count`` of the points ``(n, 3)``, one for each of as many cells of about equal number."""
    chosen, waiting = [], [(np.arange(len(points)), min(count, len(points)))]
    while waiting:
        members, wanted = waiting.pop()
        if wanted <= 0:
            continue
        own = points[members]
        if wanted == 1:
            chosen.append(members[np.argmin(((own - own.mean(axis=0)) ** 2).sum(axis=1))])
            continue
        axis = int(np.argmax(np.ptp(own, axis=0)))
        order = members[np.argsort(own[:, axis], kind="stable")]
        half = wanted // 2
        place = len(order) * half // wanted
        waiting += [(order[:place], half), (order[place:], wanted - half)]
    return np.array(chosen, dtype=int)


def _shown(value, name, estimation):
    """A case's value as the table prints it; the config's own where it has none."""
    value = own_value(name, estimation) if value is None else value
    return " x ".join(map(str, value)) if isinstance(value, tuple) else value


def _time(request):
    """Milliseconds of a block, on one core."""
    begin = perf_counter()
    _krige(request)
    return {"milliseconds": 1e3 * (perf_counter() - begin) / request.layout.count}


def _measures(request):
    columns, attributes = _krige(request)
    done = columns["reason"] == 0
    alone = replace(
        request,
        values=np.ones_like(request.values),
        method="simple",
        mean=0.0,
        drift=None,
        high_grade=None,
        negative_weights="keep",
    )
    sums = _krige(alone)[0][request.names[0]]
    slope = columns["slope"][done]
    means = {name: _mean(columns[name][done]) for name in ("slope", "efficiency", "negative_weights", "samples", "holes")}
    return {
        "blocks": len(done),
        "estimated": int(done.sum()),
        "block_variance": attributes["block_variance"],
        "kriging_variance": _mean(columns["variance"][done]),
        "low_slope": float(np.mean(slope < LOW)) if np.isfinite(slope).any() else float("nan"),
        "weight_of_mean": _mean(1.0 - sums[done]),
        **means,
    }


def _krige(request):
    columns = empty_columns(request.names, request.layout.count, checks=False)
    return columns, fill_columns(request, columns)


def _mean(values):
    values = np.asarray(values, dtype=float)
    values = values[np.isfinite(values)]
    return float(values.mean()) if len(values) else float("nan")
