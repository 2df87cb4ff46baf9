"""Cross-validation by domain: each composite estimated from the others, without itself or without its whole hole."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.kriging.choices import engine_options, informing, local_orientations
from scandia.kriging.crossvalidation import cross_validate
from scandia.validation.means import ALL
from scandia.validation.scores import ERROR_SCORES, INTERVAL_SCORES, error_scores, interval_scores, standardise

LEAVES = ("sample", "hole")
RECORD = [
    *("domain", "variable", "leave", "hole", "composite", "value", "estimate", "variance", "error", "standardised"),
    *("samples", "holes", "pass", "reason"),
]
SCORES = ["domain", "variable", "leave", "n", "n_estimated", *ERROR_SCORES, *INTERVAL_SCORES]


def cross_validate_domains(composites, estimation, models, variables, *, mine_grid, readings=None, leaves=LEAVES):
    """Per-composite records and scores of leave-one-out and leave-one-hole-out cross-validation, two DataFrames.

    Parameters
    ----------
    composites : DataFrame
        composite, hole, from, domain, x, y, z and the variables; rows without a grade are not estimated and inform nothing.
    estimation : Estimation
        Searches, with world azimuths, and policies: as for the blocks, but for their points.
    models : dict of str to dict of str to Variogram
        Domain, variable, model, with world azimuths. Only these domains are validated.
    variables : sequence of str
        Analytes to validate.
    mine_grid : MineGrid
        Turns world azimuths into those of x, y, z.
    readings : dict of str to DataFrame, optional
        Domain to its structural readings, as for the blocks.
    leaves : sequence of {"sample", "hole"}
        What is left out: the composite alone, or all composites of its hole, which is the honest one.

    Returns
    -------
    records : DataFrame
        domain, variable, leave, hole, composite, value, estimate, variance, error (estimate - value), standardised (error /
        kriging standard deviation), samples, holes, pass, reason; estimate is NaN where the search found too little.
    scores : DataFrame
        domain (and all), variable, leave, n, n_estimated, and the scores of `error_scores` and `interval_scores`.
    """
    ordered = composites.sort_values(["hole", "from"], kind="stable")
    frames = []
    for variable in variables:
        for domain in models:
            if variable not in models[domain]:
                message = f"domain {domain} has no variogram of {variable}; it has {', '.join(models[domain]) or 'none'}"
                raise InputError(message)
            used, _ = informing(ordered, estimation, domain, variable)
            places = used[["x", "y", "z"]].to_numpy(dtype=float)
            options = engine_options(estimation, models[domain][variable], domain, variable, mine_grid)
            options["orientations"] = local_orientations(readings, estimation, domain, mine_grid, places)
            for leave in leaves:
                frames.append(_validate(used, places, domain, variable, leave, options))
    records = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=RECORD)
    return records, _scores(records, list(models), variables, leaves)


def _validate(used, places, domain, variable, leave, options):
    """Records of the domain's own composites; those of other domains inform them only."""
    values, holes = used[variable].to_numpy(dtype=float), used["hole"].to_numpy()
    result = cross_validate(places, values, holes, leave=leave, **options)
    own = (used["domain"] == domain).to_numpy()
    record = (
        result[own]
        .reset_index(drop=True)
        .assign(domain=domain, variable=variable, leave=leave, hole=holes[own], composite=used["composite"].to_numpy()[own])
    )
    error = record["estimate"].to_numpy() - record["value"].to_numpy()
    return record.assign(error=error, standardised=standardise(error, record["variance"].to_numpy()))[RECORD]


def _scores(records, domains, variables, leaves):
    rows = []
    for variable in variables:
        for leave in leaves:
            both = records[(records["variable"] == variable) & (records["leave"] == leave)]
            for domain in [*domains, ALL]:
                rows.append({"domain": domain, "variable": variable, "leave": leave, **_score(both, domain)})
    return pd.DataFrame(rows, columns=SCORES)


def _score(records, domain):
    records = records if domain == ALL else records[records["domain"] == domain]
    done = records[np.isfinite(records["estimate"].to_numpy(dtype=float))]
    return {
        "n": len(records),
        "n_estimated": len(done),
        **error_scores(done["estimate"], done["value"]),
        **interval_scores(done["standardised"]),
    }
