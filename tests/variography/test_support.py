"""Blocks vary less than points, by exactly what varies inside them."""

import numpy as np
import pytest

from scandia.errors import InputError
from scandia.geometry.discretisation import regular_offsets
from scandia.statistics.weighted import weighted_variance
from scandia.variography import support
from scandia.variography.covariance import covariance
from scandia.variography.model import Structure, Variogram
from scandia.variography.support import block_variance, mean_gamma, sample_variance

MODEL = Variogram(
    nugget=0.2,
    structures=(
        Structure(kind="spherical", contribution=0.5, ranges=(60.0, 40.0, 15.0), azimuth=35.0, dip=70.0, rake=20.0),
        Structure(kind="exponential", contribution=0.3, ranges=(150.0, 90.0, 40.0), azimuth=10.0),
    ),
)


def test_points_have_the_sill_and_within_a_point_nothing_varies():
    assert block_variance(MODEL, (5.0, 5.0, 5.0), (1, 1, 1)) == pytest.approx(MODEL.sill)
    assert mean_gamma(MODEL, (5.0, 5.0, 5.0), (1, 1, 1)) == pytest.approx(0.0)


def test_krige_s_relation_holds_against_the_covariances_of_the_blocks_themselves():
    small, large, count = (10.0, 5.0, 4.0), (40.0, 15.0, 8.0), (4, 3, 2)
    centres, inside = regular_offsets(large, count), regular_offsets(small, (2, 2, 2))
    points = (centres[:, None, :] + inside[None, :, :]).reshape(-1, 3)
    lags = points[:, None, :] - points[None, :, :]
    structured = covariance(MODEL, lags) - np.where(np.any(lags != 0, axis=-1), 0.0, MODEL.nugget)
    blocks = structured.reshape(24, 8, 24, 8).mean(axis=(1, 3))
    within = np.mean(np.diag(blocks)) - np.mean(blocks)  # mean variance of block averages about the average of the large block
    found = mean_gamma(MODEL, large, (8, 6, 4)) - mean_gamma(MODEL, small, (2, 2, 2))
    assert found == pytest.approx(within, rel=1e-12)
    assert found > 0.0


def test_larger_blocks_vary_less_and_the_nugget_vanishes_from_them():
    variances = [block_variance(MODEL, (size,) * 3) for size in (1e-9, 5.0, 10.0, 20.0, 80.0)]
    assert np.all(np.diff(variances) < 0.0)
    assert variances[0] == pytest.approx(MODEL.sill - MODEL.nugget)


def test_a_short_line_in_a_linear_piece_is_known_in_closed_form():
    spherical = Variogram(nugget=0.0, structures=(Structure(kind="spherical", contribution=1.0, ranges=(100.0,) * 3),))
    ratio = 30.0 / 100.0  # Journel & Huijbregts: F(L) = L / (2 a) - L^3 / (20 a^3)
    assert mean_gamma(spherical, (30.0, 1e-9, 1e-9), (400, 1, 1)) == pytest.approx(ratio / 2 - ratio**3 / 20, rel=1e-4)


def test_krige_s_relation_holds_without_a_sill():
    # of two blocks of two points in one of four: gammabar(V, V) - gammabar(v, v), here by pairs of points on a line, 10 m apart
    linear = Variogram(nugget=0.0, structures=(Structure(kind="linear", contribution=1.0, ranges=(100.0,) * 3),))
    of_all = 2 * (3 * 0.1 + 2 * 0.2 + 1 * 0.3) / 16
    of_blocks = 2 * 0.1 / 4
    found = mean_gamma(linear, (40.0, 1.0, 1.0), (4, 1, 1)) - mean_gamma(linear, (20.0, 1.0, 1.0), (2, 1, 1))
    assert found == pytest.approx(of_all - of_blocks, rel=1e-13)
    assert mean_gamma(linear, (5.0, 5.0, 5.0), (1, 1, 1)) == 0.0


@pytest.mark.parametrize("points", [(1, 1, 1), (2, 2, 2)])
def test_points_and_blocks_of_an_unbounded_variogram_have_no_variance(points):
    power = Variogram(nugget=0.1, structures=(Structure(kind="power", contribution=1.0, ranges=(100.0,) * 3, exponent=0.5),))
    with pytest.raises(InputError, match="no covariance: its structure 1 is of kind power"):
        block_variance(power, (5.0, 5.0, 5.0), points)


@pytest.mark.parametrize("function", [block_variance, mean_gamma])
@pytest.mark.parametrize(("size", "points"), [((0.0, 1.0, 1.0), (4, 4, 4)), ((1.0, 1.0, 1.0), (0, 4, 4))])
def test_impossible_blocks_are_refused(function, size, points):
    with pytest.raises(InputError, match="sizes must be above 0"):
        function(MODEL, size, points)


def crowded():
    random = np.random.default_rng(8)
    return random.uniform(0.0, 60.0, (80, 3)), random.uniform(0.2, 3.0, 80)


def test_two_samples_show_half_the_semivariance_between_them():
    linear = Variogram(nugget=0.1, structures=(Structure(kind="linear", contribution=2.0, ranges=(100.0,) * 3),))
    places = np.array([[0.0, 0.0, 0.0], [0.0, 30.0, 40.0]])
    assert sample_variance(linear, places, np.ones(2)) == pytest.approx((0.1 + 2.0 * 0.5) / 2)
    assert sample_variance(linear, places, np.array([3.0, 1.0])) == pytest.approx(2 * (3 / 4) * (1 / 4) * 1.1)


def test_samples_of_simulated_fields_show_the_expected_variance_and_less_than_the_sill():
    places, weights = crowded()
    matrix = covariance(MODEL, places[:, None] - places)
    expected = sample_variance(MODEL, places, weights)
    shares = weights / weights.sum()
    assert expected == pytest.approx(shares @ np.diag(matrix) - shares @ matrix @ shares)
    fields = np.linalg.cholesky(matrix) @ np.random.default_rng(9).normal(size=(80, 4000))
    shown = [weighted_variance(field, weights) for field in fields.T]
    assert np.mean(shown) == pytest.approx(expected, rel=0.02)
    assert expected < 0.97 * MODEL.sill


def test_rows_at_a_time_change_nothing_and_a_part_of_many_samples_stands_for_all(monkeypatch):
    places, weights = crowded()
    whole = sample_variance(MODEL, places, weights)
    monkeypatch.setattr(support, "ROWS", 7)
    assert sample_variance(MODEL, places, weights) == pytest.approx(whole, rel=1e-12)
    monkeypatch.setattr(support, "MOST_SAMPLES", 40)
    assert sample_variance(MODEL, places, weights) == pytest.approx(whole, rel=0.05)
