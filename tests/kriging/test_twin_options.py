"""The compiled engine equals its slow twin with every option: searches, methods, supports and policies."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from scandia.kriging import HighGrade, estimate

systems = runpy.run_path(str(Path(__file__).with_name("systems.py")))
compare, krige, assert_same, SIZE = (systems[name] for name in ("compare", "krige", "assert_same", "SIZE"))
random_drilling, random_search, random_variogram, random_targets = (
    systems[name] for name in ("random_drilling", "random_search", "random_variogram", "random_targets")
)
BOTH = pytest.mark.parametrize("blocks", [False, True])


def total(count, seed, **options):
    return sum(compare(seed + k, **options) for k in range(count))


@BOTH
def test_octants_and_the_limit_per_hole_act_in_their_order(blocks):
    assert total(110, 3000, blocks=blocks, search={"octants": True}) > 150


@BOTH
def test_passes_with_an_orientation_of_their_own_and_the_nearest_sample_of_the_last(blocks):
    assert total(110, 4000, blocks=blocks, search={"octants": True, "own_angles": True}) > 150


@BOTH
@pytest.mark.parametrize("kind", ["matern", "power", "linear"])
def test_structures_with_a_parameter_of_their_own(kind, blocks):
    assert total(45, 5000, blocks=blocks, kinds=(kind, kind, "spherical")) > 90


def turning(rng, points, _values, targets, _offsets):
    angles = rng.uniform([0, -90, -90], [360, 90, 90], (len(targets), 3))
    return {"orientations": angles}, lambda row: {"angles": angles[row]}


@BOTH
@pytest.mark.parametrize("kinds", [("spherical",), ("exponential", "gaussian", "cubic"), ("matern", "power")])
def test_search_and_model_turn_with_every_target(kinds, blocks):
    assert total(45, 6000, blocks=blocks, kinds=kinds, search={"octants": True}, prepare=turning) > 60


def some_points(rng, points, _values, targets, offsets):
    inside = rng.random((len(targets), len(offsets))) < rng.uniform(0.2, 0.9)
    inside[:, 0] |= ~inside.any(axis=1)
    return {"inside": inside}, lambda row: {"offsets": offsets[inside[row]]}


@pytest.mark.parametrize("kinds", [("spherical",), ("exponential", "gaussian", "cubic"), ("matern", "linear")])
def test_blocks_with_points_of_their_own(kinds):
    assert total(60, 7000, blocks=True, kinds=kinds, prepare=some_points) > 100


def linear(rng, points, _values, targets, _offsets):
    return {"method": "linear_drift"}, lambda row: {"linear": (0, 1, 2)}


@BOTH
def test_kriging_with_a_linear_drift(blocks):
    assert total(90, 8000, blocks=blocks, search={"fewest": 8, "fewest_holes": 4}, prepare=linear) > 60


def linear_inside(rng, points, values, targets, offsets):
    (own, twin), (more, also) = linear(rng, points, values, targets, offsets), some_points(rng, points, values, targets, offsets)
    return own | more, lambda row: twin(row) | also(row)


def test_kriging_with_a_linear_drift_of_blocks_with_points_of_their_own():
    assert total(60, 8500, blocks=True, search={"fewest": 8, "fewest_holes": 4}, prepare=linear_inside) > 40


@pytest.mark.parametrize("axes", [(0, 1), (1,)])
def test_a_linear_drift_leaves_out_the_axes_along_which_nothing_varies(axes):
    estimated = 0
    for seed in range(60):
        rng = np.random.default_rng(9000 + seed)
        points = np.full((25, 3), 7.0)
        points[:, axes] = rng.uniform(0, 60, (25, len(axes)))
        points = points[np.lexsort(points.T[::-1])]
        values, holes, targets = rng.lognormal(size=25), np.full(25, "H"), rng.uniform(0, 60, (6, 3))
        targets[:, [k for k in range(3) if k not in axes]] = 7.0
        variogram, search = random_variogram(rng), random_search(rng, fewest=8)
        options = {"variogram": variogram, "search": search, "method": "linear_drift", "holes": holes}
        got = estimate(points, values, targets, **options)
        for row, target in enumerate(targets):
            said = krige(points, values, holes, target, variogram, search, linear=axes)
            assert_same(got, row, said, f"seed {seed}, target {row}")
            estimated += not said["reason"]
    assert estimated > 30


def drifts(rng, points, _values, targets, _offsets):
    at_samples, at_targets = rng.normal(size=(len(points), 2)), rng.normal(size=(len(targets), 2))
    columns = {name: (at_samples[:, k], at_targets[:, k]) for k, name in enumerate("ab")}
    return (
        {"method": "external_drift", "drift": columns},
        lambda row: {"drift": (at_samples, at_targets[row])},
    )


@BOTH
def test_kriging_with_external_drifts(blocks):
    assert total(60, 10000, blocks=blocks, search={"fewest": 7}, prepare=drifts) > 60


def rescaled(rng, points, _values, targets, _offsets):
    return {"negative_weights": "zero_and_rescale"}, lambda row: {"rescale": True}


@BOTH
def test_negative_weights_set_to_zero_and_the_variance_and_slope_of_the_weights_used(blocks):
    assert total(80, 11000, blocks=blocks, kinds=("gaussian", "cubic"), prepare=rescaled) > 150


@BOTH
@pytest.mark.parametrize("action", ["clamp", "drop"])
def test_high_grades_beyond_their_own_ellipsoid(action, blocks):
    def restricted(rng, points, values, targets, _offsets):
        ranges = tuple(rng.uniform(5, 40, 3))
        high = HighGrade(threshold=float(np.quantile(values, 0.6)), ranges=ranges, action=action, reason="outliers", name="QP")
        return {"high_grade": {"value": high}}, lambda row: {"high": high}

    assert total(60, 12000, blocks=blocks, search={"own_angles": True}, prepare=restricted) > 100


@pytest.mark.parametrize("power", [1.0, 2.0, 3.0, 2.5, 4.0])
@pytest.mark.parametrize("method", ["inverse_distance", "nearest"])
def test_inverse_distance_and_nearest_neighbour_as_methods(method, power):
    estimated = 0
    for seed in range(20):
        rng = np.random.default_rng(13000 + seed)
        points, holes, values = random_drilling(rng)
        search, targets = random_search(rng, octants=True, own_angles=True), random_targets(rng, points)
        options = {"search": search, "holes": holes, "method": method, "power": power, "checks": False}
        got = estimate(points, values, targets, **options)
        for row, target in enumerate(targets):
            said = krige(points, values, holes, target, random_variogram(rng), search, power=power)
            expected = said.get("inverse_distance" if method == "inverse_distance" else "nearest", np.nan)
            expected = np.nan if said["reason"] else expected
            np.testing.assert_allclose(got["value"].values[row], expected, rtol=1e-10, atol=1e-12)
            estimated += not said["reason"]
        assert np.isnan(got["variance"].values).all()
    assert estimated > 20


def test_simple_kriging_of_several_variables_each_with_its_mean():
    estimated = 0
    for seed in range(60):
        rng = np.random.default_rng(14000 + seed)
        points, holes, values = random_drilling(rng)
        table = {"Sc": values, "Y": values[::-1] ** 2, "Fe": rng.normal(30, 5, len(values))}
        means = {"Sc": 1.1, "Y": 3.0, "Fe": 29.0}
        variogram, search, targets = random_variogram(rng), random_search(rng), random_targets(rng, points)
        options = {"variogram": variogram, "search": search, "holes": holes, "method": "simple", "mean": means}
        got = estimate(points, table, targets, **options)
        for name, column in table.items():
            for row, target in enumerate(targets):
                said = krige(points, column, holes, target, variogram, search, mean=means[name])
                one = got.rename({name: "value"} | {f"{name}_{end}": f"value_{end}" for end in ("nearest", "inverse_distance")})
                assert_same(one, row, said, f"seed {seed}, target {row}, {name}")
                estimated += not said["reason"]
    assert estimated > 300
