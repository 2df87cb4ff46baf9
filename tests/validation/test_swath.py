"""Swaths: slices centred on fences, and slices that add up to the whole."""

import numpy as np
import pandas as pd
import pytest

from scandia.geometry.minegrid import MineGrid
from scandia.validation.bias import global_bias
from scandia.validation.settings import Direction, Validation
from scandia.validation.swath import slice_numbers, swath_axes, swath_departures, swaths

SETTINGS = Validation(swaths=(20.0, 50.0, 10.0))


@pytest.fixture
def composites():
    rng = np.random.default_rng(3)
    places = {"x": [10.0, 4.0, 16.0, 38.0, -70.0], "y": [5.0] * 5, "z": [2.5] * 5}
    rest = {
        "domain": ["ore", "ore", "ore", "halo", "halo"],
        "length": [2.0, 2.0, 1.0, 2.0, 2.0],
        "weight": rng.uniform(0.5, 2, 5),
    }
    return pd.DataFrame({**places, **rest, "grade": [100.0, 300.0, 200.0, 50.0, 70.0]})


@pytest.fixture
def parts(make_parts):  # block centres x = 5, 15, 25, 35
    ore = {"fraction": [1.0, 1.0, 0.5, 0.0], "grade": [250.0, 150.0, 180.0, np.nan]}
    halo = {"fraction": [0.0, 0.0, 0.5, 1.0], "grade": [np.nan, np.nan, 60.0, 40.0]}
    return make_parts({"ore": ore, "halo": halo})


def test_slices_are_centred_on_multiples_of_the_width():
    assert slice_numbers([424.999, 425.0, 450.0, 474.999, 475.0, -25.1], 50.0).tolist() == [8, 9, 9, 9, 10, -1]


def test_a_last_bit_in_a_coordinate_does_not_move_it_to_another_slice():
    faces = 0.1 * (np.arange(1000) + 0.5)
    numbers = slice_numbers(faces, 0.1)
    assert (numbers == np.arange(1000) + 1).all()
    assert (slice_numbers(np.nextafter(faces, -np.inf), 0.1) == numbers).all()


def test_slices_along_x_are_those_worked_by_hand(composites, parts):
    table = swaths(composites, parts, ["grade"], SETTINGS)
    ore = table[(table["domain"] == "ore") & (table["axis"] == "x")]
    assert ore["centre"].tolist() == [0.0, 20.0]
    assert ore["estimate"].to_numpy() == pytest.approx([250.0, (150 + 90) / 1.5])
    assert ore["tonnage"].tolist() == [1000.0, 1500.0]
    assert ore["composites"].tolist() == [1, 2]
    weight = composites["weight"] * composites["length"]
    assert ore["declustered"].to_numpy() == pytest.approx([300.0, (100 * weight[0] + 200 * weight[2]) / (weight[0] + weight[2])])


def test_a_slice_with_composites_but_no_blocks_is_kept(composites, parts):
    table = swaths(composites, parts, ["grade"], SETTINGS)
    lonely = table[(table["domain"] == "halo") & (table["axis"] == "x") & (table["centre"] == -60.0)].iloc[0]
    assert lonely["composites"] == 1 and lonely["declustered"] == 70.0
    assert lonely["parts"] == 0 and lonely["tonnage"] == 0.0 and np.isnan(lonely["estimate"])


def test_slices_of_every_axis_add_to_the_whole(composites, parts):
    table = swaths(composites, parts, ["grade"], SETTINGS)
    whole = global_bias(composites, parts, ["grade"]).set_index("domain")
    assert len(table.groupby(["domain", "axis"])) == 9
    for (domain, _), rows in table.groupby(["domain", "axis"]):
        filled = rows[rows["parts"] > 0]
        expected = {"ore": 2500.0, "halo": 1500.0, "all": 4000.0}[domain]
        assert rows["tonnage"].sum() == pytest.approx(expected)
        assert rows["composites"].sum() == whole.loc[domain, "composites"]
        mean = np.average(filled["estimate"], weights=filled["tonnage"])  # one density: tonnage is volume
        assert mean == pytest.approx(whole.loc[domain, "estimate"])


def test_with_one_slice_the_swath_is_the_global_mean(composites, parts):
    table = swaths(composites, parts, ["grade"], Validation(swaths=(1e4, 1e4, 1e4)))
    whole = global_bias(composites, parts, ["grade"]).set_index("domain")
    for row in table.to_dict("records"):
        for name in ("estimate", "nearest", "inverse_distance", "declustered"):
            assert row[name] == pytest.approx(whole.loc[row["domain"], name], rel=1e-12)


def test_the_order_of_composites_changes_no_bit(composites, parts):
    found, shuffled = (swaths(frame, parts, ["grade"], SETTINGS) for frame in (composites, composites.iloc[::-1]))
    pd.testing.assert_frame_equal(found, shuffled, check_exact=True)


def test_a_direction_along_an_axis_of_the_mine_grid_is_that_axis(composites, parts):
    along = Validation(swaths=(20.0, 50.0, 10.0), directions={"east": Direction(azimuth=90.0, width=20.0)})
    table = swaths(composites, parts, ["grade"], along)
    east, x = (table[table["axis"] == axis].drop(columns="axis").reset_index(drop=True) for axis in ("east", "x"))
    pd.testing.assert_frame_equal(east, x, rtol=1e-12)


def test_directions_are_turned_into_the_mine_grid_and_dip_down():
    settings = Validation(swaths=(1.0, 1.0, 1.0), directions={"down": Direction(azimuth=35.0, dip=-30.0, width=7.0)})
    vector, width = swath_axes(settings, MineGrid(azimuth=35.0))["down"]
    assert vector == pytest.approx([0.0, np.sqrt(3) / 2, -0.5], abs=1e-12) and width == 7.0


def test_the_departure_of_slices_is_that_worked_by_hand():
    rows = [(1e6, 1.0, 1.1, 20), (3e6, 2.0, 1.6, 20), (9e6, 5.0, 50.0, 9), (0.0, np.nan, 3.0, 30)]
    table = pd.DataFrame(rows, columns=["tonnage", "estimate", "declustered", "composites"])
    table = table.assign(domain="ore", variable="cu", axis="x")
    found = swath_departures(table, 10).iloc[0]
    assert found["slices"] == 2 and found["departure"] == pytest.approx((0.1 + 3 * 0.4) / (1 + 6))
