"""What all rules share: the resolved config, its sections, the digest of the code a rule runs, and the targets."""

import hashlib
import json
import math
import shlex
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from scandia.config.variants import variants
from scandia.io.exports.limits import FORMATS
from scandia.io.folders import declared_roots, require_folders
from scandia.io.source import code_digest, file_digest
from scandia.io.stopped import clear_stopped, mark_stopped
from scandia.config.load import resolve
from scandia.config.typed import typed
from scandia.drillholes.layouts import RAW_TABLES
from scandia.errors import SettingError
from scandia.kriging.settings import Estimation
from scandia.validation.cases import study_cases
from scandia.validation.settings import Neighbourhood

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
ECONOMICS = MODEL.get("economics")
UNITS = {name: CONFIG["analytes"][name]["unit"] for name in VARIABLES}
SYNTHETIC = f"SYNTHETIC: simulated by scandia, generator {CONFIG['synthetic']['generator']}" if CONFIG["synthetic"] else None


def code(rule):
    """Digest of everything that the rule's script runs, so that a changed source reruns it."""
    return code_digest(PROJECT / "workflow" / "scripts" / f"{rule}.py", LOCK)


# Studies by targets of their own: folder, what they are made by, and their tables.
STUDIES = {
    "trials": (lambda: trial_stamp(), ["summary.csv"]),
    "sensitivity": (lambda: sensitivity_stamp(), ["tornado.csv"]),
}

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


def override_files():
    """Files of the solids in which persons gave classes, those that exist; a missing one stops the run at its own rule."""
    given = [one["solid"]["file"] for one in MODEL["classification"]["overrides"] if one["solid"]] if MODEL else []
    files = [Path(CONFIG["drillholes"]["root"], file) for file in dict.fromkeys(given)]
    return [file.as_posix() for file in files if file.is_file()]


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


def experiment_settings(model=MODEL):
    """What experimental variograms need of their section: how a model is fitted to them changes none."""
    section, angles = model.get("variography") or {}, ("source", "borrow_from", "azimuth", "dip", "rake")
    domains = {name: {key: chosen[key] for key in angles} for name, chosen in section.get("domains", {}).items()}
    keys = ("downhole", "major", "semi", "minor", "estimator", "weigh_pairs")
    return {**{key: section[key] for key in keys if key in section}, "domains": domains}


def fit_settings(model=MODEL):
    """What a fit needs of its section: maps, fans and intervals change no model."""
    section = model.get("variography") or {}
    return {key: value for key, value in section.items() if key not in ("exploration", "bootstrap")}


def validation_section(*keys):
    """The named settings of the validation, and the swaths' widths, without which there are none; others rerun other rules."""
    section = MODEL.get("validation") or {}
    taken = [key for key in ("swaths", *keys) if key != "folds" or "fold" in section.get("cross_validation", ())]
    return {key: section[key] for key in taken if key in section}


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


def trial_config():
    """The config of a trial: all of it but how many there are, so that more trials leave those alone that are done."""
    return {key: section for key, section in CONFIG.items() if key not in ("trials", "sensitivity")}


def trial_seeds():
    """Seeds of the trials."""
    trials = CONFIG["trials"]
    return range(trials["first_seed"], trials["first_seed"] + trials["seeds"])


