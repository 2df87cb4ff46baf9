"""Kriging by hand, its search filters, edge cases and refusals."""

import numpy as np
import pytest

from scandia.blockmodel.grid import Grid
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid
from scandia.kriging import cross_validate, estimate
from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram
from scandia.vocabulary import DIAGNOSTICS, Reason


def linear_like(nugget=0.0, sill=1.0, length=100.0, kind="spherical"):
    return Variogram(nugget=nugget, structures=(Structure(kind=kind, contribution=sill - nugget, ranges=(length,) * 3),))


def sphere(radius=1000.0, **limits):
    return Search(passes=(Pass(**({"ranges": (radius,) * 3, "min_samples": 1, "max_samples": 128} | limits)),))


def on_a_line(*x):
    return np.column_stack([np.array(x, float), np.zeros(len(x)), np.zeros(len(x))])


class TestByHand:
    def test_two_samples_and_a_point(self):
        # spherical, range 100: C(30) = 1 - 0.45 + 0.0135 = 0.5635; C(20) = 0.704; C(50) = 0.3125
        got = estimate(on_a_line(0, 50), [1.0, 3.0], on_a_line(20), variogram=linear_like(), search=sphere())
        first, second, between = 0.704, 0.5635, 0.3125
        weight = 0.5 + (first - second) / (2 * (1 - between))
        multiplier = (first + second - 1 - between) / 2
        assert got["value"].item() == pytest.approx(weight * 1 + (1 - weight) * 3, abs=1e-14)
        assert got["lagrange"].item() == pytest.approx(multiplier, abs=1e-14)
        variance = 1 - weight * first - (1 - weight) * second - multiplier
        assert got["variance"].item() == pytest.approx(variance, abs=1e-14)
        assert got["efficiency"].item() == pytest.approx(1 - variance, abs=1e-14)
        assert got["slope"].item() == pytest.approx((1 - variance - multiplier) / (1 - variance - 2 * multiplier), abs=1e-13)
        assert got["nearest_distance"].item() == 20.0
        assert got["mean_distance"].item() == 25.0
        assert got["value_nearest"].item() == 1.0
        # inverse squared distance: weights 1/400 and 1/900
        assert got["value_inverse_distance"].item() == pytest.approx((1 / 400 + 3 / 900) / (1 / 400 + 1 / 900), abs=1e-13)

    def test_pure_nugget_gives_the_mean_and_its_variance(self):
        model = linear_like(nugget=2.0, sill=2.0)
        got = estimate(on_a_line(0, 10, 20, 30), [1.0, 2.0, 3.0, 6.0], on_a_line(14), variogram=model, search=sphere())
        assert got["value"].item() == pytest.approx(3.0, abs=1e-13)
        assert got["variance"].item() == pytest.approx(2.0 + 2.0 / 4, abs=1e-13)
        assert got["lagrange"].item() == pytest.approx(-0.5, abs=1e-13)

    def test_the_nugget_leaves_the_block_and_stays_on_the_samples(self):
        model = linear_like(nugget=2.0, sill=2.0)
        options = {"variogram": model, "search": sphere(), "discretisation": (2, 2, 2), "block_size": (5.0, 5.0, 5.0)}
        got = estimate(on_a_line(0, 10), [1.0, 3.0], on_a_line(4), **options)
        assert got.attrs["block_variance"] == 0.0
        assert got["variance"].item() == pytest.approx(1.0, abs=1e-13)
        assert np.isnan(got["efficiency"].item())

    def test_one_sample_carries_all_the_weight(self):
        got = estimate(on_a_line(0), [7.0], on_a_line(20), variogram=linear_like(), search=sphere())
        assert got["value"].item() == 7.0
        assert got["variance"].item() == pytest.approx(2 * (1 - 0.704), abs=1e-14)

    def test_a_screened_sample_gets_a_negative_weight_that_is_kept(self):
        model = linear_like(kind="gaussian")
        got = estimate(on_a_line(0, 20, 40), [0.0, 0.0, 1.0], on_a_line(-5), variogram=model, search=sphere())
        alone = estimate(on_a_line(0, 20, 40), [0.0, 1.0, 0.0], on_a_line(-5), variogram=model, search=sphere())
        negative = min(got["value"].item(), 0.0) + min(alone["value"].item(), 0.0)
        assert negative < -0.1
        assert got["negative_weights"].item() == pytest.approx(negative, abs=1e-12)

    def test_simple_kriging_far_from_data_is_the_mean(self):
        options = {"variogram": linear_like(), "search": sphere(), "method": "simple", "mean": {"value": 4.0}}
        got = estimate(on_a_line(0), [7.0], on_a_line(500), **options)
        assert got["value"].item() == 4.0
        assert got["variance"].item() == 1.0


