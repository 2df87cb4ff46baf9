"""The slow, plain twin of the kriging engine: bordered systems in NumPy, sharing nothing with it but the nouns."""

from types import SimpleNamespace

import numpy as np
from scipy.optimize import brentq
from scipy.spatial.transform import Rotation
from scipy.special import gamma, kv

SHAPES = {
    "spherical": lambda h: np.where(h < 1, 1 - 1.5 * h + 0.5 * h**3, 0.0),
    "exponential": lambda h: np.exp(-3 * h),
    "gaussian": lambda h: np.exp(-3 * h**2),
    "cubic": lambda h: np.where(h < 1, 1 - 7 * h**2 + 8.75 * h**3 - 3.5 * h**5 + 0.75 * h**7, 0.0),
    "linear": lambda h: -h,  # no sill: minus the semivariance stands for the covariance, in a system whose weights sum to one
}
UNBOUNDED = ("power", "linear")


def bessel(x, smoothness):
    x = np.asarray(x, float)
    inside = np.where(x > 0, x, 1.0)
    return np.where(x > 0, 2 ** (1 - smoothness) / gamma(smoothness) * inside**smoothness * kv(smoothness, inside), 1.0)


def correlation(s, h):
    if s.kind == "matern":
        scale = brentq(lambda k: bessel(k, s.smoothness) - np.exp(-3), 1e-3, 60, xtol=1e-15, rtol=1e-15)
        return bessel(scale * h, s.smoothness)
    return -(h**s.exponent) if s.kind == "power" else SHAPES[s.kind](h)


def axes(noun):
    """Rows major, semi-major, minor: north, east and down, turned by rake, dip and azimuth one after another."""
    turn = Rotation.from_euler("zyz", [-noun.rake, noun.dip, -noun.azimuth], degrees=True)
    return turn.apply([[0, 1, 0], [1, 0, 0], [0, 0, -1]])


def scaled_distance(noun, ranges, a, b):
    """Distances (len(a), len(b)) as shares of the ranges."""
    lags = (np.asarray(a)[:, None] - np.asarray(b)[None]) @ axes(noun).T / np.array(ranges)
    return np.sqrt((lags**2).sum(-1))


def structured(variogram, a, b, turned=None):
    """Covariances (len(a), len(b)) without nugget."""
    total = np.zeros((len(a), len(b)))
    for s in variogram.structures:
        total += s.contribution * correlation(s, scaled_distance(turned or s, s.ranges, a, b))
    return total


def octant(noun, samples, target):
    """Which side of each axis; a sample on a plane counts as beyond it."""
    along = (samples - target) @ axes(noun).T
    return [tuple(row >= -1e-9 * (1 + np.abs(row).sum())) for row in along]


def search_pass(noun, item, samples, holes, target, allowed):
    """Sample numbers of one pass and why it failed, '' where it succeeded."""
    distance = scaled_distance(noun, item.ranges, samples, target[None])[:, 0]
    kept = [i for i in np.argsort(distance, kind="stable") if distance[i] <= 1 and allowed[i]]
    side = octant(noun, samples, target)
    kept = at_most(item.max_per_hole, kept, holes)
    kept = at_most(item.max_per_octant, kept, side)[: item.max_samples]
    if len(kept) < item.min_samples:
        return kept, "TOO_FEW_SAMPLES"
    if len({holes[i] for i in kept}) < item.min_holes:
        return kept, "TOO_FEW_HOLES"
    return kept, "TOO_FEW_OCTANTS" if len({side[i] for i in kept}) < item.min_octants else ""


def at_most(limit, numbers, owners):
    """The numbers in their order, at most ``limit`` of each owner; 0 is no limit."""
    kept, used = [], {}
    for i in numbers:
        used[owners[i]] = used.get(owners[i], 0) + 1
        if not limit or used[owners[i]] <= limit:
            kept.append(i)
    return kept


