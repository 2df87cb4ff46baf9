"""Errors of cross-validation by decile of the estimate: where high and low estimates mislead."""

import numpy as np
import pandas as pd

from scandia.validation.means import ALL
from scandia.validation.scores import error_scores, interval_scores

DECILES = 10
SHOWN = ("standardised_mean", "standardised_variance", "coverage_50", "coverage_80", "coverage_90")
COLUMNS = ("domain", "variable", "leave", "decile", "n", "estimate", "value", "mean_error", "rmse", *SHOWN)


def error_deciles(records):
    """Mean estimate and value, bias, RMSE and standardised errors by decile of the estimate, DataFrame.

    Parameters
    ----------
    records : DataFrame
        From `crossval.cross_validate_domains`.

    Returns
    -------
    DataFrame
        domain (and all), variable, leave, decile (1 holds the lowest estimates), n, estimate and value (means), mean_error
        (estimate - value), rmse, and the scores of the standardised errors. A conditionally unbiased estimate has the same mean
        as the values in each decile. Equal estimates fall into one decile.
    """
    rows = []
    done = records[np.isfinite(records["estimate"].to_numpy(dtype=float))]
    for (variable, leave), both in done.groupby(["variable", "leave"], sort=False):
        names = list(dict.fromkeys(both["domain"]))
        for domain in [*names, ALL] if len(names) else []:
            chosen = both if domain == ALL else both[both["domain"] == domain]
            estimate = chosen["estimate"].to_numpy(dtype=float)
            bounds = np.quantile(estimate, np.arange(1, DECILES) / DECILES)
            place = 1 + np.searchsorted(bounds, estimate, side="left")
            rows += [
                {"domain": domain, "variable": variable, "leave": leave, "decile": int(decile), **_row(chosen[place == decile])}
                for decile in np.unique(place)
            ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(records):
    errors, intervals = error_scores(records["estimate"], records["value"]), interval_scores(records["standardised"])
    return {
        "n": len(records),
        "estimate": float(records["estimate"].mean()),
        "value": float(records["value"].mean()),
        "mean_error": errors["mean_error"],
        "rmse": errors["rmse"],
        **{name: intervals[name] for name in SHOWN},
    }
