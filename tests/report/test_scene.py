"""The 3-D view's data and still picture: blocks at their places, bounded in size, the near faces only."""

import base64

import numpy as np
import pytest

from scandia.blockmodel.dataset import grid_of
from scandia.report import scene as module
from scandia.report.figures.scene import oblique, view_axes, visible_faces
from scandia.report.scene import LEVELS, scene, shown_blocks


@pytest.fixture(scope="module")
def parts(samples):
    size = (15.0, 20.0, 20.0)
    model = samples.blocks(size=size)
    placed = {f"mine_grid_{name}": getattr(samples.MINE_GRID, name) for name in ("azimuth", "easting", "northing", "x", "y")}
    corner = [float(model[axis][0]) - length / 2 for axis, length in zip("xyz", size, strict=True)]
    model.attrs = {"grid_origin": corner, "grid_size": size, "grid_count": [model.sizes[axis] for axis in "xyz"]} | placed
    traces = samples.stations(samples.collar((100, 200)))
    composites = samples.intervals(traces, length=3.0).query("domain != 'outside'")
    return model, traces, composites


def made(parts):
    return scene(*parts, {"sc2o3": ("Sc₂O₃", "g/t")}, labels={"olivine": "Olivine"}, place=200.0)


def decode(text, kind):
    return np.frombuffer(base64.b64decode(text), dtype=kind)


def test_blocks_holes_and_composites_come_back_where_they_were(parts):
    model, traces, composites = parts
    data = made(parts)
    cells = decode(data["blocks"]["cells"], "<u4")
    share = model["fraction"].sum("domain").transpose("z", "y", "x").values.ravel()
    grade = model["sc2o3"].transpose("z", "y", "x").values.ravel()
    assert cells.tolist() == np.flatnonzero((share >= 0.25) & np.isfinite(grade)).tolist()
    one = data["variables"][0]
    back = one["low"] + decode(one["blocks"], "<u2") / LEVELS * (one["high"] - one["low"])
    np.testing.assert_allclose(back, grade[cells], atol=(one["high"] - one["low"]) / LEVELS)
    centre, grid = np.array(data["centre"]), grid_of(model)
    index = np.stack(np.unravel_index(cells, grid.shape)[::-1], axis=1)
    places = np.array(data["grid"]["origin"]) + (index + 0.5) * data["grid"]["size"] + centre
    np.testing.assert_allclose(places, grid.centres()[cells])
    points = decode(data["holes"]["points"], "<f4").reshape(-1, 3) + centre
    assert len(points) == len(traces)
    np.testing.assert_allclose(points[:, 2], traces.sort_values(["hole", "depth"])["elevation"], atol=1e-3)
    ends = decode(data["composites"]["ends"], "<f4").reshape(-1, 2, 3)
    np.testing.assert_allclose(np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1), 3.0, atol=1e-2)
    np.testing.assert_allclose(ends.mean(axis=1) + centre, composites[["x", "y", "z"]], atol=0.05)


def test_north_points_along_the_azimuth_of_the_mine_grid(parts, samples):
    from scandia.geometry.minegrid import to_local

    x, y = to_local(samples.MINE_GRID, np.array([0.0, 0.0]) + 440825.0, np.array([0.0, 1.0]) + 6133270.0)
    np.testing.assert_allclose(made(parts)["north"], [np.diff(x)[0], np.diff(y)[0]], atol=1e-6)


def test_a_large_model_is_drawn_in_larger_blocks_with_the_same_metal(parts, monkeypatch):
    model = parts[0]
    _, size, fine, one = shown_blocks(model, ["sc2o3"])
    monkeypatch.setattr(module, "MOST_BLOCKS", fine["cell"].size // 4)
    monkeypatch.setattr(module, "LEAST", 1e-9)
    count, larger, coarse, factor = shown_blocks(model, ["sc2o3"])
    assert (one, factor > 1) == (1, True)
    assert larger == tuple(factor * length for length in size)
    assert coarse["cell"].size <= fine["cell"].size // 4
    assert coarse["cell"].max() < np.prod(count)
    assert fine["sc2o3"].min() <= coarse["sc2o3"].min() <= coarse["sc2o3"].max() <= fine["sc2o3"].max()
    assert abs(coarse["sc2o3"].mean() / fine["sc2o3"].mean() - 1) < 0.1


def test_the_axes_of_a_view_are_those_of_maps_and_sections():
    right, up, forward = view_axes(0.0, 0.0)  # a section looks along +y, x to the right
    np.testing.assert_allclose([right, up, forward], [[1, 0, 0], [0, 0, 1], [0, 1, 0]], atol=1e-12)
    right, up, forward = view_axes(0.0, -90.0)  # a plan looks down, y up the page
    np.testing.assert_allclose([right, up, forward], [[1, 0, 0], [0, 1, 0], [0, 0, -1]], atol=1e-12)
    right, up, forward = view_axes(-90.0, 0.0)  # a long section looks along -x, y to the right
    np.testing.assert_allclose([right, up, forward], [[0, 1, 0], [0, 0, 1], [-1, 0, 0]], atol=1e-12)


def test_only_faces_towards_the_eye_that_touch_no_block_are_drawn():
    forward = view_axes(25.0, -25.0)[2]
    faces, owners, _ = visible_faces(np.array([0, 1]), (2, 1, 1), forward)  # two blocks side by side along x
    assert len(faces) == 5  # of six, the one between them is hidden
    assert sorted(owners.tolist()) == [0, 0, 0, 1, 1]
    assert faces[:, :, 2].max() == 1.0  # the top is seen
    assert not (faces[:, :, 2] == 0).all(axis=1).any()  # the bottom is not


def test_the_still_picture_is_drawn_to_scale_with_a_north_arrow(parts):
    figure = oblique(parts[0], parts[1], "sc2o3", label="Sc₂O₃", unit="g/t", synthetic=True)
    panel = figure.axes[0]
    assert panel.get_aspect() == 1.0
    words = [text.get_text() for text in panel.texts]
    assert "N" in words and any(word.endswith(" m") for word in words)
    assert "looking N060°E, dip −25°" in figure.get_suptitle()
