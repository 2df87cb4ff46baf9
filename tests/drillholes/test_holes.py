"""The table of holes places CL20037 and CL20038 on their published sections."""

import pandas as pd
import pytest

from scandia.drillholes.desurvey import desurvey
from scandia.drillholes.holes import describe_holes
from scandia.geometry.minegrid import MineGrid

# Press release of 4 November 2020, Table 2
COLLAR = pd.DataFrame(
    {
        "hole": ["CL20038", "CL20037"],
        "easting": [440825.0, 440870.0],
        "northing": [6133270.0, 6133665.0],
        "elevation": [522.0, 540.0],
        "depth": [143.08, 254.05],
    }
)
SURVEY = pd.DataFrame({"hole": ["CL20038", "CL20037"], "depth": 0.0, "azimuth": 305.0, "dip": [-50.0, -60.0]})
GRID = MineGrid(azimuth=35.0, easting=440870.0, northing=6133665.0, x=500.0, y=450.0)


def test_the_published_holes_stand_on_their_sections_and_end_where_they_should():
    holes = describe_holes(COLLAR, desurvey(COLLAR, SURVEY), GRID).set_index("hole")
    assert list(holes.index) == ["CL20037", "CL20038"]
    assert holes["y"].tolist() == pytest.approx([450.0, 100.6], abs=0.05)
    end = holes.loc["CL20037", ["end_easting", "end_northing", "end_elevation"]].tolist()
    assert end == pytest.approx([440765.95, 6133737.86, 319.99], abs=0.01)
    assert holes.loc["CL20037", "end_y"] == pytest.approx(450.0, abs=1e-6)  # drilled across strike
    assert holes.loc["CL20037", "end_x"] == pytest.approx(500.0 - 254.05 / 2, abs=1e-6)
    assert holes["dip"].tolist() == [-60.0, -50.0]


def test_what_is_extrapolated_and_what_is_uncertain_is_stated():
    surveys = pd.concat([SURVEY, SURVEY[:1].assign(depth=100.0)], ignore_index=True)
    holes = describe_holes(COLLAR, desurvey(COLLAR, surveys), GRID).set_index("hole")
    assert holes["records"].to_dict() == {"CL20037": 1, "CL20038": 2}
    assert holes["last_record"].to_dict() == {"CL20037": 0.0, "CL20038": 100.0}
    assert holes["extrapolated"].to_dict() == pytest.approx({"CL20037": 254.05, "CL20038": 43.08})
    assert holes["uncertain"].to_dict() == {"CL20037": "one survey record: straight by assumption", "CL20038": ""}
