"""Estimators of the semivariance: what they sum over pairs, and their way back to squared grade units."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from scandia.errors import InputError
from scandia.statistics.weighted import weighted_mean, weighted_variance
from scandia.variography._loops import ABSOLUTE, HALF_ABSOLUTE, HALF_SQUARE, PRODUCT, RELATIVE, ROOT
from scandia.variography.settings import UNWEIGHTED

MEASURES = {
    "traditional": HALF_SQUARE,
    "pairwise_relative": RELATIVE,
    "general_relative": HALF_SQUARE,
    "correlogram": PRODUCT,
    "covariance": PRODUCT,
    "madogram": HALF_ABSOLUTE,
    "cressie_hawkins": ROOT,
    "dowd": ABSOLUTE,
    "genton": ABSOLUTE,
    "normal_scores": HALF_SQUARE,
}
GATHERING = UNWEIGHTED
POSITIVE = ("pairwise_relative", "general_relative")  # relative to a mean that must not be 0
QUANTILES = 1001  # that stand for all values, where something is averaged over all pairs
POLYNOMIALS = 60  # Hermite polynomials of the back-transform
GENTON, GENTON_MANY = 2.219, 500  # from so many differences on, a quarter stands for Genton's share, as in scikit-gstat
HALVINGS = 200  # more than the steps between two numbers


@dataclass(frozen=True)
class Scale:
    """What turns an estimator's statistic into squared grade units: all values of a domain ``(n,)`` and their weights."""

    values: np.ndarray
    weights: np.ndarray

    @property
    def mean(self):
        """Weighted mean."""
        return weighted_mean(self.values, self.weights)

    @property
    def variance(self):
        """Weighted variance, squared grade units."""
        return weighted_variance(self.values, self.weights)

    def over_all_pairs(self, measure):
        """Mean of a measure of two values over all pairs, whatever their distance: where it settles without correlation."""
        order = np.argsort(self.values, kind="stable")
        reached = np.cumsum(self.weights[order])
        places = np.searchsorted(reached, (np.arange(QUANTILES) + 0.5) / QUANTILES * reached[-1])
        typical = self.values[order][np.minimum(places, len(order) - 1)]
        return float(np.mean(measure(typical[:, None], typical[None, :])))


def check_estimator(estimator, values, weights):
    """Nothing; refuses an unknown estimator, weights that it cannot use, and values that it cannot take."""
    fault = None
    if estimator not in MEASURES:
        fault = f"it can be {', '.join(MEASURES)}"
    elif weights is not None and estimator in GATHERING:
        fault = "it has no weights. Hint: weigh no pairs, or take cressie_hawkins"
    elif estimator in POSITIVE and np.any(np.asarray(values) <= 0.0):
        fault = f"it takes values above 0; the smallest is {np.min(values)}. Hint: take correlogram, or normal_scores"
    if fault is not None:
        message = f"the estimator of the variogram is {estimator!r}; {fault}"
        raise InputError(message)


