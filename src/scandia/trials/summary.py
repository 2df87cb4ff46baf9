"""What many trials say together: means over the seeds with their confidence, held against what they should be."""

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from scandia.trials.columns import COLUMNS
from scandia.validation.scores import LEVELS

KEYS = ["variogram", "estimator", "group", "cutoff", "measure"]
NOMINAL = {f"coverage_{level}": level / 100 for level in LEVELS} | {"standardised_variance": 1.0, "relative_bias": 0.0}
SUMMARY = [*KEYS, "seeds", "blocks", "mean", "standard_error", "low", "high", "spread", "nominal", "holds"]


def summarise_trials(trials, level):
    """Mean of each measure over the seeds with its standard error and interval, a DataFrame of `SUMMARY`.

    Parameters
    ----------
    trials : DataFrame
        From `seed.try_seed`, of all seeds.
    level : float
        Confidence of the interval.

    Returns
    -------
    DataFrame
        One row per measure. ``spread`` is the standard deviation between seeds; ``nominal`` what an honest estimate has, where
        that is known, and ``holds`` whether the interval reaches it.

    Notes
    -----
    With values ``v`` and weights ``w`` (blocks) of ``n`` seeds the mean is the ratio ``m = sum w v / sum w`` and its standard
    error ``sqrt(n / (n - 1) sum (w (v - m))^2) / sum w`` (Cochran 1977, section 6.3): whole deposits are drawn, and the
    blocks of one are not independent of each other. The interval is that of Student's t with ``n - 1`` degrees of freedom.
    """
    rows = []
    for key, group in trials.dropna(subset="value").groupby(KEYS, sort=True, dropna=False):
        rows.append(dict(zip(KEYS, key, strict=True)) | _mean(group, level, NOMINAL.get(key[-1])))
    return pd.DataFrame(rows, columns=SUMMARY)


def merge_trials(tables):
    """Scores of all seeds in one table, sorted by seed; the order of the tables makes no difference."""
    return pd.concat(tables, ignore_index=True)[COLUMNS].sort_values("seed", kind="stable", ignore_index=True)


def _mean(group, level, nominal):
    value, weight = group["value"].to_numpy(dtype=float), group["weight"].to_numpy(dtype=float)
    count, total = len(value), weight.sum()
    mean = float(weight @ value / total)
    row = {"seeds": count, "blocks": int(total), "mean": mean, "nominal": np.nan if nominal is None else nominal, "holds": ""}
    if count < 2:
        return row | dict.fromkeys(("standard_error", "low", "high", "spread"), np.nan)
    error = float(np.sqrt(count / (count - 1) * np.sum((weight * (value - mean)) ** 2)) / total)
    half = float(stdtrit(count - 1, 0.5 + level / 2)) * error
    row |= {"standard_error": error, "low": mean - half, "high": mean + half, "spread": float(value.std(ddof=1))}
    if nominal is not None:
        row["holds"] = "yes" if mean - half <= nominal <= mean + half else "no"
    return row