def krige(samples, values, holes, target, variogram, search, offsets=None, mean=None, power=2.0, allowed=None, **options):
    """Everything the engine says about one target; samples in canonical order.

    Options: linear (drift axes), drift (at samples (n, k), at the target (k,)), angles (of the target's own ellipsoid), high
    (HighGrade), rescale.
    """
    allowed = np.ones(len(samples), bool) if allowed is None else allowed
    turned = (
        SimpleNamespace(**dict(zip(("azimuth", "dip", "rake"), options["angles"], strict=True))) if "angles" in options else None
    )
    high, nouns = options.get("high"), [turned or (search if item.azimuth is None else item) for item in search.passes]
    reaches = [allowed & ~restricted(high, "drop", noun, samples, values, target) for noun in nouns]
    distance = scaled_distance(nouns[-1], search.passes[-1].ranges, samples, target[None])[:, 0]
    distance = np.where(reaches[-1], distance, np.inf)
    said = {"nearest": values[np.argmin(distance)] if distance.min() <= 1 else np.nan}
    for number, (noun, item) in enumerate(zip(nouns, search.passes, strict=True), start=1):
        kept, fault = search_pass(noun, item, samples, holes, target, reaches[number - 1])
        if not fault:
            break
    said["reason"] = fault
    if fault:
        return said
    x, v = (
        samples[kept],
        np.where(restricted(high, "clamp", noun, samples, values, target), high and high.threshold, values)[kept],
    )
    v = v.astype(float)
    between, cross, block, bounded = covariances(variogram, x, target, offsets, turned)
    rows, at = constraints(x, target, offsets, kept, mean, options)
    if np.linalg.matrix_rank(rows) < len(rows):
        return said | {"reason": "SINGULAR"}
    w, multipliers = solve(between, cross, rows, at)
    negative, variance = w[w < 0].sum(), block - w @ cross - multipliers @ at
    if options.get("rescale") and negative < 0:
        w = np.maximum(w, 0) / np.maximum(w, 0).sum()
        variance = block - 2 * w @ cross + w @ between @ w
    true = np.sqrt(((x - target) ** 2).sum(1))
    ellipsoid = scaled_distance(noun, item.ranges, x, target[None])[:, 0]
    inverse = ellipsoid**-power if true.min() > 1e-6 else (true <= 1e-6).astype(float)
    spread = w @ between @ w
    return said | {
        "estimate": w @ v if mean is None else mean + w @ (v - mean),
        "variance": variance,
        "lagrange": w @ cross - spread if len(at) else 0.0,
        "slope": slope(w @ cross, spread, block) if bounded else np.nan,
        "efficiency": 1 - variance / block if bounded else np.nan,
        "inverse_distance": inverse @ v / inverse.sum(),
        "samples": len(kept),
        "holes": len({holes[i] for i in kept}),
        "pass": number,
        "nearest_distance": true.min(),
        "mean_distance": true.mean(),
        "negative_weights": negative,
        "weights": w,
        "kept": kept,
        "cross": cross,
    }


def slope(joint, spread, block):
    """Slope of regression; None where the estimate varies so little that the digits of its variance do not tell."""
    return None if 0 < spread < 1e-5 * block else joint / spread if spread else np.nan


def restricted(high, action, noun, samples, values, target):
    """Which samples are high grades beyond their own ellipsoid."""
    if high is None or high.action != action:
        return np.zeros(len(samples), bool)
    return (values > high.threshold) & (scaled_distance(noun, high.ranges, samples, target[None])[:, 0] > 1)


def covariances(variogram, x, target, offsets, turned):
    """Covariances between samples, with the target and within it, and whether they are more than minus semivariances."""
    between = structured(variogram, x, x, turned) + variogram.nugget * np.eye(len(x))
    bounded = not any(s.kind in UNBOUNDED for s in variogram.structures)
    if offsets is None:
        at_target = np.sqrt(((x - target) ** 2).sum(1)) < 1e-6
        block = variogram.nugget + sum(s.contribution for s in variogram.structures if s.kind not in UNBOUNDED)
        return between, structured(variogram, x, target[None], turned)[:, 0] + variogram.nugget * at_target, block, bounded
    points = target + offsets
    return (
        between,
        structured(variogram, x, points, turned).mean(1),
        structured(variogram, points, points, turned).mean(),
        bounded,
    )


def constraints(x, target, offsets, kept, mean, options):
    """Rows that the weights must reproduce, and what they must give at the target."""
    if mean is not None:
        return np.zeros((0, len(x))), np.zeros(0)
    rows, at = [np.ones(len(x))], [1.0]
    for axis in options.get("linear", ()):
        rows.append((x[:, axis] - target[axis]) / 50)
        at.append(0.0 if offsets is None else offsets[:, axis].mean() / 50)
    if "drift" in options:
        known, wanted = options["drift"]
        rows += [*(known[kept].T - wanted[:, None])]
        at += [0.0] * len(wanted)
    return np.array(rows), np.array(at)


def solve(between, cross, rows, at):
    """Weights and Lagrange multipliers of the bordered system."""
    n, k = len(cross), len(at)
    matrix = np.zeros((n + k, n + k))
    matrix[:n, :n], matrix[n:, :n], matrix[:n, n:] = between, rows, rows.T
    solution = np.linalg.solve(matrix, np.append(cross, at))
    return solution[:n], solution[n:]
