"""Cross-validation by domain: hand-worked estimates, whole holes left out, and world azimuths turned into the mine grid."""

import numpy as np
import pandas as pd
import pytest

from scandia.errors import InputError, SettingError
from scandia.geometry.minegrid import MineGrid
from scandia.geometry.readings import Readings
from scandia.kriging.high_grade import HighGrade
from scandia.kriging.search import Pass, Search
from scandia.kriging.settings import Boundaries, Estimation, Estimator
from scandia.validation.crossval import cross_validate_domains
from scandia.validation.settings import Validation
from scandia.variography.model import Structure, Variogram

WIDE = Search(passes=(Pass(ranges=(1000.0, 1000.0, 1000.0), min_samples=1, max_samples=16),))
NUGGET = Variogram(nugget=4.0, structures=())
HERE = MineGrid()


def estimation_with(search, policies=None, **domain_searches):
    return Estimation(variables=("grade",), search=search, domain_searches=domain_searches, **policies or {})


def composites_at(places, values, holes, domain="ore"):
    places = np.asarray(places, dtype=float)
    frame = pd.DataFrame(places, columns=["x", "y", "z"])
    return frame.assign(
        hole=holes, **{"from": np.arange(len(frame)) * 2.0}, composite=np.arange(len(frame)) + 1, domain=domain, grade=values
    )


@pytest.fixture
def scattered():
    rng = np.random.default_rng(5)
    places = rng.uniform(0, 100, (40, 3))
    holes = [f"H{number:02d}" for number in np.repeat(np.arange(10), 4)]
    return composites_at(places, rng.normal(250, 60, 40), holes)


def test_with_pure_nugget_each_estimate_is_the_mean_of_the_others():
    composites = composites_at([[0, 0, 0], [10, 0, 0], [0, 20, 0]], [1.0, 2.0, 6.0], ["A", "B", "C"])
    records, scores = cross_validate_domains(
        composites, estimation_with(WIDE), {"ore": {"grade": NUGGET}}, ["grade"], mine_grid=HERE
    )
    single = records[records["leave"] == "sample"]
    assert single["estimate"].to_numpy() == pytest.approx([4.0, 3.5, 1.5])
    assert single["variance"].to_numpy() == pytest.approx([6.0] * 3)  # sill (1 + 1/2)
    assert single["error"].to_numpy() == pytest.approx([3.0, 1.5, -4.5])
    assert single["standardised"].to_numpy() == pytest.approx(np.array([3.0, 1.5, -4.5]) / np.sqrt(6))
    row = scores[(scores["domain"] == "ore") & (scores["leave"] == "sample")].iloc[0]
    assert row["n"] == row["n_estimated"] == 3
    assert row["mean_error"] == pytest.approx(0.0) and row["rmse"] == pytest.approx(np.sqrt((9 + 2.25 + 20.25) / 3))
    assert row["slope"] == pytest.approx(-2.0)  # leave-one-out means always run against the values


def test_leaving_out_a_hole_uses_no_sample_of_it():
    composites = composites_at([[0, 0, 0], [0, 0, -2], [50, 0, 0]], [10.0, 20.0, 90.0], ["A", "A", "B"])
    records, _ = cross_validate_domains(composites, estimation_with(WIDE), {"ore": {"grade": NUGGET}}, ["grade"], mine_grid=HERE)
    by_hole = records[records["leave"] == "hole"]
    assert by_hole["estimate"].to_numpy() == pytest.approx([90.0, 90.0, 15.0])
    assert records[records["leave"] == "sample"]["estimate"].to_numpy() == pytest.approx([55.0, 50.0, 15.0])


def test_other_domains_and_missing_grades_inform_nothing():
    ore = composites_at([[0, 0, 0], [10, 0, 0], [0, 20, 0]], [1.0, 2.0, np.nan], ["A", "B", "C"])
    halo = composites_at([[5, 0, 0]], [1000.0], ["D"], domain="halo")
    both = pd.concat([ore, halo], ignore_index=True)
    records, _ = cross_validate_domains(both, estimation_with(WIDE), {"ore": {"grade": NUGGET}}, ["grade"], mine_grid=HERE)
    assert set(records["domain"]) == {"ore"} and len(records) == 4
    assert records["estimate"].to_numpy() == pytest.approx([2.0, 1.0, 2.0, 1.0])


def test_what_the_search_cannot_estimate_is_counted_not_scored():
    composites = composites_at([[0, 0, 0], [10, 0, 0], [5000, 0, 0]], [1.0, 2.0, 6.0], ["A", "B", "C"])
    records, scores = cross_validate_domains(
        composites, estimation_with(WIDE), {"ore": {"grade": NUGGET}}, ["grade"], mine_grid=HERE
    )
    row = scores[(scores["domain"] == "all") & (scores["leave"] == "hole")].iloc[0]
    assert (row["n"], row["n_estimated"]) == (3, 2)
    lost = records[(records["hole"] == "C")]
    assert lost["estimate"].isna().all() and (lost["reason"] != 0).all()


