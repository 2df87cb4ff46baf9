"""Models that stay on disk are exported slab by slab, to the bytes of one piece, or refused in plain words."""

import hashlib
from dataclasses import replace
from functools import partial

import numpy as np
import pyarrow as pa
import pytest
import xarray as xr

from scandia.blockmodel import slabs
from scandia.blockmodel.dataset import attributes, new_parts, summarise
from scandia.blockmodel.grid import Grid
from scandia.domains.settings import Domain
from scandia.errors import InputError, SettingError
from scandia.io.exports import bundle as bundles
from scandia.io.exports import geoeas_files, limits, tables, zarr_store
from scandia.io.exports.write import export
from scandia.io.netcdf import read_dataset, write_dataset
from scandia.resource.tonnage import grade_tonnage

SLAB = 8  # blocks: two rows of four, so that layers of three rows are cut


@pytest.fixture
def on_disk(bundle, tmp_path):
    """The bundle with its model on disk."""
    return replace(bundle, blocks=read_dataset(write_dataset(bundle.blocks, tmp_path / "blockmodel.nc"), held=0))


@pytest.fixture
def reads(monkeypatch):
    """Number of values of each read of a variable from disk, a list that grows."""
    from xarray.backends.netCDF4_ import NetCDF4ArrayWrapper

    sizes, given = [], NetCDF4ArrayWrapper._getitem

    def watched(self, key):
        values = given(self, key)
        sizes.append(np.size(values))
        return values

    monkeypatch.setattr(NetCDF4ArrayWrapper, "_getitem", watched)
    return sizes