class TestSearch:
    """With a pure nugget, all samples used have equal weights: the estimate says which ones were used."""

    model = linear_like(nugget=1.0)

    def mean_of(self, x, values, search, holes=None, at=0.0):
        return estimate(on_a_line(*x), values, on_a_line(at), variogram=self.model, search=search, holes=holes)

    def test_a_sample_on_the_ellipsoid_is_inside(self):
        got = self.mean_of([10.0, 10.001], [1.0, 100.0], sphere(10.0))
        assert (got["samples"].item(), got["value"].item()) == (1, 1.0)

    def test_the_nearest_are_kept(self):
        got = self.mean_of([1, 2, 3, 4], [1.0, 2.0, 30.0, 40.0], sphere(max_samples=2))
        assert got["value"].item() == pytest.approx(1.5)

    def test_equal_distances_are_told_apart_by_hole_then_coordinates(self):
        search = sphere(max_samples=1)
        got = self.mean_of([0.3, -0.1], [1.0, 2.0], search, ["B", "A"], at=0.1)  # 0.3 - 0.1 and 0.1 + 0.1 differ in the last bit
        assert got["value"].item() == 2.0
        got = self.mean_of([0.3, -0.1], [1.0, 2.0], search, ["A", "B"], at=0.1)
        assert got["value"].item() == 1.0
        got = self.mean_of([0.3, -0.1], [1.0, 2.0], search, at=0.1)
        assert got["value"].item() == 2.0

    def test_samples_per_hole_are_limited_before_samples(self):
        # nearest first: A1 A2 A3 B4 B5; two of each hole leave A1 A2 B4 B5, of which the nearest three stay
        got = self.mean_of([1, 2, 3, 4, 5], [1.0, 2.0, 9.0, 3.0, 50.0], sphere(max_samples=3, max_per_hole=2), list("AAABB"))
        assert (got["samples"].item(), got["holes"].item()) == (3, 2)
        assert got["value"].item() == pytest.approx(2.0)

    def test_passes_are_tried_in_order_until_one_succeeds(self):
        passes = (
            Pass(ranges=(3.0, 3.0, 3.0), min_samples=2, max_samples=9),
            Pass(ranges=(6.0, 6.0, 6.0), min_samples=2, max_samples=9, min_holes=2),
            Pass(ranges=(50.0, 50.0, 50.0), min_samples=2, max_samples=3, min_holes=2),
        )
        holes = list("AABBC")
        x, values = [1, 5, 20, 30, 40], [1.0, 2.0, 3.0, 4.0, 5.0]
        got = self.mean_of(x, values, Search(passes=passes), holes)
        assert (got["pass"].item(), got["samples"].item(), got["value"].item()) == (3, 3, pytest.approx(2.0))
        got = self.mean_of(x, values, Search(passes=passes[:2]), holes)
        assert got["reason"].item() == Reason.TOO_FEW_HOLES
        assert np.isnan(got["value"].item())
        assert got["value_nearest"].item() == 1.0
        got = self.mean_of(x, values, Search(passes=passes[:1]), holes)
        assert got["reason"].item() == Reason.TOO_FEW_SAMPLES

    def test_the_nearest_neighbour_is_sought_in_the_last_pass(self):
        # 4 m away along the short axis of the last pass against 10 m along its long one
        points = np.array([[0.0, 4.0, 0.0], [10.0, 0.0, 0.0]])
        passes = (
            Pass(ranges=(20.0, 20.0, 20.0), min_samples=1, max_samples=9),
            Pass(ranges=(5.0, 100.0, 5.0), min_samples=1, max_samples=9),
        )
        options = {"variogram": self.model, "search": Search(passes=passes)}
        got = estimate(points, [1.0, 2.0], np.zeros((1, 3)), **options)
        assert (got["pass"].item(), got["value_nearest"].item()) == (1, 2.0)

    def test_the_ellipsoid_turns_with_its_angles(self):
        points = np.array([[30.0, 0.0, 0.0], [0.0, 30.0, 0.0], [0.0, 0.0, -30.0]])
        item = Pass(ranges=(40.0, 5.0, 5.0), min_samples=1, max_samples=9)
        for angles, expected in (({"azimuth": 90.0}, 1.0), ({"azimuth": 0.0}, 2.0), ({"dip": 90.0, "rake": 90.0}, 3.0)):
            search = Search(passes=(item,), **angles)
            got = estimate(points, [1.0, 2.0, 3.0], np.zeros((1, 3)), variogram=self.model, search=search)
            assert (got["samples"].item(), got["value"].item()) == (1, expected)


