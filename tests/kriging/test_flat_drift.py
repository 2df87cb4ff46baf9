"""Linear drift where the samples lie in a section: rounding is no drift, and never a silent number."""

import numpy as np
import pytest

from scandia.kriging import estimate
from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram
from scandia.vocabulary import Reason

RNG = np.random.default_rng(8)
VARIOGRAM = Variogram(nugget=0.1, structures=(Structure(kind="spherical", contribution=0.9, ranges=(80.0,) * 3),))
SEARCH = Search(passes=(Pass(ranges=(100.0,) * 3, min_samples=8, max_samples=16),))
OPTIONS = {"variogram": VARIOGRAM, "search": SEARCH, "method": "linear_drift"}


def section(noise, y=0.0):
    points = np.column_stack([RNG.uniform(0, 200, 60), y + noise * RNG.normal(size=60), RNG.uniform(0, 100, 60)])
    return points, 1000.0 + 2.0 * points[:, 0] - 3.0 * points[:, 2] + RNG.normal(size=60)


@pytest.mark.parametrize("noise", [1e-12, 1e-10, 1e-8])
@pytest.mark.parametrize("away", [0.0, 1e-8, 1e-5, 1e-3, 5.0])
def test_rounding_across_a_section_is_no_drift(noise, away):
    points, values = section(noise)
    flat = points * [1.0, 0.0, 1.0]
    targets = np.column_stack([RNG.uniform(20, 180, 9), np.full(9, away), RNG.uniform(20, 80, 9)])
    exact, found = (estimate(at, values, targets, **OPTIONS) for at in (flat, points))
    assert (exact["reason"] == 0).all() and (found["reason"] == 0).all()
    np.testing.assert_allclose(found["value"], exact["value"], rtol=1e-6)
    np.testing.assert_allclose(found["variance"], exact["variance"], rtol=1e-6)


@pytest.mark.parametrize("noise", [0.0, 1e-12, 1e-10, 1e-8])
@pytest.mark.parametrize("away", [0.0, 1e-8, 1e-6, 1e-3, 5.0])
def test_a_drift_across_a_section_that_one_neighbourhood_sees_alone_is_singular(noise, away):
    near, far = section(noise), section(noise, 500.0)
    points, values = np.vstack([near[0], far[0]]), np.concatenate([near[1], far[1]])
    targets = np.column_stack([RNG.uniform(20, 180, 9), np.full(9, away), RNG.uniform(20, 80, 9)])
    found = estimate(points, values, targets, **OPTIONS)
    assert (found["reason"] == Reason.SINGULAR).all()
    assert np.isnan(found["value"]).all() and np.isnan(found["variance"]).all()


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_the_unit_of_an_external_drift_does_not_matter(unit):
    points = RNG.uniform(0, 100, (80, 3))
    depth, targets = points[:, 2] ** 2 + 5.0, RNG.uniform(20, 80, (7, 3))
    options = {"variogram": VARIOGRAM, "search": SEARCH, "method": "external_drift"}
    drifts = [{"depth": (depth * u, (targets[:, 2] ** 2 + 5.0) * u)} for u in (1.0, unit)]
    one, other = (estimate(points, points[:, 0], targets, drift=drift, **options) for drift in drifts)
    np.testing.assert_allclose(one["value"], other["value"], rtol=1e-9)
    np.testing.assert_allclose(one["variance"], other["variance"], rtol=1e-9)


@pytest.mark.parametrize("kind", ["spherical", "gaussian", "exponential"])
def test_no_variance_is_negative_however_large_the_sill(kind):
    structure = Structure(kind=kind, contribution=1e4, ranges=(60.0, 40.0, 30.0))
    points = RNG.uniform(0, 100, (150, 3))
    targets = np.vstack([points, points + 1e-7, points + 1e-3])
    found = estimate(points, points[:, 0], targets, variogram=Variogram(nugget=0.0, structures=(structure,)), search=SEARCH)
    solved = found["reason"] == 0
    assert solved.sum() > 300
    assert (found["variance"].where(solved, 0.0) >= 0.0).all()
    assert (found["efficiency"].where(solved, 0.0) <= 1.0).all()
