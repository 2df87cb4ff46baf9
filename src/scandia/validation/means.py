"""Weighted means and declustering weights that every check of the model shares, free of the order of rows."""

from math import fsum

import numpy as np

from scandia.errors import InputError

ALL = "all"  # the row that pools every estimated domain
ESTIMATORS = {"estimate": "", "nearest": "_nearest", "inverse_distance": "_inverse_distance"}


def weighted_mean(values, weights):
    """Weighted mean of two arrays ``(n,)``, NaN where the weights add to nothing; exact sums, so the order cannot matter."""
    values, weights = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    total = fsum(weights)
    return fsum(values * weights) / total if total > 0 else float("nan")


def estimate_names(parts, variable):
    """Names of the kriged grade and the check estimates of a variable, a list; InputError where the model lacks one."""
    names = [f"{variable}{suffix}" for suffix in ESTIMATORS.values()]
    for name in names:
        if name not in parts:
            message = f"the block model has no variable {name}; it holds {', '.join(map(str, parts.data_vars))}"
            raise InputError(message)
    return names


def estimated_mask(parts, variable):
    """Parts ``(domain, z, y, x)`` of a slab with some volume, a kriged grade and both check estimates of ``variable``.

    Checks compare means over these same parts only, so that no estimator gains by leaving out a block.
    """
    mask = np.asarray(parts["fraction"].values > 0)
    for name in estimate_names(parts, variable):
        mask &= np.isfinite(parts[name].values)
    return mask


def products(values, weights):
    """Values times weights, as `weighted_mean` adds them up."""
    return np.asarray(values, dtype=float) * np.asarray(weights, dtype=float)


def pooled_weights(composites, variable, volumes):
    """Composites with a grade in the domains of ``volumes``, with a weight for means over several domains in column ``pooled``.

    It is declustering weight x length, scaled by domain. Declustering weights average 1 within their domain and say nothing of
    how large the domain is. Here each domain's weights add to its estimated volume, so that means over several domains compare
    with block means over the same volumes.

    Parameters
    ----------
    composites : DataFrame
        With domain, length, weight and the variable.
    variable : str
        Analyte; composites without it are left out.
    volumes : dict of str to float
        Estimated volume of each domain, in any one unit.
    """
    need = ["domain", "length", "weight", variable]
    missing = [name for name in need if name not in composites]
    if missing:
        message = f"composites lack {', '.join(missing)}; checks need {', '.join(need)}: decluster before validating"
        raise InputError(message)
    chosen = composites[composites[variable].notna() & composites["domain"].isin(list(volumes))].copy()
    raw = (chosen["weight"] * chosen["length"]).to_numpy(dtype=float)
    pooled = np.zeros(len(chosen))
    for domain, volume in volumes.items():
        rows = (chosen["domain"] == domain).to_numpy()
        total = fsum(raw[rows])
        if total > 0:
            pooled[rows] = raw[rows] * (volume / total)
    return chosen.assign(pooled=pooled)


def domain_volumes(found):
    """Volume of the chosen parts of each domain that has any, in blocks, as a dict; from domain to sums with ``volume``."""
    volumes = {name: float(sums.get("volume", 0.0)) for name, sums in found.items()}
    return {name: volume for name, volume in volumes.items() if volume > 0}