class TestEdges:
    def test_plane_data_take_one_constant_z_and_a_grid_of_one_layer(self):
        rng = np.random.default_rng(2)
        points = np.column_stack([rng.uniform(0, 50, (30, 2)), np.full(30, 5.0)])
        grid = Grid((0.0, 0.0, 0.0), (5.0, 5.0, 10.0), (10, 10, 1), MineGrid())
        options = {"variogram": linear_like(0.1, 1.0, 30.0), "search": sphere(60.0), "discretisation": (4, 4, 1)}
        got = estimate(points, rng.normal(size=30), grid, **options)
        assert got["value"].shape == (1, 10, 10)
        assert np.isfinite(got["value"].values).all()

    def test_a_target_without_samples_is_missing_with_a_reason(self):
        got = estimate(on_a_line(0), [7.0], on_a_line(500), variogram=linear_like(), search=sphere(10.0))
        assert got["reason"].item() == Reason.TOO_FEW_SAMPLES
        assert all(
            np.isnan(got[name].item()) for name in ("value", "value_nearest", "value_inverse_distance", "variance", "slope")
        )
        assert all(got[name].item() == 0 for name in ("samples", "holes", "pass"))

    def test_no_samples_at_all_are_too_few(self):
        got = estimate(np.empty((0, 3)), [], on_a_line(1, 2), variogram=linear_like(), search=sphere())
        assert (got["reason"].values == Reason.TOO_FEW_SAMPLES).all()

    def test_a_singular_system_is_a_reason_and_not_a_crash(self):
        points = on_a_line(*np.arange(30) * 1e-3)  # a Gaussian without nugget sees one place thirty times
        got = estimate(points, np.arange(30.0), on_a_line(5), variogram=linear_like(kind="gaussian"), search=sphere())
        assert got["reason"].item() == Reason.SINGULAR
        assert np.isnan(got["value"].item())
        assert got["samples"].item() == 30

    def test_collinear_samples_are_no_trouble(self):
        got = estimate(on_a_line(*range(20)), np.arange(20.0), on_a_line(9.5), variogram=linear_like(), search=sphere())
        assert got["value"].item() == pytest.approx(9.5)

    def test_a_tiny_search_over_a_huge_area_works(self):
        rng = np.random.default_rng(4)
        points = rng.uniform(0, 1e6, (500, 3))
        got = estimate(points, np.arange(500.0), points + np.array([0.1, 0, 0]), variogram=linear_like(), search=sphere(1.0))
        np.testing.assert_array_equal(got["value"].values, np.arange(500.0))

    def test_holes_are_not_counted_where_they_are_not_known(self):
        got = estimate(on_a_line(0, 1), [1.0, 2.0], on_a_line(3), variogram=linear_like(), search=sphere())
        assert got["holes"].item() == 0

    def test_every_diagnostic_is_there_once_and_says_what_it_is(self):
        got = estimate(
            on_a_line(0, 1), {"Sc": [1.0, 2.0], "Y": [3.0, 1.0]}, on_a_line(3), variogram=linear_like(), search=sphere()
        )
        checks = [f"{name}{end}" for name in ("Sc", "Y") for end in ("", "_nearest", "_inverse_distance")]
        assert sorted(got.data_vars) == sorted([*checks, *DIAGNOSTICS])
        assert got["slope"].attrs["long_name"] == DIAGNOSTICS["slope"]
        assert got["mean_distance"].attrs["units"] == "m"

    def test_arguments_are_not_edited(self):
        points, values, targets = on_a_line(5, 1, 3), np.array([1.0, 2.0, 3.0]), on_a_line(2)
        copies = points.copy(), values.copy(), targets.copy()
        estimate(points, values, targets, variogram=linear_like(), search=sphere())
        assert all((a == b).all() for a, b in zip((points, values, targets), copies, strict=True))


