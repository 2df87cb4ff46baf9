"""Degenerate data, numbers and searches: a reason code or an InputError in words, never a crash, a hang or a silent number."""

import numpy as np
import pytest

from scandia.errors import InputError, ScandiaError
from scandia.kriging import HighGrade, cross_validate, estimate, list_weights, spatial_folds
from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram
from scandia.vocabulary import Reason

RNG = np.random.default_rng(0)
POINTS, GRADES, TARGETS = RNG.uniform(0, 100, (60, 3)), RNG.lognormal(size=60), RNG.uniform(0, 100, (9, 3))


def model(nugget=0.1, kind="spherical", length=100.0, **own):
    return Variogram(nugget=nugget, structures=(Structure(kind=kind, contribution=1.0, ranges=(length,) * 3, **own),))


def sphere(radius=1000.0, **limits):
    return Search(passes=(Pass(**({"ranges": (radius,) * 3, "min_samples": 1, "max_samples": 128} | limits)),))


def run(samples=POINTS, values=GRADES, targets=TARGETS, **options):
    return estimate(samples, values, targets, **({"variogram": model(), "search": sphere()} | options))


def line(*x):
    return np.column_stack([np.array(x, float), np.zeros(len(x)), np.zeros(len(x))])


class TestSystems:
    @pytest.mark.parametrize("kind", ["gaussian", "cubic", "matern"])
    def test_a_smooth_model_without_nugget_and_near_coincident_samples_is_singular_or_right(self, kind):
        samples = np.vstack([POINTS[:6], POINTS[:6] + np.array([2e-6, 0, 0])])
        got = run(samples, np.tile(GRADES[:6], 2), variogram=model(nugget=0.0, kind=kind))
        right = np.abs(got["value"].values) < 100
        assert ((got["reason"].values == Reason.SINGULAR) | right).all()
        assert (np.isnan(got["value"].values) == (got["reason"].values == Reason.SINGULAR)).all()
        assert np.isnan(got["variance"].values[got["reason"].values == Reason.SINGULAR]).all()

    def test_near_coincident_samples_with_a_nugget_share_the_weight(self):
        got = list_weights(line(0, 2e-6, 50), [1.0, 2.0, 3.0], line(20), variogram=model(), search=sphere())
        assert got["weight"][0] == pytest.approx(got["weight"][1], rel=1e-6)

    @pytest.mark.parametrize("direction", [(1.0, 1.0, 0.0), (1.0, 0.0, 0.0), (2.0, -1.0, 0.5)])
    def test_collinear_samples_are_kriged_and_their_linear_drift_is_singular_or_exact(self, direction):
        steps = np.arange(15.0)
        samples = steps[:, None] * direction
        assert np.isfinite(run(samples, steps)["value"].values).all()
        got = run(samples, steps, samples[4:5] + np.multiply(0.5, direction), method="linear_drift")
        if got["reason"].item() == Reason.SINGULAR:
            assert np.isnan(got["value"].item())
        else:
            assert got["value"].item() == pytest.approx(4.5, abs=1e-9)

    def test_a_drift_of_fewer_samples_than_unknowns_is_singular(self):
        got = run(targets=TARGETS, method="linear_drift", search=sphere(max_samples=3))
        assert (got["reason"].values == Reason.SINGULAR).all()
        assert np.isfinite(run(method="linear_drift", search=sphere(max_samples=6))["value"].values).all()

    def test_a_constant_external_drift_is_singular(self):
        got = run(method="external_drift", drift={"a": (np.ones(60), np.ones(9))})
        assert (got["reason"].values == Reason.SINGULAR).all()

    def test_singular_targets_spoil_no_neighbour_in_their_lanes(self):
        cluster = np.vstack([POINTS, 500 + line(*np.arange(20) * 1e-5)])
        values, targets = np.append(GRADES, np.arange(20.0)), np.vstack([TARGETS, np.full((5, 3), 500.1), TARGETS + 1])
        options = {"variogram": model(nugget=0.0, kind="matern", length=30.0, smoothness=3.5), "search": sphere(60.0)}
        got, alone = run(cluster, values, targets, **options), run(cluster, values, targets[:9], **options)
        assert (got["reason"].values[9:14] == Reason.SINGULAR).all()
        assert got["value"].values[:9].tobytes() == alone["value"].values.tobytes()

    def test_a_power_model_near_a_parabola_is_still_definite(self):
        lattice = np.stack(np.meshgrid(*[np.arange(5.0)] * 3), axis=-1).reshape(-1, 3)
        for exponent in (0.05, 1.0, 1.9, 1.95, 1.99):
            options = {"variogram": model(nugget=0.0, kind="power", exponent=exponent), "search": sphere(8.0)}
            got = run(lattice, lattice @ [1.0, 2.0, 3.0], TARGETS / 30, **options)
            assert (got["reason"].values == Reason.ESTIMATED).all()
            assert (got["variance"].values > 0).all()


