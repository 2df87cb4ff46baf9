"""What another program reads from an export is what the model holds, also of a rotated, partly filled model."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow.parquet as parquet
import pytest
import xarray as xr

from scandia.config.names import name_faults
from scandia.drillholes.sources import Table
from scandia.errors import InputError
from scandia.io.exports.bundle import block_columns, filled
from scandia.io.exports.limits import FORMATS
from scandia.io.exports.write import export
from scandia.io.geoeas import geoeas_records
from scandia.io.tables import read_table


def places(bundle):
    """Index to world centre of the filled blocks, by another way than the exports: the coordinates of the model."""
    blocks = bundle.blocks
    east, north, up = (
        blocks[name].broadcast_like(blocks["sc"]).transpose("z", "y", "x").values.ravel()
        for name in ("easting", "northing", "elevation")
    )
    return np.column_stack([east, north, up])


def texts(data, name):
    array = data.GetAbstractArray(name)
    return [array.GetValue(number) for number in range(array.GetNumberOfValues())]


def needed(name):
    """Nothing; skips the test where the library of a format is not installed."""
    library = {"zarr": "zarr", "vtk": "pyvista", "omf": "omf"}.get(name)
    if library is not None:
        pytest.importorskip(library, reason=f"{library} is not installed: the export {name} needs it")


def test_csv_holds_every_filled_block_at_its_place_and_reads_back_exactly(bundle, tmp_path):
    export(bundle, "csv", tmp_path / "csv")
    path = tmp_path / "csv" / "blocks.csv"
    assert path.read_text(encoding="utf-8").startswith("# SYNTHETIC")
    rows = pd.read_csv(path, comment="#")  # as any other program would
    assert {"XC", "YC", "ZC", "XINC", "YINC", "ZINC"} <= set(rows)
    assert rows["index"].tolist() == np.flatnonzero(filled(bundle.blocks)).tolist()
    np.testing.assert_allclose(rows[["easting", "northing", "elevation"]], places(bundle)[rows["index"]], rtol=0, atol=1e-9)
    assert (rows["sc"] == rows["index"]).all()
    assert (rows["sc_samples"] == rows["index"]).all()
    assert rows["class_name"].tolist() == [
        ("unclassified", "measured", "indicated", "inferred")[number] for number in rows["class"]
    ]
    again = read_table(path)
    for name, values in block_columns(bundle.blocks):
        np.testing.assert_array_equal(again[name], values[rows["index"]], err_msg=name)


def test_names_survive_a_csv_and_run_in_no_spreadsheet(bundle, tmp_path):
    export(bundle, "csv", tmp_path / "csv")
    text = (tmp_path / "csv" / "collars.csv").read_text(encoding="utf-8")
    assert "\n=1+1" not in text and "\n'=1+1," in text
    assert read_table(tmp_path / "csv" / "collars.csv")["hole"].tolist() == sorted(bundle.collar["hole"])
    composites = read_table(tmp_path / "csv" / "composites.csv")
    assert composites["hole"].tolist() == bundle.composites["hole"].tolist()
    np.testing.assert_array_equal(composites["sc"], bundle.composites["sc"])


def test_parquet_keeps_types_and_says_where_the_grid_lies(bundle, tmp_path):
    export(bundle, "parquet", tmp_path / "parquet")
    table = parquet.read_table(tmp_path / "parquet" / "blocks.parquet")
    frame = table.to_pandas()
    assert frame["sc_samples"].dtype == np.int16
    assert (frame["sc"] == frame["index"]).all()
    about = json.loads(table.schema.metadata[b"scandia"])
    assert about["grid"]["count"] == [4, 3, 5]
    assert about["mine_grid"]["azimuth"] == 35.0
    assert about["units"]["sc"] == "g/t"
    assert about["codes"]["sc_reason"] == {"0": "estimated", "2": "none", "3": "few"}
    assert about["synthetic"] == "SYNTHETIC: made up"


def test_zarr_is_the_model_itself(bundle, tmp_path):
    pytest.importorskip("zarr", reason="zarr is not installed (the extra exports)")
    export(bundle, "zarr", tmp_path / "zarr")
    with xr.open_zarr(tmp_path / "zarr" / "blocks.zarr", mask_and_scale=False) as stored:
        again = stored.load()
    for name in bundle.blocks.variables:
        assert again[name].dtype == bundle.blocks[name].dtype, name
        np.testing.assert_array_equal(again[name].values, bundle.blocks[name].values, err_msg=str(name))
        assert again[name].attrs.get("units") == bundle.blocks[name].attrs.get("units")
    assert again.attrs["SYNTHETIC"] == "made up"
    assert np.atleast_1d(again.attrs["grid_size"]).tolist() == [10.0, 20.0, 5.0]


def test_a_rotated_model_is_hexahedra_in_the_world(bundle, tmp_path):
    pyvista = pytest.importorskip("pyvista", reason="PyVista is not installed (the extra exports)")
    export(bundle, "vtk", tmp_path / "vtk")
    mesh = pyvista.read(tmp_path / "vtk" / "blocks.vtu")
    index = mesh.cell_data["index"]
    assert index.tolist() == np.flatnonzero(filled(bundle.blocks)).tolist()
    np.testing.assert_allclose(mesh.cell_centers().points, places(bundle)[index], rtol=0, atol=1e-6)
    np.testing.assert_array_equal(mesh.cell_data["sc"], index)
    np.testing.assert_allclose(mesh.compute_cell_sizes()["Volume"], 1000.0, rtol=1e-9)  # positive: no cell is inside out
    assert mesh.n_points < 8 * mesh.n_cells
    assert texts(mesh.GetFieldData(), "synthetic") == ["SYNTHETIC: made up"]
    assert any("0 estimated" in words for words in texts(mesh.GetFieldData(), "codes"))


def test_an_upright_model_is_an_image_of_every_block(upright, tmp_path):
    pyvista = pytest.importorskip("pyvista", reason="PyVista is not installed (the extra exports)")
    export(upright, "vtk", tmp_path / "vtk")
    image = pyvista.read(tmp_path / "vtk" / "blocks.vti")
    assert image.n_cells == 60
    np.testing.assert_allclose(image.cell_centers().points, places(upright), rtol=0, atol=1e-6)
    np.testing.assert_array_equal(image.cell_data["sc_samples"], np.arange(60))


def test_holes_and_composites_are_lines_with_names_and_depths(bundle, tmp_path):
    pyvista = pytest.importorskip("pyvista", reason="PyVista is not installed (the extra exports)")
    export(bundle, "vtk", tmp_path / "vtk")
    holes = pyvista.read(tmp_path / "vtk" / "holes.vtp")
    assert texts(holes.GetCellData(), "hole") == sorted(bundle.collar["hole"])
    assert holes.point_data["depth"].max() == 60.0
    first = bundle.stations[bundle.stations["hole"] == sorted(bundle.collar["hole"])[0]]
    np.testing.assert_allclose(holes.get_cell(0).points, first[["easting", "northing", "elevation"]], rtol=0, atol=1e-9)
    composites = pyvista.read(tmp_path / "vtk" / "composites.vtp")
    assert composites.n_cells == 12
    assert texts(composites.GetCellData(), "domain")[:2] == ["ore", "waste_é"]
    np.testing.assert_array_equal(composites.cell_data["sc"], bundle.composites["sc"])
    np.testing.assert_allclose(composites.compute_cell_sizes()["Length"], 3.0, atol=1e-3)


def test_omf_holds_the_turned_volume_with_z_fastest(bundle, tmp_path):
    omf = pytest.importorskip("omf", reason="omf is not installed (the extra meshes)")
    export(bundle, "omf", tmp_path / "omf")
    project = omf.OMFReader(str(tmp_path / "omf" / "deposit.omf")).get_project()
    assert project.name.startswith("SYNTHETIC")
    by_name = {element.name: element for element in project.elements}
    volume = by_name["blocks"].geometry
    data = {item.name: np.asarray(item.array.array) for item in by_name["blocks"].data}
    u, v, w = (np.cumsum(tensor) - np.asarray(tensor) / 2 for tensor in (volume.tensor_u, volume.tensor_v, volume.tensor_w))
    corner = np.asarray(project.origin) + np.asarray(volume.origin)
    axes = np.array([volume.axis_u, volume.axis_v, volume.axis_w], dtype=float)
    centres = corner + np.stack(np.meshgrid(u, v, w, indexing="ij"), axis=-1).reshape(-1, 3) @ axes  # w, that is z, fastest
    index = data["sc_samples"].astype(int)
    np.testing.assert_allclose(centres, places(bundle)[index], rtol=0, atol=1e-6)
    assert sorted(index) == list(range(60))
    assert np.isnan(data["sc"]).sum() == (~filled(bundle.blocks)).sum()
    names = {item.name: item for item in by_name["collars"].data}["hole"]
    assert list(names.array.array) == sorted(bundle.collar["hole"])


def test_geoeas_is_the_whole_grid_x_fastest(bundle, tmp_path):
    export(bundle, "geoeas", tmp_path / "geoeas")
    path = tmp_path / "geoeas" / "blocks.dat"
    with geoeas_records(path, Table(file="blocks.dat", format="geoeas", columns={})) as (header, records):
        rows = pd.DataFrame([cells for _, cells in records], columns=header).astype(float)
    assert len(rows) == 60
    assert rows["sc_samples"].tolist() == list(range(60))
    sc = bundle.blocks["sc"].values.ravel()
    np.testing.assert_array_equal(rows["sc"], np.where(np.isnan(sc), -999.0, sc))
    title = path.read_text(encoding="utf-8").splitlines()[0]
    assert title.startswith("SYNTHETIC")
    assert "nx 4 xmn 485 xsiz 10" in title and "azimuth of +y 35" in title


def test_a_value_of_minus_999_is_not_taken_for_missing(bundle):
    from scandia.io.exports.geoeas_files import missing_number

    assert missing_number([{"a": np.array([0.0, np.nan])}]) == -999.0
    assert missing_number([{"a": np.array([-999.0])}]) < -9000
    assert missing_number([{"a": np.array([-1e6])}]) < -1e6


def test_a_geopackage_is_read_by_gdal(bundle, tmp_path):
    pyogrio = pytest.importorskip("pyogrio", reason="pyogrio is not installed: GDAL reads the GeoPackage by it")
    export(bundle, "geopackage", tmp_path / "geopackage")
    path = tmp_path / "geopackage" / "holes.gpkg"
    assert sorted(name for name, _ in pyogrio.list_layers(path)) == ["collars", "composites", "grid_outline", "traces"]
    about, _, geometry, fields = pyogrio.raw.read(path, layer="collars")
    assert about["crs"] == "EPSG:26920"
    names = fields[list(about["fields"]).index("hole")]
    assert names.tolist() == sorted(bundle.collar["hole"])
    x, y, z = np.frombuffer(geometry[0], dtype="<f8", count=3, offset=5)
    head = bundle.collar.sort_values("hole").iloc[0]
    assert (x, y, z) == (head["easting"], head["northing"], head["elevation"])
    info = pyogrio.read_info(path, layer="traces", force_total_bounds=True)
    assert info["features"] == 4
    low, high = bundle.stations[["easting", "northing"]].min(), bundle.stations[["easting", "northing"]].max()
    np.testing.assert_allclose(info["total_bounds"], [*low, *high])
    about, _, outline, _ = pyogrio.raw.read(path, layer="grid_outline")
    corners = np.frombuffer(outline[0], dtype="<f8", count=15, offset=13).reshape(5, 3)
    size = np.linalg.norm(np.diff(corners[:, :2], axis=0), axis=1)
    np.testing.assert_allclose(size, [40.0, 60.0, 40.0, 60.0])


def test_the_geopackage_says_what_the_standard_wants(bundle, tmp_path):
    import sqlite3

    export(bundle, "geopackage", tmp_path / "geopackage")
    with sqlite3.connect(tmp_path / "geopackage" / "holes.gpkg") as base:
        assert base.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert {row[0] for row in base.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")} == {-1, 0, 4326, 26920}
        assert all("SYNTHETIC" in row[0] for row in base.execute("SELECT description FROM gpkg_contents"))


@pytest.mark.parametrize("name", ["csv", "geoeas", "geopackage"])
def test_the_same_run_gives_the_same_bytes(bundle, tmp_path, name):
    for folder in ("a", "b"):
        export(bundle, name, tmp_path / folder)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_each_readme_tells_rotation_limits_and_that_it_is_simulated(bundle, tmp_path, name):
    needed(name)
    export(bundle, name, tmp_path / name)
    text = (tmp_path / name / "README.md").read_text(encoding="utf-8")
    for words in ("SYNTHETIC", "Not held", "35°", "EPSG:26920", "| `sc` | g/t |", "blockmodel.nc", "Qualified Person"):
        assert words in text, words
    assert "<b>" not in text


def test_a_deposit_without_a_model_exports_its_holes(bundle, tmp_path):
    bare = replace(bundle, blocks=None, composites=None)
    for name in ("csv", "geopackage"):
        export(bare, name, tmp_path / name)
    assert sorted(path.name for path in (tmp_path / "csv").iterdir()) == ["README.md", "collars.csv", "traces.csv"]


def test_an_export_is_whole_or_not_there(bundle, tmp_path, monkeypatch):
    from scandia.io.exports import tables

    export(bundle, "csv", tmp_path / "csv")
    monkeypatch.setattr(tables, "write_table", lambda *_, **__: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        export(bundle, "csv", tmp_path / "csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["csv"]
    assert (tmp_path / "csv" / "README.md").is_file()


def test_the_manual_of_exports_tells_every_format_as_the_code_does(project):
    text = " ".join((project / "docs" / "exports.md").read_text(encoding="utf-8").split())
    for name, form in FORMATS.items():
        assert f"`{name}`" in text
        for words in (form.opens_in, form.rotation, form.lost):
            assert " ".join(words.split()) in text, (name, words)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_places_without_depth_are_exported_without_lines(bundle, tmp_path, name):
    needed(name)
    heads = bundle.stations[bundle.stations["depth"] == 0]
    points = bundle.composites.drop(columns=["from", "to"]).assign(x=480.0, y=450.0, z=400.0)
    export(replace(bundle, stations=heads, composites=points), name, tmp_path / name)
    assert (tmp_path / name / "README.md").is_file()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_holes_without_stations_are_an_empty_layer(bundle, tmp_path, name):
    needed(name)
    export(replace(bundle, stations=bundle.stations[:0], composites=None), name, tmp_path / name)
    assert (tmp_path / name / "README.md").is_file()
    if name == "csv":
        assert read_table(tmp_path / name / "traces.csv").columns.tolist() == [
            "hole",
            "depth",
            "easting",
            "northing",
            "elevation",
        ]
    if name == "omf":
        import omf

        project = omf.OMFReader(str(tmp_path / name / "deposit.omf")).get_project()
        assert [element.name for element in project.elements] == ["blocks", "collars"]


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"zarr", "geoeas"}))  # these two hold no place of a composite on its hole
def test_composites_of_a_hole_without_stations_are_refused_by_its_name(bundle, tmp_path, name):
    needed(name)
    stations = bundle.stations[bundle.stations["hole"] != "007"]
    for left in (stations, stations[:0]):
        with pytest.raises(InputError, match="007" if len(left) else "=1"):
            export(replace(bundle, stations=left), name, tmp_path / name)
        assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["FID", "Geom", "X"])
def test_a_name_that_sqlite_takes_for_a_column_of_the_geopackage_never_reaches_it(name):
    (fault,) = name_faults([name], ())  # the config refuses it, in capitals or not
    assert repr(name) in fault
