"""A variant equals the run of a config edited by hand, and runs only what its choice reaches."""

import json
import re

import pandas as pd
import pytest
import yaml

pytestmark = [pytest.mark.endtoend, pytest.mark.exhaustive]

TABLE = "resource/grade_tonnage.csv"
ESTIMATED = {"estimate_grades", "merge_chunks", "classify_blocks", "optimise_pit", "tabulate_tonnage"}
REACHED = {
    "cutoff_up": {"tabulate_tonnage"},
    "fewer_passes": ESTIMATED,
    "variogram_ranges_up": ESTIMATED | {"fit_variograms"},
    "density_up": ESTIMATED | {"build_blocks"},
    "domain_down": ESTIMATED | {"build_blocks"},
}


@pytest.fixture(scope="module")
def workspace(make_workspace):
    made = make_workspace()
    made.snakemake("tiny", f"results/tiny/{TABLE}")
    return made


@pytest.mark.parametrize("variant", REACHED)
def test_a_variant_equals_a_config_edited_by_hand_and_runs_only_what_it_reaches(workspace, make_workspace, variant):
    done = workspace.snakemake("tiny", f"results/tiny/sensitivity/{variant}/{TABLE}")
    ran = set(re.findall(r"^(?:local)?rule vary_(\w+):", done.stdout, flags=re.MULTILINE))
    assert ran == REACHED[variant]
    assert not re.findall(r"^(?:local)?rule (?!vary_)(\w+):", done.stdout, flags=re.MULTILINE)
    other = make_workspace("edited")
    path = other.deposit("tiny", "config.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(raw["model"], variant)
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
    other.snakemake("tiny", f"results/tiny/{TABLE}")
    mine, whole = (pd.read_csv(made, comment="#") for made in (
        workspace.results("tiny", "sensitivity", variant, TABLE), other.results("tiny", TABLE)
    ))  # fmt: skip
    pd.testing.assert_frame_equal(mine, whole, check_exact=True)
    base = pd.read_csv(workspace.results("tiny", TABLE), comment="#")
    assert not mine.equals(base)


def edit(model, variant):
    """The edit that a person would make, written without the code that makes variants."""
    if variant == "cutoff_up":
        model["reporting"]["base_cutoff"] *= 1.1
    elif variant == "fewer_passes":
        model["estimation"]["search"]["passes"].pop()
    elif variant == "variogram_ranges_up":
        model["variography"]["range_factor"] = 1.25
    elif variant == "density_up":
        model["density"]["factor"] = 1.05
    else:
        model["domains"]["implicit"]["offset"] = -2.0


def test_the_report_shows_a_study_only_while_it_holds_for_the_tables_of_the_run(make_workspace):
    run = make_workspace("study")
    path = run.deposit("tiny", "config.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    left_out = dict.fromkeys(("variogram_ranges", "variogram_sill", "search", "density", "domain"), 0.0)
    path.write_text(
        yaml.safe_dump(raw | {"sensitivity": left_out | {"fewer_passes": False}}, allow_unicode=True), encoding="utf-8"
    )
    run.snakemake("tiny", "all", "sensitivity")
    run.snakemake("tiny")
    assert shown(run) == (True, True, False)
    assert "Nothing to be done" in run.snakemake("tiny").stdout
    assay = run.deposit("tiny", "assay.csv")
    before = assay.read_text(encoding="utf-8")
    head = "".join(line for line in before.splitlines(keepends=True) if line.startswith("#"))
    table = pd.read_csv(assay, comment="#", dtype=str)
    highest = pd.to_numeric(table["Sc_ppm"], errors="coerce").idxmax()
    table.loc[highest, "Sc_ppm"] = f"{0.9 * float(table.loc[highest, 'Sc_ppm']):.1f}"
    assay.write_text(head + table.to_csv(index=False), encoding="utf-8")
    run.snakemake("tiny")
    assert shown(run) == (False, False, True)
    run.snakemake("tiny", "sensitivity")
    run.snakemake("tiny")
    assert shown(run) == (True, True, False)


def shown(run):
    """Whether the report prints the tornado, whether the manifest lists it, and whether the report calls a study stale."""
    page = run.results("tiny", "report.html").read_text(encoding="utf-8")
    listed = {entry["path"] for entry in json.loads(run.results("tiny", "manifest.json").read_text(encoding="utf-8"))["outputs"]}
    return "table-sensitivity-tornado" in page, "sensitivity/tornado.csv" in listed, "This study is stale" in page
