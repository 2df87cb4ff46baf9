"""A whole run of `tiny`: what it leaves behind, what a second one does, and what a change makes run again."""

import json
import zipfile

import numpy as np
import pandas as pd
import pyarrow.parquet as parquet
import pytest
import xarray as xr
import yaml

from scandia.io.hashes import describe_files
from scandia.io.netcdf import content_hash, read_dataset
from scandia.io.tables import read_table
from scandia.vocabulary import GRADE_SUFFIXES, RESERVED

pytestmark = pytest.mark.endtoend


def test_every_file_in_the_manifest_is_there_with_the_hash_it_gives(tiny):
    manifest = json.loads(tiny.results("tiny", "manifest.json").read_text(encoding="utf-8"))
    paths = [tiny.results("tiny", entry["path"]) for entry in manifest["outputs"]]
    assert describe_files(paths, below=tiny.results("tiny")) == manifest["outputs"]
    assert {"report.html", "blockmodel.nc", "parts.nc", "resource/statement.csv"} <= {e["path"] for e in manifest["outputs"]}
    inputs = {entry["path"] for entry in manifest["inputs"]}
    assert {"config/deposits/tiny/assay.csv", "config/deposits/tiny/qc.csv", "config/deposits/tiny/topography.csv"} <= inputs


def test_everything_made_from_a_simulated_deposit_says_so(tiny):
    pyvista = pytest.importorskip("pyvista", reason="PyVista is not installed (the extra exports): it reads the .vtu and .vtp")
    silent = []
    for path in sorted(tiny.results("tiny").rglob("*")):
        if path.suffix in (".csv", ".txt", ".yaml", ".html", ".json", ".md", ".dat"):
            said = "SYNTHETIC" in path.read_text(encoding="utf-8")
        elif path.suffix == ".nc":
            said = "SYNTHETIC" in xr.open_dataset(path).attrs and "SYNTHETIC" in xr.open_dataset(path).attrs["title"]
        elif path.suffix == ".parquet":
            said = b"SYNTHETIC" in parquet.read_schema(path).metadata[b"comment"]
        elif path.suffix in (".png", ".gpkg"):  # pictures also in their pixels, see tests/report
            said = b"SYNTHETIC" in path.read_bytes()
        elif path.suffix in (".vtu", ".vtp", ".vti"):
            said = "SYNTHETIC" in pyvista.read(path).GetFieldData().GetAbstractArray("synthetic").GetValue(0)
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                said = any(b"SYNTHETIC" in book.read(name) for name in book.namelist())
        else:
            continue
        silent += [] if said else [path.name]
    assert silent == []


def test_what_the_pit_shell_excludes_says_that_it_is_simulated_and_a_draft(tiny):
    head = tiny.results("tiny", "resource", "excluded.csv").read_text(encoding="utf-8").splitlines()[0]
    page = tiny.results("tiny", "resource", "statement.html").read_text(encoding="utf-8").partition("<h2")[2]
    for text in (head, page.partition("</h2>")[0]):
        assert "SYNTHETIC" in text and "Draft" in text, text


def columns_of(path):
    """Names of the columns of a table, or of the variables and dimensions of a dataset; none of another file."""
    if path.suffix == ".parquet":
        return set(parquet.read_schema(path).names)
    if path.suffix == ".csv":
        return set(read_table(path))
    if path.suffix != ".nc":
        return set()
    with xr.open_dataset(path, decode_cf=False) as dataset:
        return {*map(str, dataset.variables), *map(str, dataset.sizes)}


def test_no_analyte_may_have_the_name_of_a_column_beside_grades(tiny):
    analytes = set(yaml.safe_load(tiny.deposit("tiny", "config.yaml").read_text(encoding="utf-8"))["analytes"])
    ours = RESERVED | {f"{name}{suffix}" for name in {*analytes, "nsr"} for suffix in GRADE_SUFFIXES} | analytes
    met = 0
    for path in sorted(tiny.results("tiny").rglob("*")):
        columns = columns_of(path) if path.is_file() else set()
        if columns & analytes:
            met += 1
            free = {name for name in columns if name.lower() not in ours and not name.startswith("fraction_")}
            assert not free, (path.name, free)
    assert met > 10


def test_a_second_run_does_nothing(tiny):
    assert "Nothing to be done" in tiny.snakemake("tiny").stdout


def test_other_memory_time_and_threads_rerun_nothing(tiny):
    asked = ["--set-resources", "classify_blocks:mem_mb=9000", "build_blocks:runtime=7", "--set-threads", "merge_chunks=2"]
    assert "Nothing to be done" in tiny.snakemake("tiny", "--dry-run", *asked).stdout


UPSTREAM = {"validate_tables", "accept_tables", "desurvey_holes", "code_intervals", "build_blocks", "composite_samples"}
QUALITY = {"judge_quality", "list_intercepts"}
RESOURCE = {
    "estimate_grades",
    "merge_chunks",
    "classify_blocks",
    "optimise_pit",
    "tabulate_tonnage",
    "compare_truth",
    "compare_pits",
}


