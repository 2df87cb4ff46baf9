"""What all rules share: the resolved config, its sections, the digest of the code a rule runs, and the targets."""

import json
import math
import shlex
import sys
from pathlib import Path

from scandia.io.folders import declared_roots, require_folders
from scandia.io.source import code_digest, file_digest
from scandia.io.stopped import clear_stopped, mark_stopped
from scandia.config.load import resolve
from scandia.drillholes.layouts import RAW_TABLES
from scandia.errors import SettingError

# Snakemake writes the path of Python into its shell commands as it is, where a blank in it would split the command.
if Path(sys.executable).exists():  # not quoted yet by another parse of this file
    sys.executable = shlex.quote(sys.executable)

PROJECT = Path(workflow.current_basedir).parents[1]
LOCK = PROJECT / "envs" / "requirements.lock"


def refuse(message):
    """End the run before anything is planned, in plain words; an exception would name this file, and the fault is not here."""
    names = [str(path) for path in workflow.config_settings.configfiles or workflow.configfiles]
    sys.exit(f"\n{', '.join(names) or 'the config of the command line'}: {message}")


try:
    CONFIG = resolve(config)
    require_folders(CONFIG)
except SettingError as error:
    refuse(error)

DEPOSIT = CONFIG["deposit"]
MODEL = CONFIG["model"] or {}
VARIABLES = MODEL["estimation"]["variables"] if MODEL else []
ORIENTATIONS = MODEL["estimation"]["orientations"] if MODEL else {}
UNITS = {name: CONFIG["analytes"][name]["unit"] for name in VARIABLES}
SYNTHETIC = f"SYNTHETIC: simulated by scandia, generator {CONFIG['synthetic']['generator']}" if CONFIG["synthetic"] else None


def code(rule):
    """Digest of everything that the rule's script runs, so that a changed source reruns it."""
    return code_digest(PROJECT / "workflow" / "scripts" / f"{rule}.py", LOCK)


# Where the flow begins: with raw tables of drillholes (None), or with located samples or composites.
LOCATED = CONFIG["drillholes"]["located"]
DOOR = LOCATED["kind"] if LOCATED else None


QUALITY_TABLES = [
    *("verdict", "insertion", "rates", "standards", "standard_summary", "blanks", "blank_summary"),
    *("duplicates", "duplicate_summary", "thompson_howarth", "batches", "failed_samples"),
]


def raw_tables():
    """Settings of every raw table by name; the control samples stand in the section of quality control."""
    if LOCATED:
        return {"located": LOCATED["table"]}
    tables = {name: CONFIG["drillholes"][name] for name in RAW_TABLES} | CONFIG["drillholes"]["assays"]
    tables["qc"] = CONFIG["qaqc"]["table"] if CONFIG["qaqc"] else None
    return {name: table for name, table in tables.items() if table}


def made_tables():
    """Names of the tables that the first steps leave; further assay tables are merged into the first."""
    if LOCATED:
        return ["collar", "assay", "lithology"]
    made = {*raw_tables(), *(["lithology"] if CONFIG["drillholes"]["lithology_of_all"] else [])}
    return ["collar", "survey", *(name for name in ("assay", "lithology", "density", "qc") if name in made)]


TABLES = made_tables()
IN_DATABASES = [name for name, table in raw_tables().items() if table["format"] in ("sqlite", "postgresql")]


def snapshots():
    """Snapshots of the tables that databases hold."""
    return [f"<results>/snapshots/{name}.parquet" for name in IN_DATABASES]


def logged_codes():
    """Config key to the logged codes that it gives to a domain; the rest of a domain changes no table."""
    domains = MODEL["domains"]["domains"] if MODEL else {}
    codes = {f"model.domains.domains.{name}.lithology": domain["lithology"] for name, domain in domains.items()}
    chosen = {name: domain["select"]["lithology"] for name, domain in domains.items() if domain["select"]}
    return codes | {f"model.domains.domains.{name}.select.lithology": names for name, names in chosen.items() if names}


def quality_reading():
    """What reading needs of the quality control: table, analytes, names of materials; limits judge, and change no table."""
    given = CONFIG["qaqc"]
    named = given and {"standards": {name: {} for name in given["standards"]}, "not_certified": given["not_certified"]}
    return given and {"table": given["table"], "analytes": given["analytes"], "detection_limits": {}, **named}


def weighs_density():
    """Whether composites are weighted by measured densities, which then go into them."""
    return bool(MODEL) and MODEL["composites"]["weighting"] == "density" and "density" in TABLES