class TestCounts:
    def test_no_samples_no_targets_or_neither_are_no_trouble(self):
        nothing = np.empty((0, 3))
        assert (run(nothing, [])["reason"].values == Reason.TOO_FEW_SAMPLES).all()
        assert run(targets=nothing).sizes["point"] == run(nothing, [], nothing).sizes["point"] == 0
        assert len(list_weights(nothing, [], TARGETS, variogram=model(), search=sphere())) == 0
        assert len(list_weights(POINTS, GRADES, nothing, variogram=model(), search=sphere())) == 0
        assert len(cross_validate(nothing, [], None, variogram=model(), search=sphere())) == 0
        with pytest.raises(InputError, match="count is 2; it must be from 2 to the number of samples, 0"):
            spatial_folds(nothing, 2)

    @pytest.mark.parametrize("method", ["ordinary", "linear_drift", "inverse_distance", "nearest"])
    def test_a_single_sample_is_the_estimate(self, method):
        for kind in ("spherical", "power"):
            got = run(POINTS[:1], GRADES[:1], variogram=model(kind=kind), method=method)
            np.testing.assert_allclose(got["value"].values, GRADES[0], rtol=1e-14)
        one = cross_validate(POINTS[:1], GRADES[:1], None, variogram=model(), search=sphere())
        assert one["reason"].item() == Reason.TOO_FEW_SAMPLES

    def test_one_sample_and_128_are_both_possible_limits(self):
        samples = RNG.uniform(0, 50, (400, 3))
        values = RNG.lognormal(size=400)
        few, many = (run(samples, values, search=sphere(max_samples=limit)) for limit in (1, 128))
        assert (few["samples"].values == 1).all()
        assert (many["samples"].values == 128).all()
        np.testing.assert_array_equal(few["value"].values, few["value_nearest"].values)

    @pytest.mark.parametrize("limit", [1, 2, 3])
    def test_a_sample_at_the_target_is_the_nearest_also_if_it_is_the_first_and_nothing_else_is_near(self, limit):
        lattice = np.stack(np.meshgrid(*[np.arange(8.0)] * 3), axis=-1).reshape(-1, 3)
        holes = np.where(lattice.sum(axis=1) == 21, "A", "B")  # the first sample of all comes last in the cells
        got = run(lattice, lattice.sum(axis=1), [[7, 7, 7]], holes=holes, search=sphere(4.0, max_samples=limit))
        assert got["value"].item() == pytest.approx(21.0, rel=1e-12)
        one_by_one = np.vstack([POINTS[:1], POINTS[:1], [[5e4, 0, 0]], POINTS[1:2], [[-5e4, 0, 0]], [[9e4, 9e4, 0]]])
        got = run(targets=one_by_one, search=sphere(radius=2e5, max_samples=limit))
        np.testing.assert_allclose(got["value"].values[[0, 1, 3]], GRADES[[0, 0, 1]], rtol=1e-12)
        assert np.isfinite(got["value"].values).all()

    def test_thousands_of_samples_in_one_cell_are_searched_all(self):
        samples = RNG.normal(0, 1e-2, (3000, 3))
        got = run(samples, np.arange(3000.0), np.zeros((3, 3)), search=sphere(max_samples=5), variogram=model(nugget=1.0))
        nearest = np.argsort(np.linalg.norm(samples, axis=1))[:5]
        expected = list_weights(samples, np.arange(3000.0), np.zeros((1, 3)), variogram=model(), search=sphere(max_samples=5))
        assert set(expected["sample"]) == set(nearest)
        assert (got["samples"].values == 5).all()

    def test_a_limit_per_hole_that_binds_nobody_costs_nothing(self):
        free, idle = (run(holes=np.arange(60) % 7, search=sphere(max_per_hole=limit)) for limit in (0, 10**12))
        assert free["value"].values.tobytes() == idle["value"].values.tobytes()