def test_world_azimuths_are_turned_into_the_mine_grid(scattered):
    """Model and search along N035E in a mine grid of azimuth 35 are those along mine north, azimuth 0, in local coordinates."""

    def result(azimuth, mine_grid):
        structure = Structure(kind="spherical", contribution=1.0, ranges=(90.0, 30.0, 10.0), azimuth=azimuth, dip=80.0, rake=20.0)
        one = Pass(ranges=(60.0, 30.0, 15.0), min_samples=2, max_samples=6)
        search = Search(azimuth=azimuth, dip=80.0, rake=20.0, passes=(one,))
        models = {"ore": {"grade": Variogram(nugget=0.1, structures=(structure,))}}
        return cross_validate_domains(scattered, estimation_with(search), models, ["grade"], mine_grid=mine_grid)[0]

    local, world = result(0.0, MineGrid()), result(35.0, MineGrid(azimuth=35.0))
    assert local["estimate"].notna().sum() > 20
    pd.testing.assert_frame_equal(local, world, check_exact=False, rtol=1e-9)
    wrong = result(35.0, MineGrid())
    assert not np.allclose(local["estimate"], wrong["estimate"], equal_nan=True)


def test_a_domain_has_its_own_search(scattered):
    narrow = Search(passes=(Pass(ranges=(1e-3, 1e-3, 1e-3), min_samples=1, max_samples=4),))
    models = {"ore": {"grade": NUGGET}}
    _, scores = cross_validate_domains(scattered, estimation_with(WIDE, ore=narrow), models, ["grade"], mine_grid=HERE)
    assert scores["n"].tolist() == [40] * 4 and scores["n_estimated"].tolist() == [0] * 4


def test_the_order_of_rows_changes_nothing(scattered):
    models = {
        "ore": {"grade": Variogram(nugget=1.0, structures=(Structure(kind="spherical", contribution=9.0, ranges=(80.0,) * 3),))}
    }
    shuffled = scattered.sample(frac=1, random_state=1)
    first, second = (
        cross_validate_domains(frame, estimation_with(WIDE), models, ["grade"], mine_grid=HERE) for frame in (scattered, shuffled)
    )
    pd.testing.assert_frame_equal(first[0], second[0], check_exact=True)
    pd.testing.assert_frame_equal(first[1], second[1], check_exact=True)


def test_a_variable_without_a_model_is_refused(scattered):
    with pytest.raises(InputError, match=r"no variogram of grade; it has copper"):
        cross_validate_domains(scattered, estimation_with(WIDE), {"ore": {"copper": NUGGET}}, ["grade"], mine_grid=HERE)


def by_sample(composites, policies, search=WIDE, model=NUGGET, **options):
    """Records of leave-one-out under policies of the estimation."""
    estimation = estimation_with(search, policies)
    return cross_validate_domains(
        composites, estimation, {"ore": {"grade": model}}, ["grade"], mine_grid=HERE, leaves=("sample",), **options
    )[0]


def test_samples_within_a_soft_boundary_inform_and_are_not_validated():
    ore = composites_at([[0, 0, 0], [10, 0, 0], [0, 20, 0]], [1.0, 2.0, 6.0], ["A", "B", "C"])
    halo = composites_at([[12, 0, 0], [90, 0, 0]], [30.0, 500.0], ["D", "D"], domain="halo")
    records = by_sample(pd.concat([halo, ore], ignore_index=True), {"boundaries": Boundaries(soft={"ore": {"halo": 5.0}})})
    assert records["hole"].tolist() == ["A", "B", "C"]
    assert records["estimate"].to_numpy() == pytest.approx([38 / 3, 37 / 3, 11.0])


def test_high_grades_are_restricted_as_for_the_blocks():
    composites = composites_at([[0, 0, 0], [10, 0, 0], [0, 20, 0]], [1.0, 2.0, 90.0], ["A", "B", "C"])
    one = HighGrade(threshold=10.0, ranges=(15.0, 15.0, 15.0), action="clamp", reason="A nugget.", name="A. Geologist")
    records = by_sample(composites, {"high_grade": {"ore": {"grade": one}}})
    assert records["estimate"].to_numpy() == pytest.approx([6.0, 5.5, 1.5])
    dropped = by_sample(composites, {"high_grade": {"ore": {"grade": HighGrade(**{**vars(one), "action": "drop"})}}})
    assert dropped["estimate"].to_numpy() == pytest.approx([2.0, 1.0, 1.5])


def test_merged_composites_are_validated_once():
    composites = composites_at([[0, 0, 0], [0, 0, 0.01], [10, 0, 0], [0, 20, 0]], [1.0, 3.0, 6.0, 8.0], ["A", "B", "C", "D"])
    records = by_sample(composites, {"duplicates": "merge", "duplicate_distance": 0.1})
    assert records["hole"].tolist() == ["A", "C", "D"]
    assert records["value"].tolist() == [2.0, 6.0, 8.0]
    assert records["estimate"].to_numpy() == pytest.approx([7.0, 5.0, 4.0])


