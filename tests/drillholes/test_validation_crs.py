"""Collars against the coordinate reference system that the config says they are in."""

import numpy as np
import pandas as pd
import pytest
from pyproj import Transformer

from scandia.drillholes.settings import Checks, Table
from scandia.drillholes.validation_crs import check_crs
from scandia.drillholes.validation_places import check_places

UTM = "EPSG:26920"  # NAD83 / UTM zone 20N: 66 to 60 degrees west
TABLE = Table(file="collar.csv", columns={name: name for name in ("hole", "easting", "northing", "elevation")})


def collars(east, north, elevation=500.0):
    east, north = np.broadcast_arrays(np.asarray(east, dtype=float), np.asarray(north, dtype=float))
    frame = pd.DataFrame({"hole": [f"H{i}" for i in range(len(east))], "easting": east, "northing": north})
    return frame.assign(elevation=elevation, row=np.arange(len(east)) + 2)


EAST, NORTH = 440_000.0 + 50.0 * np.arange(5), 6_130_000.0 + 40.0 * np.arange(5)


@pytest.mark.parametrize("crs", [UTM, "EPSG:26920+5703", 'LOCAL_CS["grid",UNIT["metre",1]]', "+proj=utm +zone=20 +units=m", None])
def test_collars_in_their_zone_are_sound_and_local_grids_say_nothing(crs):
    assert check_crs(collars(EAST, NORTH), TABLE, crs).empty


@pytest.mark.parametrize(
    ("east", "north", "hint"),
    [
        (NORTH, EAST, "easting and northing are swapped?"),
        (EAST / 0.3048, NORTH / 0.3048, "the coordinates are in feet"),
        (EAST / 1000.0, NORTH / 1000.0, "the coordinates are in kilometres"),
        (EAST + 5_000_000.0, NORTH, "check crs"),
        (np.full(5, 1e30), NORTH, "check crs"),
    ],
)
def test_a_table_out_of_its_zone_is_one_error_that_names_what_mends_it(east, north, hint):
    found = check_crs(collars(east, north), TABLE, UTM)
    assert found[["rule", "severity"]].values.tolist() == [["table_outside_crs", "error"]]
    assert "5 of 5 places" in found["message"].iloc[0] and found["hint"].iloc[0].startswith(hint)


def test_one_collar_out_of_the_zone_is_a_warning_with_its_degrees():
    east = EAST.copy()
    east[3] += 1_000_000.0
    found = check_crs(collars(east, NORTH), TABLE, UTM)
    assert found[["rule", "severity", "hole", "row"]].values.tolist() == [["place_outside_crs", "warning", "H3", 5]]
    assert "longitude -48." in found["message"].iloc[0]


def test_an_area_across_the_meridian_of_180_degrees_is_whole():
    fiji = "EPSG:3460"  # Fiji 1986 / Fiji Map Grid: 176.81 east to 178.15 west
    east, north = Transformer.from_crs("EPSG:4326", fiji, always_xy=True).transform([177.5, 179.9, -179.5], [-17.5, -17.0, -18.0])
    assert check_crs(collars(east, north), TABLE, fiji).empty


@pytest.mark.parametrize(("elevation", "faults"), [(8999.0, 0), (9001.0, 1), (-499.0, 0), (-501.0, 1)])
def test_an_elevation_that_no_ground_has_is_an_error(elevation, faults):
    heights = np.where(np.arange(5) == 2, elevation, 500.0)
    found = check_places(collars(EAST, NORTH, heights), TABLE, Checks())
    wrong = found[found["rule"] == "elevation_impossible"]
    assert wrong["severity"].tolist() == ["error"] * faults
    assert not faults or "elevation_extreme" not in set(found["rule"])
