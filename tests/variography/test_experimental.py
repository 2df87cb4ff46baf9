"""Experimental variograms by domain, variable and direction; other programs find the same."""

import warnings

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid, to_local
from scandia.variography.experimental import directional, downhole, experimental_variograms, frame_along
from scandia.variography.settings import DomainVariography, Lags, Variography


def settings(**angles):
    lags = Lags(lag=10.0, count=6, angle=25.0, bandwidth=30.0)
    domain = DomainVariography(source="fit", **angles)
    return Variography(
        downhole=Lags(lag=2.0, count=5, bandwidth=1.0), major=lags, semi=lags, minor=lags, domains={"a": domain, "b": domain}
    )


def drilled(seed=0, holes=20):
    random = np.random.default_rng(seed)
    frames = []
    for k in range(holes):
        depth = 2.0 * np.arange(15)
        top = random.uniform(0.0, 100.0, 2)
        frame = pd.DataFrame({"hole": f"H{k:02d}", "from": depth, "to": depth + 2.0, "x": top[0], "y": top[1], "z": -depth})
        frames.append(frame)
    table = pd.concat(frames, ignore_index=True)
    table["domain"] = np.where(table["z"] > -14.0, "a", "b")
    return table.assign(grade=random.lognormal(0.0, 0.5, len(table)), other=random.normal(size=len(table)))


def test_every_domain_variable_direction_and_lag_has_its_row():
    table = experimental_variograms(drilled(), settings(), ["grade", "other"], MineGrid())
    assert len(table) == 2 * 2 * (5 + 3 * 6)
    assert list(table.columns) == [
        "domain", "variable", "direction", "lag", "distance", "gamma", "pairs", "hole_pairs", "head_mean", "tail_mean",
        "head_variance", "tail_variance", "statistic",
    ]  # fmt: skip
    assert table["lag"].min() == 1
    assert list(table["direction"].unique()) == ["downhole", "major", "semi", "minor"]


def test_a_straight_hole_worked_by_hand():
    values = np.array([1.0, 3.0, 2.0, 6.0])
    found = downhole(np.array([1.0, 3.0, 5.0, 7.0]), values, ["A"] * 4, Lags(lag=2.0, count=3, bandwidth=1.0))
    np.testing.assert_allclose(found["gamma"], [(4 + 1 + 16) / 6, (1 + 9) / 4, 25 / 2])
    assert found["pairs"].tolist() == [3, 2, 1]
    assert found["hole_pairs"].tolist() == [1, 1, 1]
    np.testing.assert_allclose(found["head_mean"], [11 / 3, 4.0, 6.0])
    np.testing.assert_allclose(found["tail_mean"], [2.0, 2.0, 1.0])


def test_no_pair_joins_two_domains_and_a_missing_grade_joins_none():
    table = drilled()
    table.loc[table["domain"] == "b", "grade"] += 1000.0
    missing = table.copy()
    missing.loc[missing.index[::7], "grade"] = np.nan
    for frame in (table, missing):
        found = experimental_variograms(frame, settings(), ["grade"], MineGrid())
        assert found["gamma"].max() < 100.0
    assert found["pairs"].sum() < experimental_variograms(table, settings(), ["grade"], MineGrid())["pairs"].sum()


def test_row_order_changes_no_bit():
    table = drilled()
    one = experimental_variograms(table, settings(), ["grade"], MineGrid())
    other = experimental_variograms(table.sample(frac=1.0, random_state=1), settings(), ["grade"], MineGrid())
    assert_frame_equal(one, other, check_exact=True)


def test_the_orientation_is_given_in_world_azimuths():
    table, angles = drilled(), {"azimuth": 50.0, "dip": 70.0, "rake": 15.0}
    world = experimental_variograms(table, settings(**angles), ["grade"], MineGrid())
    turned = MineGrid(azimuth=35.0, easting=500.0, northing=300.0, x=7.0)
    x, y = to_local(turned, table["x"], table["y"])
    local = experimental_variograms(table.assign(x=x, y=y), settings(**angles), ["grade"], turned)
    assert_frame_equal(world, local, check_exact=False, rtol=1e-9)
    assert local.loc[local["direction"] != "downhole", "pairs"].sum() > 100


def test_a_lag_without_pairs_says_so():
    few = drilled(holes=2)
    found = experimental_variograms(few, settings(), ["grade"], MineGrid())
    empty = found[found["pairs"] == 0]
    assert len(empty) > 0
    assert empty[["distance", "gamma", "head_mean", "tail_mean", "head_variance", "statistic"]].isna().all().all()


def test_what_is_missing_is_named():
    with pytest.raises(InputError, match="lack grade"):
        experimental_variograms(drilled().drop(columns="grade"), settings(), ["grade"], MineGrid())
    table = drilled()
    with pytest.raises(InputError, match="domain b has 0 composites with grade"):
        experimental_variograms(table[table["domain"] == "a"], settings(), ["grade"], MineGrid())
    with pytest.raises(InputError, match="not all zero"):
        frame_along([0.0, 0.0, 0.0])


def test_gstools_counts_the_same_pairs_in_one_direction():
    import gstools  # here, because it is slow to import and scikit-gstat replaces warnings.showwarning

    random = np.random.default_rng(3)
    coordinates, values = random.uniform(0.0, 100.0, (600, 3)), random.normal(size=600)
    axis, lags = np.array([0.6, 0.48, -0.64]), Lags(lag=8.0, count=6, angle=20.0, bandwidth=15.0)
    mine = directional(coordinates, values, np.arange(600), axis, lags)
    _, theirs, counts = gstools.vario_estimate(
        coordinates.T,
        values,
        bin_edges=8.0 * (np.arange(7) + 0.5),
        direction=[axis],
        angles_tol=np.deg2rad(20.0),
        bandwidth=15.0,
        return_counts=True,
    )
    np.testing.assert_array_equal(mine["pairs"], counts)
    np.testing.assert_allclose(mine["gamma"], theirs, rtol=1e-12)


def test_scikit_gstat_finds_the_same_omnidirectional_semivariances():
    handler = warnings.showwarning
    import skgstat  # here, because it is slow to import and scikit-gstat replaces warnings.showwarning

    warnings.showwarning = handler  # importing scikit-gstat replaces it
    random = np.random.default_rng(5)
    coordinates, values = random.uniform(0.0, 100.0, (300, 3)), random.normal(size=300)
    mine = directional(coordinates, values, np.arange(300), [1, 0, 0], Lags(lag=10.0, count=6, angle=90.0, bandwidth=1e9))
    edges = 10.0 * (np.arange(7) + 0.5)
    theirs = skgstat.Variogram(coordinates, values, bin_func=list(edges), fit_method=None, estimator="matheron")
    np.testing.assert_array_equal(mine["pairs"], theirs.bin_count[1:])
    np.testing.assert_allclose(mine["gamma"], theirs.experimental[1:], rtol=1e-12)


def test_points_of_one_hole_may_stand_anywhere_in_the_arrays():
    random = np.random.default_rng(6)
    coordinates, values = random.uniform(0.0, 50.0, (90, 3)), random.normal(size=90)
    holes = np.array([f"H{k % 9}" for k in range(90)])
    order, lags = np.argsort(holes, kind="stable"), Lags(lag=8.0, count=5, angle=40.0, bandwidth=20.0)
    mixed = directional(coordinates, values, holes, [1, 1, 0], lags)
    ordered = directional(coordinates[order], values[order], holes[order], [1, 1, 0], lags)
    assert_frame_equal(mixed, ordered, check_exact=True)
    assert mixed["hole_pairs"].max() <= 9 * 10 / 2