def table_settings():
    """The settings of the raw tables without the way that holes are desurveyed, or waited for, which changes no table."""
    return {key: value for key, value in CONFIG["drillholes"].items() if key not in ("desurvey", "connect_timeout")}


def patience(wildcards, input):
    """Seconds to wait for a database, as a function of the input: no rule runs again because of it."""
    return CONFIG["drillholes"]["connect_timeout"]


def analyte_settings():
    """The analytes named by their keys: their labels are only printed, and change no table."""
    return {name: analyte | {"label": name} for name, analyte in CONFIG["analytes"].items()}


def domain_settings():
    """The domains named by their keys, for the steps in which their labels are not printed."""
    section = MODEL.get("domains")
    named = {name: domain | {"label": name} for name, domain in section["domains"].items()} if section else {}
    return section and section | {"domains": named}


def validation_settings():
    """What global bias and swaths need of their section; what is left out in cross-validation is no part of them."""
    section = MODEL.get("validation") or {}
    return {key: value for key, value in section.items() if key not in ("cross_validation", "folds")}


def gates():
    """Files that say that a run may go on; where failed quality control does not stop it, the estimate does not wait for it."""
    stops = CONFIG["qaqc"] and CONFIG["qaqc"]["on_failure"] == "stop"
    return ["<results>/tables/accepted.txt", *(["<results>/qaqc/accepted.txt"] if stops else [])]


def estimated_assay():
    """The assays that the estimate is made of: without those of failed batches, where the config holds them out."""
    held = CONFIG["qaqc"] and CONFIG["qaqc"]["on_failure"] == "hold_out"
    return "<results>/qaqc/assay.parquet" if held else "<results>/tables/assay.parquet"


def intercepts_are_dense():
    """Whether the means of significant intercepts are weighted by density too."""
    return bool(CONFIG["intercepts"]) and CONFIG["intercepts"]["weighting"] == "length_and_density"


def intercept_plane():
    """Azimuth and dip of the plane across which intercepts have a true width, or nothing."""
    rules = CONFIG["intercepts"] or {"true_width": "none"}
    given = {"plane": rules.get("plane"), "domains": MODEL.get("domains", {}).get("implicit")}.get(rules["true_width"])
    return [given["azimuth"], given["dip"]] if given else []


def regresses_density(applied=False):
    """Whether density is regressed on a grade, and (applied) whether the blocks take theirs from it."""
    chosen = MODEL["density"]["regression"] if MODEL and "density" in TABLES else None
    return bool(chosen) and (chosen["apply"] or not applied)


def below(root, file):
    """Path of a file in its own root, or in that of the deposit."""
    return Path(root or CONFIG["drillholes"]["root"], file)


def database_files():
    """SQLite files that exist."""
    files = [below(table["root"], table["file"]) for table in raw_tables().values() if table["format"] == "sqlite"]
    return [file.as_posix() for file in dict.fromkeys(files) if file.is_file()]


def raw_files():
    """Raw files that exist; a missing one becomes a finding of `validate_tables`, not a message of Snakemake."""
    files = [below(table["root"], table["file"]) for name, table in raw_tables().items() if name not in IN_DATABASES]
    if CONFIG["drillholes"]["corrections"]:
        files.append(below(CONFIG["drillholes"]["corrections"]["root"], CONFIG["drillholes"]["corrections"]["file"]))
    if (MODEL.get("topography") or {}).get("file"):
        files.append(below(None, MODEL["topography"]["file"]))
    files += [Path(file) for file in geology_files()]
    files += [below(None, readings["file"]) for readings in ORIENTATIONS.values() if readings["file"]]
    return [file.as_posix() for file in dict.fromkeys(files) if file.is_file()]


def solid_files():
    """The solid of each domain that has one."""
    domains = MODEL["domains"]["domains"] if MODEL else {}
    return {name: domain["solid"] for name, domain in domains.items() if domain["solid"]}


def geology_files():
    """Files of solids and of the base of the overburden that exist; a missing one stops the run in words at its own rule."""
    root = Path(CONFIG["drillholes"]["root"])
    names = [solid["file"] for solid in solid_files().values()]
    names += [MODEL["overburden"]["file"]] if MODEL.get("overburden") else []
    return [file.as_posix() for file in map(root.joinpath, dict.fromkeys(names)) if file.is_file()]


