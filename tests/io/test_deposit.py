"""Raw tables come from the deposit's folder and from nowhere else."""

import pandas as pd
import pytest

from scandia.blockmodel.settings import Topography
from scandia.drillholes.settings import Drillholes, Published, Table
from scandia.errors import InputError
from scandia.geometry.surface import elevation_at
from scandia.io.deposit import read_deposit, read_published
from scandia.io.ground import inside, read_ground


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "collar.csv").write_text("Hole,E\nA,1\n")
    collar = Table(file="collar.csv", columns={"hole": "Hole", "easting": "E"})
    return Drillholes(root=str(tmp_path), collar=collar, dip_sign="negative_down")


def test_a_table_keeps_the_line_of_each_row(settings):
    raw, surface, findings = read_deposit(settings, {})
    assert raw["collar"].to_dict("list") == {"row": [2], "hole": ["A"], "easting": ["1"]}
    assert surface is None
    assert findings.empty


@pytest.mark.parametrize("file", ["../secret.csv", "/etc/passwd", "a/../../b.csv"])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path, file):
    with pytest.raises(InputError, match="leads out of the deposit's folder"):
        inside(tmp_path, file)


def test_a_missing_ground_is_a_finding_of_the_tables_and_an_error_of_the_model(settings, tmp_path):
    topography = Topography(file="ground.csv")
    _, surface, findings = read_deposit(settings, {}, topography=topography)
    assert surface is None
    assert list(findings["rule"]) == ["ground_unusable"]
    with pytest.raises(InputError, match="is not in"):
        read_ground(tmp_path, topography)


def test_text_in_the_ground_is_named(tmp_path):
    (tmp_path / "ground.csv").write_text("Easting,Northing,Elevation\n0,0,abc\n")
    with pytest.raises(InputError, match=r"ground\.csv, row 2: elevation holds 'abc' where a number belongs"):
        read_ground(tmp_path, Topography(file="ground.csv"))


def test_the_ground_may_go_through_the_collars():
    collar = pd.DataFrame({"easting": [0.0, 100.0, 0.0, 100.0], "northing": [0.0, 0.0, 100.0, 100.0]})
    collar["elevation"] = 500.0 + 0.1 * collar["easting"] + 0.2 * collar["northing"]
    ground = read_ground(".", Topography(source="collars", spacing=10.0, margin=50.0), collar)
    assert elevation_at(ground, 50.0, 50.0) == pytest.approx(515.0)
    assert elevation_at(ground, 0.0, 100.0) == pytest.approx(520.0)
    assert elevation_at(ground, -40.0, -40.0) == pytest.approx(500.0)  # the nearest collar outside their hull


def test_a_published_table_is_read_from_its_own_root(tmp_path):
    (tmp_path / "prints").mkdir()
    (tmp_path / "prints" / "claims.csv").write_text("claim\nten holes\n")
    (tmp_path / "intercepts.csv").write_text("Hole\nA\n")
    claims = Table(file="claims.csv", root=str(tmp_path / "prints"), columns={"claim": "claim"})
    published = Published(intercepts=Table(file="intercepts.csv", columns={"hole": "Hole"}), claims=claims, source="a print")
    assert read_published(tmp_path, published)[1]["claim"].tolist() == ["ten holes"]
