"""Change of support: variances of points, blocks and estimates, and the grade-tonnage curves that go with them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from scandia.blockmodel.dataset import grid_of
from scandia.errors import InputError
from scandia.exact import ratio
from scandia.statistics.weighted import weighted_mean, weighted_quantile, weighted_variance
from scandia.validation.distribution import distributions, first_moments
from scandia.validation.hermite import block_grades, coefficients, steps, support_coefficient
from scandia.validation.means import domain_volumes, pooled_weights
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


@dataclass(frozen=True, eq=False)
class Case:
    """One variable in one domain: composites with weights, and what the model and the variogram say of blocks."""

    values: np.ndarray  # (n,) composites
    weights: np.ndarray  # (n,)
    blocks: int  # estimated parts
    expected: float  # mean variance that kriging leaves the estimates; NaN without kriging
    share: float  # variance of blocks over that of points; NaN without a sill
    sill: float
    at: float  # where metal is held against theory

    @property
    def cutoffs(self):
        """Where the curves are tabulated, ascending, an array ``(k,)``."""
        return np.unique(np.r_[0.0, weighted_quantile(self.values, self.weights, QUANTILES), self.at])


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
        supports = {
            name: _block_support(models.get(name, {}).get(variable), parts, estimation)
            for name in map(str, parts["domain"].values)
        }
        moments = first_moments(parts, variable, {name: one[0] for name, one in supports.items() if one is not None})
        volumes = domain_volumes(moments)
        weighted = pooled_weights(composites, variable, volumes)
        cases = {}
        for domain in volumes:
            samples = weighted[weighted["domain"] == domain]
            if len(samples) and samples["pooled"].sum() > 0:
                at = cutoff if variable == lead else None
                cases[domain] = _case(samples, variable, moments[domain], supports[domain], at)
        found = distributions(parts, variable, moments, {domain: case.cutoffs for domain, case in cases.items()})
        for domain, case in cases.items():
            row, tables = _study(case, found[domain])
            rows.append({"domain": domain, "variable": variable, "composites": len(case.values), **row})
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


def _block_support(model, parts, estimation):
    """Variance of blocks by a variogram, and its sill; None where it has none."""
    if model is None or not model.bounded or not model.sill > 0:
        return None
    grid = grid_of(parts)
    return block_variance(localise(model, grid.mine_grid), grid.size, estimation.discretisation), model.sill


def _case(samples, variable, moments, support, cutoff):
    values, weights = samples[variable].to_numpy(dtype=float), samples["pooled"].to_numpy(dtype=float)
    block, sill = (np.nan, np.nan) if support is None else support
    expected = ratio(moments, "expected", "known")
    median = float(weighted_quantile(values, weights, [0.5])[0])
    at = median if cutoff is None else float(cutoff)
    return Case(values, weights, moments["parts"], expected, float(block / sill), float(sill), at)


def _study(case, estimates):
    """Row of variances, and the curves; of a `Case` and the `Distribution` of its estimates and nearest samples."""
    mean, variance = weighted_mean(case.values, case.weights), weighted_variance(case.values, case.weights)
    own_mean, own = estimates["estimate"].mean, estimates["estimate"].variance
    grades = {"composites": (case.values, case.weights)}
    r = kept = float("nan")
    note = "" if np.isfinite(case.share) else "no variogram with a sill: blocks have no theoretical variance"
    if not note and variance > 0:
        try:
            blocks, r, kept = gaussian_grades(case.values, case.weights, case.share)
            grades["discrete_gaussian"] = (blocks, np.ones(len(blocks)))
        except InputError as error:
            note = str(error)
        grades["affine"] = (affine_grades(case.values, case.weights, case.share), case.weights)
    curves = {name: above(*pair, case.cutoffs) for name, pair in grades.items()}
    curves |= {name: (one.tonnage, one.grade, one.metal) for name, one in estimates.items()}
    wholes = {name: weighted_mean(*pair) for name, pair in grades.items()} | {"estimate": own_mean}
    place = int(np.searchsorted(case.cutoffs, case.at))
    metal = {name: float(curves[name][2][place]) * whole for name, whole in wholes.items()}  # per unit of tonnage
    theory = metal.get("discrete_gaussian", np.nan)
    true_block = case.share * variance
    row = {
        "blocks": case.blocks, "mean": mean, "variance": variance, "cv": _ratio(np.sqrt(variance), mean), "sill": case.sill,
        "point_variance": _ratio(case.sill, variance), "block_share": case.share, "true_block_variance": true_block,
        "true_block_cv": _ratio(np.sqrt(true_block), mean), "hermite_variance": kept, "support_coefficient": r,
        "estimate_mean": own_mean, "estimate_variance": own, "estimate_cv": _ratio(np.sqrt(own), own_mean),
        "expected_variance": case.expected, "smoothing": _ratio(own, true_block), "variance_ratio": _ratio(own, case.expected),
        "cutoff": case.at, "metal_estimate": metal["estimate"], "metal_gaussian": theory,
        "metal_affine": metal.get("affine", np.nan), "change_of_support": _ratio(metal["estimate"], theory) - 1.0, "note": note,
    }  # fmt: skip
    return row, [_curve(name, case.cutoffs, curves[name]) for name in CURVES if name in curves]


def _ratio(above, below):
    return float(above / below) if below > 0 else float("nan")


def _curve(name, cutoffs, shares):
    tonnage, grade, metal = shares
    return pd.DataFrame({"curve": name, "cutoff": cutoffs, "tonnage": tonnage, "grade": grade, "metal": metal})