class TestCrossValidation:
    def test_rows_stand_in_sample_order_and_leave_their_sample_out(self):
        model = linear_like(nugget=1.0)
        got = cross_validate(on_a_line(30, 0, 10), [1.0, 2.0, 6.0], list("BAA"), variogram=model, search=sphere())
        np.testing.assert_allclose(got["estimate"], [4.0, 3.5, 1.5])
        assert list(got.columns) == ["value", "estimate", "variance", "samples", "holes", "pass", "reason"]

    def test_a_whole_hole_is_left_out(self):
        model = linear_like(nugget=1.0)
        options = {"variogram": model, "search": sphere(), "leave": "hole"}
        got = cross_validate(on_a_line(30, 0, 10), [1.0, 2.0, 6.0], list("BAA"), **options)
        np.testing.assert_allclose(got["estimate"], [4.0, 1.0, 1.0])
        np.testing.assert_array_equal(got["samples"], [2, 1, 1])

    def test_holes_can_be_left_out_only_where_they_are_known(self):
        with pytest.raises(InputError, match="with the holes given"):
            cross_validate(on_a_line(0, 1), [1.0, 2.0], None, variogram=linear_like(), search=sphere(), leave="hole")


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"samples": np.zeros((2, 2))}, r"samples have shape \(2, 2\); they must be \(n, 3\)"),
            ({"samples": [[0, 0, 0], [np.nan, 1, 1]]}, r"1 of 2 have a missing coordinate, first number 1"),
            ({"samples": [[5, 6, 7], [5, 6, 7 + 1e-7]]}, r"1 pairs of samples lie at one place.*0 and 1 at \(5\.0, 6\.0, 7\.0\)"),
            ({"values": [1.0, np.nan]}, r"1 of 2 values are missing or not finite, first sample number 1"),
            ({"values": [1.0, np.inf]}, "not finite"),
            ({"values": [1.0]}, r"there are 2 samples, so it must be \(2,\)"),
            ({"values": {}}, "must name at least one variable"),
            ({"values": {"variance": [1.0, 2.0]}}, "the name of a diagnostic"),
            ({"targets": [[0, 0]]}, r"targets have shape \(1, 2\)"),
            ({"targets": [[0, 0, np.nan]]}, "targets: 1 of 1 have a missing coordinate"),
            ({"targets": (Grid((0.0,) * 3, (1.0,) * 3, (2, 3, 4), MineGrid()), np.ones((2, 3, 4)))}, r"\(4, 3, 2\)"),
            ({"holes": ["A"]}, "holes have shape"),
            ({"search": sphere(min_holes=2)}, "but holes is None"),
            ({"search": sphere(max_per_hole=2)}, "but holes is None"),
            ({"search": Search(passes=())}, "has no pass"),
            ({"method": "universal"}, "must be one of"),
            ({"method": "simple"}, "needs the known mean"),
            ({"mean": 3.0}, "the other methods take none"),
            ({"discretisation": (2, 2, 2)}, "points have no size"),
            ({"variogram": Variogram(nugget=0.0, structures=())}, "must be above 0"),
        ],
    )
    def test_what_cannot_be_used_is_refused_with_a_reason(self, change, message):
        arguments = {"samples": on_a_line(0, 1), "values": [1.0, 2.0], "targets": on_a_line(3)}
        arguments |= {"variogram": linear_like(), "search": sphere()}
        arguments |= change
        with pytest.raises(InputError, match=message):
            estimate(**arguments)

    def test_many_coincident_samples_are_counted_and_the_first_named(self):
        points = np.repeat(on_a_line(0, 1, 2, 3, 4), 2, axis=0)
        with pytest.raises(InputError, match=r"5 pairs.*0 and 1.*2 and 3.*4 and 5"):
            estimate(points, np.arange(10.0), on_a_line(9), variogram=linear_like(), search=sphere())
