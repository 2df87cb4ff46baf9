"""Laws of kriging: what must hold whatever the numbers are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.blockmodel.grid import Grid
from scandia.geometry.discretisation import regular_offsets
from scandia.geometry.minegrid import MineGrid, to_local
from scandia.kriging import cross_validate, estimate
from scandia.kriging.search import Pass, Search
from scandia.variography.covariance import block_variance, localise
from scandia.variography.model import Structure, Variogram

ANGLES = {"azimuth": 35.0, "dip": 70.0, "rake": 20.0}
VARIOGRAM = Variogram(
    nugget=0.2,
    structures=(
        Structure(kind="spherical", contribution=0.5, ranges=(40.0, 25.0, 10.0), **ANGLES),
        Structure(kind="exponential", contribution=0.3, ranges=(90.0, 60.0, 30.0), azimuth=80.0, dip=40.0, rake=5.0),
    ),
)
SEARCH = Search(passes=(Pass(ranges=(50.0, 40.0, 20.0), min_samples=3, max_samples=14, max_per_hole=4, min_holes=2),), **ANGLES)
EVERYTHING = Search(passes=(Pass(ranges=(1e4, 1e4, 1e4), min_samples=1, max_samples=128),))
GRADES = ("value", "value_nearest", "value_inverse_distance")
SEEDS = st.integers(0, 10_000)


def drilling(seed, count=60):
    rng = np.random.default_rng(seed)
    points = rng.uniform(0, 60, (count, 3))
    return (
        points,
        rng.lognormal(0, 1, count),
        np.array([f"H{k}" for k in rng.integers(0, 12, count)]),
        rng.uniform(5, 55, (20, 3)),
    )


def run(points, values, holes, targets, variogram=VARIOGRAM, search=SEARCH, **options):
    return estimate(points, values, targets, variogram=variogram, search=search, holes=holes, **options)


def assert_same_estimates(a, b, scale=1.0):
    for name in a.data_vars:
        np.testing.assert_allclose(b[name].values, a[name].values * (scale if name in GRADES else 1.0), rtol=1e-8, atol=1e-8)


@given(SEEDS)
def test_point_kriging_is_exact_at_data(seed):
    points, values, holes, _ = drilling(seed)
    got = run(
        points, values, holes, points, search=replace(SEARCH, passes=(replace(SEARCH.passes[0], min_holes=1, min_samples=1),))
    )
    for name in GRADES:
        np.testing.assert_allclose(got[name].values, values, atol=1e-9)
    np.testing.assert_allclose(got["variance"].values, 0.0, atol=1e-9)
    np.testing.assert_allclose(got["slope"].values, 1.0, atol=1e-9)


@given(SEEDS, st.floats(-5, 5))
def test_weights_sum_to_one_so_that_a_constant_is_kept_and_added(seed, constant):
    points, values, holes, targets = drilling(seed)
    got = run(points, {"v": values, "one": np.ones(len(values)), "more": values + constant}, holes, targets)
    known = np.isfinite(got["v"].values)
    assert known.any()
    for suffix in ("", "_inverse_distance"):
        np.testing.assert_allclose(got[f"one{suffix}"].values[known], 1.0, atol=1e-10)
        np.testing.assert_allclose(got[f"more{suffix}"].values, got[f"v{suffix}"].values + constant, atol=1e-9)


@given(SEEDS, st.tuples(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5), st.floats(-1e3, 1e3)))
def test_translation_changes_nothing(seed, shift):
    points, values, holes, targets = drilling(seed)
    assert_same_estimates(run(points, values, holes, targets), run(points + shift, values, holes, targets + shift))


@given(SEEDS, st.floats(-180, 180))
def test_rotation_of_everything_together_changes_nothing(seed, azimuth):
    points, values, holes, targets = drilling(seed)
    mine_grid = MineGrid(azimuth=azimuth, easting=3.0, northing=-7.0, x=100.0, y=450.0)
    turned = [np.column_stack([*to_local(mine_grid, p[:, 0], p[:, 1]), p[:, 2]]) for p in (points, targets)]
    options = {"variogram": localise(VARIOGRAM, mine_grid), "search": localise(SEARCH, mine_grid)}
    assert_same_estimates(run(points, values, holes, targets), run(turned[0], values, holes, turned[1], **options))


@given(SEEDS, st.floats(0.01, 100))
def test_scaling_the_values_scales_the_estimates_alone(seed, factor):
    points, values, holes, targets = drilling(seed)
    assert_same_estimates(run(points, values, holes, targets), run(points, factor * values, holes, targets), scale=factor)


@given(SEEDS, st.floats(0.01, 100))
def test_scaling_the_sill_scales_the_variance_and_not_the_estimate(seed, factor):
    points, values, holes, targets = drilling(seed)
    structures = tuple(replace(s, contribution=factor * s.contribution) for s in VARIOGRAM.structures)
    scaled = Variogram(nugget=factor * VARIOGRAM.nugget, structures=structures)
    a, b = run(points, values, holes, targets), run(points, values, holes, targets, variogram=scaled)
    for name in a.data_vars:
        grow = factor if name in ("variance", "lagrange") else 1.0
        np.testing.assert_allclose(b[name].values, grow * a[name].values, rtol=1e-8, atol=1e-8 * max(1, grow))


@given(SEEDS)
def test_the_order_of_the_input_rows_changes_no_bit(seed):
    points, values, holes, targets = drilling(seed)
    order = np.random.default_rng(seed).permutation(len(points))
    a, b = run(points, values, holes, targets), run(points[order], values[order], holes[order], targets)
    for name in a.data_vars:
        np.testing.assert_array_equal(a[name].values, b[name].values)
    options = {"variogram": VARIOGRAM, "search": SEARCH, "leave": "hole"}
    crossed = cross_validate(points, values, holes, **options).iloc[order].reset_index(drop=True)
    assert crossed.equals(cross_validate(points[order], values[order], holes[order], **options))


@given(SEEDS)
def test_the_order_of_the_input_rows_does_not_choose_among_equally_distant_samples(seed):
    rng = np.random.default_rng(seed)
    axis = np.arange(5) * 10.0
    points = np.stack(np.meshgrid(axis, axis, axis), axis=-1).reshape(-1, 3)
    values, holes, order = rng.lognormal(size=125), rng.integers(0, 9, 125).astype(str), rng.permutation(125)
    search = Search(
        passes=(Pass(ranges=(30.0, 30.0, 30.0), min_samples=1, max_samples=5, max_per_hole=2),), azimuth=35.0, dip=50.0
    )
    targets = 5.0 * rng.integers(0, 9, (10, 3))
    a = run(points, values, holes, targets, search=search)
    b = run(points[order], values[order], holes[order], targets, search=search)
    for name in a.data_vars:
        np.testing.assert_array_equal(a[name].values, b[name].values)


@given(SEEDS)
def test_a_block_is_the_mean_of_its_points_where_all_use_the_same_samples(seed):
    points, values, _, targets = drilling(seed, count=40)
    size, counts = (8.0, 6.0, 4.0), (3, 2, 2)
    options = {"variogram": VARIOGRAM, "search": EVERYTHING}
    blocks = estimate(points, values, targets, discretisation=counts, block_size=size, **options)
    inside = (targets[:, None] + regular_offsets(size, counts)[None]).reshape(-1, 3)
    means = estimate(points, values, inside, **options)["value"].values.reshape(len(targets), -1).mean(axis=1)
    np.testing.assert_allclose(blocks["value"].values, means, rtol=1e-9)
    assert blocks.attrs["block_variance"] == block_variance(VARIOGRAM, size, counts) < VARIOGRAM.sill


@given(SEEDS)
def test_the_variance_is_not_negative_and_simple_kriging_never_has_more(seed):
    points, values, holes, targets = drilling(seed)
    for size, counts in (((0.0,) * 3, (1, 1, 1)), ((8.0, 6.0, 4.0), (2, 2, 2))):
        options = {"discretisation": counts, "block_size": size}
        ordinary = run(points, values, holes, targets, **options)["variance"].values
        simple = run(points, values, holes, targets, method="simple", mean=0.0, **options)["variance"].values
        known = np.isfinite(ordinary)
        assert (simple[known] >= -1e-12).all()
        assert (simple[known] <= ordinary[known] + 1e-12).all()
        assert (simple[known] < ordinary[known] - 1e-6).any()


@given(SEEDS)
def test_the_variance_does_not_look_at_the_values(seed):
    points, values, holes, targets = drilling(seed)
    a, b = run(points, values, holes, targets), run(points, values[::-1] ** 2, holes, targets)
    np.testing.assert_array_equal(a["variance"].values, b["variance"].values)


@pytest.mark.parametrize("axis", range(3))
def test_two_samples_that_lie_symmetrically_share_the_weight(axis):
    points = np.zeros((2, 3))
    points[:, axis] = [-7.0, 7.0]
    got = estimate(points, [1.0, 0.0], np.zeros((1, 3)), variogram=VARIOGRAM, search=EVERYTHING)
    np.testing.assert_allclose(got["value"].values, 0.5, atol=1e-14)


def test_threads_change_no_bit():
    rng = np.random.default_rng(1)
    points, values, holes = rng.uniform(0, 100, (400, 3)), rng.lognormal(0, 1, 400), rng.integers(0, 40, 400).astype(str)
    grid = Grid((0.0, 0.0, 0.0), (5.0, 5.0, 5.0), (20, 20, 20), MineGrid())
    options = {"variogram": VARIOGRAM, "search": SEARCH, "holes": holes, "discretisation": (2, 2, 2)}
    one = estimate(points, values, grid, threads=1, **options)
    for threads in (2, 4):
        other = estimate(points, values, grid, threads=threads, **options)
        assert all(one[name].values.tobytes() == other[name].values.tobytes() for name in one.data_vars)


def test_the_estimate_of_a_target_does_not_depend_on_the_other_targets():
    points, values, holes, targets = drilling(3)
    whole = run(points, values, holes, targets)["value"].values
    alone = [run(points, values, holes, target[None])["value"].item() for target in targets]
    assert whole.tobytes() == np.array(alone).tobytes()
