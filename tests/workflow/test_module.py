"""Another workflow uses this one as a module of Snakemake, with its own config, folder of results and rules."""

import json

import pytest
import yaml

pytestmark = pytest.mark.endtoend

STUDY = """
configfile: "study.yaml"


module scandia:
    snakefile:
        "{project}/Snakefile"
    config:
        config["north"]
    {folder}


use rule * from scandia as scandia_*

{more}
onsuccess:
    print(scandia.closing_words())


onerror:
    print(scandia.stopping_words())


rule first_line:
    default_target: True
    input:
        statement="study/north/resource/statement.csv",
        manifest="study/north/manifest.json",
    output:
        "study/first_line.txt",
    shell:
        "head -1 {{input.statement}} > {{output}}"
"""
FOLDER = 'pathvars:\n        results="study/north",'


@pytest.fixture(scope="module")
def write_study(make_workspace, project):
    """A function that writes another workflow with its config into a fresh workspace."""

    def write(folder=FOLDER, more=""):
        workspace = make_workspace("another study")
        (workspace.folder / "Snakefile").write_text(STUDY.format(project=project, folder=folder, more=more), encoding="utf-8")
        own = yaml.safe_load(workspace.deposit("tiny", "config.yaml").read_text(encoding="utf-8"))
        (workspace.folder / "study.yaml").write_text(
            yaml.safe_dump({"north": own}, allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
        return workspace

    return write


def planned(text):
    """Jobs of a dry run, by rule."""
    rows = [line.split() for line in text.split("\ntotal ")[0].splitlines()]
    return {row[0]: int(row[1]) for row in rows if len(row) == 2 and row[1].isdigit()}


def test_it_plans_the_rules_by_its_own_names_and_their_files_in_its_own_folder(write_study):
    text = write_study().run("--dry-run").stdout
    rules = planned(text)
    assert rules["first_line"] == 1
    assert {"scandia_validate_tables", "scandia_estimate_grades", "scandia_state_resource"} <= set(rules)
    assert all(name.startswith("scandia_") for name in set(rules) - {"first_line"})
    assert "study/north/logs/state_resource.log" in text
    assert "study/north/benchmarks/state_resource.tsv" in text
    assert " results/" not in text


@pytest.fixture(scope="module")
def finished(write_study):
    """A workspace in which another workflow has run, and what it said."""
    study = write_study()
    return study, study.run().stdout


@pytest.mark.exhaustive
def test_it_gets_the_same_run_to_the_last_hash(finished, untouched):
    study, said = finished
    assert "Draft Mineral Resource statement" in said
    assert "Open study/north/report.html" in said
    assert "SYNTHETIC" in (study.folder / "study" / "first_line.txt").read_text(encoding="utf-8")
    assert not (study.folder / "results").exists()
    paths = (study.folder / "study" / "north" / "manifest.json", untouched.results("tiny", "manifest.json"))
    own, other = (json.loads(path.read_text(encoding="utf-8")) for path in paths)
    assert own["outputs"] == other["outputs"]
    assert own["rules"] == other["rules"]
    assert own["fingerprint"] == other["fingerprint"]
    assert set(own["times"]) == set(other["times"])
    assert "Nothing to be done" in study.run().stdout


@pytest.mark.exhaustive
def test_the_run_of_another_workflow_is_audited_like_any_other(finished):
    study, _ = finished
    said = study.run("scandia_audit").stdout
    assert "Audit: identical." in said
    assert "Open study/north/audit/verdict.html" in said


@pytest.mark.exhaustive
def test_it_can_change_a_rule_and_run_the_studies(write_study):
    more = "use rule estimate_grades from scandia as scandia_* with:\n    threads: 4\n\n"
    study = write_study(more=more)
    assert "threads: 4" not in write_study().run("--dry-run", cores=4).stdout
    assert "threads: 4" in study.run("--dry-run", cores=4).stdout
    assert planned(study.run("--dry-run", "scandia_sensitivity").stdout)["scandia_vary_estimate_grades"] > 1


@pytest.mark.exhaustive
def test_two_deposits_stand_side_by_side_in_it(write_study, project):
    second = f'module south:\n    snakefile:\n        "{project}/Snakefile"\n    config:\n'
    second += '        config["north"] | {"deposit": "south"}\n\nuse rule * from south as south_*\n\n'
    text = write_study(more=second).run("--dry-run", "scandia_all", "south_all").stdout
    rules = planned(text)
    names = {
        prefix: {name.removeprefix(prefix) for name in rules if name.startswith(prefix)} for prefix in ("scandia_", "south_")
    }
    assert names["scandia_"] == names["south_"]
    assert {"study/north/manifest.json", "results/south/manifest.json"} <= set(text.replace(",", "").split())


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("folder", "more", "said"),
    [
        ('prefix:\n        "study"', "", "Hint: pathvars: results="),
        (FOLDER, "use rule estimate_grades from scandia as mine with:\n    threads: 4\n\n", "as scandia_* with"),
    ],
    ids=["a prefix", "a rule without a star"],
)
def test_what_a_module_cannot_do_is_refused_in_words(write_study, folder, more, said):
    done = write_study(folder, more).run("--dry-run", check=False)
    assert done.returncode != 0
    assert said in done.stdout
    assert "Traceback" not in done.stdout


@pytest.mark.exhaustive
def test_a_fault_in_its_config_and_a_stopped_run_are_told_as_in_a_run_of_its_own(write_study):
    study = write_study()
    path = study.folder / "study.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("base_cutoff", "base_cutof"), encoding="utf-8")
    assert "base_cutof" in study.run("--dry-run", check=False).stdout
    path.write_text(whole, encoding="utf-8")
    study.deposit("tiny", "survey.csv").unlink()
    done = study.run(check=False)
    assert "The run stopped." in done.stdout
    assert "study/north/findings.csv" in done.stdout
    assert (study.folder / "study" / "north" / "STOPPED.txt").is_file()