def raw_topography():
    """The ground's file, where there is one."""
    name = (MODEL.get("topography") or {}).get("file")
    return [file for file in raw_files() if name and Path(file).name == Path(name).name]


def raw_readings():
    """Files of structural readings that exist."""
    names = [Path(CONFIG["drillholes"]["root"], readings["file"]) for readings in ORIENTATIONS.values() if readings["file"]]
    return [file for file in raw_files() if Path(file) in names]


def solid_sides():
    """The sides of the solids, where a domain's orientations come from its own; nothing else waits for the blocks because of them."""
    return ["<results>/domains/sides.csv"] if any(readings["source"] == "solid" for readings in ORIENTATIONS.values()) else []


def published_files():
    """Files of the published tables that exist."""
    tables = [CONFIG["published"][name] for name in ("intercepts", "claims")] if CONFIG["published"] else []
    files = [below(table["root"], table["file"]) for table in tables]
    return [file.as_posix() for file in files if file.is_file()]


def experiment_settings():
    """What experimental variograms need of their section: how a model is fitted to them changes none."""
    section, angles = MODEL.get("variography") or {}, ("source", "borrow_from", "azimuth", "dip", "rake")
    domains = {name: {key: chosen[key] for key in angles} for name, chosen in section.get("domains", {}).items()}
    keys = ("downhole", "major", "semi", "minor", "estimator", "weigh_pairs")
    return {**{key: section[key] for key in keys if key in section}, "domains": domains}


def fit_settings():
    """What a fit needs of its section: maps, fans and intervals change no model."""
    section = MODEL.get("variography") or {}
    return {key: value for key, value in section.items() if key not in ("exploration", "bootstrap")}


def kriging_threads():
    """Cores for the estimate: a model of few blocks is done before a second core could help, and would wait for all to be free."""
    blocks = math.prod(MODEL["grid"]["count"]) if MODEL else 0
    return 8 if blocks > 5000 else 1


def entered():
    """Files that located samples become, by name."""
    files = {name: f"<results>/tables/{name}.parquet" for name in TABLES}
    files |= {"stations": "<results>/drillholes/stations.parquet", "holes": "<results>/drillholes/holes.csv"}
    return files | ({"intervals": "<results>/domains/intervals.parquet"} if MODEL else {})


def whole_config(wildcards, input):
    """The resolved config as a parameter that makes no rule run again, as none does that is a function of the input.

    As an ancient input, config.yaml would hide a changed section from Snakemake: it asks no rule below a job that is to run.
    """
    return CONFIG


def sections(*names):
    """The named sections of the resolved config, such as "model.grid"."""
    found = {}
    for name in names:
        section = CONFIG
        for key in name.split("."):
            section = (section or {}).get(key)
        found[name] = section
    return found


def merged_composites(reported):
    """The table of merged composites, which the report shows where the config has them merged."""
    return ["kriging/merged.csv"] if reported == (MODEL["estimation"]["duplicates"] == "merge") else []


def audited_weights():
    """Tables of the weights of chosen blocks, where the config chooses any."""
    asked = MODEL["audit"]["blocks"] or MODEL["audit"]["points"] or MODEL["audit"]["random"]
    return [f"kriging/{name}.csv" for name in ("weights", "covariances")] if asked else []


def reported_files():
    """Tables and albums that the report shows; which ones depends on how far the deposit goes."""
    files = ["findings.csv", "rows.csv", "drillholes/holes.csv", "figures/drilling", "audit/decisions.csv"]
    if not LOCATED:
        files += ["excluded.csv", "corrections.csv", *(["merging.csv"] if CONFIG["drillholes"]["assays"] else [])]
    if CONFIG["qaqc"]:
        files += [*(f"qaqc/{name}.csv" for name in QUALITY_TABLES), "figures/quality"]
    if CONFIG["published"]:
        files += ["published/checks.csv", "published/intercepts.csv"]
    if CONFIG["intercepts"]:
        files += ["drillholes/intercepts.csv", "drillholes/intercepts_printed.csv"]
    if MODEL:
        files += ["domains/density_values.csv"] if "density" in TABLES else []
        files += ["domains/density_regression.csv"] if regresses_density() else []
        files += [
            "domains/solid.csv",
            "domains/subcells.csv",
            "domains/density.csv",
            "composites/conservation.csv",
        ]
        files += [] if DOOR == "composites" else ["composites/lengths.csv"]
        files += [
            f"statistics/{name}.csv"
            for name in (
                *("summary", "groups", "correlation", "means", "trends", "contacts", "contact_jumps"),
                *("caps", "candidate_caps", "deciles", "cap_curve", "outliers", "declustering", "declustering_methods"),
            )
        ]
        files += [f"variography/{name}.csv" for name in ("fits", "intervals", "alternatives", "residuals", "experimental")]
        files += ["validation/bias.csv", "validation/scores.csv"]
        files += merged_composites(reported=True) + audited_weights()
        files += ["validation/swaths.csv", "resource/classification.csv", "resource/grade_tonnage.csv"]
        files += ["resource/statement.csv", "resource/statement_unrounded.csv"]
        files += ["figures/density"] if "density" in TABLES else []
        files += [f"figures/{name}" for name in ("composites", "variograms", "model", "validation", "resource")]
    if MODEL and CONFIG["synthetic"]:
        files += [f"truth/{name}.csv" for name in ("geology", "totals", "local", "uncertainty", "confusion")] + ["figures/truth"]
    return [f"<results>/{file}" for file in files]


