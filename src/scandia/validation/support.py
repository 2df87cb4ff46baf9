"""Change of support: variances of points, blocks and estimates, and the grade-tonnage curves that go with them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from scandia.blockmodel.dataset import grid_of
from scandia.errors import InputError
from scandia.statistics.weighted import weighted_mean, weighted_quantile, weighted_variance
from scandia.validation.hermite import block_grades, coefficients, steps, support_coefficient
from scandia.validation.means import domain_volumes, estimated_mask, pooled_weights
from scandia.variography.covariance import localise
from scandia.variography.support import block_variance

NODES = 4000  # equal shares of the distribution of blocks
QUANTILES = np.r_[0.0, np.arange(0.05, 0.96, 0.05), 0.975, 0.99]  # of the composites: where the curves are tabulated
CURVES = ("composites", "discrete_gaussian", "affine", "estimate", "nearest")
VARIANCES = (
    *("domain", "variable", "composites", "blocks", "mean", "variance", "cv", "sill", "point_variance", "block_share"),
    *("true_block_variance", "true_block_cv", "hermite_variance", "support_coefficient", "estimate_mean", "estimate_variance"),
    *("estimate_cv", "expected_variance", "smoothing", "variance_ratio", "cutoff", "metal_estimate", "metal_gaussian"),
    *("metal_affine", "change_of_support", "note"),
)


@dataclass(frozen=True)
class Case:
    """One variable in one domain: composites with weights, whole estimates with volumes, and the variogram if there is one."""

    values: np.ndarray  # (n,) composites
    weights: np.ndarray  # (n,)
    grades: dict[str, np.ndarray]  # estimate and nearest (m,)
    volume: np.ndarray  # (m,)
    expected: float  # mean variance that kriging leaves the estimates; NaN without kriging
    share: float  # variance of blocks over that of points; NaN without a sill
    sill: float


def change_of_support(composites, parts, variables, models, estimation, *, cutoff=None, lead=None):
    """Variances by domain and variable, and their grade-tonnage curves, two DataFrames.

    Parameters
    ----------
    composites : DataFrame
        Declustered composites, taken for points: their variogram is that of composites too.
    parts : Dataset
        Estimated block parts.
    variables : sequence of str
    models : dict of str to dict of str to Variogram
        With world azimuths.
    estimation : Estimation
        Its discretisation stands for the block.
    cutoff : float, optional
        Where the estimate's metal is held against theory for the variable ``lead``; the others take the median of their
        composites.
    lead : str, optional

    Returns
    -------
    variances : DataFrame
        domain, variable, composites and blocks (numbers), mean, variance and cv of the declustered composites, sill,
        point_variance (sill / variance), block_share f (block variance by the variogram / sill), true_block_variance (f x
        variance) and true_block_cv, hermite_variance (what the polynomials keep of the variance, share), support_coefficient r,
        estimate_mean, estimate_variance and estimate_cv (volume-weighted), expected_variance (mean of BV - KV - 2 mu: what
        kriging leaves to its estimates), smoothing (estimate / true block variance), variance_ratio (estimate / expected),
        cutoff, the metal above it per tonne of all (grade units; estimate, discrete Gaussian, affine), change_of_support
        (estimate / discrete Gaussian - 1), note: why something is missing.
    curves : DataFrame
        domain, variable, curve (one of `CURVES`), cutoff, tonnage (share), grade, metal (share of the curve's own whole).

    Notes
    -----
    Points have the declustered distribution Z = phi(Y). Blocks by the discrete Gaussian model: Z_v = sum phi_n r^n H_n(Y), with r
    from the block variance. By the affine correction: m + sqrt(f) (Z - m), which keeps the shape. All domains together have no
    one variogram, and no row.

    References
    ----------
    Rivoirard (1994), chapter 7. Journel & Huijbregts (1978), section VI. Isaaks & Srivastava (1989), chapter 19.
    """
    rows, curves = [], []
    for variable in variables:
        mask = estimated_mask(parts, variable)
        volumes = domain_volumes(parts, mask)
        weighted = pooled_weights(composites, variable, volumes)
        for domain in volumes:
            samples = weighted[weighted["domain"] == domain]
            if not len(samples) or not samples["pooled"].sum() > 0:
                continue
            where = mask & (parts["domain"].values == domain)[:, None, None, None]
            case = _case(samples, parts, where, (domain, variable), models, estimation)
            at = cutoff if variable == lead and cutoff is not None else None
            row, tables = _study(case, at)
            rows.append({"domain": domain, "variable": variable, "composites": len(samples), **row})
            curves += [table.assign(domain=domain, variable=variable) for table in tables]
    table = pd.concat(curves, ignore_index=True) if curves else pd.DataFrame()
    columns = ["domain", "variable", "curve", "cutoff", "tonnage", "grade", "metal"]
    return pd.DataFrame(rows, columns=list(VARIANCES)), table.reindex(columns=columns)


def above(grades, weights, cutoffs):
    """Share of the tonnage at or above each cut-off ``(k,)``, its mean grade (NaN where none), and its share of the metal.

    Parameters
    ----------
    grades, weights : array (n,)
    cutoffs : array (k,)
    """
    order = np.lexsort((weights, grades))
    grades, weights = np.asarray(grades, dtype=float)[order], np.asarray(weights, dtype=float)[order]
    tonnes = np.r_[np.cumsum(weights[::-1])[::-1], 0.0]
    metal = np.r_[np.cumsum((weights * grades)[::-1])[::-1], 0.0]
    place = np.searchsorted(grades, cutoffs, side="left")
    grade = np.divide(metal[place], tonnes[place], out=np.full(len(place), np.nan), where=tonnes[place] > 0)
    whole = metal[0] if metal[0] > 0 else np.nan
    return tonnes[place] / tonnes[0], grade, metal[place] / whole


def affine_grades(values, weights, share):
    """Grades ``(n,)`` of blocks by the affine correction: ``m + sqrt(f) (z - m)`` about the weighted mean m."""
    mean = weighted_mean(values, weights)
    return mean + np.sqrt(share) * (values - mean)


def gaussian_grades(values, weights, share):
    """Grades ``(NODES,)`` of blocks of equal weight by the discrete Gaussian model, r, and what the polynomials keep.

    Parameters
    ----------
    values, weights : array (n,)
        Declustered point grades.
    share : float
        Block variance over point variance, f.
    """
    levels, bounds = steps(values, weights)
    phi, variance = coefficients(levels, bounds), weighted_variance(values, weights)
    kept = float(np.sum(phi[1:] ** 2))
    r = support_coefficient(phi, share * variance, variance)
    scores = ndtri((np.arange(NODES) + 0.5) / NODES)
    return block_grades(levels, bounds, r, scores), r, kept / variance if variance > 0 else float("nan")


def _case(samples, parts, where, key, models, estimation):
    domain, variable = key
    grid, model = grid_of(parts), models.get(domain, {}).get(variable)
    share = sill = expected = np.nan
    if model is not None and model.bounded and model.sill > 0:
        block = block_variance(localise(model, grid.mine_grid), grid.size, estimation.discretisation)
        share, sill = block / model.sill, model.sill
        variance, mu = (parts[f"{variable}_{name}"].values[where] for name in ("variance", "lagrange"))
        left, fraction = block - variance - 2 * mu, parts["fraction"].values[where]
        known = np.isfinite(left)  # nowhere, where no system was solved
        expected = weighted_mean(left[known], fraction[known])
    return Case(
        samples[variable].to_numpy(dtype=float),
        samples["pooled"].to_numpy(dtype=float),
        {"estimate": parts[variable].values[where], "nearest": parts[f"{variable}_nearest"].values[where]},
        parts["fraction"].values[where],
        float(expected),
        float(share),
        float(sill),
    )


def _study(case, cutoff):
    """Row of variances, and the curves."""
    mean, variance = weighted_mean(case.values, case.weights), weighted_variance(case.values, case.weights)
    estimate = case.grades["estimate"]
    own_mean, own = weighted_mean(estimate, case.volume), weighted_variance(estimate, case.volume)
    median = float(weighted_quantile(case.values, case.weights, [0.5])[0])
    at = median if cutoff is None else float(cutoff)
    grades = {"composites": (case.values, case.weights)}
    grades |= {name: (case.grades[name], case.volume) for name in ("estimate", "nearest")}
    r = kept = float("nan")
    note = "" if np.isfinite(case.share) else "no variogram with a sill: blocks have no theoretical variance"
    if not note and variance > 0:
        try:
            blocks, r, kept = gaussian_grades(case.values, case.weights, case.share)
            grades["discrete_gaussian"] = (blocks, np.ones(len(blocks)))
        except InputError as error:
            note = str(error)
        grades["affine"] = (affine_grades(case.values, case.weights, case.share), case.weights)
    metal = {name: float(above(*pair, np.array([at]))[2][0]) * _total(pair) for name, pair in grades.items()}
    theory = metal.get("discrete_gaussian", np.nan)
    true_block = case.share * variance
    row = {
        "blocks": len(estimate), "mean": mean, "variance": variance, "cv": _ratio(np.sqrt(variance), mean), "sill": case.sill,
        "point_variance": _ratio(case.sill, variance), "block_share": case.share, "true_block_variance": true_block,
        "true_block_cv": _ratio(np.sqrt(true_block), mean), "hermite_variance": kept, "support_coefficient": r,
        "estimate_mean": own_mean, "estimate_variance": own, "estimate_cv": _ratio(np.sqrt(own), own_mean),
        "expected_variance": case.expected, "smoothing": _ratio(own, true_block), "variance_ratio": _ratio(own, case.expected),
        "cutoff": at, "metal_estimate": metal["estimate"], "metal_gaussian": theory,
        "metal_affine": metal.get("affine", np.nan), "change_of_support": _ratio(metal["estimate"], theory) - 1.0, "note": note,
    }  # fmt: skip
    cutoffs = np.unique(np.r_[0.0, weighted_quantile(case.values, case.weights, QUANTILES), at])
    return row, [_curve(name, *grades[name], cutoffs) for name in CURVES if name in grades]


def _total(pair):
    """Mean grade: metal of the whole per unit of tonnage."""
    return weighted_mean(*pair)


def _ratio(above, below):
    return float(above / below) if below > 0 else float("nan")


def _curve(name, grades, weights, cutoffs):
    tonnage, grade, metal = above(grades, weights, cutoffs)
    return pd.DataFrame({"curve": name, "cutoff": cutoffs, "tonnage": tonnage, "grade": grade, "metal": metal})
