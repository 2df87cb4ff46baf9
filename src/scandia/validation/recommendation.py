"""What the neighbourhood study recommends, setting by setting, with its reason."""

import pandas as pd

from scandia.validation.cases import FIELDS

TIMES = {"block_size": "x the grid's", "search_factor": "x the config's radii"}  # settings that are factors
COLUMNS = ("domain", "variable", "setting", "config", "recommended", "reason")
NO_SIZE = (
    "None: the study does not justify a block size. Slope and efficiency move with it for reasons of arithmetic alone; the size "
    "comes from the spacing of the holes and the way of mining."
)


def recommend(table, settings):
    """One row per domain, variable and setting, DataFrame: the config's value, the recommended one, and why.

    Parameters
    ----------
    table : DataFrame
        Rows of `neighbourhood.study_case`, the config's own case among them.
    settings : Neighbourhood
        ``enough`` and ``stable``.

    Notes
    -----
    Each setting is judged where the others are the config's. Most samples, most per hole and search factor: the least with which
    every block that any of them estimates is estimated, and whose mean slope reaches the share ``enough`` of the best.
    Discretisation: the coarsest whose block variance is within ``stable`` of the finest's. Block size: none.
    """
    rows = []
    for (domain, variable), every in table.groupby(["domain", "variable"], sort=False):
        own = every[every["case"] == "config"].iloc[0]
        for name in FIELDS.values():
            others = [other for other in FIELDS.values() if other != name]
            alone = every[(every[others] == own[others]).all(axis=1)].drop_duplicates(name)
            chosen, reason = _choose(name, alone, settings)
            rows.append((domain, variable, name, _text(own[name], name), chosen, reason))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _choose(name, rows, settings):
    if name == "block_size":
        return "–", NO_SIZE
    if name == "discretisation":
        return _discretisation(rows, settings)
    unlimited = name == "max_per_hole"
    order = rows.assign(_rank=rows[name].astype(float).where(~((rows[name] == 0) & unlimited), float("inf")))
    order = order.sort_values("_rank", kind="stable")
    slopes, most = order["slope"].astype(float), order["estimated"].max()
    if slopes.isna().all():
        return "–", "The variogram has no sill, so blocks have no slope of regression."
    best = slopes.max()
    enough = order[(slopes >= settings.enough * best) & (order["estimated"] == most)]
    if not len(enough):
        return "–", f"None of them estimates {most} blocks with {100 * settings.enough:g} % of the best mean slope, {best:.3f}."
    row = enough.iloc[0]
    reason = (
        f"The least with which {most} blocks have an estimate and the mean slope, {row['slope']:.3f}, reaches "
        f"{100 * settings.enough:g} % of the best, {best:.3f}; negative weights {row['negative_weights']:.3f}, weight of the "
        f"mean {row['weight_of_mean']:.3f}."
    )
    return ("no limit" if unlimited and row[name] == 0 else _text(row[name], name)), reason


def _discretisation(rows, settings):
    counted = rows.assign(_points=[_points(text) for text in rows["discretisation"]]).sort_values("_points", kind="stable")
    variance = counted["block_variance"].astype(float)
    if variance.isna().all():
        return "–", "Blocks have no one variance: their variogram has no sill, or turns from block to block."
    finest = variance.iloc[-1]
    change = (variance / finest - 1).abs()
    row = counted[change <= settings.stable].iloc[0]
    return row["discretisation"], (
        f"The coarsest whose block variance, {row['block_variance']:.4g}, is within {100 * settings.stable:g} % of that of "
        f"{counted['discretisation'].iloc[-1]} points, {finest:.4g}."
    )


def _points(text):
    total = 1
    for number in str(text).split(" x "):
        total *= int(number)
    return total


def _text(value, name):
    text = value if isinstance(value, str) else f"{value:g}"
    return f"{text} {TIMES[name]}" if name in TIMES else text
