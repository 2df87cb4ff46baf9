"""Cross-validation by domain: each composite estimated without itself, its whole hole, its part of space or later campaigns."""

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from scandia.errors import InputError
from scandia.kriging.choices import known, local_orientations, make_domain_request
from scandia.kriging.crossvalidation import spatial_folds, validate
from scandia.kriging.options import UNKRIGED
from scandia.validation.campaigns import predict_campaigns
from scandia.validation.means import ALL
from scandia.validation.scores import ERROR_SCORES, INTERVAL_SCORES, error_scores, interval_scores, standardise
from scandia.vocabulary import LOCAL

LEAVES, FOLDS = ("sample", "hole"), 5
RECORD = [
    *("domain", "variable", "leave", "hole", "composite", "value", "estimate", "variance", "error", "standardised"),
    *("samples", "holes", "pass", "reason"),
]
SCORES = ["domain", "variable", "leave", "n", "n_estimated", *ERROR_SCORES, *INTERVAL_SCORES]


def cross_validate_domains(
    composites, estimation, models, variables, *, mine_grid, readings=None, leaves=LEAVES, folds=FOLDS, campaigns=None, threads=1,
    watch=None,
):  # fmt: skip
    """Per-composite records and scores of cross-validation, two DataFrames.

    Parameters
    ----------
    composites : DataFrame
        composite, hole, from, domain, x, y, z and the variables; rows without a grade are not estimated and inform nothing.
    estimation : Estimation
        Searches, with world azimuths, estimators and policies: as for the blocks, but for their points.
    models : dict of str to dict of str to Variogram
        Domain, variable, model, with world azimuths. Only these domains are validated.
    variables : sequence of str
        Analytes to validate.
    mine_grid : MineGrid
        Turns world azimuths into those of x, y, z.
    readings : dict of str to DataFrame, optional
        Domain to its structural readings, as for the blocks.
    leaves : sequence of {"sample", "hole", "fold", "campaign"}
        What is left out: the composite alone; all composites of its hole; all of its part of space, the hardest test; or what its
        campaign and later ones brought, where ``campaigns`` tells them.
    folds : int
        Parts of space, slabs across the direction in which a domain's composites spread most.
    campaigns : array (n,), optional
        Place in time of each composite's campaign, from `campaigns.campaign_ranks`; without it "campaign" has no rows.
    threads : int
        Workers; the numbers do not depend on it.
    watch : callable, optional
        Called with a label; what it returns is called as ``progress(done, count)`` from time to time.

    Returns
    -------
    records : DataFrame
        domain, variable, leave, hole, composite, value, estimate, variance, error (estimate - value), standardised (error /
        kriging standard deviation), samples, holes, pass, reason; estimate is NaN where the search found too little.
    scores : DataFrame
        domain (and all), variable, leave, n, n_estimated, and the scores of `error_scores` and `interval_scores`.
    """
    ordered, frames = composites.assign(_rank=-1 if campaigns is None else campaigns), []
    ordered = ordered.sort_values(["hole", "from"], kind="stable")
    leaves = [leave for leave in leaves if leave != "campaign" or campaigns is not None]
    for variable in variables:
        for domain in models:
            estimator = estimation.estimator_of(domain, variable)
            used = known(ordered, variable, estimator)
            if estimator.method not in UNKRIGED and variable not in models[domain]:
                message = f"domain {domain} has no variogram of {variable}; it has {', '.join(models[domain]) or 'none'}"
                raise InputError(message)
            places = used[list(LOCAL)].to_numpy(dtype=float)
            turned = local_orientations(readings, estimation, domain, mine_grid, places)
            request = make_domain_request(
                used, estimation, models, domain, variable, mine_grid, None, orientations=turned, checks=False
            )
            of_campaigns = (used, used["_rank"].to_numpy(), estimation, models, (domain, variable), mine_grid, readings)
            for leave in leaves:
                progress = None if watch is None else watch(f"{variable} in {domain} without its {leave}")
                options = {"threads": threads, "progress": progress}
                if leave == "campaign":
                    found = predict_campaigns(*of_campaigns, **options)
                else:
                    own = _folds(used, places, domain, folds) if leave == "fold" else None
                    found = validate(request, leave=leave, folds=own, domains=(domain,), **options)
                frames += [_record(found, used, domain, variable, leave)] if len(found) else []
    records = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=RECORD)
    return records, _scores(records, list(models), variables, leaves)


def _folds(used, places, domain, count):
    """Fold of each composite: slabs of equal number of the domain's own; another domain's goes with the nearest of them."""
    own = (used["domain"] == domain).to_numpy()
    if own.sum() < 2:
        return np.zeros(len(used), dtype=np.int64)
    of_own = spatial_folds(places[own], min(count, int(own.sum())))
    return of_own[cKDTree(places[own]).query(places)[1]]


def _record(result, used, domain, variable, leave):
    """Records of the domain's own composites; those of other domains inform them only."""
    rows = used.iloc[result.index]
    columns = {"hole": rows["hole"].to_numpy(), "composite": rows["composite"].to_numpy()}
    record = result.reset_index(drop=True).assign(domain=domain, variable=variable, leave=leave, **columns)
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