def test_negative_weights_and_readings_count_as_for_the_blocks(scattered):
    structure = Structure(kind="spherical", contribution=1.0, ranges=(90.0, 40.0, 30.0), azimuth=30.0, dip=80.0, rake=20.0)
    one = Pass(ranges=(80.0, 60.0, 45.0), min_samples=2, max_samples=9)
    known = {"model": Variogram(nugget=0.01, structures=(structure,))}
    plain = by_sample(scattered, {}, Search(azimuth=30.0, dip=80.0, rake=20.0, passes=(one,)), **known)
    table = scattered[["x", "y", "z"]].assign(azimuth=30.0, dip=80.0, rake=20.0)
    turning = {"orientations": {"ore": Readings(file="readings.csv")}}
    turned = by_sample(scattered, turning, Search(passes=(one,)), readings={"ore": table}, **known)
    pd.testing.assert_frame_equal(turned, plain, rtol=1e-9)
    rescaled = by_sample(
        scattered, {"negative_weights": "zero_and_rescale"}, Search(azimuth=30.0, dip=80.0, passes=(one,)), **known
    )
    held = rescaled.dropna(subset="estimate")
    assert held["estimate"].between(scattered["grade"].min(), scattered["grade"].max()).all()
    assert not np.allclose(rescaled["estimate"], plain["estimate"], equal_nan=True)


def test_leaving_out_a_part_of_space_uses_no_sample_of_it():
    """Four slabs along x: each sample of a slab is the mean of the twelve others."""
    places = np.column_stack([np.repeat([0.0, 100.0, 200.0, 300.0], 4), np.tile([0.0, 5.0, 10.0, 15.0], 4), np.zeros(16)])
    values = np.arange(16.0) ** 2
    composites = composites_at(places, values, [f"H{i}" for i in range(16)])
    records, scores = cross_validate_domains(
        composites, estimation_with(WIDE), {"ore": {"grade": NUGGET}}, ["grade"], mine_grid=HERE, leaves=("fold",), folds=4
    )
    assert set(records["leave"]) == set(scores["leave"]) == {"fold"}
    records, slab = records.sort_values("composite"), np.repeat(np.arange(4), 4)
    expected = [values[slab != own].mean() for own in slab]
    np.testing.assert_allclose(records["estimate"], expected, rtol=1e-12)
    assert (records["samples"] == 12).all()


def test_fewer_composites_than_folds_or_only_one_are_no_trouble():
    composites = composites_at([[0, 0, 0], [10, 0, 0]], [1.0, 2.0], ["A", "B"])
    for count, expected in ((2, [2.0, 1.0]), (1, [np.nan])):
        records, _ = cross_validate_domains(
            composites[:count], estimation_with(WIDE), {"ore": {"grade": NUGGET}}, ["grade"], mine_grid=HERE, leaves=("fold",)
        )
        np.testing.assert_array_equal(records["estimate"], expected)


def test_threads_change_no_bit_and_progress_is_told(scattered):
    told, options = [], {"mine_grid": HERE, "leaves": ("sample", "hole", "fold")}
    models = {
        "ore": {"grade": Variogram(nugget=1.0, structures=(Structure(kind="spherical", contribution=9.0, ranges=(50.0,) * 3),))}
    }
    watch = {"watch": lambda label: lambda done, count: told.append((label, done, count))}
    one = cross_validate_domains(scattered, estimation_with(WIDE), models, ["grade"], **options, **watch)
    two = cross_validate_domains(scattered, estimation_with(WIDE), models, ["grade"], threads=2, **options)
    for first, second in zip(one, two, strict=True):
        pd.testing.assert_frame_equal(first, second, check_exact=True)
    assert {label for label, _, _ in told} == {f"grade in ore without its {leave}" for leave in ("sample", "hole", "fold")}
    assert all(count == 40 for _, _, count in told)


def test_each_domain_is_validated_by_its_own_estimator(scattered):
    estimators = {"ore": {"grade": Estimator(method="inverse_distance", power=3.0)}}
    records, _ = cross_validate_domains(
        scattered, estimation_with(WIDE, {"estimators": estimators}), {"ore": {}}, ["grade"], mine_grid=HERE, leaves=("sample",)
    )
    places, values = scattered[["x", "y", "z"]].to_numpy(), scattered["grade"].to_numpy()
    row = 7
    distance = np.delete(np.linalg.norm(places - places[row], axis=1), row)
    nearest = np.argsort(distance)[:16]
    expected = np.average(np.delete(values, row)[nearest], weights=distance[nearest] ** -3.0)
    own = records[records["composite"] == row + 1].iloc[0]
    assert own["estimate"] == pytest.approx(expected, rel=1e-10)
    assert np.isnan(own["variance"]) and np.isnan(own["standardised"])


@pytest.mark.parametrize("leaves", [(), ("hole", "hole")])
def test_ways_of_leaving_out_are_named_once_each(leaves):
    with pytest.raises(SettingError, match="it must name one at least of sample, hole, fold and campaign, each once"):
        Validation(swaths=(1.0, 1.0, 1.0), cross_validation=leaves)
