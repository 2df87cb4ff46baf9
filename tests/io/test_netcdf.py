"""Block models in netCDF: what comes back is what was written, for us and for others."""

import netCDF4
import numpy as np
import pytest
import xarray as xr
from pyproj import CRS

from scandia.blockmodel.dataset import grid_of
from scandia.errors import InputError
from scandia.io.netcdf import content_hash, read_dataset, write_dataset


def test_a_model_whose_value_is_its_index_comes_back_as_it_was(model, tmp_path):
    path = write_dataset(model, tmp_path / "deep" / "blockmodel.nc")
    again = read_dataset(path)
    xr.testing.assert_identical(again, model)
    for name in model.variables:
        assert again[name].dtype == model[name].dtype, name
    assert again["domain"].values.tolist() == ["olivine", "pyroxène"]
    assert again["sc"].values.ravel()[-1] == 479
    assert grid_of(again) == grid_of(model)
    assert content_hash(again) == content_hash(model)


def test_the_file_is_complete_or_not_there(model, tmp_path, monkeypatch):
    path = tmp_path / "blockmodel.nc"
    write_dataset(model, path)
    before = path.read_bytes()
    monkeypatch.setattr(xr.Dataset, "to_netcdf", lambda *_, **__: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_dataset(model * 2, path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["blockmodel.nc"]


def test_others_find_units_reference_system_and_missing_values(model, tmp_path):
    with xr.open_dataset(write_dataset(model, tmp_path / "blockmodel.nc")) as other:
        assert other["sc"].attrs["units"] == "g/t"
        assert CRS.from_cf(other[other["sc"].attrs["grid_mapping"]].attrs) == CRS.from_epsg(26920)
        assert np.isnan(other["sc"].values.ravel()[:2]).all()
        assert int(np.isnan(other["sc"].values).sum()) == 2
        assert float(other.sel(y=450, method="nearest")["y"]) == 450.0
        assert {"easting", "northing", "elevation"} <= set(other.coords)
        assert other.attrs["SYNTHETIC"] == "made up"
        reasons = other["sc_reason"].values
        assert set(np.unique(reasons)) == {-1, 0}  # -1 is a code here and must not become missing


def test_types_compression_and_fill_values_are_explicit(model, tmp_path):
    with netCDF4.Dataset(write_dataset(model, tmp_path / "blockmodel.nc")) as file:
        assert file.data_model == "NETCDF4"
        kinds = {name: str(file[name].dtype) for name in ("sc", "sc_samples", "sc_reason", "class", "domain_code")}
        assert kinds == {"sc": "float64", "sc_samples": "int16", "sc_reason": "int8", "class": "int8", "domain_code": "int8"}
        assert np.isnan(file["sc"]._FillValue)
        assert (file["class"]._FillValue, file["sc_samples"]._FillValue, file["sc_reason"]._FillValue) == (-1, -1, -128)
        assert "_FillValue" not in file["x"].ncattrs()
        filters = file["sc"].filters()
        assert (filters["zlib"], filters["complevel"], filters["shuffle"]) == (True, 4, True)
        assert file["class"].flag_values.dtype == np.int8
        assert set(file["sc"].coordinates.split()) >= {"easting", "northing", "elevation"}
        assert not {"history", "date_created"} & set(file.ncattrs())


@pytest.mark.parametrize(
    "change",
    [
        lambda model: model.assign(sc=model["sc"].where(model["sc"] != 300, 300.0000001)),
        lambda model: model.assign(sc=model["sc"].fillna(0.0)),
        lambda model: model.assign({"class": model["class"].astype(np.int16)}),
        lambda model: model.assign_attrs(title="other"),
        lambda model: model.assign(sc=model["sc"].assign_attrs(units="ppm")),
        lambda model: model.assign(sc=model["sc"].transpose("domain", "z", "x", "y")),
        lambda model: model.rename(ground="earth"),
        lambda model: model.assign_coords(domain=["olivine", "other"]),
        lambda model: model.reset_coords("elevation"),
    ],
)
def test_the_content_hash_sees_every_change(model, change):
    assert content_hash(change(model)) != content_hash(model)


def test_the_content_hash_ignores_order_memory_layout_and_encoding(model):
    shuffled = model[sorted(model.data_vars, reverse=True)]
    shuffled.attrs = dict(reversed(model.attrs.items()))
    shuffled["sc"] = model["sc"].copy(data=np.asfortranarray(np.where(np.isnan(model["sc"]), -np.nan, model["sc"]).astype(">f8")))
    shuffled["sc"].encoding["_FillValue"] = -999.0
    assert content_hash(shuffled) == content_hash(model)


def test_two_files_of_one_model_hold_the_same(model, tmp_path):
    first, second = (
        write_dataset(each, tmp_path / name)
        for each, name in ((model, "a.nc"), (read_dataset(write_dataset(model, tmp_path / "c.nc")), "b.nc"))
    )
    assert content_hash(read_dataset(first)) == content_hash(read_dataset(second))


def test_objects_times_and_booleans_are_refused_and_a_missing_file_is_named(model, tmp_path):
    with pytest.raises(InputError, match="inside has type bool"):
        write_dataset(model.assign(inside=model["sc"] > 3), tmp_path / "a.nc")
    assert not list(tmp_path.iterdir())
    with pytest.raises(InputError, match=r"none\.nc is missing"):
        read_dataset(tmp_path / "none.nc")
