"""Boundaries between domains: hard, soft to a distance, or one way; for points, Grids and masked Grids."""

import numpy as np
import pytest

from scandia.blockmodel.grid import Grid
from scandia.errors import InputError, SettingError
from scandia.geometry.minegrid import MineGrid
from scandia.kriging import Boundaries, estimate
from scandia.kriging.search import Pass, Search
from scandia.variography.model import Structure, Variogram
from scandia.vocabulary import Reason

RNG = np.random.default_rng(3)
POINTS, GRADES = RNG.uniform(0, 60, (150, 3)), RNG.lognormal(size=150)
HOLES = RNG.integers(0, 15, 150).astype(str)
OF_SAMPLES = np.where(POINTS[:, 0] < 30, "ore", np.where(POINTS[:, 1] < 30, "waste", "dyke"))
GRID = Grid((0.0, 0.0, 0.0), (6.0, 6.0, 12.0), (10, 10, 5), MineGrid())
CENTRES = GRID.centres()
OF_TARGETS = np.where(CENTRES[:, 0] < 30, "ore", np.where(CENTRES[:, 1] < 30, "waste", "dyke"))
MASK = RNG.random(GRID.shape) < 0.5
OPTIONS = {
    "variogram": Variogram(nugget=0.1, structures=(Structure(kind="spherical", contribution=1.0, ranges=(40.0, 40.0, 20.0)),)),
    "search": Search(passes=(Pass(ranges=(25.0, 25.0, 15.0), min_samples=2, max_samples=12, max_per_hole=4),)),
    "discretisation": (2, 2, 2),
}
ONE_WAY = Boundaries(soft={"ore": {"waste": 8.0}, "dyke": {"ore": 3.0, "waste": 1e9}})


def usable(domain, boundaries):
    """Samples that a domain may use, in plain words."""
    own = domain == OF_SAMPLES
    apart = np.sqrt(((POINTS[:, None] - POINTS[own][None]) ** 2).sum(-1)).min(axis=1)
    soft = boundaries.soft.get(domain, {})
    return np.array([o or apart[i] <= soft.get(OF_SAMPLES[i], -1) for i, o in enumerate(own)])


def separately(boundaries, where):
    """Each domain's targets estimated in a call of their own, from the samples that it may use."""
    columns = {}
    for domain in np.unique(OF_TARGETS):
        mine, own = (domain == OF_TARGETS) & where, usable(domain, boundaries)
        options = OPTIONS | {"block_size": GRID.size, "holes": HOLES[own]}
        got = estimate(POINTS[own], GRADES[own], CENTRES[mine], **options)
        for name in got.data_vars:
            columns.setdefault(name, np.full(len(CENTRES), np.nan))[mine] = got[name].values
    return columns


@pytest.mark.parametrize("boundaries", [None, Boundaries(), ONE_WAY], ids=["none", "hard", "one way"])
@pytest.mark.parametrize("kind", ["points", "grid", "masked grid"])
def test_every_domain_is_estimated_from_the_samples_that_it_may_use(boundaries, kind):
    where = MASK.ravel() if kind == "masked grid" else np.ones(len(CENTRES), bool)
    targets = {"points": CENTRES, "grid": GRID, "masked grid": (GRID, MASK)}[kind]
    own = OPTIONS | {"holes": HOLES} | ({"block_size": GRID.size} if kind == "points" else {})
    got = estimate(POINTS, GRADES, targets, domains=(OF_SAMPLES, OF_TARGETS[where]), boundaries=boundaries, **own)
    expected = separately(boundaries or Boundaries(), where)
    assert np.isfinite(expected["value"][where]).mean() > 0.5
    for name in got.data_vars:
        np.testing.assert_array_equal(got[name].values.ravel()[where], expected[name][where], err_msg=name)
    assert (got["reason"].values.ravel()[~where] == Reason.OUTSIDE).all()


