"""Density of the block parts: the mean of each domain's measurements, or a value assigned in the config."""

import numpy as np
import pandas as pd

from scandia.blockmodel.dataset import PARTS, attributes, grid_of
from scandia.domains.flag import code_by_midpoint
from scandia.errors import InputError
from scandia.vocabulary import DENSITY, DOMAIN, FRACTION, TONNAGE

COLUMNS = ("domain", "n", "excluded", "mean", "median", "deviation", "minimum", "maximum", "used", "basis")


def domain_densities(density, lithology, domains, settings):
    """Table of density by domain, t/m3: domain, n, excluded, mean, median, deviation, minimum, maximum, used, basis.

    Parameters
    ----------
    density : pandas.DataFrame or None
        Measurements (hole, from, to, density); each belongs to the domain of its mid-point. None: nothing was measured.
    lithology : pandas.DataFrame or None
        Coded or logged intervals; not needed without measurements.
    domains : Domains
    settings : DensitySettings

    Returns
    -------
    pandas.DataFrame
        One row per domain in the order of codes. ``n`` counts the measurements within the plausible limits, which the
        statistics are of; ``excluded`` those beyond them or missing; ``used`` is the density of the blocks, ``basis`` its source.

    Raises
    ------
    InputError
        A domain has too few measurements and no assigned density, or a density is assigned to an unknown domain.
    """
    unknown = sorted(set(settings.assigned) - set(domains.domains))
    if unknown:
        message = f"density.assigned names the unknown domain {unknown[0]!r}; known are {', '.join(domains.domains)}"
        raise InputError(message)
    measured = pd.DataFrame({DOMAIN: [], DENSITY: []}) if density is None else code_by_midpoint(density, lithology, domains)
    rows = []
    for name in sorted(domains.domains, key=lambda name: domains.domains[name].code):
        values = measured.loc[measured[DOMAIN] == name, DENSITY].to_numpy(float)
        plausible = np.sort(values[(values >= settings.minimum) & (values <= settings.maximum)])
        used, basis = _choice(name, plausible, settings)
        rows.append((name, plausible.size, values.size - plausible.size, *_statistics(plausible), used, basis))
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
