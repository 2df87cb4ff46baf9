"""Published grades held against assays: what is printed from them is supported, what is changed is not."""

import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.assayed import check_assayed
from scandia.drillholes.settings import Analyte

ANALYTES = {
    "sc2o3": Analyte(label="Sc₂O₃", unit="g/t", species="Sc2O3", column="a", column_unit="ppm", column_species="Sc2O3"),
    "treo_y": Analyte(label="TREO+Y", unit="g/t", species="TREO+Y", column="b", column_unit="ppm", column_species="TREO+Y"),
    "magnet": Analyte(label="Magnet", unit="g/t", species="MREO", column="c", column_unit="ppm", column_species="MREO"),
}
ASSAY = pd.DataFrame(
    {
        "hole": "CL1",
        "from": [10.0, 11.0, 13.0],
        "to": [11.0, 13.0, 14.5],
        "sc2o3": [153.382, 306.764, 460.146],
        "treo_y": [3000.0, 3600.0, 4000.0],
        "magnet": [720.0, 900.0, 960.0],
    }
)


def published(start=10.0, stop=14.5, **changes):
    """Mean Sc2O3 (1 x 153.382 + 2 x 306.764 + 1.5 x 460.146) / 4.5 = 323.81 ppm; Sc 211.11; TREO+Y 3600 g/t; magnet 24.44 %."""
    row = {"hole": "CL1", "from": start, "to": stop, "including": 0}
    row |= {"sc_ppm": 211.0, "sc2o3_ppm": 324.0, "treo_y_percent": 0.36, "magnet_reo_percent": 24.4}
    return pd.DataFrame([row | changes])


def checks(table, assay=ASSAY):
    return pd.DataFrame(check_assayed(table, assay, ANALYTES, source="here", tolerance=0.01))


def test_what_is_printed_from_the_assays_is_supported():
    table = checks(published())
    assert table["verdict"].tolist() == ["supported"] * 4
    metal = (1 * 153.382 + 2 * 306.764 + 1.5 * 460.146) / 4.5
    assert table["recomputed"].tolist() == pytest.approx(
        [metal / 1.53382, metal, 0.36, 100 * (720 + 1800 + 1440) / (3000 + 7200 + 6000)], rel=1e-5
    )
    assert table["note"].unique().tolist() == ["3 assays"]


@pytest.mark.parametrize(
    ("changes", "place"),
    [({"sc_ppm": 212.0}, 0), ({"sc2o3_ppm": 260.0}, 1), ({"treo_y_percent": 0.361}, 2), ({"magnet_reo_percent": 24.6}, 3)],
)
def test_a_changed_number_is_not_supported(changes, place):
    assert checks(published(**changes))["verdict"].tolist()[place] == "not supported"
    assert (checks(published(**changes))["verdict"] == "supported").sum() == 3


def test_missing_ground_counts_as_zero_and_is_said():
    table = checks(published(stop=16.5))
    assert (table["verdict"] == "not supported").sum() == 3  # a share of two means does not notice
    assert table["note"].iloc[0] == "3 assays, 2.00 m without any count as zero, 16.5 m is no end of a sample"


def test_a_hole_without_assays_cannot_be_checked():
    table = checks(published(), ASSAY.assign(hole="other"))
    assert table["verdict"].tolist() == ["cannot be checked"] * 4
    assert np.isnan(table["recomputed"]).all()
