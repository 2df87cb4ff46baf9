"""The printed table of intercepts: true widths, the press release's layout, and the rules in words."""

import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.desurvey import desurvey
from scandia.drillholes.intercept_settings import InterceptColumn, Intercepts
from scandia.drillholes.intercept_table import print_intercepts, rule_sentences, with_true_widths
from scandia.drillholes.settings import Analyte


def test_the_true_width_is_the_length_across_the_plane():
    """A hole at -45 towards 090 through a vertical plane striking north: 10 m of core are 10 sin 45 of width, at 45 degrees."""
    collar = pd.DataFrame({"row": [2], "hole": ["A"], "easting": [0.0], "northing": [0.0], "elevation": [0.0], "depth": [50.0]})
    survey = pd.DataFrame({"row": [2], "hole": ["A"], "depth": [0.0], "azimuth": [90.0], "dip": [-45.0]})
    table = pd.DataFrame({"hole": ["A"], "from": [10.0], "to": [20.0], "length": [10.0]})
    stations = desurvey(collar, survey)
    out = with_true_widths(table, stations, (0.0, 90.0))
    assert out["true_width"].item() == pytest.approx(10.0 * np.sqrt(0.5))
    assert out["core_angle"].item() == pytest.approx(45.0)
    along = with_true_widths(table, stations, (90.0, 90.0))  # a plane that strikes along the hole is never crossed
    assert along["true_width"].item() == pytest.approx(0.0, abs=1e-9)
    assert with_true_widths(table.iloc[:0], stations, (0.0, 90.0)).empty


ANALYTES = {
    "sc2o3": Analyte(label="Sc₂O₃", unit="g/t", species="Sc2O3", column="a", column_unit="ppm", column_species="Sc2O3"),
    "treo_y": Analyte(label="TREO+Y", unit="g/t", species="TREO+Y", column="b", column_unit="ppm", column_species="TREO+Y"),
    "magnet_reo": Analyte(label="Magnet REO", unit="%", species="MREO", sum_of=("nd2o3", "pr2o3")),
    "nd2o3": Analyte(label="Nd₂O₃", unit="g/t", species="Nd2O3", column="c", column_unit="ppm", column_species="Nd2O3"),
    "pr2o3": Analyte(label="Pr₂O₃", unit="g/t", species="Pr2O3", column="d", column_unit="ppm", column_species="Pr2O3"),
}


def test_the_printed_table_has_the_layout_of_the_press_release():
    """First rows of Table 1 of 4 November 2020: 29.14 m at 165 ppm Sc, 253 ppm Sc2O3, 0.305 % TREO+Y, 24.3 % magnet REO."""
    rules = Intercepts(
        analyte="sc2o3",
        cutoff=190.0,
        including_cutoffs=(275.0,),
        columns=(
            InterceptColumn(analyte="sc2o3", label="Sc", species="Sc", unit="ppm", decimals=0),
            InterceptColumn(analyte="sc2o3", unit="ppm", decimals=0),
            InterceptColumn(analyte="treo_y", unit="%", decimals=3),
            InterceptColumn(analyte="magnet_reo", share_of="treo_y", decimals=1),
        ),
    )
    rows = [("CL20037", 127.81, 156.95, 0, 253.1, 3050.0, 0.0741), ("CL20037", 127.81, 134.11, 1, 276.1, 3160.0, np.nan)]
    table = pd.DataFrame(rows, columns=["hole", "from", "to", "including", "sc2o3", "treo_y", "magnet_reo"])
    printed = print_intercepts(table.assign(length=table["to"] - table["from"]), rules, ANALYTES)
    headings = ["Hole #", "From (m)", "To (m)", "Interval (m)", "Sc (ppm)", "Sc₂O₃ (ppm)", "TREO+Y (%)", "Magnet REO (%)"]
    assert list(printed.columns) == headings
    assert printed.iloc[0].tolist() == ["CL20037", "127.81", "156.95", "29.14", "165", "253", "0.305", "24.3"]
    assert printed.iloc[1].tolist() == ["Including", "127.81", "134.11", "6.30", "180", "276", "0.316", "–"]
    words = " ".join(rule_sentences(rules, ANALYTES))
    for piece in ("Cut-off 190 g/t Sc₂O₃", "at 275 g/t", "No top cut", "counts as zero", "(of Nd2O3, Pr2O3)", "mean TREO+Y"):
        assert piece in words