def semivariances(estimator, pairs, sums, differences, scale):
    """The estimator's own statistic and the semivariance in squared grade units of each lag, two arrays ``(k,)``.

    Parameters
    ----------
    estimator : str
        A key of `MEASURES`.
    pairs, sums, differences
        From `_pairs.directional_sums`.
    scale : Scale
        All values of the domain.

    Notes
    -----
    With d the difference of a pair, m the lag's mean of the measure, and s² the weighted variance of all values:

    - traditional: γ = mean of d²/2
    - pairwise_relative: m = mean of (d / mean of the pair)²/2; γ = s² m / M, M the mean over all pairs
    - general_relative: m = γ / (lag mean)²; γ times the squared mean of all values
    - correlogram: ρ = (mean of head × tail - product of means) / product of deviations; γ = s² (1 - ρ)
    - covariance: C = mean of head × tail - product of means; γ = s² - C
    - madogram: m = mean of abs(d)/2; γ = s² (m / M)², exact where pairs are bi-Gaussian
    - cressie_hawkins: γ = (mean of sqrt(abs(d)))⁴ / (2 (0.457 + 0.494/N + 0.045/N²))
    - dowd: γ = 2.198 (median of abs(d))² / 2
    - genton: γ = (2.219 Q)² / 2, Q the quantile of the absolute differences between the d that Genton names; scikit-gstat hands
      its estimator abs(d) instead, which makes white noise come out too small
    - normal_scores: γ of the scores, taken back by `Anamorphosis`

    References
    ----------
    CD12, section 2.2; GSLIB, section III.1; scikit-gstat.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        total = sums[:, 4]
        found, head, tail = (sums[:, k] / total for k in (1, 2, 3))
        deviations = np.sqrt(np.maximum(sums[:, 5] / total - head**2, 0.0) * np.maximum(sums[:, 6] / total - tail**2, 0.0))
        covariance = found - head * tail
        if estimator == "pairwise_relative":
            return found, scale.variance * found / scale.over_all_pairs(lambda a, b: 2.0 * (a - b) ** 2 / (a + b) ** 2)
        if estimator == "general_relative":
            relative = found / (0.5 * (head + tail)) ** 2
            return relative, relative * scale.mean**2
        if estimator == "correlogram":
            return covariance / deviations, scale.variance * (1.0 - covariance / deviations)
        if estimator == "covariance":
            return covariance, scale.variance - covariance
        if estimator == "madogram":
            return found, scale.variance * (found / scale.over_all_pairs(lambda a, b: 0.5 * np.abs(a - b))) ** 2
        if estimator == "cressie_hawkins":
            found = found**4 / (2.0 * (0.457 + 0.494 / pairs + 0.045 / pairs.astype(float) ** 2))
        elif estimator == "dowd":
            found = np.array([1.099 * np.median(np.abs(own)) ** 2 if len(own) else np.nan for own in differences])
        elif estimator == "genton":
            found = np.array([genton(own) for own in differences])
        elif estimator == "normal_scores":
            return found, Anamorphosis(scale).semivariance(found)
    return found, found


def genton(differences):
    """Genton's semivariance of the differences ``(n,)`` of a lag; NaN with fewer than two.

    Notes
    -----
    The quantile of all n (n - 1) / 2 differences between them, found by halving: memory and time are near linear in n.
    """
    ordered, n = np.sort(differences), len(differences)
    if n < 2:
        return np.nan
    many = n * (n - 1) / 2.0
    share = 0.25 if n >= GENTON_MANY else (n / 2.0 + 1.0) * (n / 2.0) / 2.0 / many
    place = min(share, 1.0) * (many - 1.0)  # as numpy.quantile: linear between the two order statistics around it
    low, high = (_ordered_difference(ordered, int(rank)) for rank in (np.floor(place), np.ceil(place)))
    return 0.5 * (GENTON * (low + (place - np.floor(place)) * (high - low))) ** 2


def _ordered_difference(ordered, rank):
    """The difference of sorted values ``(n,)`` that ``rank`` of their differences stand below."""
    low, high = 0.0, float(ordered[-1] - ordered[0])
    index = np.arange(len(ordered))
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        below = np.sum(np.searchsorted(ordered, ordered + middle, side="right") - index - 1)
        low, high = (low, middle) if below > rank else (middle, high)
    return high


class Anamorphosis:
    """Normal scores of the values of a domain, and the semivariance of grades that one of scores means.

    Notes
    -----
    A score is the Gaussian quantile of the middle of a value's weight; equal values share one. With the Hermite coefficients
    φ of grade against score, and pairs of scores that are bi-Gaussian, the covariance of grades is the sum of φₙ² ρⁿ over
    n ≥ 1 [CD12, section 6.3.3]; it is scaled to the variance of all values, which the first polynomials miss a little of.

    References
    ----------
    CD12.
    """

    def __init__(self, scale):
        self._levels, place = np.unique(scale.values, return_inverse=True)
        weight = np.bincount(place.ravel(), weights=scale.weights)
        weight = np.maximum(weight, 1e-12 * weight.sum())
        self._scores = norm.ppf((np.cumsum(weight) - weight / 2.0) / weight.sum())
        nodes = norm.ppf((np.arange(20_000) + 0.5) / 20_000)
        grades = np.interp(nodes, self._scores, self._levels)
        before, now, squares = np.ones_like(nodes), -nodes, []
        for degree in range(1, POLYNOMIALS + 1):
            squares.append(np.mean(grades * now) ** 2)
            before, now = now, -(nodes * now) / np.sqrt(degree + 1.0) - np.sqrt(degree / (degree + 1.0)) * before
        self._squares = np.array(squares) * (scale.variance / np.sum(squares) if np.sum(squares) > 0.0 else 0.0)

    def scores(self, values):
        """Normal scores of values ``(n,)`` of the domain."""
        return np.interp(values, self._levels, self._scores)

    def semivariance(self, scores_semivariance):
        """Semivariances of grades, squared grade units, of semivariances ``(...)`` of scores: of an experiment, or of a model."""
        correlation = np.clip(1.0 - np.asarray(scores_semivariance, dtype=float), -1.0, 1.0)
        powers = correlation[..., None] ** np.arange(1, POLYNOMIALS + 1)
        return (1.0 - powers) @ self._squares
