"""Pictures of a model that is read piece by piece show what those of the whole model show."""

import numpy as np
import pytest

from scandia.blockmodel.dataset import attributes, new_parts
from scandia.blockmodel.grid import Grid
from scandia.domains.settings import Domain
from scandia.geometry.minegrid import MineGrid
from scandia.io.netcdf import read_dataset, write_dataset
from scandia.report import scene as scenes
from scandia.report.figures import pieces
from scandia.report.figures.class_maps import _mean
from scandia.report.figures.classes import dominant_class, dominant_class_down
from scandia.report.figures.projection import across_strike
from scandia.report.scene import shown_blocks


@pytest.fixture
def model():
    """Two domains on 7 x 5 x 9 blocks, of tonnages that add up exactly in any order."""
    grid = Grid((0.0, 0.0, 0.0), (10.0, 10.0, 5.0), (7, 5, 9), MineGrid(azimuth=0.0, easting=0.0, northing=0.0, x=0.0, y=0.0))
    random, dims, shape = np.random.default_rng(3), ("z", "y", "x"), grid.shape
    domains = {name: Domain(code=code, label=name, lithology=(name,)) for code, name in enumerate("ab", start=1)}
    fraction = random.integers(0, 3, (2, *shape)) / 4
    grade = np.where(random.random(shape) < 0.2, np.nan, random.integers(1, 90, shape).astype(float))
    arrays = {
        "au": grade,
        "au_tonnage": fraction.sum(axis=0) * 512,
        "tonnage": fraction.sum(axis=0) * 1024,
        "drill_spacing": grade + 1,
    }
    arrays |= {"class": random.integers(0, 4, shape).astype(np.int8), "pit": random.integers(0, 2, shape).astype(np.int8)}
    parts = new_parts(grid, domains, "EPSG:26920", "test").assign({name: (dims, values) for name, values in arrays.items()})
    return attributes(parts.assign(fraction=(("domain", *dims), fraction)), {"au": "g/t"})


@pytest.fixture(params=[7, 20, 40, 110])
def on_disk(request, model, tmp_path, monkeypatch):
    """The same model on disk, in pieces of at most so many blocks: rows, runs of rows, layers, runs of layers."""
    monkeypatch.setattr(pieces, "PIECE", request.param)
    monkeypatch.setattr(scenes, "PIECE", request.param)
    return read_dataset(write_dataset(model, tmp_path / "blockmodel.nc"), held=0)


def test_projections_do_not_know_where_the_model_was_cut(model, on_disk, monkeypatch):
    cut = [
        *across_strike(on_disk, "au"),
        dominant_class(on_disk),
        dominant_class_down(on_disk),
        *(_mean(on_disk, axis) for axis in "zx"),
    ]
    monkeypatch.setattr(pieces, "PIECE", 10**6)
    whole = [
        *across_strike(model, "au"),
        dominant_class(model),
        dominant_class_down(model),
        *(_mean(model, axis) for axis in "zx"),
    ]
    for one, other in zip(cut, whole, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("most", [200, 30, 4])
def test_the_view_does_not_know_where_the_model_was_cut(model, on_disk, monkeypatch, most):
    monkeypatch.setattr(scenes, "MOST_BLOCKS", most)
    count, size, fields, factor = shown_blocks(on_disk, ["au"])
    assert len(fields["cell"]) <= most
    monkeypatch.setattr(pieces, "PIECE", 10**6)
    monkeypatch.setattr(scenes, "PIECE", 10**6)
    assert (count, size, factor) == shown_blocks(model, ["au"])[:2] + shown_blocks(model, ["au"])[3:]
    for name, values in shown_blocks(model, ["au"])[2].items():
        np.testing.assert_array_equal(fields[name], values, err_msg=name)


def test_a_thinned_model_is_every_other_block_and_says_so(model, on_disk):
    step = pieces.step_of(on_disk)
    assert step > 1 and str(step) in pieces.step_words(on_disk, "Points")
    thin = pieces.thinned(on_disk, ["au", "fraction"])
    assert thin["au"].size <= pieces.PIECE
    for name in ("au", "fraction"):
        np.testing.assert_array_equal(thin[name].values, model[name].values[..., ::step, ::step, ::step])


def test_a_model_of_one_piece_is_not_thinned(model):
    assert pieces.thinned(model, ["au"]) is model
    assert pieces.step_words(model, "Points") == ""
