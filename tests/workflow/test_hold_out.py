"""Failed batches: their samples leave the estimate by policy, and the run says so."""

import pandas as pd
import pytest
import yaml

pytestmark = pytest.mark.endtoend


def configure(workspace, **changes):
    """Change the section of quality control of the workspace's `tiny`."""
    path = workspace.deposit("tiny", "config.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    raw["qaqc"] = {key: value for key, value in (raw["qaqc"] | changes).items() if value is not None}
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture(scope="module")
def workspace(make_workspace):
    made = make_workspace()
    configure(made, on_failure="hold_out")
    made.snakemake("tiny", "results/tiny/qaqc/assay.parquet", "results/tiny/qaqc/failed_samples.csv")
    return made


def table(workspace, *parts):
    return pd.read_csv(workspace.results("tiny", *parts), comment="#")


@pytest.mark.exhaustive
def test_the_samples_of_failed_batches_leave_the_estimate_and_the_statement_counts_them(workspace):
    workspace.snakemake("tiny", "results/tiny/domains/intervals.parquet", "results/tiny/resource/footnotes.txt")
    held = table(workspace, "qaqc", "failed_samples.csv")
    failed = table(workspace, "qaqc", "batches.csv").query("verdict == 'fail'")
    assert set(held["batch"]) == set(failed["batch"])
    assert len(held) == failed["core"].sum() > 100
    intervals = pd.read_parquet(workspace.results("tiny", "domains", "intervals.parquet"))
    inside = intervals["row"].isin(held["row"])
    assert intervals.loc[inside, "sc2o3"].isna().all()
    assert intervals.loc[~inside & (intervals["row"] > 0), "sc2o3"].notna().mean() > 0.99
    notes = workspace.results("tiny", "resource", "footnotes.txt").read_text(encoding="utf-8")
    assert f"Failed batches: {len(held)} core samples ({held['length'].sum():,.1f} m) of {len(failed)} batches" in notes
    assert "held out of the estimate" in notes


def test_an_override_brings_a_batch_back_and_is_named(workspace):
    batch = table(workspace, "qaqc", "failed_samples.csv")["batch"].iloc[0]
    override = {"batches": {batch: {"reason": "Standard mislabelled in the core shed", "name": "A. Geologist"}}}
    configure(workspace, overrides=override)
    workspace.snakemake("tiny", "results/tiny/qaqc/assay.parquet", "results/tiny/qaqc/verdict.csv")
    assert batch not in set(table(workspace, "qaqc", "failed_samples.csv")["batch"])
    row = table(workspace, "qaqc", "batches.csv").set_index("batch").loc[batch]
    assert (row["verdict"], row["override_name"]) == ("overridden", "A. Geologist")


def test_an_override_of_no_batch_stops_the_run_in_plain_words(workspace):
    configure(workspace, overrides={"batches": {"B-1": {"reason": "x", "name": "y"}}})
    done = workspace.snakemake("tiny", "results/tiny/qaqc/verdict.csv", check=False)
    assert done.returncode != 0
    assert "qaqc.overrides.batches names 'B-1', but there is no such batch" in done.stdout
    assert "Traceback" not in done.stdout


def test_a_config_that_could_hold_nothing_out_is_refused_before_the_run(workspace):
    configure(workspace, overrides=None)
    path = workspace.deposit("tiny", "config.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    del raw["drillholes"]["assay"]["columns"]["batch"]
    raw["model"]["composites"]["unsampled"] = "zero"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
    done = workspace.snakemake("tiny", "--dry-run", check=False)
    assert done.returncode != 0
    assert "needs the batch of each core sample. Map `batch` in drillholes.assay.columns" in done.stdout
    assert "held-out samples would count as barren ground" in done.stdout
