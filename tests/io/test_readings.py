"""Structural readings come from the deposit's folder, checked; a fault is a finding before anything is estimated."""

import pytest

from scandia.drillholes.settings import Drillholes, Table
from scandia.errors import InputError
from scandia.geometry.readings import Readings
from scandia.io.deposit import read_deposit
from scandia.io.readings import check_readings, read_readings

WORLD = "Easting,Northing,Elevation,Azimuth,Dip,Rake\n"


def read(tmp_path, text, **options):
    (tmp_path / "readings.csv").write_text(text)
    return read_readings(tmp_path, {"ore": Readings(file="readings.csv", **options)})["ore"]


def test_columns_of_the_world_or_of_the_mine_grid_are_read_in_any_order_and_others_left(tmp_path):
    table = read(tmp_path, "# measured\nRake,Dip,Azimuth,Elevation,Northing,Easting,Geologist\n10,97,35,3,2,1,A\n", comment="#")
    assert table.to_dict("list") == {
        "azimuth": [35], "dip": [97], "rake": [10], "easting": [1], "northing": [2], "elevation": [3],
    }  # fmt: skip
    assert list(read(tmp_path, "x,y,z,azimuth,dip,rake\n1,2,3,35,83,0\n")) == ["azimuth", "dip", "rake", "x", "y", "z"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (WORLD, "holds no reading"),
        ("Easting,Northing,Azimuth,Dip,Rake\n1,2,3,4,5\n", "no column elevation; it has easting, northing"),
        (WORLD + "1,2,3,N35E,83,0\n", "azimuth holds 'N35E' where a number belongs"),
        (WORLD + "1,2,3,35,,0\n", "dip holds nothing where a number belongs"),
        (
            WORLD + "1,2,3,35,-83,0\n",
            "dip holds -83; it must be 0 to 180, degrees down to the right of the azimuth, not negative",
        ),
        (WORLD + "1,2,3,400,83,0\n", "azimuth holds 400; it must be -360 to 360"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_a_finding(tmp_path, text, words):
    with pytest.raises(InputError, match=words):
        read(tmp_path, text)
    (tmp_path / "collar.csv").write_text("Hole\nA\n")
    settings = Drillholes(root=str(tmp_path), collar=Table(file="collar.csv", columns={"hole": "Hole"}), dip_sign="negative_down")
    readings = {name: Readings(file="readings.csv") for name in ("ore", "halo")}
    _, _, findings = read_deposit(settings, {}, orientations=readings)
    assert findings[["rule", "file", "severity"]].values.tolist() == [["readings_unusable", "readings.csv", "error"]]


def test_a_missing_file_and_one_elsewhere_are_named(tmp_path):
    for file, words in (("none.csv", r"none\.csv is not in"), ("../readings.csv", "leads out of the deposit's folder")):
        with pytest.raises(InputError, match=words):
            read_readings(tmp_path, {"ore": Readings(file=file)})


def test_lines_are_comments_only_where_the_config_says_so_and_are_counted(tmp_path):
    text = WORLD + "1,2,3,35,83,0\n#9,2,3,35,83,0\n"
    with pytest.raises(InputError, match=r"readings\.csv, row 3: easting holds '#9' where a number belongs"):
        read(tmp_path, text)
    with pytest.raises(InputError, match="declare comment: '#'"):
        read(tmp_path, "# measured\n" + WORLD)
    with pytest.raises(InputError, match="row 2: rake holds '0 # guessed'"):  # the mark inside a line begins no comment
        read(tmp_path, WORLD + "1,2,3,35,83,0 # guessed\n", comment="#")
    assert len(read(tmp_path, text, comment="#")) == 1
    found = check_readings(tmp_path, {"ore": Readings(file="readings.csv", comment="#")})
    assert [one["rule"].tolist() for one in found] == [["lines_skipped"]]
    assert found[0]["message"].iloc[0].endswith("are skipped: 1 line, the first in row 3")