class TestPlaces:
    @pytest.mark.parametrize("shift", [(5.1e5, 6.1e6, 350.0), (-2e7, 3e7, -6e3)])
    def test_huge_coordinates_change_nothing(self, shift):
        near = np.round(POINTS, 2), np.round(TARGETS, 2)
        options = {"search": sphere(60.0, max_samples=12, max_per_octant=2)}
        here, there = run(near[0], targets=near[1], **options), run(near[0] + shift, targets=near[1] + shift, **options)
        for name in here.data_vars:
            np.testing.assert_allclose(there[name].values, here[name].values, rtol=1e-6, atol=1e-7, err_msg=name)

    @pytest.mark.parametrize("radius", [1e3, 1e6, 1e9, 1e15])
    @pytest.mark.parametrize("kind", ["spherical", "linear", "power"])
    def test_a_search_without_end_finds_the_same_nearest_and_octants(self, radius, kind):
        own = {"exponent": 1.6} if kind == "power" else {}
        options = {"variogram": model(kind=kind, **own)}
        limits = {"max_samples": 14, "max_per_octant": 2}
        one, other = (run(search=sphere(reach, **limits), **options) for reach in (300.0, radius))
        for name in one.data_vars:
            np.testing.assert_allclose(other[name].values, one[name].values, rtol=1e-9, atol=1e-9, err_msg=name)

    @pytest.mark.parametrize("radius", [1e-6, 1e-3, 0.1])
    def test_a_tiny_search_finds_the_sample_at_the_target_alone(self, radius):
        got = run(targets=np.vstack([POINTS[:5], TARGETS]), search=sphere(radius))
        np.testing.assert_allclose(got["value"].values[:5], GRADES[:5], rtol=1e-12)
        assert (got["reason"].values[5:] == Reason.TOO_FEW_SAMPLES).all()

    def test_targets_far_away_have_a_reason(self):
        far = np.array([[1e15, 0, 0], [-1e15, 1e15, -1e15], [0, 0, 1e9], [50, 50, 50]])
        for radius in (1e-3, 200.0, 1e6):
            got = run(targets=far, search=sphere(radius, max_per_octant=3))
            assert (got["reason"].values[:3] == Reason.TOO_FEW_SAMPLES).all()
        assert np.isfinite(run(targets=far, search=sphere(1e15))["value"].values[[0, 2, 3]]).all()

    def test_samples_in_one_plane_need_a_drift_in_two_directions_only(self):
        flat, values = POINTS * [1, 1, 0] + [0, 0, 40], POINTS @ [1.0, -2.0, 0.0]
        got = run(flat, values, TARGETS * [1, 1, 0] + [0, 0, 40], method="linear_drift")
        np.testing.assert_allclose(got["value"].values, TARGETS @ [1.0, -2.0, 0.0], atol=1e-9)

    def test_an_octant_search_in_one_plane_sees_four_octants(self):
        flat = POINTS * [1, 1, 0]
        got = run(flat, targets=np.array([[50.0, 50, 0]]), search=sphere(max_per_octant=3, min_octants=4))
        assert got["samples"].item() == 12
        got = run(flat, targets=np.array([[50.0, 50, 0]]), search=sphere(max_per_octant=3, min_octants=5))
        assert got["reason"].item() == Reason.TOO_FEW_OCTANTS


def high(threshold=2.0, ranges=(5.0, 5.0, 5.0)):
    return HighGrade(threshold=threshold, ranges=ranges, action="clamp", reason="outliers", name="QP")


def with_one(array, number):
    """The array with one number of its fourth row replaced."""
    array = array.copy()
    array[3:4].flat[0] = number
    return array


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(
    "change",
    [
        lambda n: {"samples": with_one(POINTS, n)},
        lambda n: {"values": with_one(GRADES, n)},
        lambda n: {"targets": with_one(TARGETS, n)},
        lambda n: {"search": sphere(n)},
        lambda n: {"search": Search(passes=sphere().passes, azimuth=n)},
        lambda n: {"search": sphere(azimuth=0.0, dip=n, rake=0.0)},
        lambda n: {"variogram": model(rake=n)},
        lambda n: {"variogram": model(nugget=n)},
        lambda n: {"variogram": Variogram(nugget=0.0, structures=(Structure(kind="cubic", contribution=n, ranges=(1, 1, 1)),))},
        lambda n: {"method": "simple", "mean": n},
        lambda n: {"power": n},
        lambda n: {"high_grade": {"value": high(threshold=n)}},
        lambda n: {"high_grade": {"value": high(ranges=(n, 1.0, 1.0))}},
        lambda n: {"orientations": np.full((9, 3), n)},
        lambda n: {"discretisation": (2, 2, 2), "block_size": (n, 1.0, 1.0)},
        lambda n: {"method": "external_drift", "drift": {"a": (np.full(60, n), np.zeros(9))}},
        lambda n: {"method": "external_drift", "drift": {"a": (np.zeros(60), np.full(9, n))}},
    ],
)
def test_a_number_that_is_none_is_refused_in_words_wherever_it_stands(change, number):
    with pytest.raises(ScandiaError, match=r"\w+ (is|has|have|of|lie)"):
        run(**change(number))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"targets": [[1e16, 0, 0]]}, "beyond 1e"),
        ({"search": sphere(1e-9)}, "each must be from 1e-06"),
        ({"search": sphere(1e300)}, "each must be from"),
        ({"power": 0.0}, "power is 0.0; it must be above 0"),
        ({"power": 300.0}, "power is 300.0; it must be above 0 and at most 16"),
        ({"discretisation": (0, 1, 1), "block_size": (1, 1, 1)}, "three whole numbers of 1 or more"),
        ({"discretisation": (1.5, 1, 1), "block_size": (1, 1, 1)}, "three whole numbers of 1 or more"),
        ({"discretisation": (2, 1, 1), "block_size": (-1, 1, 1)}, "three lengths"),
        ({"method": "simple", "mean": {"other": 1.0}}, "but not the variable 'value'"),
        ({"inside": np.ones((9, 2), bool)}, r"inside has shape \(9, 2\)"),
        ({"orientations": np.zeros((8, 3))}, r"orientations has shape \(8, 3\)"),
    ],
)
def test_what_cannot_be_is_refused_in_words(change, message):
    with pytest.raises(ScandiaError, match=message):
        run(**change)


def test_weights_of_blocks_need_their_size():
    with pytest.raises(InputError, match="points have no size"):
        list_weights(POINTS, GRADES, TARGETS, variogram=model(), search=sphere(), discretisation=(2, 2, 2))
