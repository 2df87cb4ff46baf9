"""Bounded weighted least squares of a nested model against the experimental variograms of several directions at once."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import least_squares

from scandia.variography.covariance import SHAPES

INSIDE = (0.02, 0.98)  # starts keep off the bounds, where a gradient may vanish
START_RANGES = (0.15, 0.4, 0.7)  # place of the first structure's ranges between their limits
START_STEPS = (0.3, 0.7)  # place of each further structure's ranges between the ones before and their limits
START_SHARES = (0.3, 0.6)  # share of the remaining sill that a structure takes
AT_LIMIT = 0.999
SMALLEST_STEP = 0.02  # of a structure's ranges to those of the next one, where all share one anisotropy
SMALLEST_GAMMA = 1e-6  # share of the sill below which a semivariance has no logarithm worth fitting
EVALUATIONS = 2000
TOLERANCE = 1e-10


@dataclass(frozen=True)
class Curve:
    """Lags of one direction that have enough pairs.

    ``distance``, ``gamma``, ``pairs``, ``hole_pairs`` are ``(n,)``; ``directions (d, 3)`` are unit vectors in the frame of the
    ellipsoid's axes that the pairs of every lag run along, in ``shares (d,)`` that sum to one.
    """

    name: str
    distance: np.ndarray
    gamma: np.ndarray
    pairs: np.ndarray
    hole_pairs: np.ndarray
    directions: np.ndarray
    shares: np.ndarray


@dataclass(frozen=True)
class Bounds:
    """What a fit may choose from: total sill, nugget and where it starts, and range along each axis ``(3, 2)``, m."""

    sill: tuple[float, float]
    nugget: tuple[float, float]
    nugget_start: float
    ranges: np.ndarray


@dataclass(frozen=True)
class Fitted:
    """The best of all starts: nugget, contributions ``(s,)``, ranges ``(s, 3)``, and which of these lie at their upper limit."""

    nugget: float
    contributions: np.ndarray
    ranges: np.ndarray
    at_limit: np.ndarray
    converged: bool
    starts: int
    cost: float
    shares: np.ndarray


def fit_structures(curves, kinds, bounds, *, weights, common=False, starts=None, tolerance=TOLERANCE, evaluations=EVALUATIONS):
    """Nested structures that fit all curves best, by bounded weighted least squares from fixed starts.

    Parameters
    ----------
    curves : list of Curve
        At least one.
    kinds : sequence of str
        Kinds of the structures, shortest ranges first.
    bounds : Bounds
        Limits.
    weights : {"hole_pairs", "pairs_by_squared_distance", "pairs"}
        Weight of a lag; see `lag_weights`. With "hole_pairs" the residuals are those of the logarithms, and no direction is
        scaled to the others.
    common : bool
        All structures share the anisotropy of the last one.
    starts : list of array, optional
        Parameters to start from, instead of the fixed grid; see ``Fitted.shares``.
    tolerance : float
        Relative change of cost and parameters at which a start has converged.
    evaluations : int
        Of the residuals, for each start.

    Returns
    -------
    Fitted
        The best of the starts that converged; of equally good ones the first.

    Notes
    -----
    All parameters are shares between 0 and 1: of the sill and of the nugget between their limits, of the sill left over by the
    structures before, of the way (logarithmic) from the range of the structure before to the range's limit. So the sill
    adds up and ranges grow from one structure to the next along every axis whatever the optimiser tries. With a common
    anisotropy the last structure has the three ranges, and each one before it a single share: of the way (logarithmic) from the
    next one's ranges down to `SMALLEST_STEP` of them.
    """
    system = _System.of(curves, weights)
    residuals = _residuals(system, kinds, bounds, common, relative=weights == "hole_pairs")
    starts = _starts(len(kinds), bounds, common) if starts is None else starts
    best = None
    for start in starts:
        found = least_squares(
            residuals,
            start,
            bounds=(0.0, 1.0),
            ftol=tolerance,
            xtol=tolerance,
            gtol=tolerance,
            max_nfev=evaluations,
        )
        if best is None or (found.status > 0, -found.cost) > (best.status > 0, -best.cost * (1.0 - 1e-9)):
            best = found
    nugget, contributions, ranges = unfold(best.x, bounds, len(kinds), common)
    at_limit = ranges >= AT_LIMIT * bounds.ranges[:, 1]
    return Fitted(nugget, contributions, ranges, at_limit, bool(best.status > 0), len(starts), float(best.cost), best.x)


def _residuals(system, kinds, bounds, common, *, relative):
    """Function of the parameters that returns the weighted residuals of all lags, as shares of the sill or relative ones."""
    floor = SMALLEST_GAMMA * bounds.sill[1]
    logarithms = np.log(np.maximum(system.gamma, floor))

    def residuals(shares):
        found = system.gamma_of(kinds, *unfold(shares, bounds, len(kinds), common))
        if relative:
            return system.root_weight * (np.log(np.maximum(found, floor)) - logarithms)
        return system.root_weight * (found - system.gamma) / bounds.sill[1]

    return residuals


def unfold(shares, bounds, count, common=False):
    """Nugget, contributions ``(s,)`` and ranges ``(s, 3)`` of the parameters of `fit_structures`, for ``count`` structures."""
    sill = bounds.sill[0] + shares[0] * (bounds.sill[1] - bounds.sill[0])
    nugget = min(bounds.nugget[0] + shares[1] * (bounds.nugget[1] - bounds.nugget[0]), sill)
    left, contributions = sill - nugget, np.empty(count)
    for k in range(count):
        contributions[k] = left * (shares[2 + k] if k < count - 1 else 1.0)
        left -= contributions[k]
    places = shares[count + 1 :]
    return nugget, contributions, (_common_ranges if common else _free_ranges)(places, np.log(bounds.ranges), count)


def _free_ranges(places, limits, count):
    ranges, before = np.empty((count, 3)), limits[:, 0]
    for k, place in enumerate(places.reshape(count, 3)):
        before = before + place * (limits[:, 1] - before)
        ranges[k] = np.exp(before)
    return ranges


def _common_ranges(places, limits, count):
    ranges = np.empty((count, 3))
    ranges[-1] = np.exp(limits[:, 0] + places[:3] * (limits[:, 1] - limits[:, 0]))
    for k in range(count - 2, -1, -1):
        ranges[k] = ranges[k + 1] * SMALLEST_STEP ** places[3 + k]
    return ranges


def lag_weights(curve, weights):
    """Weights ``(n,)`` of a curve's lags, sum 1: pairs, pairs over squared distance, or pairs of holes.

    Notes
    -----
    Pairs of composites of the same two holes repeat each other, so pairs of holes (down the holes: holes) are nearer to the
    number of independent observations. An experimental semivariance scatters in proportion to itself [CD12, section 2.2.2], so
    the fit that counts hole pairs takes the residual of the logarithms; the other two trust short lags by their distance only.
    """
    if weights == "hole_pairs":
        return curve.hole_pairs / curve.hole_pairs.sum()
    weight = curve.pairs / (curve.distance**2 if weights == "pairs_by_squared_distance" else 1.0)
    return weight / weight.sum()


def _all_weights(curves, weights):
    """Weights of the lags of all curves; hole pairs count alike in every direction, else each direction counts alike."""
    if weights == "hole_pairs":
        weight = np.concatenate([curve.hole_pairs for curve in curves]).astype(float)
        return weight / weight.sum()
    return np.concatenate([lag_weights(curve, weights) for curve in curves])


@dataclass(frozen=True)
class _System:
    """All curves as flat arrays: one row per lag and direction, added up to lags by their shares."""

    gamma: np.ndarray
    root_weight: np.ndarray
    lag: np.ndarray
    distance: np.ndarray
    squared_cosines: np.ndarray
    share: np.ndarray

    @classmethod
    def of(cls, curves, weights):
        rows = [(curve, place) for curve in curves for place in range(len(curve.distance))]
        return cls(
            gamma=np.concatenate([curve.gamma for curve in curves]),
            root_weight=np.sqrt(_all_weights(curves, weights)),
            lag=np.repeat(np.arange(len(rows)), [len(curve.shares) for curve, _ in rows]),
            distance=np.concatenate([np.full(len(curve.shares), curve.distance[place]) for curve, place in rows]),
            squared_cosines=np.concatenate([curve.directions**2 for curve, _ in rows]),
            share=np.concatenate([curve.shares for curve, _ in rows]),
        )

    def gamma_of(self, kinds, nugget, contributions, ranges):
        rows = np.zeros(len(self.distance))
        for kind, contribution, range_ in zip(kinds, contributions, ranges, strict=True):
            rows += contribution * (1.0 - SHAPES[kind](self.distance * np.sqrt(self.squared_cosines @ range_**-2.0)))
        return nugget + np.bincount(self.lag, weights=self.share * rows, minlength=len(self.gamma))


def _starts(count, bounds, common):
    """Grid of starting points, the sill in the middle of its limits and the nugget at its extrapolation."""
    low, high = bounds.nugget
    nugget = (bounds.nugget_start - low) / (high - low) if high > low else 0.5
    shares, steps = (START_SHARES, START_STEPS) if count > 1 else ((None,), (None,))
    starts = []
    for place, share, step in product(START_RANGES, shares, steps):
        split = [share] * (count - 1)
        ranges = [place] * 3 + [step] * (count - 1) * (1 if common else 3)
        starts.append(np.clip([0.5, nugget, *split, *ranges], *INSIDE))
    return starts
