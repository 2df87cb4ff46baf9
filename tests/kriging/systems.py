"""Random drilling, models and searches, and the comparison of the engine with its twin, for the tests beside."""

import runpy
from pathlib import Path

import numpy as np

from scandia.geometry.discretisation import regular_offsets
from scandia.kriging import estimate
from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram
from scandia.vocabulary import Reason

krige = runpy.run_path(str(Path(__file__).with_name("twin.py")))["krige"]

KINDS = ("spherical", "exponential", "gaussian", "cubic")
NUMBERS = ("variance", "lagrange", "slope", "efficiency", "nearest_distance", "mean_distance", "negative_weights")
SIZE = (6.0, 9.0, 4.0)


def random_angles(rng):
    return {"azimuth": rng.uniform(0, 360), "dip": rng.uniform(-90, 90), "rake": rng.uniform(-90, 90)}


def random_structure(rng, kind):
    own = {"smoothness": rng.choice([0.5, 1.5, 2.5, rng.uniform(0.2, 4.0)])} if kind == "matern" else {}
    own = {"exponent": rng.uniform(0.1, 1.9)} if kind == "power" else own
    return Structure(
        kind=kind, contribution=rng.uniform(0.1, 1), ranges=tuple(rng.uniform(5, 80, 3)), **random_angles(rng), **own
    )


def random_variogram(rng, kinds=KINDS):
    structures = tuple(random_structure(rng, rng.choice(kinds)) for _ in range(rng.integers(1, 4)))
    return Variogram(nugget=rng.uniform(0.05, 0.5), structures=structures)


def random_search(rng, *, octants=False, own_angles=False, fewest=1, fewest_holes=1):
    """One to three passes, each with limits and shape of its own."""
    passes = []
    for k in range(rng.integers(1, 4)):
        most = int(rng.integers(8, 40))
        limits = {"max_per_hole": int(rng.integers(0, 4)), "min_holes": int(rng.integers(fewest_holes, fewest_holes + 3))}
        if octants:
            limits |= {"max_per_octant": int(rng.integers(0, 4)), "min_octants": int(rng.integers(0, 6))}
        if own_angles and rng.random() < 0.7:
            limits |= random_angles(rng)
        passes.append(
            Pass(
                ranges=tuple(rng.uniform(5, 60, 3) * (k + 1)),
                min_samples=int(rng.integers(fewest, 8)) if fewest < 8 else fewest,
                max_samples=most,
                **limits,
            )
        )
    return Search(passes=tuple(passes), **random_angles(rng))


def random_drilling(rng):
    """Samples down random holes, in canonical order."""
    parts, names = [], []
    for k in range(rng.integers(3, 8)):
        depth = np.sort(rng.uniform(0, 60, rng.integers(1, 15)))
        parts.append(rng.uniform(0, 60, 3) + depth[:, None] * rng.normal(0, 0.5, 3) - [0, 0, 0.5] * depth[:, None])
        names += [f"H{k}"] * len(depth)
    points, names = np.vstack(parts), np.array(names)
    order = np.lexsort((points[:, 2], points[:, 1], points[:, 0], names))
    return points[order], names[order], rng.lognormal(0, 1, len(names))


def random_targets(rng, points, count=8):
    """Points among the samples, the last one at a sample."""
    return np.vstack([rng.uniform(-10, 70, (count, 3)) - [0, 0, 20], points[rng.integers(0, len(points), 1)]])


def assert_same(dataset, row, said, context):
    assert dataset["reason"].values[row] == (Reason[said["reason"]] if said["reason"] else 0), context
    pairs = {"value": "estimate", "value_nearest": "nearest", "value_inverse_distance": "inverse_distance"}
    for name, key in (pairs | {name: name for name in NUMBERS}).items():
        if said["reason"] == "SINGULAR" and name not in ("value", "value_nearest"):
            continue
        expected, got = said.get(key, np.nan), dataset[name].values[row]
        if expected is None:
            continue
        np.testing.assert_allclose(got, expected, rtol=1e-10, atol=1e-10, err_msg=f"{name} {context}")
    if said["reason"] != "SINGULAR":
        for name in ("samples", "holes", "pass"):
            assert dataset[name].values[row] == said.get(name, 0), (name, context)


def compare(seed, *, blocks=False, kinds=KINDS, search=None, prepare=None):
    """Number of targets that had an estimate, all of them equal to the twin's.

    ``prepare(rng, points, values, targets, offsets)`` gives the engine's options and, as a function of the row, the twin's.
    """
    rng = np.random.default_rng(seed)
    points, holes, values = random_drilling(rng)
    variogram, plan = random_variogram(rng, kinds), random_search(rng, **(search or {}))
    targets = random_targets(rng, points)
    counts = (3, 2, 2) if blocks else (1, 1, 1)
    offsets = regular_offsets(SIZE, counts) if blocks else None
    own, twins = prepare(rng, points, values, targets, offsets) if prepare else ({}, lambda row: {})
    options = {"variogram": variogram, "search": plan, "holes": holes, "discretisation": counts, "block_size": SIZE} | own
    got, estimated = estimate(points, values, targets, **options), 0
    for row, target in enumerate(targets):
        extra = {"offsets": offsets} | twins(row)
        said = krige(points, values, holes, target, variogram, plan, **extra)
        assert_same(got, row, said, f"seed {seed}, target {row}")
        estimated += not said["reason"]
    return estimated
