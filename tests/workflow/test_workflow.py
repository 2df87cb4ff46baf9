"""The workflow itself: clean by its own tools, short scripts, light to parse."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((PROJECT / "workflow" / "scripts").glob("*.py"))
RULES = sorted((PROJECT / "workflow" / "rules").glob("*.smk"))


def run(*command):
    return subprocess.run(command, cwd=PROJECT, text=True, capture_output=True, check=False)


def test_snakemake_finds_nothing_to_lint():
    done = run(sys.executable, "-m", "snakemake", "--lint")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_rules_are_formatted():
    done = run(str(Path(sys.executable).with_name("snakefmt")), "--check", "Snakefile", "workflow")
    assert done.returncode == 0, done.stderr


def test_no_room_imports_from_a_room_below_it():
    done = run(str(Path(sys.executable).with_name("lint-imports")), "--no-cache")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_is_an_adapter_of_a_rule_of_its_name(script):
    lines = [line for line in script.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(lines) <= 25
    assert not any(line.lstrip().startswith(("def ", "class ")) for line in lines)
    rules = "\n".join(path.read_text(encoding="utf-8") for path in RULES)
    assert f"rule {script.stem}:" in rules
    assert f'"../scripts/{script.name}"' in rules


def test_the_snakefile_stays_short_and_every_rule_file_opens_with_its_contract():
    assert len((PROJECT / "Snakefile").read_text(encoding="utf-8").splitlines()) <= 60
    for path in RULES:
        text = path.read_text(encoding="utf-8")
        assert text.startswith('"""'), path.name
        if re.search(r"^ *(use )?rule \w", text, re.MULTILINE):
            assert "Required inputs:" in text
            assert "Outputs:" in text
            assert "Steps:" in text


def test_parsing_the_config_imports_nothing_heavy():
    code = "import sys, scandia.config.load, scandia.io.source; print(*sys.modules)"
    modules = set(run(sys.executable, "-c", code).stdout.split())
    assert not modules & {"pandas", "scipy", "xarray", "numba", "matplotlib", "gstools", "skgstat"}


@pytest.mark.parametrize(
    ("rule", "heavy"),
    [
        ("write_report", {"matplotlib", "xarray"}),
        ("plot_data", {"scipy.stats", "numba", "xarray"}),
        ("plot_model", {"scipy.stats", "numba"}),
        ("summarise_statistics", {"scipy"}),
        ("fit_variograms", {"numba", "xarray"}),
        ("validate_model", {"scipy.stats", "numba", "matplotlib"}),
        ("summarise_trials", {"scipy.stats", "numba", "xarray"}),
        ("rank_sensitivities", {"scipy.ndimage", "numba", "xarray"}),
        ("write_manifest", {"pandas", "xarray"}),
    ],
)
def test_a_script_loads_no_library_that_it_does_not_need(rule, heavy):
    tree = ast.parse((PROJECT / "workflow" / "scripts" / f"{rule}.py").read_text(encoding="utf-8"))
    imports = [ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    done = run(sys.executable, "-c", "\n".join([*imports, "import sys", "print(*sys.modules)"]))
    assert done.returncode == 0, done.stderr
    assert not heavy & set(done.stdout.split())


def test_no_rule_retries_by_itself():
    for path in RULES:
        assert "retries" not in path.read_text(encoding="utf-8")
