"""The slow, plain twin of the kriging engine: bordered systems in NumPy, sharing nothing with it but the nouns."""

import numpy as np
from scipy.spatial.transform import Rotation

SHAPES = {
    "spherical": lambda h: np.where(h < 1, 1 - 1.5 * h + 0.5 * h**3, 0.0),
    "exponential": lambda h: np.exp(-3 * h),
    "gaussian": lambda h: np.exp(-3 * h**2),
    "cubic": lambda h: np.where(h < 1, 1 - 7 * h**2 + 8.75 * h**3 - 3.5 * h**5 + 0.75 * h**7, 0.0),
}


def axes(noun):
    """Rows major, semi-major, minor: north, east and down, turned by rake, dip and azimuth one after another."""
    turn = Rotation.from_euler("zyz", [-noun.rake, noun.dip, -noun.azimuth], degrees=True)
    return turn.apply([[0, 1, 0], [1, 0, 0], [0, 0, -1]])


def scaled_distance(noun, ranges, a, b):
    """Distances (len(a), len(b)) as shares of the ranges."""
    lags = (np.asarray(a)[:, None] - np.asarray(b)[None]) @ axes(noun).T / np.array(ranges)
    return np.sqrt((lags**2).sum(-1))


def structured(variogram, a, b):
    """Covariances (len(a), len(b)) without nugget."""
    total = np.zeros((len(a), len(b)))
    for s in variogram.structures:
        total += s.contribution * SHAPES[s.kind](scaled_distance(s, s.ranges, a, b))
    return total


def search_pass(search, item, samples, holes, target, allowed):
    """Sample numbers of one pass and why it failed, '' where it succeeded."""
    distance = scaled_distance(search, item.ranges, samples, target[None])[:, 0]
    inside = [i for i in np.argsort(distance, kind="stable") if distance[i] <= 1 and allowed[i]]
    kept, used = [], {}
    for i in inside:
        if item.max_per_hole and used.get(holes[i], 0) >= item.max_per_hole:
            continue
        used[holes[i]] = used.get(holes[i], 0) + 1
        kept.append(i)
    kept = kept[: item.max_samples]
    if len(kept) < item.min_samples:
        return kept, "TOO_FEW_SAMPLES"
    if len({holes[i] for i in kept}) < item.min_holes:
        return kept, "TOO_FEW_HOLES"
    return kept, ""


def krige(samples, values, holes, target, variogram, search, offsets=None, mean=None, power=2.0, allowed=None):
    """Everything the engine says about one target; samples in canonical order."""
    allowed = np.ones(len(samples), bool) if allowed is None else allowed
    distance = scaled_distance(search, search.passes[-1].ranges, samples, target[None])[:, 0]
    distance = np.where(allowed, distance, np.inf)
    said = {"nearest": values[np.argmin(distance)] if distance.min() <= 1 else np.nan}
    for item in search.passes:
        kept, fault = search_pass(search, item, samples, holes, target, allowed)
        if not fault:
            break
    said["reason"] = fault
    if fault:
        return said
    x, v = samples[kept], values[kept]
    between = structured(variogram, x, x) + variogram.nugget * np.eye(len(x))
    true = np.sqrt(((x - target) ** 2).sum(1))
    if offsets is None:
        block = variogram.sill
        cross = structured(variogram, x, target[None])[:, 0] + variogram.nugget * (true < 1e-6)
    else:
        block = structured(variogram, target + offsets, target + offsets).mean()
        cross = structured(variogram, x, target + offsets).mean(1)
    w, mu = solve(between, cross, ordinary=mean is None)
    ellipsoid = scaled_distance(search, item.ranges, x, target[None])[:, 0]
    inverse = ellipsoid**-power if true.min() > 1e-6 else (true <= 1e-6).astype(float)
    variance = block - w @ cross - mu
    spread = w @ between @ w
    return said | {
        "estimate": w @ v if mean is None else mean + w @ (v - mean),
        "variance": variance,
        "lagrange": mu,
        "slope": (w @ cross) / spread if spread else np.nan,
        "efficiency": 1 - variance / block,
        "inverse_distance": inverse @ v / inverse.sum(),
        "samples": len(kept),
        "holes": len({holes[i] for i in kept}),
        "pass": search.passes.index(item) + 1,
        "nearest_distance": true.min(),
        "mean_distance": true.mean(),
        "negative_weights": w[w < 0].sum(),
    }


def solve(between, cross, *, ordinary):
    """Weights and Lagrange multiplier."""
    if not ordinary:
        return np.linalg.solve(between, cross), 0.0
    n = len(cross)
    matrix = np.ones((n + 1, n + 1))
    matrix[:n, :n], matrix[n, n] = between, 0.0
    solution = np.linalg.solve(matrix, np.append(cross, 1.0))
    return solution[:n], solution[n]