def stamp(*parts):
    """Digest of code and settings that made a study, which is run by a target of its own."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def trial_stamp():
    """What the trials are made by; another one makes the report leave them out until they are made again."""
    return stamp(trial_config(), CONFIG["trials"], *(code(rule) for rule in ("try_seed", "summarise_trials", "plot_trials")))


def standing_studies():
    """Tables and albums of studies that were run by targets of their own, and by the code and settings that hold now.

    Nothing in a whole run depends on them: the report shows what stands there, and leaves out what is older than the config.
    """
    files = []
    for name, (made_by, _) in STUDIES.items():
        written = Path("results", DEPOSIT, name, "stamp.txt")
        if written.is_file() and written.read_text(encoding="utf-8").splitlines()[-1] == made_by():
            files += [file.replace("<results>", f"results/{DEPOSIT}") for file in study_files(name)]
    return files


def study_files(name):
    """Tables and album of a study."""
    return [*(f"<results>/{name}/{table}" for table in STUDIES[name][1]), f"<results>/figures/{name}"]


# Stages of a variant: the file that stands for what each makes, its own settings, and the stages above it.
VARIED = {
    "weigh": ("composites/composites.parquet", lambda model: model["statistics"], []),
    "compute": ("variography/experimental.csv", experiment_settings, ["weigh"]),
    "fit": ("variography/models.yaml", fit_settings, ["compute"]),
    "build": (
        "domains/blocks.nc",
        lambda model: [model[key] for key in ("domains", "grid", "density", "topography", "overburden")],
        [],
    ),
    "describe": ("domains/density_regression.csv", lambda model: [model["domains"], model["density"]], []),
    "estimate": ("kriging/parts.nc", lambda model: model["estimation"], ["weigh", "fit", "build"]),
    "classify": ("parts.nc", lambda model: model["classification"], ["weigh", "estimate", "describe"]),
    "value": ("pit/parts.nc", lambda model: model["economics"], ["classify"]),
    "tabulate": ("resource/grade_tonnage.csv", lambda model: model["reporting"], ["value"]),
}


@cache
def variant_configs():
    """Variants of the config by name, the base first; none without a model."""
    return variants(CONFIG) if MODEL else {}


@cache
def is_varied(variant, stage):
    """Whether a stage of a variant differs from the base, by its own settings or by what reaches it."""
    _, own, above = VARIED[stage]
    changed = own(variant_configs()[variant].config["model"]) != own(MODEL)
    return changed or any(is_varied(variant, other) for other in above)


def varied(stage, file=None):
    """Input of a variant: the variant's own file where its stage differs, the file of the base where it does not."""

    def path(wildcards):
        folder = f"<results>/sensitivity/{wildcards.variant}" if is_varied(wildcards.variant, stage) else "<results>"
        return f"{folder}/{file or VARIED[stage][0]}"

    return path


def of_variant(*names):
    """A section of the model of a variant, as a parameter."""

    def section(wildcards):
        found = variant_configs()[wildcards.variant].config["model"]
        for name in names:
            found = found[name]
        return found

    return section


def varied_inputs(inputs, **own):
    """Inputs for a variant: those of the base, but for those that differ. Who inherits from a job's description takes none by itself."""
    return dict(inputs.items()) | own


def varied_outputs(outputs):
    """The outputs of a rule in the folder of a variant."""
    below = f"results/{DEPOSIT}/"
    return {name: f"<results>/sensitivity/{{variant}}/{str(path).removeprefix(below)}" for name, path in outputs.items()}


def variant_tables():
    """Grade-tonnage table of each variant in their order: its own, or that of the base where it reaches none of it."""
    own = {name: f"<results>/sensitivity/{name}" if is_varied(name, "tabulate") else "<results>" for name in variant_configs()}
    return [f"{folder}/{VARIED['tabulate'][0]}" for folder in own.values()]


def sensitivity_stamp():
    """What the sensitivities are made by."""
    rules_of_variants = ("weigh_composites", "compute_variograms", "fit_variograms", "build_blocks", "estimate_grades")
    rules_of_variants += ("classify_blocks", "optimise_pit", "tabulate_tonnage", "rank_sensitivities", "plot_sensitivities")
    return stamp(MODEL, CONFIG["sensitivity"], CONFIG["drillholes"], *(code(rule) for rule in rules_of_variants))


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


def reported_parts():
    """The parts that tonnes are counted in: with net smelter return and pit shell, where the config has economics."""
    return "<results>/pit/parts.nc" if ECONOMICS else "<results>/parts.nc"


def economic_tables():
    """Tables of value and pit."""
    return ["value/formula.csv", "pit/shells.csv", "pit/benches.csv", "resource/excluded.csv"] if ECONOMICS else []


