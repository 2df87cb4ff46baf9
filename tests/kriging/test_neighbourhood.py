"""The one rule of merging, and canonical order, whoever asks."""

import numpy as np
import pytest

from scandia.errors import InputError
from scandia.kriging import Boundaries, cross_validate, estimate
from scandia.kriging.neighbourhood import merge_duplicates, neighbourhoods
from scandia.kriging.request import make_request
from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram

RNG = np.random.default_rng(12)
OPTIONS = {
    "search": Search(passes=(Pass(ranges=(60.0, 60.0, 60.0), min_samples=1, max_samples=12),)),
    "variogram": Variogram(nugget=0.1, structures=(Structure(kind="spherical", contribution=1.0, ranges=(40.0, 40.0, 20.0)),)),
}
SOFT = Boundaries(soft={"ore": {"waste": 1e6}, "waste": {"ore": 1e6}})


def twins():
    """Fifty samples, eight of them again a centimetre away, in another hole and often in another domain."""
    points = RNG.uniform(0, 60, (50, 3))
    holes, domains = RNG.integers(0, 9, 58).astype(str), RNG.choice(["ore", "waste"], 58)
    return np.vstack([points, points[:8] + np.array([0.01, 0.0, 0.0])]), RNG.lognormal(size=58), holes, domains


def test_the_first_is_of_the_own_domain_then_of_the_first_hole_then_of_the_least_x():
    points = np.array([[0.0, 0, 0], [0.01, 0, 0], [0.02, 0, 0], [30, 0, 0], [30.01, 0, 0], [60, 0, 0]])
    values, codes = np.array([[1.0], [2.0], [6.0], [5.0], [7.0], [9.0]]), np.array([0, 1, 1, 3, 3, 2])
    foreign = np.array([True, False, False, False, False, False])
    stays, means, groups = merge_duplicates(points, values, codes, foreign, 0.015)
    assert groups == [[1, 2, 0], [3, 4]]
    assert stays.tolist() == [1, 3, 5]
    assert means[stays, 0].tolist() == [3.0, 6.0, 9.0]
    assert merge_duplicates(points, values, codes, np.zeros(6, dtype=bool), 0.015)[2] == [[0, 1, 2], [3, 4]]


def test_what_is_merged_does_not_depend_on_the_order_of_rows():
    points, values, holes, domains = twins()
    for boundaries in (None, SOFT):
        own = {"boundaries": boundaries, "duplicates": "merge", "duplicate_distance": 0.05}
        request = make_request(points, values, points, holes=holes, domains=(domains, domains), **own, **OPTIONS)
        order = RNG.permutation(58)
        other = make_request(
            points[order], values[order], points, holes=holes[order], domains=(domains[order], domains), **own, **OPTIONS
        )
        for one, two in zip(neighbourhoods(request), neighbourhoods(other), strict=True):
            assert one.domain == two.domain
            np.testing.assert_array_equal(one.rows, order[two.rows])
            assert one.values.tobytes() == two.values.tobytes()
            assert one.groups == tuple(tuple(order[list(group)].tolist()) for group in two.groups)
            assert bool(one.groups) or boundaries is None
            assert all(domains[group[0]] == one.domain for group in one.groups if one.domain in domains[list(group)])


def test_estimate_merges_across_a_soft_boundary_into_the_own_domain():
    points, values, holes, domains = twins()
    own = {"boundaries": SOFT, "duplicates": "merge", "duplicate_distance": 0.05, "holes": holes}
    got = estimate(points, values, points + 1.0, domains=(domains, domains), **own, **OPTIONS)
    for domain in ("ore", "waste"):
        alone = estimate(points, values, points + 1.0, domains=(domains, domain), **own, **OPTIONS)
        mine = domains == domain
        np.testing.assert_array_equal(got["value"].values[mine], alone["value"].values[mine])
    order = RNG.permutation(58)
    again = estimate(
        points[order], values[order], points + 1.0, domains=(domains[order], domains), **own | {"holes": holes[order]}, **OPTIONS
    )
    assert got["value"].values.tobytes() == again["value"].values.tobytes()


def test_cross_validation_knows_domains_boundaries_and_merging():
    points, values, holes, domains = twins()
    own = {"duplicates": "merge", "duplicate_distance": 0.05, **OPTIONS}
    table = cross_validate(points, values, holes, domains=domains, boundaries=SOFT, **own)
    request = make_request(points, values, points, holes=holes, domains=(domains, domains), boundaries=SOFT, **own)
    for part in neighbourhoods(request):
        mine = part.rows[domains[part.rows] == part.domain]
        for row in mine[:5]:
            others = part.rows != row
            alone = estimate(
                points[part.rows[others]], part.values[others, 0], points[[row]], holes=holes[part.rows[others]], **OPTIONS
            )
            assert table.loc[row, "estimate"] == pytest.approx(float(alone["value"][0]), rel=1e-10)
        np.testing.assert_array_equal(table.loc[mine, "value"], part.values[np.isin(part.rows, mine), 0])
    assert table.index.is_monotonic_increasing and 50 <= len(table) < 58


@pytest.mark.parametrize("method", ["inverse_distance", "nearest", "linear_drift"])
def test_every_method_is_cross_validated(method):
    points, values, holes, _ = twins()
    points, values, holes = points[:50], values[:50], holes[:50]
    table = cross_validate(points, values, holes, method=method, leave="hole", **OPTIONS)
    for row in range(6):
        others = holes != holes[row]
        alone = estimate(points[others], values[others], points[[row]], holes=holes[others], method=method, **OPTIONS)
        assert table.loc[row, "estimate"] == pytest.approx(float(alone["value"][0]), rel=1e-10)


def test_duplicates_are_named_by_their_rows():
    points, values, _, _ = twins()
    with pytest.raises(InputError, match=r"samples lie at one place .* \d+ and 5\d at"):
        estimate(points, values, points, domains=(np.full(58, "ore"), "ore"), duplicate_distance=0.05, **OPTIONS)
