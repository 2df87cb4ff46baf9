"""What all rules share: the resolved config, its sections, the digest of the code a rule runs, and the targets."""

from pathlib import Path

from snakemake.exceptions import WorkflowError

from scandia.io.source import code_digest
from scandia.config.load import resolve
from scandia.errors import SettingError

PROJECT = Path(workflow.current_basedir).parents[1]
LOCK = PROJECT / "envs" / "requirements.lock"

try:
    CONFIG = resolve(config)
except SettingError as error:
    raise WorkflowError(str(error)) from None

DEPOSIT = CONFIG["deposit"]
MODEL = CONFIG["model"] or {}
VARIABLES = MODEL["estimation"]["variables"] if MODEL else []
UNITS = {name: CONFIG["analytes"][name]["unit"] for name in VARIABLES}
SYNTHETIC = f"SYNTHETIC: simulated by scandia, generator {CONFIG['synthetic']['generator']}" if CONFIG["synthetic"] else None
TABLES = ("collar", "survey", "assay", "lithology", "density", "qc")


def code(rule):
    """Digest of everything that the rule's script runs, so that a changed source reruns it."""
    return code_digest(PROJECT / "workflow" / "scripts" / f"{rule}.py", LOCK)


def raw_table(name):
    """Settings of a raw table, or None; the control samples stand in the section of quality control."""
    if name == "qc":
        return CONFIG["qaqc"]["table"] if CONFIG["qaqc"] else None
    return CONFIG["drillholes"][name]


def raw_files():
    """Raw files that exist; a missing one becomes a finding of `validate_tables`, not a message of Snakemake."""
    root = Path(CONFIG["drillholes"]["root"])
    names = [raw_table(name)["file"] for name in TABLES if raw_table(name)]
    if MODEL.get("topography"):
        names.append(MODEL["topography"]["file"])
    return [file.as_posix() for file in map(root.joinpath, dict.fromkeys(names)) if file.is_file()]


def raw_topography():
    """The ground's file, where there is one."""
    name = MODEL["topography"]["file"] if MODEL.get("topography") else None
    return [file for file in raw_files() if name and file.endswith(f"/{name}")]


def published_files():
    """Files of the published tables that exist."""
    root = Path(CONFIG["drillholes"]["root"])
    names = [CONFIG["published"][name]["file"] for name in ("intercepts", "claims")] if CONFIG["published"] else []
    return [file.as_posix() for file in map(root.joinpath, names) if file.is_file()]


def targets():
    """Files that a run must leave behind; the manifest depends on all of the others."""
    return ["<results>/report.html", "<results>/manifest.json", *(["<results>/blockmodel.nc"] if MODEL else [])]


def closing_words():
    """The last line of a run, for a person."""
    conclusion = Path("results", DEPOSIT, "conclusion.txt")
    words = conclusion.read_text(encoding="utf-8").strip() + " " if conclusion.is_file() else ""
    return f"{DEPOSIT}: {words}Open results/{DEPOSIT}/report.html"
