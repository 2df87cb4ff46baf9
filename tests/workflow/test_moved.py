"""Results can be moved: nothing in them names the place where they were made, and every hash holds at the new one."""

import base64
import json
import platform
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import netCDF4
import pandas as pd
import pyarrow.parquet as parquet
import pytest
import xarray as xr
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from scandia.audit.verdict import AS_RECORDED, MISSING, judge_files
from scandia.io.audit import find_files, read_manifest
from scandia.io.hashes import file_hash

pytestmark = pytest.mark.endtoend

ROOTS = ["config/deposits/tiny"]


def vtk_texts(path):
    """Arrays of texts of a file of VTK, which it holds compressed, and the names of all arrays."""
    pyvista = pytest.importorskip("pyvista", reason="PyVista is not installed (the extra exports): it reads .vtu and .vtp")
    grid = pyvista.read(path)
    fields = [grid.GetFieldData(), grid.GetPointData(), grid.GetCellData()]
    arrays = [held.GetAbstractArray(place) for held in fields for place in range(held.GetNumberOfArrays())]
    texts = [array for array in arrays if array.IsA("vtkStringArray")]
    return [array.GetName() for array in arrays] + [
        array.GetValue(place) for array in texts for place in range(array.GetNumberOfValues())
    ]


def netcdf_texts(path):
    """Attributes of a dataset and of its variables, and the values of variables of texts."""
    with netCDF4.Dataset(path) as stored:
        held = [stored, *stored.variables.values()]
        attributes = [str(one.getncattr(name)) for one in held for name in one.ncattrs()]
    with xr.open_dataset(path) as model:
        return attributes + [str(model[name].values.tolist()) for name in model.variables if model[name].dtype.kind in "OSUT"]


def parquet_texts(path):
    """Metadata of a table, also those that Arrow writes in base 64, and its columns of texts."""
    table = parquet.read_table(path)
    metadata = parquet.read_metadata(path).metadata or {}
    schema = [base64.b64decode(value).decode("latin-1") for name, value in metadata.items() if name == b"ARROW:schema"]
    columns = [str(table[name].to_pylist()) for name in table.column_names if "string" in str(table.schema.field(name).type)]
    return [*schema, *(value.decode("latin-1") for value in metadata.values()), *columns]


def sqlite_texts(path):
    """The whole of a database as SQL."""
    with closing(sqlite3.connect(path)) as stored:
        return list(stored.iterdump())


def picture_texts(path):
    """What a picture says beside its pixels."""
    with Image.open(path) as picture:
        return [f"{name}: {value}" for name, value in picture.info.items()]


def page_texts(path):
    """A page's pictures and data, which stand in it in base 64."""
    found = re.findall(r"base64,([A-Za-z0-9+/=]+)", path.read_text(encoding="utf-8"))
    return [base64.b64decode(block).decode("latin-1") for block in found]


def zip_texts(path):
    """The members of a workbook."""
    with zipfile.ZipFile(path) as book:
        return [f"{name} {book.read(name).decode('latin-1')}" for name in book.namelist()]


READERS = {
    ".nc": netcdf_texts, ".parquet": parquet_texts, ".png": picture_texts, ".html": page_texts, ".xlsx": zip_texts,
    ".vtu": vtk_texts, ".vtp": vtk_texts, ".gpkg": sqlite_texts,
}  # fmt: skip


def texts_of(path):
    """Everything that a file says: its bytes, and what it holds compressed or encoded."""
    return [path.read_bytes().decode("latin-1"), *READERS.get(path.suffix, lambda _: [])(path)]


def places():
    """Pattern of what an output must not say: where run, project and environment lie, who ran it, on which machine."""
    folders = ["work space", "work%20space", "virtual environment", "virtual%20environment", "pytest-of-"]  # of each run here
    known = [str(Path(__file__).resolve().parents[2]), str(Path.home()), platform.node()]
    return re.compile("|".join(re.escape(text) for text in [*folders, *(text for text in known if len(text) > 4)]))


PLANTED = "/tmp/pytest-of-somebody/work space"