def model_files():
    """Models, tables and texts of a run that the report does not print."""
    files = ["findings.parquet", *(f"tables/{table}.parquet" for table in TABLES), "drillholes/stations.parquet"]
    files += [f"snapshots/{name}.parquet" for name in IN_DATABASES]
    if estimated_assay() == "<results>/qaqc/assay.parquet" and MODEL:
        files += ["qaqc/assay.parquet"]
    if CONFIG["published"]:
        files += ["published/conclusion.txt"]
    if MODEL:
        files += ["domains/intervals.parquet", "domains/blocks.nc"]
        files += [f"composites/{name}.parquet" for name in ("uncapped", "members", "composites")]
        files += [
            "variography/models.yaml",
            "variography/maps.csv",
            "variography/fans.csv",
            "kriging/parts.nc",
            "parts.nc",
            "blockmodel.nc",
            "validation/errors.csv",
        ]
        files += ["resource/footnotes.txt", "resource/conclusion.txt", *merged_composites(reported=False)]
    if MODEL and CONFIG["synthetic"]:
        files += ["truth/parts.nc", "truth/blocks.parquet"]
    return [f"<results>/{file}" for file in files]


def conclusion_file():
    """File with the last words of a run, or nothing."""
    if MODEL:
        return "<results>/resource/conclusion.txt"
    return "<results>/published/conclusion.txt" if CONFIG["published"] else []


def targets():
    """Files that a run must leave behind; the manifest depends on all others, the crate on the manifest."""
    return ["<results>/report.html", "<results>/manifest.json", "<results>/ro-crate-metadata.json"]


def stopping_words():
    """The last lines of a run that stopped, for a person; they stand in STOPPED.txt, too, beside what an older run left."""
    if set(workflow.dag_settings.targets) & set(AUDITS):
        return f"The audit ended without a clean verdict; the lines above say why. Its pages: results/{DEPOSIT}/audit."
    refused = Path("results", DEPOSIT, "findings.csv").is_file() and not Path("results", DEPOSIT, "tables/accepted.txt").is_file()
    findings = f" Faults of the tables, all of them with a hint: results/{DEPOSIT}/findings.csv." if refused else ""
    log = f"The rules' messages: results/{DEPOSIT}/logs."
    older = mark_stopped(Path("results", DEPOSIT), f"The run stopped.{findings} {log}")
    told = "The lines above name the rule, its message and its log; nothing half-written was kept."
    return f"The run stopped. {told}{findings}\n{older}"


def closing_words():
    """The last line of a run, for a person; a run that is whole takes the mark of a stopped one back."""
    audits = [AUDITS[target] for target in workflow.dag_settings.targets if target in AUDITS]
    if audits:
        pages = [Path("results", DEPOSIT, "audit", name) for name in audits]
        texts = [f"{page.read_text(encoding='utf-8').strip()}\nOpen {page.with_suffix('.html').as_posix()}" for page in pages]
        return "\n".join(texts)
    clear_stopped(Path("results", DEPOSIT), whole=not set(workflow.dag_settings.targets) - {"all"})
    conclusion = Path("results", DEPOSIT, "resource" if MODEL else "published", "conclusion.txt")
    nothing = "No estimate: the config has no model section, so the run stops after the drillholes."
    words = conclusion.read_text(encoding="utf-8").strip() if conclusion.is_file() else nothing
    return f"{words}\nOpen results/{DEPOSIT}/report.html"