@pytest.mark.parametrize(
    ("keys", "value", "runs", "rests"),
    [
        (
            ("model", "statistics", "caps"),
            {"olivine": {"sc2o3": {"value": 400.0, "reason": "A test.", "who": "A tester"}}},
            {"weigh_composites", "compute_variograms", "fit_variograms", "estimate_grades", "state_resource", "write_report"},
            UPSTREAM | QUALITY | {"compute_truth", "compile_kernels", "analyse_contacts"},
        ),
        (
            ("model", "statistics", "contacts"),
            {"step": 2.0},
            {"analyse_contacts", "plot_data", "write_report"},
            UPSTREAM | QUALITY | {"weigh_composites", "summarise_statistics", "fit_variograms", "estimate_grades", "plot_model"},
        ),
        (
            ("model", "variography", "minimum_pairs"),
            29,
            {"fit_variograms", "study_variograms", "estimate_grades", "cross_validate", "write_report"},
            UPSTREAM | QUALITY | {"compute_variograms", "weigh_composites", "summarise_statistics", "compute_truth"},
        ),
        (
            ("model", "variography", "major", "angle"),
            31.0,
            {"compute_variograms", "fit_variograms", "study_variograms", "estimate_grades", "write_report"},
            UPSTREAM | QUALITY | {"weigh_composites", "summarise_statistics", "compute_truth"},
        ),
        (
            ("model", "variography", "bootstrap"),
            {"replicates": 10, "seed": 2},
            {"study_variograms", "plot_data", "write_report"},
            UPSTREAM | QUALITY | {"compute_variograms", "fit_variograms", "estimate_grades", "cross_validate", "plot_model"},
        ),
        (
            ("model", "reporting", "base_cutoff"),
            175.0,
            {"tabulate_tonnage", "state_resource", "plot_model", "write_report", "write_manifest"},
            UPSTREAM | QUALITY | {"estimate_grades", "classify_blocks", "assemble_blockmodel", "cross_validate", "plot_data"},
        ),
        (
            ("model", "economics", "mining_cost", "value"),
            9.0,
            {
                "optimise_pit",
                "compare_pits",
                "assemble_blockmodel",
                "tabulate_tonnage",
                "state_resource",
                "plot_model",
                "write_report",
            },
            UPSTREAM | QUALITY | {"estimate_grades", "classify_blocks", "validate_model", "cross_validate", "plot_data"},
        ),
        (
            ("qaqc", "blank_limit"),
            4.0,
            {"judge_quality", "plot_data", "write_report"},
            {"estimate_grades", "fit_variograms", "plot_model"},
        ),
        (
            ("model", "grid", "count"),
            [16, 10, 11],
            {"accept_grid", "build_blocks", "estimate_grades", "plot_model", "write_report"},
            {"code_intervals", "composite_samples", "fit_variograms", "cross_validate", "plot_data"} | QUALITY,
        ),
        (
            ("title",),
            "Another title, SYNTHETIC",
            {"plot_data", "assemble_blockmodel", "plot_model", "state_resource", "write_report"},
            UPSTREAM | QUALITY | RESOURCE | {"fit_variograms", "cross_validate", "compute_truth"},
        ),
        (
            ("drillholes", "desurvey"),
            {"method": "tangential"},
            {"desurvey_holes", "composite_samples", "estimate_grades", "write_report"},
            {"validate_tables", "accept_tables", "judge_quality"},
        ),
        (
            ("analytes", "sc2o3", "label"),
            "Scandia",
            {"list_intercepts", "plot_data", "plot_model", "write_formula", "state_resource", "write_report"},
            UPSTREAM | RESOURCE | {"fit_variograms", "judge_quality", "hold_out_samples"},
        ),
        (
            ("model", "domains", "domains", "olivine", "label"),
            "Chrysolite",
            {"plot_data", "state_resource", "write_report"},
            UPSTREAM | QUALITY | {"build_blocks", "estimate_grades", "describe_density", "compare_geology"},
        ),
        (
            ("model", "validation", "folds"),
            7,
            {"write_config", "write_report", "cross_validate"},
            UPSTREAM | QUALITY | {"validate_model", "study_neighbourhood"},
        ),
        (
            ("model", "validation", "limits"),
            {"bias": [0.04, 0.1]},
            {"write_config", "write_report", "judge_model", "state_resource"},
            UPSTREAM | QUALITY | {"validate_model", "cross_validate", "study_neighbourhood"},
        ),
    ],
    ids=[
        "a cap",
        "the bins of contacts",
        "the pairs of a variogram",
        "an angle of a variogram",
        "the draws of holes",
        "the cut-off",
        "the cost of mining",
        "the limit of blanks",
        "the grid",
        "the title",
        "the desurvey",
        "a label",
        "a domain's label",
        "the folds",
        "a limit of the validation",
    ],
)
def test_a_changed_key_reruns_what_depends_on_it_and_nothing_else(tiny, changed_config, keys, value, runs, rests):
    changed_config(*keys, value=value)
    planned = tiny.planned("tiny")
    assert runs <= planned
    assert not rests & planned


