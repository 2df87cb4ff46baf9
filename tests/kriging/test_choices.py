"""The config's choices for blocks: weights, boundaries, high grades, duplicates, own points and turning ellipsoids."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from scandia.blockmodel.dataset import new_parts
from scandia.blockmodel.grid import Grid
from scandia.blockmodel.points import with_own_points
from scandia.domains.settings import Domain
from scandia.errors import InputError, SettingError
from scandia.geometry.minegrid import MineGrid, to_world
from scandia.geometry.readings import Readings
from scandia.kriging.boundaries import usable_samples
from scandia.kriging.choices import MERGED, local_orientations, make_domain_request, merged_composites
from scandia.kriging.estimation import estimate
from scandia.kriging.high_grade import HighGrade
from scandia.kriging.neighbourhood import neighbourhoods
from scandia.kriging.parts import estimate_parts
from scandia.kriging.search import Pass, Search
from scandia.kriging.settings import Boundaries, Estimation
from scandia.variography.model import Structure, Variogram
from scandia.vocabulary import DIAGNOSTICS, Reason

MINE = MineGrid(azimuth=35.0, easting=1000.0, northing=2000.0)
GRID = Grid((0.0, 0.0, 0.0), (10.0, 10.0, 10.0), (5, 4, 3), MINE)
ANGLES = {"azimuth": 80.0, "dip": 60.0, "rake": 20.0}
MODEL = Variogram(nugget=0.1, structures=(Structure(kind="spherical", contribution=1.0, ranges=(60.0, 40.0, 15.0), **ANGLES),))
LOCAL_MODEL = replace(MODEL, structures=(replace(MODEL.structures[0], azimuth=45.0),))
ONE = Pass(ranges=(60.0, 45.0, 25.0), min_samples=2, max_samples=12)
SEARCH = Search(passes=(ONE,), **ANGLES)
MODELS = {name: {"grade": MODEL} for name in ("ore", "halo")}
WHY = {"reason": "One nugget.", "name": "A. Geologist"}


def blocks():
    domains = {name: Domain(code=code, label=name, lithology=(name,)) for code, name in enumerate(("ore", "halo"), start=1)}
    share = np.full((2, *GRID.shape), 0.5)
    share[:, 0, 0, 0] = 0.0
    return new_parts(GRID, domains, "EPSG:26920", "test").assign(fraction=(("domain", "z", "y", "x"), share))


def composites():
    rng = np.random.default_rng(4)
    table = pd.DataFrame(rng.uniform(0, 50, (90, 3)) * [1.0, 0.8, 0.6], columns=["x", "y", "z"])
    table["hole"], table["domain"] = [f"H{i % 7}" for i in range(90)], ["ore", "halo", "ore"] * 30
    return table.assign(grade=rng.lognormal(1, 1, 90))


def plan(**changes):
    return Estimation(**({"variables": ("grade",), "search": SEARCH, "discretisation": (2, 2, 2)} | changes))


def kriged(table=None, parts=None, readings=None, **changes):
    table, parts = composites() if table is None else table, blocks() if parts is None else parts
    return estimate_parts(parts, table, plan(**changes), MODELS, readings=readings)


def engine(used, domain="ore", **options):
    """The same blocks by the engine alone."""
    mask = blocks()["fraction"].sel(domain=domain).values > 0
    options = {"search": replace(SEARCH, azimuth=45.0), "variogram": LOCAL_MODEL, "discretisation": (2, 2, 2)} | options
    return estimate(
        used[["x", "y", "z"]].to_numpy(), {"grade": used["grade"].to_numpy()}, (GRID, mask), holes=used["hole"], **options
    )


def assert_same(parts, expected, domain="ore"):
    np.testing.assert_array_equal(parts["grade"].sel(domain=domain).values, expected["grade"].values)
    for name in DIAGNOSTICS:
        np.testing.assert_array_equal(parts[f"grade_{name}"].sel(domain=domain).values, expected[name].values)


def of(domain):
    table = composites()
    return table[table["domain"] == domain]


@pytest.fixture(scope="module")
def plain():
    return kriged()


def test_negative_weights_are_set_to_zero_where_the_config_says_so(plain):
    rescaled = kriged(negative_weights="zero_and_rescale")
    assert_same(plain, engine(of("ore")))
    assert_same(rescaled, engine(of("ore"), negative_weights="zero_and_rescale"))
    assert not rescaled["grade"].equals(plain["grade"])


def test_a_soft_boundary_lets_in_near_samples_of_the_other_domain_one_way(plain):
    soft = kriged(boundaries=Boundaries(soft={"ore": {"halo": 6.0}}))
    table = composites()
    boundaries = Boundaries(soft={"ore": {"halo": 6.0}})
    used = table.iloc[usable_samples(table[["x", "y", "z"]].to_numpy(), table["domain"].to_numpy(), "ore", boundaries)]
    assert 60 < len(used) < 90
    assert_same(soft, engine(used))
    assert_same(soft, engine(of("halo"), "halo"), "halo")
    assert not soft["grade"].sel(domain="ore").equals(plain["grade"].sel(domain="ore"))
    every = kriged(boundaries=Boundaries(soft={"ore": {"halo": 1e6}}))
    assert_same(every, engine(composites()))


def test_a_domain_without_samples_of_its_own_borrows_none():
    table = composites().assign(domain="halo")
    parts = kriged(table, boundaries=Boundaries(soft={"ore": {"halo": 50.0}}))
    mask = blocks()["fraction"].sel(domain="ore").values > 0
    assert (parts["grade_reason"].sel(domain="ore").values[mask] == Reason.NO_DOMAIN_SAMPLES).all()


@pytest.mark.parametrize(("soft", "words"), [({"ore": {"halo": 0.0}}, "is 0.0"), ({"ore": {"ore": 5.0}}, r"\['ore'\] is 5.0")])
def test_impossible_boundaries_are_refused(soft, words):
    with pytest.raises(SettingError, match=words):
        Boundaries(soft=soft)


@pytest.mark.parametrize("action", ["clamp", "drop"])
def test_high_grades_are_restricted_in_their_domain_alone(plain, action):
    one = HighGrade(threshold=4.0, ranges=(15.0, 10.0, 5.0), action=action, **WHY)
    parts = kriged(high_grade={"ore": {"grade": one}})
    assert_same(parts, engine(of("ore"), high_grade={"grade": one}))
    xr.testing.assert_identical(parts.sel(domain="halo"), plain.sel(domain="halo"))
    assert np.nanmean(parts["grade"].sel(domain="ore")) < np.nanmean(plain["grade"].sel(domain="ore"))


def with_twins():
    """Composites, four of the ore again 1 cm away with other grades: one twice, one as a sample of the halo."""
    table = composites()
    twins = table.iloc[[0, 0, 2, 3]].assign(hole=["H9", "H8", "H0", "H1"], domain=["ore", "ore", "halo", "ore"])
    return pd.concat(
        [table, twins.assign(x=twins["x"] + [0.01, 0.02, 0.01, 0.01], grade=[9.0, 3.0, 50.0, 2.0])], ignore_index=True
    )


def test_merged_duplicates_are_one_sample_with_their_mean_and_all_are_listed():
    table, choice = with_twins(), {"duplicates": "merge", "duplicate_distance": 0.05}
    expected = composites()
    expected.loc[0, "grade"] = (expected.loc[0, "grade"] + 9.0 + 3.0) / 3
    expected.loc[3, "grade"] = (expected.loc[3, "grade"] + 2.0) / 2
    own = expected[expected["domain"] == "ore"]
    own.loc[3, "x"] = table.loc[93, "x"]  # H1 stands before H3
    parts = kriged(table, **choice)
    np.testing.assert_allclose(parts["grade"].sel(domain="ore"), engine(own)["grade"], rtol=1e-12)
    listed = merged_composites(table, plan(**choice), MODELS, MINE)
    assert list(listed.columns) == list(MERGED) and len(listed) == 5 and set(listed["estimated_domain"]) == {"ore"}
    assert listed.groupby("place")["hole"].agg(list).to_dict() == {1: ["H0", "H8", "H9"], 2: ["H1", "H3"]}
    np.testing.assert_allclose(listed.groupby("place")["grade"].mean(), listed.groupby("place")["merged"].first())
    assert merged_composites(table, plan(), MODELS, MINE).empty


def test_merging_does_not_depend_on_the_order_of_rows_and_keeps_it():
    table, choice = with_twins(), {"duplicates": "merge", "duplicate_distance": 0.05}
    choice["boundaries"] = Boundaries(soft={"ore": {"halo": 1e6}})
    shuffled = table.sample(frac=1, random_state=1)
    xr.testing.assert_identical(kriged(table, **choice), kriged(shuffled, **choice))
    one, other = (merged_composites(given, plan(**choice), MODELS, MINE) for given in (table, shuffled))
    pd.testing.assert_frame_equal(one, other)
    assert set(one.loc[one["domain"] == "halo", "hole"]) == {"H0"}  # merged into the sample of the ore, which stays
    request = make_domain_request(shuffled, plan(**choice), MODELS, "ore", "grade", MINE, None)
    (part,) = neighbourhoods(request, ("ore",))
    used = shuffled.iloc[part.rows]
    assert (used["domain"] == "ore").sum() == 60
    assert used["hole"].is_monotonic_increasing


def test_duplicates_stop_the_estimate_by_default():
    table = pd.concat([composites(), composites().iloc[:1]])
    with pytest.raises(InputError, match="kriging of 'grade' in domain 'ore': 1 pairs of samples lie at one place"):
        kriged(table)


def packed(inside):
    return np.packbits(inside, axis=-1, bitorder="little")


def test_a_part_is_averaged_over_its_own_points(plain):
    inside = np.random.default_rng(2).uniform(size=(2, *GRID.shape, 8)) < 0.6
    inside[..., 0] = True
    inside[0, 2] = True  # whole blocks
    parts = kriged(parts=with_own_points(blocks(), packed(inside), (2, 2, 2)), own_points=True)
    mask = blocks()["fraction"].sel(domain="ore").values > 0
    assert_same(parts, engine(of("ore"), inside=inside[0][mask]))
    np.testing.assert_allclose(parts["grade"][0, 2], plain["grade"][0, 2], rtol=1e-10)
    assert not np.allclose(parts["grade"][0, 1], plain["grade"][0, 1], rtol=1e-3)
    assert "own_points" not in parts and "byte" not in parts.dims


def test_own_points_that_are_missing_or_others_are_refused():
    with pytest.raises(InputError, match="asks for the blocks' own points, but the block model holds none"):
        kriged(own_points=True)
    parts = with_own_points(blocks(), packed(np.ones((2, *GRID.shape, 27), dtype=bool)), (3, 3, 3))
    with pytest.raises(InputError, match=r"own points are \(3, 3, 3\) along x, y, z, but the discretisation is \(2, 2, 2\)"):
        kriged(parts=parts, own_points=True)
    xr.testing.assert_identical(kriged(parts=parts), kriged())  # not asked for: not used, and not carried on


def readings(angles, count=20):
    rng = np.random.default_rng(8)
    places = rng.uniform(0, 50, (count, 3))
    table = pd.DataFrame(np.resize(angles, (count, 3)), columns=["azimuth", "dip", "rake"])
    return table.assign(x=places[:, 0], y=places[:, 1], z=places[:, 2])


TURNING = {"orientations": {"ore": Readings(file="readings.csv")}}


def test_readings_of_one_orientation_are_the_search_with_these_angles(plain):
    turned = kriged(readings={"ore": readings([80.0, 60.0, 20.0])}, **TURNING)
    np.testing.assert_allclose(turned["grade"], plain["grade"], rtol=1e-9)
    np.testing.assert_allclose(turned["grade_variance"], plain["grade_variance"], rtol=1e-9)
    xr.testing.assert_identical(turned.sel(domain="halo"), plain.sel(domain="halo"))


def test_search_and_variogram_turn_with_the_readings_in_the_mine_grid(plain):
    table = readings([[20.0, 85.0, 0.0], [65.0, 50.0, 30.0]])
    turned = kriged(readings={"ore": table}, **TURNING)
    mask = blocks()["fraction"].sel(domain="ore").values > 0
    angles = local_orientations({"ore": table}, plan(**TURNING), "ore", MINE, GRID.centres()[mask.ravel()])
    assert_same(turned, engine(of("ore"), orientations=angles))
    assert np.nanmax(np.abs(turned["grade"][0] - plain["grade"][0])) > 0.1
    at = local_orientations({"ore": table}, plan(**TURNING), "ore", MINE, table[["x", "y", "z"]].to_numpy())
    np.testing.assert_allclose(at[0], [345.0, 85.0, 0.0], atol=1e-6)  # 20 against a mine grid of 35


def test_readings_may_stand_in_world_coordinates():
    table = readings([[20.0, 85.0, 0.0], [65.0, 50.0, 30.0]])
    easting, northing = to_world(MINE, table["x"], table["y"])
    world = table.drop(columns=["x", "y", "z"]).assign(easting=easting, northing=northing, elevation=table["z"])
    one, other = (local_orientations({"ore": t}, plan(**TURNING), "ore", MINE, GRID.centres()) for t in (table, world))
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_readings_that_are_asked_for_and_not_given_are_named():
    with pytest.raises(InputError, match=r"domain 'ore' turn by the structural readings of readings\.csv, which were not given"):
        kriged(**TURNING)


def test_too_few_octants_are_a_reason_that_the_file_explains():
    search = replace(SEARCH, passes=(replace(ONE, max_per_octant=2, min_octants=7),))
    reason = kriged(search=search)["grade_reason"]
    assert (reason == Reason.TOO_FEW_OCTANTS).any()
    meanings = dict(zip(reason.attrs["flag_values"].tolist(), reason.attrs["flag_meanings"].split(), strict=True))
    assert meanings[Reason.TOO_FEW_OCTANTS] == "too_few_octants"
