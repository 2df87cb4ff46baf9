"""What bad input gets: one table of findings, a plain message, a non-zero exit, and no estimate."""

import pandas as pd
import pytest
import yaml

pytestmark = pytest.mark.endtoend
GATE = "results/tiny/tables/accepted.txt"


def edit(path, change):
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")


def change(workspace, *keys, value):
    path = workspace.deposit("tiny", "config.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    node = raw
    for key in keys[:-1]:
        node = node[key]
    node[keys[-1]] = value
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")


def findings(workspace):
    return pd.read_csv(workspace.results("tiny", "findings.csv"), comment="#").set_index("rule")


def cells(line, **changes):
    parts = line.split(",")
    for place, value in changes.items():
        parts[int(place[1:])] = value
    return ",".join(parts)


@pytest.fixture(scope="module")
def faulty(make_workspace):
    """A run on tables with five faults; its findings and what it printed."""
    workspace = make_workspace()

    def spoil(lines):
        lines[10] = cells(lines[10], c5="n.a.")  # text where Sc belongs
        lines[20] = cells(lines[20], c1=lines[20].split(",")[2], c2=lines[20].split(",")[1])  # upside down
        lines[30] = cells(lines[30], c1=str(float(lines[30].split(",")[1]) - 0.4))  # into the sample above
        return lines

    edit(workspace.deposit("tiny", "assay.csv"), spoil)
    edit(workspace.deposit("tiny", "collar.csv"), lambda lines: lines[:-1])  # the last hole loses its collar
    survey = workspace.deposit("tiny", "survey.csv")
    hole = survey.read_text(encoding="utf-8").splitlines()[2].split(",")[0]
    edit(survey, lambda lines: [line for line in lines if not line.startswith(f"{hole},")])  # the first one its survey
    done = workspace.snakemake("tiny", check=False)
    return workspace, findings(workspace), done


def test_all_faults_stand_in_one_table_with_file_row_column_value_and_hint(faulty):
    _, table, _ = faulty
    text = table.loc["text_in_number"]
    assert (text["file"], text["row"], text["column"], text["value"]) == ("assay.csv", 11, "Sc_ppm", "n.a.")
    assert table.loc["interval_upside_down"]["row"] == 21
    for rule in ("interval_overlap", "hole_without_collar", "hole_without_survey"):
        assert rule in table.index
    assert table["hint"].notna().all()
    assert (table.loc[["text_in_number", "interval_upside_down", "interval_overlap"], "severity"] == "error").all()


def test_the_run_stops_before_estimation_and_says_why(faulty):
    workspace, _, done = faulty
    assert done.returncode != 0
    assert done.stdout.count("assay.csv:11") == 1  # told once
    assert "the drillhole tables hold" in done.stdout
    assert "All findings: results/tiny/findings.csv" in done.stdout
    assert "Hint" in done.stdout
    assert "Traceback" not in done.stdout
    assert not workspace.results("tiny", "tables", "accepted.txt").exists()
    assert not workspace.results("tiny", "kriging").exists()  # not even the kernels were compiled beside the checks


def test_a_stopped_run_leaves_a_mark_that_names_the_reason(faulty):
    workspace, _, done = faulty
    text = workspace.results("tiny", "STOPPED.txt").read_text(encoding="utf-8")
    assert "results/tiny/findings.csv" in text and "There is no results/tiny/report.html" in text
    assert "There is no results/tiny/report.html" in done.stdout


@pytest.mark.exhaustive
def test_the_mark_goes_with_the_next_good_run(tiny):
    """An older report stands beside it until then."""
    assay = tiny.deposit("tiny", "assay.csv")
    sound = assay.read_bytes()
    edit(assay, lambda lines: [*lines, lines[-1]])
    try:
        done = tiny.snakemake("tiny", check=False)
        mark = tiny.results("tiny", "STOPPED.txt").read_text(encoding="utf-8")
        assert done.returncode != 0 and "results/tiny/report.html is of the run of" in mark and "is of the run of" in done.stdout
    finally:
        assay.write_bytes(sound)
        tiny.snakemake("tiny")
    assert not tiny.results("tiny", "STOPPED.txt").exists()


def test_every_row_is_used_or_listed_as_excluded_and_findings_are_the_same_in_both_formats(faulty):
    workspace, table, _ = faulty
    rows, excluded = (pd.read_csv(workspace.results("tiny", name), comment="#") for name in ("rows.csv", "excluded.csv"))
    assert (rows["rows_in"] == rows["rows_used"] + rows["rows_excluded"]).all()
    counts = excluded["table"].value_counts().reindex(rows["table"], fill_value=0)
    assert counts.tolist() == rows["rows_excluded"].tolist()
    assert excluded["reason"].notna().all()
    parquet = pd.read_parquet(workspace.results("tiny", "findings.parquet"))
    assert parquet["rule"].tolist() == table.index.tolist()


def test_a_missing_folder_is_told_before_anything_is_planned(make_workspace):
    workspace = make_workspace()
    change(workspace, "drillholes", "root", value="config/deposits/tinny")
    done = workspace.snakemake("tiny", "--dry-run", check=False)
    assert done.returncode != 0
    assert "config/deposits/tiny/config.yaml: drillholes.root is 'config/deposits/tinny'" in done.stdout
    assert "Hint" in done.stdout
    for word in ("Traceback", "common.smk", "Building DAG"):
        assert word not in done.stdout


def test_a_check_is_ignored_only_with_a_reason_and_then_says_so(make_workspace):
    workspace = make_workspace()
    edit(workspace.deposit("tiny", "assay.csv"), lambda lines: [*lines, lines[-1]])  # the last sample twice
    change(workspace, "drillholes", "checks", value={"ignored": {"duplicate_interval": {"reason": "", "who": "A. G."}}})
    done = workspace.snakemake("tiny", "--dry-run", check=False)
    assert done.returncode != 0
    assert "a decision needs a reason and a name, in words" in done.stdout
    why = {"reason": "the export wrote its last line twice", "who": "A. Geologist"}
    rules = dict.fromkeys(("duplicate_interval", "grades_repeated"), why)
    change(workspace, "drillholes", "checks", value={"ignored": rules})
    workspace.snakemake("tiny", GATE)
    fault = findings(workspace).loc["duplicate_interval"]
    assert fault["severity"] == "ignored"
    assert fault["message"].endswith("(ignored by A. Geologist: the export wrote its last line twice)")
    rows = pd.read_csv(workspace.results("tiny", "rows.csv"), comment="#").set_index("table")
    assert rows.loc["assay", "reason"] == "1 duplicate_interval"


@pytest.mark.parametrize("name", ["survey.csv", "assay.csv", "qc.csv"])
def test_a_missing_file_is_a_finding_that_stops_the_whole_run(make_workspace, name):
    workspace = make_workspace()
    workspace.deposit("tiny", name).unlink()
    done = workspace.snakemake("tiny", "--keep-going", cores=1, check=False)
    assert done.returncode != 0
    assert findings(workspace).loc["file_missing"]["file"] == name
    assert f"{name}: there is no such file" in done.stdout
    assert "Traceback" not in done.stdout
    assert not workspace.results("tiny", "drillholes").exists()


def test_a_missing_column_and_a_wrong_unit_are_findings(make_workspace):
    workspace = make_workspace()
    edit(workspace.deposit("tiny", "assay.csv"), lambda lines: [line.replace("Ce_ppm", "Cerium") for line in lines])
    change(workspace, "analytes", "sc2o3", "column_unit", value="ppb")  # the laboratory reports ppm
    done = workspace.snakemake("tiny", GATE, check=False)
    assert done.returncode != 0
    table = findings(workspace)
    assert list(table.loc[["column_missing"], "column"]) == ["Ce_ppm"]
    assert set(table.loc[["unit_untypical"], "column"]) == {"Sc_ppm"}


def test_a_code_that_is_never_logged_stops_the_run_at_the_tables(make_workspace):
    workspace = make_workspace()
    change(workspace, "model", "domains", "domains", "pyroxene", "lithology", value=["PXFESYN", "PXFESYM"])
    done = workspace.snakemake("tiny", "--keep-going", check=False)
    assert done.returncode != 0
    fault = findings(workspace).loc["code_never_logged"]
    assert (fault["file"], fault["column"], fault["value"]) == ("lithology.csv", "Code", "PXFESYM")
    assert "model.domains.domains.pyroxene.lithology" in done.stdout
    assert "did you mean PXFESYN?" in done.stdout
    assert "Traceback" not in done.stdout
    assert not workspace.results("tiny", "drillholes").exists()


@pytest.mark.exhaustive
def test_a_grid_away_from_the_holes_stops_the_run_before_variography(make_workspace):
    workspace = make_workspace()
    change(workspace, "model", "grid", "origin", value=[440800.0, 6133000.0, 310.0])  # world coordinates by mistake
    done = workspace.snakemake("tiny", check=False)
    assert done.returncode != 0
    assert "model.grid: origin [440800.0, 6133000.0, 310.0]" in done.stdout
    assert "none of the 9 holes runs through them" in done.stdout
    assert "Hint: give model.grid.origin in mine-grid x, y, z" in done.stdout
    assert "Traceback" not in done.stdout
    for folder in ("variography", "kriging/parts.nc", "domains/blocks.nc"):
        assert not workspace.results("tiny", folder).exists()


def test_an_unknown_key_stops_the_run_before_the_job_graph_exists(make_workspace):
    workspace = make_workspace()
    path = workspace.deposit("tiny", "config.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("subcells:", "subcels:"), encoding="utf-8")
    done = workspace.snakemake("tiny", check=False)
    assert done.returncode != 0
    assert "model.domains.subcels: unknown key" in done.stdout
    assert "Did you mean 'subcells'?" in done.stdout
    assert "config/deposits/tiny/config.yaml: the config cannot be used" in done.stdout
    assert "common.smk" not in done.stdout
    assert "Building DAG" not in done.stdout
    assert not workspace.results("tiny").exists()