def audited_weights():
    """Tables of the weights of chosen blocks, where the config chooses any."""
    asked = MODEL["audit"]["blocks"] or MODEL["audit"]["points"] or MODEL["audit"]["random"]
    return [f"kriging/{name}.csv" for name in ("weights", "covariances")] if asked else []


def neighbourhood_cases():
    """Names of the jobs of the neighbourhood study's matrix."""
    if not MODEL:
        return []
    settings, estimation = typed(Neighbourhood, MODEL["validation"]["neighbourhood"]), typed(Estimation, MODEL["estimation"])
    return [f"case{number}" for number in range(len(study_cases(settings, estimation, crossed=True)))]


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
        files += [
            f"validation/{name}.csv" for name in ("verdicts", "bias", "scores", "deciles", "diagnostics", "variances", "curves")
        ]
        files += ["validation/neighbourhood.csv", "validation/recommendation.csv"]
        files += merged_composites(reported=True) + audited_weights()
        files += ["validation/swaths.csv", "resource/classification.csv", "resource/grade_tonnage.csv"]
        files += [f"resource/{name}.csv" for name in ("class_reasons", "class_moves", "class_groups")]
        files += ["resource/statement.csv", "resource/statement_unrounded.csv", *economic_tables()]
        files += ["figures/density"] if "density" in TABLES else []
        files += [f"figures/{name}" for name in ("composites", "variograms", "model", "validation", "resource")]
        files += ["figures/pit"] if ECONOMICS else []
    if MODEL and CONFIG["synthetic"]:
        files += [
            f"truth/{name}.csv" for name in ("geology", "totals", "classes", "conditional", "local", "uncertainty", "confusion")
        ] + ["figures/truth"]
        files += ["truth/pits.csv"] if ECONOMICS else []
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
        files += ["pit/parts.nc", "pit/shell.nc"] if ECONOMICS else []
        files += ["resource/statement.xlsx", "resource/statement.html"]
        files += ["resource/footnotes.txt", "resource/conclusion.txt", *merged_composites(reported=False)]
    if MODEL and CONFIG["synthetic"]:
        files += ["truth/parts.nc", "truth/blocks.parquet"]
    return [f"<results>/{file}" for file in files]


# Formats that have something to hold: two of them hold nothing but what comes of a model.
EXPORT_FORMATS = [name for name in FORMATS if MODEL or name not in ("zarr", "geoeas")]


def all_exports():
    """Folders of all formats; of OMF where its library is installed, which the lock does not have."""
    return [f"<results>/exports/{name}" for name in EXPORT_FORMATS if name != "omf" or find_spec("omf")]


def exported():
    """Folders of the formats that every run writes."""
    return [f"<results>/exports/{name}" for name in EXPORT_FORMATS if name in CONFIG["exports"]["formats"]]


def hashed_exports():
    """Those of them that the manifest lists: a project of OMF has new identifiers and dates each time it is written."""
    return [folder for folder in exported() if Path(folder).name != "omf"]


def flow():
    """Inputs and outputs of every rule: the report leads from a number to what it was made of. Absolute paths of raw files are cut."""

    def told(files):
        named = (str(file) for file in files if not callable(file))
        named = (Path(name).name if Path(name).is_absolute() else name for name in named)
        below = {name.removeprefix("<results>/").removeprefix(f"results/{DEPOSIT}/") for name in named}
        return sorted({name.split("{")[0].rstrip("/") for name in below})  # of files by wildcard their folder

    return {rule.name: {"inputs": told(rule.input), "outputs": told(rule.output)} for rule in workflow.rules if rule.output}


def conclusion_file():
    """File with the last words of a run, or nothing."""
    if MODEL:
        return "<results>/resource/conclusion.txt"
    return "<results>/published/conclusion.txt" if CONFIG["published"] else []


def targets():
    """Files that a run must leave behind; the manifest depends on all others, the crate on the manifest."""
    return ["<results>/report.html", "<results>/manifest.json", "<results>/ro-crate-metadata.json", *exported()]


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