def plant(path):
    """Writes a file of the path's format that names a folder, compressed or encoded as that format does it."""
    table = pd.DataFrame({"where": [PLANTED]})
    if path.suffix == ".nc":
        table.to_xarray().assign_attrs(history=PLANTED).to_netcdf(path)
    elif path.suffix == ".parquet":
        table.to_parquet(path, compression="zstd")
    elif path.suffix == ".png":
        words = PngInfo()
        words.add_text("Source", PLANTED, zip=True)
        Image.new("L", (1, 1)).save(path, pnginfo=words)
    elif path.suffix == ".html":
        path.write_text(f"<img src='data:image/png;base64,{base64.b64encode(PLANTED.encode()).decode()}'>")
    elif path.suffix == ".xlsx":
        table.to_excel(path)
    elif path.suffix == ".gpkg":
        with closing(sqlite3.connect(path)) as stored:
            table.to_sql("places", stored)
    else:
        pyvista = pytest.importorskip("pyvista", reason="PyVista is not installed (the extra exports): it writes .vtu and .vtp")
        mesh = pyvista.Sphere() if path.suffix == ".vtp" else pyvista.ImageData(dimensions=(2, 2, 2)).cast_to_unstructured_grid()
        mesh.add_field_data([PLANTED], "where")
        mesh.save(path)


@pytest.mark.parametrize("suffix", READERS)
def test_a_folder_is_found_in_every_format(tmp_path, suffix):
    path = tmp_path / f"planted{suffix}"
    plant(path)
    assert any(PLANTED in text for text in READERS[suffix](path))


def test_no_output_names_a_folder_a_person_or_the_machine(tiny):
    pattern, files = places(), [path for path in sorted(tiny.results("tiny").rglob("*")) if path.is_file()]
    assert {path.suffix for path in files} >= set(READERS)
    told = {f"{path.name}: {found.group()}" for path in files for text in texts_of(path) if (found := pattern.search(text))}
    assert told == set()


@pytest.fixture
def moved(tiny, tmp_path):
    """The results alone in another place under another name; what Snakemake keeps of them stays behind."""
    folder = tmp_path / "ärchive of 2026" / "tiny (copy)"
    shutil.copytree(tiny.results("tiny"), folder)
    return folder


def test_moved_results_beside_their_raw_tables_are_as_recorded(tiny, moved, monkeypatch):
    monkeypatch.chdir(tiny.folder)
    recorded = read_manifest(moved, ROOTS)
    assert set(judge_files(recorded, find_files(moved, recorded))["verdict"]) == {AS_RECORDED}
    (moved / "rows.csv").write_bytes(b"")
    files = judge_files(recorded, find_files(moved, recorded))
    assert files[files["verdict"] != AS_RECORDED]["path"].tolist() == ["rows.csv"]


def test_moved_results_without_raw_tables_lack_these_alone(moved, monkeypatch):
    monkeypatch.chdir(moved.parent)
    recorded = read_manifest(moved, ROOTS)
    files = judge_files(recorded, find_files(moved, recorded))
    assert set(files[files["what"] == "input"]["verdict"]) == {MISSING}
    assert set(files[files["what"] != "input"]["verdict"]) == {AS_RECORDED}


def test_manifest_and_crate_name_files_from_their_own_folder(moved):
    recorded = json.loads((moved / "manifest.json").read_text(encoding="utf-8"))
    named = [entry["path"] for entry in recorded["inputs"] + recorded["outputs"]]
    named += [path for own in recorded["rules"].values() for path in own["outputs"]] + list(recorded["bytes"])
    assert not [path for path in named if Path(path).is_absolute() or ".." in Path(path).parts or path.startswith("results/")]
    graph = json.loads((moved / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    files = [entity for entity in graph if "File" in entity["@type"]]
    assert {"parts.nc", "report.html"} <= {entity["@id"] for entity in files}
    assert all(file_hash(moved / entity["@id"]) == entity.get("sha256", file_hash(moved / entity["@id"])) for entity in files)


@pytest.mark.exhaustive
def test_verify_proves_moved_results_in_another_folder(tiny, make_workspace):
    other = make_workspace("söme where else")
    shutil.copytree(tiny.results("tiny"), other.results("tiny"))
    assert "Files identical." in other.snakemake("tiny", "verify").stdout
