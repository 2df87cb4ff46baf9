"""An auditor's tools on a whole run of `tiny`: proof of what was run, tampering named, a second path to the same numbers."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from scandia.audit.manifest import fingerprint
from scandia.audit.plain.recompute import recompute
from scandia.audit.verdict import judge_files
from scandia.io.audit import compare_runs, find_files, read_manifest
from scandia.io.files import read
from scandia.io.hashes import file_hash
from scandia.io.netcdf import read_dataset, write_dataset
from scandia.io.recorded import recorded_estimate
from scandia.io.tables import read_table, write_table
from scandia.report.comparison import comparison_page

pytestmark = pytest.mark.endtoend

ROOTS = ["config/deposits/tiny"]
RESULTS = "results/tiny"
TAMPERED = [
    ("config/deposits/tiny/assay.csv", "config/deposits/tiny/assay.csv"),
    ("results/tiny/composites/composites.parquet", "composites/composites.parquet"),
    ("results/tiny/kriging/parts.nc", "kriging/parts.nc"),
    ("results/tiny/resource/statement.csv", "resource/statement.csv"),
    ("results/tiny/report.html", "report.html"),
]


@pytest.fixture
def home(tiny, monkeypatch):
    monkeypatch.chdir(tiny.folder)
    return tiny


@pytest.fixture
def tamper(home):
    """A function that turns one bit of one byte in the middle of a file for the length of a test."""
    kept = {}

    def turn(path):
        path = home.folder / path
        kept[path] = path.read_bytes()
        place = len(kept[path]) // 2
        path.write_bytes(kept[path][:place] + bytes([kept[path][place] ^ 1]) + kept[path][place + 1 :])

    yield turn
    for path, content in kept.items():
        path.write_bytes(content)


@pytest.fixture(scope="module")
def estimate(tiny):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tiny.folder)
        return recorded_estimate(RESULTS) | {"config": read(f"{RESULTS}/config.yaml")}


def test_the_manifest_tells_code_parameters_outputs_and_times_of_every_rule(home):
    recorded = read_manifest(RESULTS, ROOTS)
    assert recorded["fingerprint"] == fingerprint(recorded)
    rules = recorded["rules"]
    order = ["validate_tables", "desurvey_holes", "composite_samples", "fit_variograms", "estimate_grades", "state_resource"]
    assert [rule for rule in rules if rule in order] == order
    assert rules["composite_samples"]["parameters"]["composites"]["length"] == 3.0
    assert "kriging/parts.nc" in rules["merge_chunks"]["outputs"]
    assert rules["estimate_grades"]["parameters"]["estimation"]["variables"] == ["sc2o3"]
    made = [path for own in rules.values() for path in own["outputs"]]
    files = [entry["path"] for entry in recorded["outputs"]]
    assert all(path in made or any(path.startswith(f"{folder}/") for folder in made) for path in files)
    assert set(rules) == {job.split(".")[0].split("/")[0] for job in recorded["times"]}
    assert recorded["times"]["estimate_grades/0"]["seconds"] > 0


def test_every_file_of_the_crate_is_there_with_its_hash(home):
    graph = json.loads(home.results("tiny", "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    files = [entity for entity in graph if "File" in entity["@type"]]
    assert {"audit/Snakefile", "parts.nc", "resource/statement.csv"} <= {entity["@id"] for entity in files}
    for entity in files:
        assert home.results("tiny", entity["@id"]).is_file(), entity["@id"]
        if "sha256" in entity:
            assert file_hash(home.results("tiny", entity["@id"])) == entity["sha256"], entity["@id"]


def test_the_decisions_are_in_the_register_and_in_the_report(home):
    table = read_table(home.results("tiny", "audit", "decisions.csv"))
    assert {"classification", "cut-off of the statement"} <= set(table["kind"])
    assert "Decisions and who signed them" in home.results("tiny", "report.html").read_text(encoding="utf-8")


def test_a_run_that_nobody_touched_is_as_recorded(home):
    recorded = read_manifest(RESULTS, ROOTS)
    assert set(judge_files(recorded, find_files(RESULTS, recorded))["verdict"]) == {"as recorded"}


@pytest.mark.parametrize(("path", "name"), TAMPERED)
def test_one_byte_of_an_input_an_intermediate_or_a_result_is_found_and_named(home, tamper, path, name):
    tamper(path)
    recorded = read_manifest(RESULTS, ROOTS)
    files = judge_files(recorded, find_files(RESULTS, recorded))
    assert files[files["verdict"] != "as recorded"]["path"].tolist() == [name]


def test_the_second_path_agrees_in_every_block_and_to_the_tonne(home, estimate):
    table = recompute(**estimate, seed=1, count=50)
    assert set(table["verdict"]) == {"identical"}
    assert table["what"].str.startswith("sc2o3 in").sum() >= 100
    tonnes = table[table["what"] == "statement, indicated, all: tonnes"].iloc[0]
    assert tonnes["run"] > 1e6
    assert abs(tonnes["run"] - tonnes["plain"]) < 1.0


@pytest.mark.parametrize(
    ("array", "change", "named"),
    [
        ("sc2o3", lambda values: values * (1.0 + 1e-8), "sc2o3 in olivine, block"),
        ("sc2o3_variance", lambda values: values * (1.0 + 1e-8), "kriging variance"),
        ("sc2o3_holes", lambda values: np.where(values > 0, values + 1, values), ": holes"),
        ("fraction", lambda values: values * (1.0 + 1e-5), "statement, indicated"),
    ],
)
def test_the_second_path_finds_what_the_model_has_not_from_the_raw_tables(home, estimate, array, change, named):
    changed = estimate | {"parts": estimate["parts"] | {array: change(estimate["parts"][array])}}
    table = recompute(**changed, seed=1, count=8)
    assert table.loc[table["verdict"] == "different", "what"].str.contains(named, regex=False).any()


def test_the_second_path_finds_a_statement_that_was_rewritten(home, estimate):
    stated = estimate["stated"].assign(tonnage=estimate["stated"]["tonnage"] + 2.0)
    table = recompute(**estimate | {"stated": stated}, seed=1, count=1)
    assert set(table.loc[table["verdict"] == "different", "what"].str[-8:]) == {": tonnes"}


@pytest.fixture(scope="module")
def baseline(tiny, tmp_path_factory):
    """Results of another run: those of `tiny` with a model, a table and a key of the config changed."""
    folder = tmp_path_factory.mktemp("baseline") / "tiny"
    shutil.copytree(tiny.results("tiny"), folder)
    model = read_dataset(folder / "blockmodel.nc")
    changed = model.assign(sc2o3=model["sc2o3"] + 5.0)
    write_dataset(changed, folder / "blockmodel.nc")
    config = (folder / "config.yaml").read_text(encoding="utf-8")
    (folder / "config.yaml").write_text(config.replace("base_cutoff: 150.0", "base_cutoff: 140.0"), encoding="utf-8")
    table = read_table(folder / "resource" / "statement_unrounded.csv")
    write_table(table.assign(tonnage=table["tonnage"] / 2.0), folder / "resource" / "statement_unrounded.csv")
    return folder


def test_two_runs_stand_side_by_side_on_one_page(home, baseline):
    folders = [baseline, home.results("tiny")]
    runs, configs = [read_manifest(folder) for folder in folders], [read(folder / "config.yaml") for folder in folders]
    names = ["resource/statement_unrounded.csv", "variography/fits.csv"]
    tables = {name: [read(folder / name) for folder in folders] for name in names}
    models = [read(folder / "blockmodel.nc") for folder in folders]
    page, words = comparison_page(configs, runs, compare_runs(*folders, runs[1]), tables, models)
    assert words.startswith("Compared: different.")
    assert "model.reporting.base_cutoff" in page
    assert "variography/fits.csv: no number differs." in page
    assert "resource/statement_unrounded.csv: numbers that differ." in page
    assert "100.0 %" in page  # the tonnes are twice those of the baseline
    assert "-5" in page  # and the grades lower by five
    assert "Difference in Sc₂O₃, block by block." in page


@pytest.mark.exhaustive
def test_compare_is_a_target_that_needs_a_baseline(home, baseline):
    done = home.snakemake("tiny", "compare", "--config", f"baseline={baseline}")
    assert "Compared: different." in done.stdout
    assert "comparison.html" in done.stdout
    lost = home.snakemake("tiny", "compare", check=False)
    assert lost.returncode != 0
    assert "compare needs the results of another run" in lost.stdout


@pytest.mark.exhaustive
def test_the_whole_audit_is_identical_and_leaves_the_run_alone(home):
    before = {path: file_hash(path) for path in home.results("tiny").rglob("*") if path.is_file() and "audit" not in path.parts}
    done = home.snakemake("tiny", "audit")
    assert "Audit: identical." in done.stdout
    assert "The rerun from raw is identical in all" in done.stdout
    assert "The independent recomputation agrees in all" in done.stdout
    page = home.results("tiny", "audit", "verdict.html").read_text(encoding="utf-8")
    assert "Audit of Tiny TG Zone, SYNTHETIC: identical" in page
    after = {path: file_hash(path) for path in before if path.parent.name != "logs"}
    assert after == {path: own for path, own in before.items() if path.parent.name != "logs"}
    assert "Nothing to be done" in home.snakemake("tiny").stdout
    shutil.rmtree(home.results("tiny", "audit", "rerun"))


@pytest.mark.exhaustive
@pytest.mark.parametrize(("path", "name"), TAMPERED)
def test_verify_fails_names_the_file_and_mends_nothing(home, tamper, path, name):
    tamper(path)
    content = (home.folder / path).read_bytes()
    done = home.snakemake("tiny", "verify", check=False)
    assert done.returncode != 0
    assert f"first {name}" in done.stdout
    assert (home.folder / path).read_bytes() == content
    assert not home.results("tiny", "STOPPED.txt").exists()


@pytest.mark.exhaustive
def test_an_audit_of_a_changed_assay_says_where_the_flow_first_differs_and_by_how_much(make_workspace, home):
    other = make_workspace("tampered")
    shutil.copytree(home.folder / "results", other.folder / "results")
    path = other.deposit("tiny", "assay.csv")
    table = pd.read_csv(path, comment="#", dtype=str)
    head = path.read_text(encoding="utf-8").splitlines(keepends=True)[0]
    table.loc[100, "Sc_ppm"] = str(float(table.loc[100, "Sc_ppm"]) + 1.0)
    path.write_text(head + table.to_csv(index=False, lineterminator="\n"), encoding="utf-8")
    done = other.snakemake("tiny", "audit", check=False)
    assert done.returncode != 0
    assert "first config/deposits/tiny/assay.csv (input): changed" in done.stdout
    assert "The rerun differs in" in done.stdout
    flowing = read(home.results("tiny", "tables", "assay.parquet"))
    row = int(np.flatnonzero(flowing["sample"] == table.loc[100, "SampleID"])[0]) + 1
    assert f"tables/assay.parquet of validate_tables, column sc2o3, row {row}" in done.stdout
    assert "The independent recomputation disagrees" in done.stdout
