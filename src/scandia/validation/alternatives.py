"""Other variogram models that the same experiment allows, held against the one in use by leaving out hole by hole."""

from dataclasses import replace

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.validation.crossval import cross_validate_domains
from scandia.variography.cases import fit_case, make_case
from scandia.variography.covariance import localise
from scandia.variography.crosscheck import gstools_fit
from scandia.variography.fit import misfit, oriented
from scandia.variography.model import spell
from scandia.vocabulary import DOMAIN

SCORES = ("n_estimated", "mean_error", "rmse", "standardised_variance", "coverage_90")
COLUMNS = (DOMAIN, "variable", "model", "nugget", "sill", "structures", "misfit", *SCORES, "note")


def compare_models(experimental, composites, settings, estimation, models, *, mine_grid, readings=None):
    """Models in use and their alternatives with their misfit and their scores without each hole, DataFrame.

    Parameters
    ----------
    experimental, composites, settings, mine_grid
        As in `fit_variograms`.
    estimation, readings
        As in `cross_validate_domains`.
    models : dict of str to dict of str to Variogram
        Those in use.

    Returns
    -------
    DataFrame
        domain, variable, model ("in use" first), nugget, sill, structures, misfit (weighted, a share of the declustered
        variance), n_estimated, mean_error, rmse, standardised_variance (mean of squared error over kriging variance, 1 where the
        model tells its errors right), coverage_90 (share within the 90 % interval), note: why an alternative could not be made.

    Notes
    -----
    Alternatives to a fitted or given model: the fit (where a model is given), one structure, anisotropy of each structure's own
    (or one for all, where the settings have that), exponential structures, and one structure by GSTools. Borrowed models
    have no alternatives. Errors between holes tell ranges and sill; they say little about what is shorter than the spacing.
    """
    rows = []
    for domain, by_variable in models.items():
        if settings.domains[domain].source == "borrow":
            continue
        for variable in estimation.variables:
            case = make_case(domain, variable, experimental, composites, settings, mine_grid)
            for name, model, note in [("in use", by_variable[variable], ""), *_alternatives(case)]:
                row = {DOMAIN: domain, "variable": variable, "model": name, "note": note}
                rows.append(row if model is None else row | _row(case, model, composites, estimation, readings))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(case, model, composites, estimation, readings):
    one = {case.domain: {case.variable: model}}
    _, scores = cross_validate_domains(
        composites, estimation, one, [case.variable], mine_grid=case.mine_grid, readings=readings, leaves=("hole",)
    )
    found = misfit(localise(model, case.mine_grid), case.curves, case.axes, weights=case.settings.weights)
    return {
        "nugget": model.nugget,
        "sill": model.sill if model.bounded else np.nan,
        "structures": spell(model),
        "misfit": found / case.variance if case.variance > 0.0 else np.nan,
        **scores.loc[scores[DOMAIN] == case.domain, list(SCORES)].iloc[0].to_dict(),
    }


def _alternatives(case):
    """Name, model or None, and why there is none, of every alternative."""
    settings, makers = case.settings, {}
    if case.variable in case.chosen.models or case.chosen.source == "model":
        makers["fitted"] = lambda: _fitted(case)
    makers["one structure"] = lambda: _fitted(case, kinds=settings.kinds[-1:])
    other = "free" if settings.anisotropy == "common" else "common"
    makers[f"{other} anisotropy"] = lambda: _fitted(case, anisotropy=other)
    makers["exponential"] = lambda: _fitted(case, kinds=("exponential",) * len(settings.kinds))
    makers["GSTools, one structure"] = lambda: gstools_fit(case, fit_case(_changed(case, kinds=settings.kinds[-1:])).ranges[-1])
    for name, make in makers.items():
        try:
            yield name, make(), ""
        except InputError as error:
            yield name, None, str(error)


def _fitted(case, **changes):
    changed = _changed(case, **changes)
    return oriented(fit_case(changed), changed)


def _changed(case, **changes):
    return replace(case, settings=replace(case.settings, **changes))