def hashes(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("name", ["csv", "parquet", "geoeas"])
def test_slabs_of_a_model_on_disk_make_the_bytes_of_one_piece(bundle, on_disk, reads, tmp_path, monkeypatch, name):
    export(bundle, name, tmp_path / "whole")
    monkeypatch.setattr(bundles, "slabs", lambda model, *names, **_: slabs.slabs(model, *names, blocks=SLAB))
    monkeypatch.setattr(geoeas_files, "ROWS", SLAB)
    reads.clear()
    export(on_disk, name, tmp_path / "slabs")
    assert hashes(tmp_path / "whole") == hashes(tmp_path / "slabs")
    assert max(reads) == 2 * SLAB  # of a variable by domain; the model has 60 blocks


def test_a_model_on_disk_is_exported_to_vtk_as_one_in_memory(bundle, on_disk, tmp_path):
    pyvista = pytest.importorskip("pyvista", reason="PyVista is not installed (the extra exports)")
    for folder, given in (("memory", bundle), ("disk", on_disk)):
        export(given, "vtk", tmp_path / folder)
    memory, disk = (pyvista.read(tmp_path / folder / "blocks.vtu") for folder in ("memory", "disk"))
    assert memory.n_cells == 36 and memory.array_names == disk.array_names
    np.testing.assert_array_equal(memory.points, disk.points)
    np.testing.assert_array_equal(memory.cells, disk.cells)
    for name in memory.cell_data:
        np.testing.assert_array_equal(memory.cell_data[name], disk.cell_data[name], err_msg=name)


@pytest.mark.parametrize("lengths", [(), (0,), (3,), (5,), (2, 0, 4, 11, 1), (15,), (5, 5)])
def test_groups_of_rows_do_not_know_where_tables_were_cut(lengths):
    ends = np.cumsum(lengths, dtype=int)
    pieces = [pa.table({"a": np.arange(end - length, end)}) for end, length in zip(ends, lengths, strict=True)]
    groups = list(tables.row_groups(iter(pieces), rows=5))
    assert [value for group in groups for value in group["a"].to_pylist()] == list(range(sum(lengths)))
    assert [len(group) for group in groups[:-1]] == [5] * (len(groups) - 1)
    assert len(groups) == max(-(-sum(lengths) // 5), bool(lengths))
    assert all(group["a"].num_chunks <= 1 for group in groups)


@pytest.fixture
def sharded(monkeypatch):
    """Writer of Zarr stores whose shards are 2 x 2 x 2 chunks of at most 3 x 3 x 3 blocks."""
    pytest.importorskip("zarr", reason="zarr is not installed (the extra exports)")
    pytest.importorskip("dask", reason="dask is not installed (the extra exports)")
    monkeypatch.setattr(zarr_store, "CHUNK", 3)
    monkeypatch.setattr(zarr_store, "SHARD", 2)
    return partial(zarr_store.write_zarr, sharded=0)


def test_a_sharded_store_holds_the_model_in_few_files_and_the_same_bytes_each_time(bundle, on_disk, reads, tmp_path, sharded):
    for folder, given in (("a", bundle), ("b", on_disk)):
        reads.clear()
        sharded(given, tmp_path / folder)
    assert hashes(tmp_path / "a") == hashes(tmp_path / "b")
    assert max(reads) <= 6**3  # one shard
    with xr.open_zarr(tmp_path / "a" / "blocks.zarr", mask_and_scale=False, consolidated=False, chunks={}) as again:
        assert again["sc"].chunks == ((3, 2), (3,), (3, 1))
        for name in bundle.blocks.variables:
            assert again[name].dtype == bundle.blocks[name].dtype or name == "domain", name
            np.testing.assert_array_equal(again[name].values, bundle.blocks[name].values, err_msg=str(name))
            assert again[name].attrs.get("units") == bundle.blocks[name].attrs.get("units")
        assert again.attrs["SYNTHETIC"] == "made up"
    assert len(list((tmp_path / "a" / "blocks.zarr" / "sc" / "c").rglob("*"))) == 3  # two folders and the one shard below them


def test_no_two_writes_touch_one_shard_and_nothing_is_lost(bundle, tmp_path, sharded, monkeypatch):
    import zarr

    written, given = [], zarr.Array.__setitem__

    def watched(self, box, values):
        before = hashes(tmp_path)
        given(self, box, values)
        after = hashes(tmp_path)
        written.append({name for name in after if before.get(name) != after[name]})

    monkeypatch.setattr(zarr.Array, "__setitem__", watched)
    big = bundle.blocks.isel(z=[0, 1, 2, 3, 4] * 3, y=[0, 1, 2] * 3).drop_vars(["easting", "northing", "elevation"])
    grid = Grid((480.0, 400.0, 380.0), (10.0, 20.0, 5.0), (4, 9, 15), bundle.mine_grid)
    big = big.assign_coords(z=grid.axis(2), y=grid.axis(1))
    big.attrs["grid_count"] = np.array(grid.count)
    sharded(replace(bundle, blocks=big), tmp_path)
    names = [name for files in written for name in files]
    assert max(map(len, written)) == 1 and len(names) == len(set(names))
    with xr.open_zarr(tmp_path / "blocks.zarr", mask_and_scale=False, consolidated=False) as again:
        np.testing.assert_array_equal(again["sc_samples"].values, big["sc_samples"].values)


def test_dask_computes_the_tonnage_of_the_statement_from_a_sharded_store(bundle, tmp_path, sharded, monkeypatch):
    monkeypatch.setattr(zarr_store, "CHUNK", 8)
    grid = Grid((0.0, 0.0, 0.0), (10.0, 20.0, 5.0), (14, 9, 11), bundle.mine_grid)
    random = np.random.default_rng(5)
    dims, shape = ("domain", "z", "y", "x"), (1, *grid.shape)
    arrays = {"sc": random.lognormal(4, 0.5, shape), "tonnage": random.uniform(1e3, 3e3, shape), "fraction": np.full(shape, 0.9)}
    arrays["sc"][random.random(shape) < 0.1] = np.nan
    arrays["class"] = random.integers(0, 4, shape).astype(np.int8)
    ore = {"ore": Domain(code=1, label="Ore", lithology=("O",))}
    parts = new_parts(grid, ore, "EPSG:26920", "test").assign({name: (dims, values) for name, values in arrays.items()})
    parts = attributes(parts, {"sc": "g/t"})
    sharded(replace(bundle, blocks=summarise(parts, ["sc"])), tmp_path)
    stated = grade_tonnage(parts, (0.0, 50.0, 80.0), ["sc"])
    stated = stated[stated["domain"] == "ore"]
    with xr.open_zarr(tmp_path / "blocks.zarr", consolidated=False, chunks={}) as model:
        assert model["sc"].chunks == ((8, 3), (8, 1), (8, 6))
        words = dict(zip(model["class"].attrs["flag_meanings"].split(), model["class"].attrs["flag_values"], strict=True))
        sums = {}
        for number, row in enumerate(stated.itertuples()):
            above = (model["sc"] >= row.cutoff) & (model["class"] == words[row[1]])
            sums[f"tonnage_{number}"] = model["sc_tonnage"].where(above).sum()
            sums[f"grade_{number}"] = (model["sc_tonnage"] * model["sc"]).where(above).sum() / sums[f"tonnage_{number}"]
        sums = xr.Dataset(sums).compute(scheduler="synchronous")
    assert len(stated) == 12
    for name in ("tonnage", "grade"):
        column = stated[{"tonnage": "tonnage", "grade": "sc"}[name]]
        np.testing.assert_allclose([sums[f"{name}_{number}"] for number in range(12)], column, rtol=1e-12)


def test_a_format_that_holds_the_whole_model_refuses_a_larger_one_in_plain_words(bundle, tmp_path, monkeypatch):
    monkeypatch.setitem(limits.FORMATS, "vtk", replace(limits.FORMATS["vtk"], most_blocks=59))
    with pytest.raises(InputError, match=r"vtk takes at most 59 blocks.* has 60.*GB of memory.*zarr") as told:
        export(bundle, "vtk", tmp_path / "vtk")
    assert "omf" not in str(told.value)
    assert not (tmp_path / "vtk").exists()


def test_a_config_that_asks_for_too_large_a_model_in_vtk_is_refused_at_once():
    config = {"model": {"grid": {"count": [400, 400, 100]}}, "exports": {"formats": ["csv", "vtk"]}}
    with pytest.raises(SettingError, match=r"vtk takes at most 10,000,000 blocks.* 16,000,000.*exports\.formats"):
        limits.require_room(config)
    for fine in (config | {"exports": {"formats": ["csv", "zarr"]}}, config | {"model": None}):
        limits.require_room(fine)
