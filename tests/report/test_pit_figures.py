"""Pictures of the pit: what is drawn is what the shells hold."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from matplotlib.patches import StepPatch

from scandia.geometry.minegrid import MineGrid
from scandia.report.figures.pit import OTHERS, SHELL, nested_curve, pit_plan, pit_sections

X = np.arange(5.0, 75.0, 10.0)
Z = np.arange(5.0, 45.0, 10.0)
HALF = np.array([2, 1, 0, 0, 0, 1, 2])  # layers of each column that stay below the shell of factor 1
NARROW = np.array([9, 9, 2, 1, 2, 9, 9])  # and below that of factor 0.5; 9: nothing of the column is mined


@pytest.fixture
def shell():
    factor = np.full((4, 3, 7), np.nan)
    for i in range(7):
        factor[HALF[i] :, :, i] = 1.0
        factor[NARROW[i] :, :, i] = 0.5
    ground = np.full((3, 7), 40.0)
    floor = np.broadcast_to(10.0 * HALF, (3, 7)).astype(float)
    y = np.array([10.0, 20.0, 30.0])
    variables = {"pit_factor": (("z", "y", "x"), factor), "ground": (("y", "x"), ground), "floor": (("y", "x"), floor)}
    return xr.Dataset(variables, coords={"x": X, "y": y, "z": Z})


@pytest.fixture
def blocks(shell):
    values = np.full((4, 3, 7), np.nan)
    values[:, :, 3] = 300.0
    share = np.isfinite(values).astype(float)[None]
    return xr.Dataset(
        {"nsr": (("z", "y", "x"), values), "fraction": (("domain", "z", "y", "x"), share)},
        coords={"x": X, "y": shell["y"], "z": Z, "domain": ["ore"]},
    )


def steps(panel, colour):
    return [
        patch.get_data().values for patch in panel.patches if isinstance(patch, StepPatch) and patch.get_edgecolor()[:3] == colour
    ]


def test_sections_show_the_floor_of_each_shell_and_nothing_where_it_is_not(blocks, shell):
    from matplotlib.colors import to_rgb

    figure = pit_sections(blocks, shell, MineGrid(), at=[20.0], unit="CAD/t", synthetic=True)
    panel = figure.axes[0]
    assert [values.tolist() for values in steps(panel, to_rgb(SHELL))] == [(10.0 * HALF).tolist()]
    (narrow,) = steps(panel, to_rgb(OTHERS))
    assert np.isnan(narrow[[0, 1, 5, 6]]).all()
    assert narrow[2:5].tolist() == [20.0, 10.0, 20.0]
    assert panel.get_title(loc="left") == "Section 20N, looking N000°E"


def test_the_plan_shows_the_floor_under_a_north_arrow(blocks, shell):
    stations = pd.DataFrame({"hole": ["A"], "depth": [0.0], "easting": [35.0], "northing": [20.0], "elevation": [40.0]})
    figure = pit_plan(blocks, shell, stations, MineGrid(azimuth=35.0), synthetic=True)
    panel = figure.axes[0]
    assert panel.collections[0].get_array().reshape(3, 7)[0].tolist() == (10.0 * HALF).tolist()
    assert "N" in [text.get_text() for text in panel.texts]


def test_the_curve_shows_every_shell_and_marks_the_statement():
    shells = pd.DataFrame({
        "factor": [0.5, 1.0], "rock_tonnage": [1e6, 5e6], "ore_tonnage": [5e5, 1e6], "value_at_base_prices": [1e7, 3e7],
    })  # fmt: skip
    figure = nested_curve(shells, currency="CAD", synthetic=False)
    left, right = figure.axes
    assert left.lines[0].get_ydata().tolist() == [1.0, 5.0]
    assert right.lines[0].get_ydata().tolist() == [10.0, 30.0]
    assert left.lines[-1].get_xdata() == [1.0, 1.0]
    assert "CAD" in right.get_ylabel()
