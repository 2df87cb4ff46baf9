"""Theorems of kriging with every option: exactness, invariance, reproduction of drifts, and how the methods are related."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from scandia.geometry.angles import from_axes
from scandia.geometry.discretisation import regular_offsets
from scandia.geometry.rotation import rotation_matrix
from scandia.kriging import estimate
from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram

ANGLES = {"azimuth": 35.0, "dip": 70.0, "rake": 20.0}
KINDS = ("spherical", "exponential", "gaussian", "cubic", "matern", "power", "linear")
EACH_KIND = pytest.mark.parametrize("kind", KINDS)
SIZE, COUNTS = (8.0, 6.0, 4.0), (2, 3, 2)
BLOCKS = {"block_size": SIZE, "discretisation": COUNTS}
FIRST = Pass(
    ranges=(40.0, 30.0, 20.0), min_samples=6, max_samples=14, max_per_hole=4, min_holes=3, max_per_octant=3, min_octants=3
)
LAST = Pass(ranges=(70.0, 90.0, 50.0), min_samples=1, max_samples=16, azimuth=100.0, dip=20.0, rake=-30.0)
SEARCH = Search(passes=(FIRST, LAST), **ANGLES)
EVERYTHING = Search(passes=(Pass(ranges=(1e4, 1e4, 1e4), min_samples=1, max_samples=128),))
SEEDS = st.integers(0, 10_000)
GRADES = ("value", "value_nearest", "value_inverse_distance")


def model(kind="spherical", nugget=0.2):
    own = {"matern": {"smoothness": 1.2}, "power": {"exponent": 1.4}}.get(kind, {})
    return Variogram(
        nugget=nugget,
        structures=(
            Structure(kind=kind, contribution=0.5, ranges=(40.0, 25.0, 10.0), **ANGLES, **own),
            Structure(kind="exponential", contribution=0.3, ranges=(90.0, 60.0, 30.0), azimuth=80.0, dip=40.0, rake=5.0),
        ),
    )


def drilling(seed, count=60):
    rng = np.random.default_rng(seed)
    holes = np.array([f"H{k}" for k in rng.integers(0, 12, count)])
    return rng.uniform(0, 60, (count, 3)), rng.lognormal(0, 1, count), holes, rng.uniform(5, 55, (12, 3))


def run(data, variogram, search=SEARCH, targets=None, **options):
    points, values, holes, own = data
    return estimate(
        points, values, own if targets is None else targets, variogram=variogram, search=search, holes=holes, **options
    )


def assert_equal(one, other, tolerance=1e-8, names=None):
    for name in names or one.data_vars:
        expected = one[name].values
        np.testing.assert_allclose(other[name].values, expected, rtol=tolerance, atol=tolerance, err_msg=name)


@pytest.mark.parametrize(
    ("kind", "method"),
    [*product(KINDS, ("ordinary", "linear_drift", "external_drift", "rescaled", "turning")), *product(KINDS[:5], ("simple",))],
)
def test_points_are_exact_at_data_with_any_nugget(kind, method):
    own = {"method": method}
    own |= {"mean": 3.0} if method == "simple" else {}
    data = drilling(3)
    drift = np.sin(data[0][:, 0])
    own |= {"drift": {"a": (drift, drift)}} if method == "external_drift" else {}
    own = {"negative_weights": "zero_and_rescale"} if method == "rescaled" else own
    own = {"orientations": np.tile([70.0, 20.0, 10.0], (60, 1))} if method == "turning" else own
    for nugget in (0.0, 0.2, 5.0):
        got = run(data, model(kind, nugget), EVERYTHING, data[0], **own)
        for name in GRADES:
            np.testing.assert_allclose(got[name].values, data[1], rtol=1e-7)
        np.testing.assert_allclose(got["variance"].values, 0.0, atol=1e-7)


@pytest.mark.parametrize("blocks", [{}, BLOCKS], ids=["points", "blocks"])
@EACH_KIND
def test_translation_changes_nothing(kind, blocks):
    data, shift = drilling(4), np.array([5.5e5, 6.1e6, -300.0])
    moved = (data[0] + shift, data[1], data[2], data[3] + shift)
    assert_equal(run(data, model(kind), **blocks), run(moved, model(kind), **blocks), 1e-6)


def turned(noun, turn):
    own = (noun.azimuth, noun.dip, noun.rake)
    return (
        replace(noun, **dict(zip(ANGLES, from_axes(rotation_matrix(*own) @ turn.T), strict=True)))
        if noun.azimuth is not None
        else noun
    )


@given(SEEDS, st.sampled_from(KINDS))
def test_rotation_in_space_of_data_model_search_and_passes_together_changes_nothing(seed, kind):
    turn = Rotation.random(random_state=seed).as_matrix()
    data, variogram = drilling(seed), model(kind)
    moved = (data[0] @ turn.T, data[1], data[2], data[3] @ turn.T)
    search = replace(turned(SEARCH, turn), passes=tuple(turned(item, turn) for item in SEARCH.passes))
    other = replace(variogram, structures=tuple(turned(item, turn) for item in variogram.structures))
    assert_equal(run(data, variogram), run(moved, other, search))


@given(SEEDS, st.floats(0.01, 100), st.sampled_from(KINDS))
def test_scaling_the_model_scales_the_variance_and_not_the_estimate(seed, factor, kind):
    data, variogram = drilling(seed), model(kind)
    structures = tuple(replace(item, contribution=factor * item.contribution) for item in variogram.structures)
    scaled = Variogram(nugget=factor * variogram.nugget, structures=structures)
    one, other = run(data, variogram, **BLOCKS), run(data, scaled, **BLOCKS)
    assert_equal(one, other, names=[*GRADES, "slope", "efficiency", "negative_weights"])
    for name in ("variance", "lagrange"):
        np.testing.assert_allclose(other[name].values / factor, one[name].values, rtol=1e-8, atol=1e-8)


@given(SEEDS, st.sampled_from(KINDS))
def test_a_block_is_the_mean_of_its_points_all_of_them_or_those_inside(seed, kind):
    data = drilling(seed, count=40)
    inside = np.random.default_rng(seed).random((12, 12)) < 0.6
    inside[:, 0] = True
    points = (data[3][:, None] + regular_offsets(SIZE, COUNTS)[None]).reshape(-1, 3)
    options = {"method": "linear_drift"} if seed % 2 else {}
    at_points = run(data, model(kind), EVERYTHING, points, **options)["value"].values.reshape(12, 12)
    whole = run(data, model(kind), EVERYTHING, **BLOCKS, **options)
    np.testing.assert_allclose(whole["value"].values, at_points.mean(axis=1), rtol=1e-8, atol=1e-9)
    part = run(data, model(kind), EVERYTHING, **BLOCKS, inside=inside, **options)
    means = np.where(inside, at_points, 0).sum(axis=1) / inside.sum(axis=1)
    np.testing.assert_allclose(part["value"].values, means, rtol=1e-8, atol=1e-9)


@EACH_KIND
def test_blocks_whose_points_are_all_inside_are_plain_blocks(kind):
    data = drilling(5)
    one, other = run(data, model(kind), **BLOCKS), run(data, model(kind), **BLOCKS, inside=np.ones((12, 12), bool))
    assert_equal(one, other, 1e-10)


@EACH_KIND
def test_points_that_are_inside_are_plain_points_also_at_data(kind):
    data = drilling(5)
    targets = np.vstack([data[3], data[0][:5]])
    one, other = run(data, model(kind), targets=targets), run(data, model(kind), targets=targets, inside=np.ones((17, 1), bool))
    assert_equal(one, other, 1e-10)
    np.testing.assert_allclose(other["variance"].values[12:], 0.0, atol=1e-9)


@EACH_KIND
def test_targets_that_all_turn_as_search_and_model_do_are_plain_targets(kind):
    data, search = drilling(6), replace(SEARCH, passes=(SEARCH.passes[0], replace(LAST, azimuth=None, dip=None, rake=None)))
    variogram = replace(model(kind), structures=model(kind).structures[:1])
    for blocks in ({}, BLOCKS):
        one = run(data, variogram, search, **blocks)
        other = run(data, variogram, search, orientations=np.tile(list(ANGLES.values()), (12, 1)), **blocks)
        assert_equal(one, other, 1e-9)


@given(SEEDS, st.sampled_from(KINDS))
def test_variances_are_not_negative_and_grow_with_every_constraint(seed, kind):
    data, simple = drilling(seed), kind not in ("power", "linear")
    for blocks in ({}, BLOCKS):
        ordinary = run(data, model(kind), EVERYTHING, **blocks)["variance"].values
        drift = run(data, model(kind), EVERYTHING, method="linear_drift", **blocks)["variance"].values
        assert (ordinary >= -1e-12).all()
        assert (drift >= ordinary - 1e-12).all()
        if simple:
            known = run(data, model(kind), EVERYTHING, method="simple", mean=0.0, **blocks)["variance"].values
            assert (known >= -1e-12).all()
            assert (ordinary >= known - 1e-12).all()
        rescaled = run(data, model(kind), EVERYTHING, negative_weights="zero_and_rescale", **blocks)["variance"].values
        assert (rescaled >= ordinary - 1e-12).all()


@given(SEEDS, st.sampled_from(KINDS))
def test_a_linear_trend_is_reproduced_by_its_drift_and_an_external_drift_by_itself(seed, kind):
    points, _, holes, targets = drilling(seed)
    trend = np.random.default_rng(seed).normal(size=3)
    inside = np.random.default_rng(seed).random((12, 12)) < 0.5
    inside[:, 0] = True
    data = (points, 4.0 + points @ trend, holes, targets)
    got = run(data, model(kind), EVERYTHING, method="linear_drift", **BLOCKS, inside=inside)
    centre = np.array([regular_offsets(SIZE, COUNTS)[own].mean(axis=0) for own in inside])
    np.testing.assert_allclose(got["value"].values, 4.0 + (targets + centre) @ trend, rtol=1e-8, atol=1e-8)
    columns = {"a": (np.cos(points[:, 0]), np.cos(targets[:, 0])), "b": (points[:, 1] ** 2, targets[:, 1] ** 2)}
    data = (points, 1.0 - 3.0 * columns["a"][0] + 0.5 * columns["b"][0], holes, targets)
    got = run(data, model(kind), EVERYTHING, method="external_drift", drift=columns)
    np.testing.assert_allclose(got["value"].values, 1.0 - 3.0 * columns["a"][1] + 0.5 * columns["b"][1], rtol=1e-8, atol=1e-8)


@EACH_KIND
def test_a_drift_of_nothing_is_ordinary_kriging_bit_for_bit(kind):
    data = drilling(7)
    one, other = run(data, model(kind)), run(data, model(kind), method="external_drift", drift={})
    alone = (*(item[:1] for item in data[:3]), data[3])
    for plain, drifting in ((one, other), (run(alone, model(kind)), run(alone, model(kind), method="linear_drift"))):
        assert all(plain[name].values.tobytes() == drifting[name].values.tobytes() for name in plain.data_vars)


@EACH_KIND
def test_samples_that_lie_symmetrically_share_the_weight(kind):
    corners = 7.0 * np.vstack([np.eye(3), -np.eye(3)])
    model_here = Variogram(nugget=0.1, structures=(replace(model(kind).structures[0], ranges=(30.0, 30.0, 30.0)),))
    for blocks in ({}, {"block_size": (3.0, 3.0, 3.0), "discretisation": (2, 2, 2)}):
        for number in range(6):
            got = estimate(corners, np.eye(6)[number], np.zeros((1, 3)), variogram=model_here, search=EVERYTHING, **blocks)
            assert got["value"].item() == pytest.approx(1 / 6, abs=1e-12)


@pytest.mark.parametrize("kind", ["power", "linear"])
def test_the_level_of_an_unbounded_model_drops_out(kind):
    data = drilling(8)
    one, other = (
        run(data, model(kind), Search(passes=(replace(EVERYTHING.passes[0], ranges=(reach,) * 3),)), **BLOCKS)
        for reach in (150.0, 1e8)
    )
    assert_equal(one, other, 1e-9, list(one.data_vars))
    assert np.isfinite(one["variance"].values).all()
    assert np.isnan(one["slope"].values).all()
    assert np.isnan(one["efficiency"].values).all()
