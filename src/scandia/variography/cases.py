"""What a domain and variable know about their variogram, and the fit to it."""

from dataclasses import dataclass

import numpy as np

from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid, local_azimuth
from scandia.geometry.rotation import rotation_matrix
from scandia.statistics.weighted import weighted_variance
from scandia.variography.curves import curves_of
from scandia.variography.leastsquares import TOLERANCE, Bounds, Curve, fit_structures
from scandia.variography.settings import AXES, DOWNHOLE, Variography
from scandia.vocabulary import DOMAIN, FROM, HOLE, LOCAL, WEIGHT

FIRST_LAGS = 3  # of the downhole variogram, through which the nugget is extrapolated
SHORTEST = 0.5  # of the lag along an axis: the data say nothing about shorter ranges along it


@dataclass(frozen=True)
class Case:
    """What a domain and variable know about their variogram; ``axes`` are local, ``variance`` is declustered.

    ``places`` (n, 3), local m, and ``weights`` (n,) are those of the composites that have the variable.
    """

    domain: str
    variable: str
    settings: Variography
    mine_grid: MineGrid
    axes: np.ndarray
    variance: float
    curves: tuple[Curve, ...]
    places: np.ndarray
    weights: np.ndarray

    @property
    def chosen(self):
        """Settings of the domain."""
        return self.settings.domains[self.domain]

    def curve(self, name):
        """Curve of one direction, or None where no lag of it has enough pairs."""
        return next((curve for curve in self.curves if curve.name == name), None)


def make_case(domain, variable, experimental, composites, settings, mine_grid):
    """Case of a domain and variable from their experimental variograms and composites; arguments as of `fit.fit_variograms`."""
    chosen = settings.domains[domain]
    axes = rotation_matrix(float(local_azimuth(mine_grid, chosen.azimuth)), chosen.dip, chosen.rake)
    known = composites[(composites[DOMAIN] == domain) & composites[variable].notna()]
    known = known.sort_values([HOLE, FROM], kind="stable")
    weights = known[WEIGHT].to_numpy(dtype=float) if WEIGHT in known.columns else np.ones(len(known))
    variance = weighted_variance(known[variable].to_numpy(dtype=float), weights) if len(known) else 0.0
    mine = experimental[(experimental[DOMAIN] == domain) & (experimental["variable"] == variable)]
    curves = tuple(curves_of(mine, known, axes, settings.minimum_pairs))
    places = known[list(LOCAL)].to_numpy(dtype=float)
    return Case(domain, variable, settings, mine_grid, axes, variance, curves, places, weights)


def extrapolated_nugget(curve):
    """Semivariance at zero distance of a line through the first lags, weighted by pairs; 0 where it is negative."""
    distance, semivariance = curve.distance[:FIRST_LAGS], curve.gamma[:FIRST_LAGS]
    if len(distance) < 2:
        return float(max(semivariance[0], 0.0))
    start = np.polyfit(distance, semivariance, 1, w=np.sqrt(curve.pairs[:FIRST_LAGS]))[1]
    return float(np.clip(start, 0.0, semivariance[0]))


def fit_case(case, *, starts=None, tolerance=TOLERANCE):
    """`Fitted` of a case, from the fixed starts or those given; errors as of `fit.fit_variograms`."""
    label = f"variogram of {case.variable} in domain {case.domain}"
    hint = f"give a model (variography.domains.{case.domain}.source: model), or borrow one"
    lags, parameters = sum(len(curve.distance) for curve in case.curves), _parameters(case.settings)
    if lags < parameters:
        message = (
            f"{label}: {lags} lags have {case.settings.minimum_pairs} pairs or more, too few for {parameters} parameters; "
            f"widen lags or tolerances, name fewer kinds, or {hint}"
        )
        raise InputError(message)
    if not case.variance > 0.0:
        message = f"{label}: all grades are equal, there is nothing to fit; {hint}"
        raise InputError(message)
    fitted = fit_structures(
        case.curves,
        case.settings.kinds,
        _bounds(case),
        weights=case.settings.weights,
        common=_is_common(case.settings),
        starts=starts,
        tolerance=tolerance,
    )
    if not fitted.converged:
        message = f"{label} did not converge from any of {fitted.starts} starts (cost {fitted.cost:.3g}); {hint}"
        raise InputError(message)
    return fitted


def _is_common(settings):
    return settings.anisotropy == "common"


def _parameters(settings):
    count = len(settings.kinds)
    return 2 * count + 3 if _is_common(settings) else 4 * count + 1


def _bounds(case):
    nearest = min(curve.distance[0] for curve in case.curves)
    ranges = np.empty((3, 2))
    for k, name in enumerate(AXES):
        curve, lags = case.curve(name), getattr(case.settings, name)
        farthest = curve.distance[-1] if curve else lags.lag * lags.count
        shortest = max(nearest, SHORTEST * lags.lag)
        ranges[k] = shortest, max(farthest, 2.0 * shortest)
    first = case.curve(DOWNHOLE) or min(case.curves, key=lambda curve: curve.distance[0])
    spread = case.settings.sill_tolerance
    sill = (1.0 - spread) * case.variance, (1.0 + spread) * case.variance
    extrapolated = min(extrapolated_nugget(first), sill[1])
    fixed = case.settings.nugget == "downhole" and case.curve(DOWNHOLE) is not None
    nugget = (extrapolated, extrapolated) if fixed else (0.0, min(float(first.gamma[0]), sill[1]))
    return Bounds(sill, nugget, extrapolated, ranges)