def test_a_touched_table_of_the_same_bytes_reruns_nothing(tiny):
    tiny.deposit("tiny", "assay.csv").touch()
    assert tiny.planned("tiny") == set()


@pytest.mark.exhaustive
def test_results_do_not_depend_on_threads_row_order_or_folder(tiny, make_workspace):
    other = make_workspace("elsewhere")
    for name in ("collar", "survey", "assay", "lithology", "density", "qc"):
        path = other.deposit("tiny", f"{name}.csv")
        comment, header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        shuffled = [rows[place] for place in np.random.default_rng(1).permutation(len(rows))]
        path.write_text("".join([comment, header, *shuffled]), encoding="utf-8")
    tables = ("resource/statement.csv", "resource/footnotes.txt", "qaqc/verdict.csv", "qaqc/standards.csv", "qaqc/duplicates.csv")
    targets = [f"results/tiny/{name}" for name in ("parts.nc", "blockmodel.nc", *tables)]
    other.snakemake("tiny", *targets, cores=1)
    for name in ("parts.nc", "blockmodel.nc"):
        hashes = [content_hash(read_dataset(run.results("tiny", name))) for run in (tiny, other)]
        assert hashes[0] == hashes[1], name
    for name in tables:
        assert tiny.results("tiny", name).read_bytes() == other.results("tiny", name).read_bytes(), name


def test_the_block_model_opens_as_any_program_expects_it(tiny):
    with xr.open_dataset(tiny.results("tiny", "blockmodel.nc")) as blocks:
        section = blocks.sel(y=395, method="nearest")
        assert abs(float(section["y"]) - 395) <= 7.5
        assert blocks["sc2o3"].dims == ("z", "y", "x")
        assert blocks["sc2o3"].attrs["units"] == "g/t"
        assert np.isnan(blocks["sc2o3"].values).any()
        assert np.isfinite(blocks["sc2o3"].values).any()
        mapping = blocks[blocks["sc2o3"].encoding.get("grid_mapping", blocks["sc2o3"].attrs.get("grid_mapping"))]
        assert "26920" in str(mapping.attrs) or "UTM zone 20N" in str(mapping.attrs)
        assert blocks["easting"].dims == ("y", "x")
        assert blocks["easting"].attrs["standard_name"] == "projection_x_coordinate"


def test_rows_in_are_rows_used_and_rows_excluded(tiny):
    rows = pd.read_csv(tiny.results("tiny", "rows.csv"), comment="#")
    totals = rows.groupby("table")[["rows_in", "rows_used", "rows_excluded"]].sum()
    assert (totals["rows_in"] == totals["rows_used"] + totals["rows_excluded"]).all()


def test_statement_grade_tonnage_and_block_model_agree_to_the_last_tonne(tiny):
    statement = pd.read_csv(tiny.results("tiny", "resource", "statement_unrounded.csv"), comment="#")
    table = pd.read_csv(tiny.results("tiny", "resource", "grade_tonnage.csv"), comment="#")
    excluded = pd.read_csv(tiny.results("tiny", "resource", "excluded.csv"), comment="#")
    assert excluded.loc[excluded["Domain"] == "Total", "Tonnes (kt)"].str.contains(r"\d").any()
    with xr.open_dataset(tiny.results("tiny", "pit", "parts.nc")) as parts:
        for resource_class, code in (("indicated", 2), ("inferred", 3)):
            chosen = (parts["class"] == code) & (parts["sc2o3"] >= 150.0) & (parts["pit"] == 1)
            tonnes = float(parts["tonnage"].where(chosen).sum())
            metal = float((parts["tonnage"] * parts["sc2o3"]).where(chosen).sum()) / 1e6
            stated = statement[(statement["class"] == resource_class) & (statement["domain"] == "all")].iloc[0]
            assert stated["tonnage"] == pytest.approx(tonnes, rel=1e-12)
            assert stated["sc2o3_metal"] == pytest.approx(metal, rel=1e-12)
            rows = table[(table["class"] == resource_class) & (table["domain"] == "all") & (table["cutoff"] == 150.0)]
            rows = rows[rows["shell"] == "inside"]
            assert rows["tonnage"].item() == stated["tonnage"]


def test_the_known_truth_is_met_within_what_nine_holes_can_tell(tiny):
    totals = pd.read_csv(tiny.results("tiny", "truth", "totals.csv"), comment="#")
    all_ = totals[(totals["scope"] == "everywhere") & (totals["domain"] == "all") & (totals["cutoff"] == 0.0)]
    scandium = all_[all_["variable"] == "sc2o3"].iloc[0]
    assert abs(scandium["tonnage_error"]) < 0.15
    assert abs(scandium["grade_error"]) < 0.10


def test_the_native_report_of_snakemake_works_offline(tiny):
    tiny.snakemake("tiny", "--report", "provenance.html")
    text = (tiny.folder / "provenance.html").read_text(encoding="utf-8")
    assert "estimate_grades" in text
    assert "validate_tables" in text
    assert "blank_limit" in text
