"""Block models written window by window: what one write would have left, or nothing."""

import netCDF4
import numpy as np
import pytest
import xarray as xr

from scandia.blockmodel.chunks import cut_grid
from scandia.blockmodel.dataset import grid_of
from scandia.blockmodel.slabs import Streamed, slabs
from scandia.errors import InputError
from scandia.io.netcdf import content_hash, read_dataset, write_dataset
from scandia.io.streamed import write_streamed


@pytest.mark.parametrize("blocks", [1, 13, 60, 1000])
def test_windows_in_any_order_make_the_file_of_one_write(model, tmp_path, blocks):
    path = write_streamed(Streamed(reversed(list(slabs(model, blocks=blocks)))), tmp_path / "streamed.nc")
    again = read_dataset(path)
    xr.testing.assert_identical(again, model)
    assert content_hash(again) == content_hash(model) == content_hash(read_dataset(write_dataset(model, tmp_path / "whole.nc")))
    with xr.open_dataset(path) as other:
        assert {"easting", "northing", "elevation", "domain_code"} <= set(other.coords)
        assert set(np.unique(other["sc_reason"].values)) == {-1, 0}
    with netCDF4.Dataset(path) as file:
        assert set(file["sc"].coordinates.split()) == {"domain_code", "easting", "northing", "elevation"}
        assert file["sc"].filters()["complevel"] == 4
        assert file["class"].flag_values.dtype == np.int8


def test_a_model_on_disk_is_the_model_in_memory(model, tmp_path):
    path = write_dataset(model, tmp_path / "blockmodel.nc")
    stored = read_dataset(path, held=0)
    assert not stored["sc"].variable._in_memory
    assert content_hash(stored) == content_hash(model)
    xr.testing.assert_identical(xr.concat(slabs(stored, blocks=60), "z", data_vars="minimal", coords="minimal"), model)
    assert [set(slab.data_vars) for slab in slabs(stored, ["sc", "no such"], blocks=100)] == [{"sc"}] * 3


def test_variables_are_added_to_a_copy_of_another_model(model, tmp_path):
    base = write_dataset(model.drop_vars("class"), tmp_path / "base.nc")
    added = model[["class", "sc"]].assign(sc=model["sc"] * 2)
    added["sc"].attrs = {"units": "g/t", "long_name": "twice"}
    again = read_dataset(write_streamed(Streamed(slabs(added, blocks=60), base), tmp_path / "added.nc"))
    xr.testing.assert_identical(again, model.assign(sc=added["sc"]))
    assert "class" not in read_dataset(base)


def test_lost_and_doubled_blocks_leave_no_file(model, tmp_path):
    first, *others = slabs(model, blocks=60)
    for windows, words in [(others, "lacks blocks"), ([first, first], "blocks twice"), ([], "lacks blocks: all")]:
        with pytest.raises(InputError, match=words):
            write_streamed(Streamed(windows), tmp_path / "model.nc")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda one: one.assign(sc=one["sc"].assign_attrs(units="ppm")), "disagree on what sc is"),
        (lambda one: one.drop_vars("class"), "disagree on what class is"),
        (lambda one: one.assign(more=one["sc"]), "disagree on what more is"),
        (lambda one: one.assign(sc=one["sc"].astype(np.float32)), "disagree on what sc is"),
        (lambda one: one.assign({"class": one["class"].astype(float)}), "disagree on what class is"),
        (lambda one: one.assign_coords(domain=one["domain"].values[::-1]), "disagree on what domain along"),
        (lambda one: one.assign_attrs(title="other"), "disagree on what attributes"),
        (lambda one: one.isel(x=slice(0, 3)), "rows must be whole"),
    ],
)
def test_windows_of_another_form_leave_no_file(model, tmp_path, change, words):
    first, second, *others = slabs(model, blocks=60)
    with pytest.raises(InputError, match=words):
        write_streamed(Streamed([first, change(second), *others]), tmp_path / "model.nc")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda base: base.assign_attrs(grid_origin=np.array([0.0, 0.0, 0.0])),
        lambda base: base.assign_coords(domain=base["domain"].values[::-1]),
    ],
)
def test_nothing_is_added_to_a_model_of_another_grid(model, tmp_path, change):
    base = write_dataset(change(model.drop_vars("class")), tmp_path / "base.nc")
    with pytest.raises(InputError, match="another grid or of other domains"):
        write_streamed(Streamed(slabs(model[["class"]], blocks=60), base), tmp_path / "model.nc")
    assert [path.name for path in tmp_path.iterdir()] == ["base.nc"]


def test_pieces_of_a_hash_do_not_change_it(model, monkeypatch):
    whole = content_hash(model)
    for piece in (1, 7, 100, 241):
        monkeypatch.setattr("scandia.io.netcdf.PIECE", piece)
        assert content_hash(model) == whole


@pytest.mark.parametrize(
    ("count", "blocks"), [((6, 5, 8), 1), ((6, 5, 8), 30), ((6, 5, 8), 61), ((7, 9, 1), 20), ((3, 2, 4), 99)]
)
def test_chunks_are_in_order_cover_the_grid_and_keep_to_their_size(count, blocks):
    columns, rows, layers = count
    flat = np.arange(columns * rows * layers).reshape(layers, rows, columns)
    chunks = [flat[chunk.window["z"], chunk.window["y"]] for chunk in cut_grid(count, blocks)]
    assert np.concatenate([chunk.ravel() for chunk in chunks]).tolist() == flat.ravel().tolist()
    assert max(chunk.size for chunk in chunks) <= max(blocks, columns)


def test_a_window_has_the_coordinates_of_its_grid_to_the_last_bit(model):
    grid, window = grid_of(model), grid_of(model.isel(z=slice(3, 5), y=slice(1, 4), x=slice(2, 6)))
    assert (window.first, window.count) == ((2, 1, 3), (4, 3, 2))
    for number, place in enumerate([slice(2, 6), slice(1, 4), slice(3, 5)]):
        assert window.axis(number).tobytes() == grid.axis(number)[place].tobytes()
    with pytest.raises(InputError, match="coordinate z is not"):
        grid_of(model.isel(z=slice(0, None, 2)))
