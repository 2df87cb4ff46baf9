"""Density of the block parts: the mean of each domain's measurements, or a value assigned in the config."""

import numpy as np
import pandas as pd

from scandia.blockmodel.dataset import PARTS, attributes, grid_of
from scandia.domains.flag import code_by_midpoint
from scandia.errors import InputError
from scandia.vocabulary import DENSITY, DOMAIN, FRACTION, FROM, HOLE, TO, TONNAGE

COLUMNS = (
    "domain", "n", "excluded", "outliers", "mean", "median", "deviation", "minimum", "maximum", "method", "used", "basis",
)  # fmt: skip
OUTLIER, PLAUSIBLE, METHOD = "outlier", "plausible", "method"


def code_densities(density, lithology, domains, settings):
    """Every measurement with its domain, and whether it is plausible (1 or 0) and an outlier of its domain (1 or 0).

    Parameters
    ----------
    density : pandas.DataFrame or None
        Measurements (hole, from, to, density; method if known); each belongs to the domain of its mid-point.
    lithology : pandas.DataFrame or None
        Coded or logged intervals; not needed without measurements.
    domains : Domains
    settings : DensitySettings

    Returns
    -------
    pandas.DataFrame
        hole, from, to, density, method, domain, plausible, outlier; in the order of the measurements.
    """
    names = [HOLE, FROM, TO, DENSITY, METHOD, DOMAIN, PLAUSIBLE, OUTLIER]
    if density is None:
        return pd.DataFrame(columns=names)
    coded = code_by_midpoint(density, lithology, domains)
    values = coded[DENSITY].to_numpy(float)
    plausible = (values >= settings.minimum) & (values <= settings.maximum)
    outlier = np.zeros(len(coded), dtype=bool)
    for places in coded.groupby(DOMAIN).indices.values():
        chosen = places[plausible[places]]
        low, high = outlier_limits(values[chosen], settings.outlier_rule)
        outlier[chosen] = (values[chosen] < low) | (values[chosen] > high)
    method = coded[METHOD].fillna("not given") if METHOD in coded else "not given"
    return coded.assign(**{METHOD: method, PLAUSIBLE: plausible.astype(int), OUTLIER: outlier.astype(int)})[names]


def outlier_limits(values, rule):
    """Smallest and largest value that is no outlier, by the rule of that name (`DensitySettings.outlier_rule`)."""
    if rule == "none" or len(values) == 0:
        return -np.inf, np.inf
    if rule == "tukey":
        lower, upper = np.quantile(values, [0.25, 0.75])
        return lower - 1.5 * (upper - lower), upper + 1.5 * (upper - lower)
    middle = np.median(values)
    spread = 3.5 * 1.4826 * np.median(np.abs(values - middle))
    return middle - spread, middle + spread


def domain_densities(density, lithology, domains, settings):
    """Table of density by domain, t/m3: domain, n, excluded, outliers, statistics, method, used, basis.

    Parameters
    ----------
    density, lithology : pandas.DataFrame or None
        As in `code_densities`.
    domains : Domains
    settings : DensitySettings

    Returns
    -------
    pandas.DataFrame
        One row per domain in the order of codes. ``n`` counts the measurements that the statistics are of; ``excluded`` those
        beyond the plausible limits or missing, and the outliers where they are excluded; ``outliers`` those found by the rule;
        ``method`` the measurements by method; ``used`` is the density of the blocks, ``basis`` its source.

    Raises
    ------
    InputError
        A domain has too few measurements and no assigned density, or a density is assigned to an unknown domain.
    """
    unknown = sorted(set(settings.assigned) - set(domains.domains))
    if unknown:
        message = f"density.assigned names the unknown domain {unknown[0]!r}; known are {', '.join(domains.domains)}"
        raise InputError(message)
    measured = code_densities(density, lithology, domains, settings)
    rows = []
    for name in sorted(domains.domains, key=lambda name: domains.domains[name].code):
        mine = measured[measured[DOMAIN] == name]
        used = (mine[PLAUSIBLE] == 1) & ((mine[OUTLIER] == 0) | (settings.outliers == "keep"))
        values = np.sort(mine.loc[used, DENSITY].to_numpy(float))
        counted = mine.loc[used, METHOD].astype(str).value_counts().sort_index()
        methods = ", ".join(f"{method} {count}" for method, count in counted.items())
        density_used, basis = _choice(name, values, settings)
        if settings.factor != 1.0:
            density_used, basis = settings.factor * density_used, f"{basis}, times {settings.factor:g}"
        head = (name, values.size, len(mine) - values.size, int(mine[OUTLIER].sum()))
        rows.append((*head, *_statistics(values), methods, density_used, basis))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def assign_density(parts, table):
    """Parts with ``density`` (t/m3, NaN where a part is empty) and ``tonnage`` (t, 0 there).

    Parameters
    ----------
    parts : xarray.Dataset
        With fraction.
    table : pandas.DataFrame
        domain and used, as `domain_densities` gives it.

    Raises
    ------
    InputError
        A domain of the parts has no density.
    """
    used = table.set_index(DOMAIN)["used"].reindex(parts[DOMAIN].values.tolist())
    if used.isna().any():
        message = f"domain {used.index[used.isna()][0]!r} has no density; the table has {', '.join(table[DOMAIN])}"
        raise InputError(message)
    fraction = parts[FRACTION].transpose(*PARTS).values
    by_domain = used.to_numpy(float)[:, None, None, None]
    density = np.where(fraction > 0, by_domain, np.nan)
    tonnage = fraction * grid_of(parts).volume * by_domain
    return attributes(parts.assign({DENSITY: (PARTS, density), TONNAGE: (PARTS, tonnage)}), {})


def _choice(name, values, settings):
    """Density of a domain and where it comes from."""
    assigned = settings.assigned.get(name)
    if settings.method == "mean" and values.size >= settings.minimum_measurements:
        return float(values.mean()), f"mean of {values.size} measurements"
    few = f"{values.size} measurements, fewer than {settings.minimum_measurements}"
    if assigned is not None:
        return float(assigned), "assigned" if settings.method == "assigned" else f"assigned: {few}"
    hint = f"give density.assigned.{name} in t/m3"
    words = "no assigned density" if settings.method == "assigned" else f"{few}, and no assigned density"
    message = f"domain {name!r} has {words}; {hint}"
    raise InputError(message)


def _statistics(values):
    """Mean, median, standard deviation (n - 1), minimum and maximum; NaN where there are too few values."""
    if values.size == 0:
        return (np.nan,) * 5
    deviation = float(values.std(ddof=1)) if values.size > 1 else np.nan
    return float(values.mean()), float(np.median(values)), deviation, float(values[0]), float(values[-1])