def test_a_soft_boundary_is_soft_one_way_only_and_to_its_distance():
    hard, soft = usable("ore", Boundaries()), usable("ore", ONE_WAY)
    assert 0 < (soft & ~hard).sum() < (OF_SAMPLES == "waste").sum()
    assert (OF_SAMPLES[soft & ~hard] == "waste").all()
    one, other = (
        estimate(POINTS, GRADES, GRID, holes=HOLES, domains=(OF_SAMPLES, OF_TARGETS), boundaries=item, **OPTIONS)["value"].values
        for item in (Boundaries(), ONE_WAY)
    )
    changed = (one != other).ravel() & np.isfinite(other).ravel()
    assert set(OF_TARGETS[changed]) == {"ore", "dyke"}


def test_a_domain_without_samples_says_so():
    targets = np.where(OF_TARGETS == "dyke", "lake", OF_TARGETS)
    for places in (CENTRES, GRID):
        own = OPTIONS | {"holes": HOLES} | ({"block_size": GRID.size} if places is CENTRES else {})
        got = estimate(POINTS, GRADES, places, domains=(OF_SAMPLES, targets), **own)
        lake = got["reason"].values.ravel()[targets == "lake"]
        assert (lake == Reason.NO_DOMAIN_SAMPLES).all()
        assert np.isnan(got["value"].values.ravel()[targets == "lake"]).all()


def test_options_of_targets_and_samples_go_with_their_domain():
    angles, inside = RNG.uniform(0, 90, (len(CENTRES), 3)), RNG.random((len(CENTRES), 8)) < 0.5
    options = OPTIONS | {"block_size": GRID.size}
    got = estimate(
        POINTS,
        GRADES,
        CENTRES,
        holes=HOLES,
        orientations=angles,
        inside=inside,
        domains=(OF_SAMPLES, OF_TARGETS),
        **options,
    )
    ore, own = OF_TARGETS == "ore", OF_SAMPLES == "ore"
    part = estimate(
        POINTS[own], GRADES[own], CENTRES[ore], holes=HOLES[own], orientations=angles[ore], inside=inside[ore], **options
    )
    np.testing.assert_array_equal(got["value"].values[ore], part["value"].values)
    assert (got["reason"].values[~inside.any(axis=1)] == Reason.OUTSIDE).all()


def test_merged_samples_are_listed_by_their_numbers_among_all():
    points, grades = np.vstack([POINTS, POINTS[[140, 3]]]), np.append(GRADES, [5.0, 6.0])
    domains = (np.append(OF_SAMPLES, OF_SAMPLES[[140, 3]]), OF_TARGETS)
    own = OPTIONS | {"block_size": GRID.size, "holes": np.append(HOLES, HOLES[[140, 3]]), "duplicates": "merge"}
    got = estimate(points, grades, CENTRES, domains=domains, **own)
    listed = {frozenset(map(int, group.split())) for group in got.attrs["merged_samples"].split("; ")}
    assert listed == {frozenset({3, 151}), frozenset({140, 150})}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"domains": (OF_SAMPLES[:-1], OF_TARGETS)}, r"shape \(149,\); there are 150 samples"),
        ({"domains": (OF_SAMPLES, OF_TARGETS[:-1])}, "have 499 rows; there are 500 targets"),
        ({"domains": None}, "boundaries are given without domains"),
        ({"values": np.append(GRADES, 1.0)}, r"there are 150 samples, so it must be \(150,\)"),
        ({"holes": np.append(HOLES, "x")}, r"there are 150 samples, so it must be \(150,\)"),
        ({"samples": np.where(POINTS.min() == POINTS, np.nan, POINTS)}, "missing coordinate"),
        ({"targets": np.empty((0, 3)), "domains": (OF_SAMPLES, [])}, "there is no target"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(change, message):
    arguments = {"samples": POINTS, "values": GRADES, "targets": CENTRES, "holes": HOLES, "block_size": GRID.size}
    arguments |= {"domains": (OF_SAMPLES, OF_TARGETS), "boundaries": ONE_WAY} | OPTIONS | change
    with pytest.raises(InputError, match=message):
        estimate(**arguments)


@pytest.mark.parametrize("soft", [{"ore": {"ore": 1.0}}, {"ore": {"waste": 0.0}}, {"ore": {"waste": np.nan}}])
def test_distances_that_mean_nothing_are_refused(soft):
    with pytest.raises(SettingError, match="must be above 0 m, between different domains"):
        Boundaries(soft=soft)
