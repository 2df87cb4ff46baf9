"""One trial: a deposit of one seed estimated with the fitted and with the true variogram, and both held against the truth."""

from contextlib import suppress
from dataclasses import replace

import pandas as pd

from scandia.errors import InputError
from scandia.synthetic.deposit import LEAD
from scandia.synthetic.truth import truth_parts
from scandia.trials.columns import COLUMNS
from scandia.trials.flow import check_trial, estimate, fit, prepare
from scandia.trials.variograms import true_models
from scandia.validation.means import ALL
from scandia.validation.polygonal import plane_of, with_polygonal
from scandia.validation.scores import LEVELS
from scandia.validation.truth import ESTIMATED, compare_truth

TRUE, FITTED, NONE = "true", "fitted", "none"
HONESTY = ("standardised_variance", *(f"coverage_{level}" for level in LEVELS))
ERRORS = ("tonnage_error", "grade_error", "metal_error")


def try_seed(config, tables, surface, seed, *, threads=1):
    """Scores of one seed, a long DataFrame of `COLUMNS`.

    Parameters
    ----------
    config : Config
        Of a simulated deposit.
    tables : dict of str to DataFrame
        Checked tables of the deposit of this seed.
    surface : surface or None
    seed : int
    threads : int

    Returns
    -------
    DataFrame
        variogram (true, fitted, or none: an estimator without one), estimator, group (all, a class or a domain), cutoff (NaN
        where a measure has none), measure and value. ``weight`` is the number of blocks behind a share or a variance, and 1 for
        what is one number of a deposit: its bias, its error of tonnes.
    """
    check_trial(config, LEAD)
    prepared = prepare(config, tables, surface, LEAD)
    truth = truth_parts(prepared.blocks, replace(config.synthetic, seed=seed))
    known = true_models(config.synthetic, prepared.composites, prepared.pieces, config.mine_grid)
    plane = plane_of(config.model.domains, config.model.estimation.search)
    base, wanted = float(config.model.reporting.base_cutoff), config.model.variography.domains
    found, rows = {TRUE: {name: known[name] for name in wanted if name in known}}, []
    with suppress(InputError):  # the run of such a deposit stops and asks for a model; the summary tells how often
        found[FITTED] = fit(config, prepared, LEAD)
    rows.append((FITTED, "estimate", ALL, float("nan"), "share_of_fits_that_converge", float(FITTED in found), 1))
    for variogram, models in found.items():
        parts = estimate(config, prepared, models, LEAD, threads=threads)
        parts = with_polygonal(parts, prepared.composites, [LEAD], plane, config.mine_grid)
        rows += _scores(compare_truth(parts, truth, [LEAD], [base]), variogram)
    table = pd.DataFrame(rows, columns=COLUMNS[1:])
    table = table.drop_duplicates(["variogram", "estimator", "group", "cutoff", "measure"], ignore_index=True)
    return pd.concat([pd.DataFrame({"seed": seed}, index=table.index), table], axis=1)


def _scores(tables, variogram):
    """Rows of one estimate; what needs no variogram is said of none, so that it comes once."""
    nowhere = float("nan")
    for row in tables["uncertainty"].to_dict("records"):
        if row["by"] in (ALL, "class", "domain"):
            for measure in HONESTY:
                yield variogram, "estimate", row["group"], nowhere, measure, row[measure], row["n"]
    for row in tables["conditional"].to_dict("records"):
        of = variogram if row["estimator"] == "estimate" or row["class"] != ALL else NONE  # classes hang on the variogram
        for measure in ("relative_bias", "rmse", "slope", "correlation"):
            yield of, row["estimator"], row["class"], nowhere, measure, row[measure], 1
    for row in tables["totals"].to_dict("records"):
        if row["scope"] == ESTIMATED and row["domain"] == ALL:
            for measure in ERRORS:
                yield variogram, "estimate", ALL, row["cutoff"], measure, row[measure], 1
    for row in tables["classes"].to_dict("records"):
        for measure in ERRORS:
            yield variogram, row["estimator"], row["class"], row["cutoff"], measure, row[measure], 1
