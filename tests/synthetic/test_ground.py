import numpy as np
import pandas as pd
import pytest

from scandia.geometry.minegrid import to_local
from scandia.synthetic.ground import MINE_GRID, PUBLISHED_COLLARS, bedrock, ground


def test_the_ground_passes_through_every_published_collar():
    table = np.array([row[1:4] for row in PUBLISHED_COLLARS])
    np.testing.assert_allclose(ground(*to_local(MINE_GRID, table[:, 0], table[:, 1])), table[:, 2], atol=1e-6)


def test_the_typed_collars_are_the_published_ones(shared_data):
    path = shared_data.parent / "crater_lake" / "collars.csv"
    if not path.is_file():
        pytest.skip("the published collars (../shared/crater_lake) are not on this machine")
    published = pd.read_csv(path).set_index("hole_id")
    published = published[published["zone"].str.startswith("TG")]
    columns = ["easting_m", "northing_m", "elevation_m", "azimuth_deg", "dip_deg", "depth_m"]
    typed = {row[0]: list(row[1:]) for row in PUBLISHED_COLLARS}
    assert typed == published[columns].astype(float).T.to_dict("list")


def test_sections_are_the_published_ones():
    sections = {row[0]: float(to_local(MINE_GRID, row[1], row[2])[1]) for row in PUBLISHED_COLLARS}
    assert sections["CL20037"] == pytest.approx(450.0)
    assert sections["CL20038"] == pytest.approx(100.6, abs=0.1)
    assert sections["CL24066"] == pytest.approx(238.4, abs=0.1)


def test_overburden_is_0_to_6_m_and_both_thin_and_thick():
    x, y = np.meshgrid(np.arange(250.0, 700.0, 7.0), np.arange(60.0, 640.0, 7.0))
    cover = ground(x, y) - bedrock(x, y)
    assert cover.min() >= 0.0
    assert cover.max() <= 6.0
    assert cover.max() - cover.min() > 3.0


def test_the_ground_is_gentle():
    """All published collars of the zone stand between 522 and 546 m."""
    x, y = np.meshgrid(np.arange(280.0, 700.0, 10.0), np.arange(100.0, 600.0, 10.0))
    assert np.abs(np.gradient(ground(x, y), 10.0)).max() < 0.5
    assert 515.0 < ground(x, y).min() < ground(x, y).max() < 562.0
