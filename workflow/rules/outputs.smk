"""What a run leaves: the files of its report, models, exports, and its last words."""

import os
from importlib.util import find_spec

from scandia.io.exports.limits import FORMATS
from scandia.io.job import RUN as RUN_VARIABLE
from scandia.io.stopped import clear_stopped, killed_jobs, mark_stopped


def merged_composites(reported):
    """The table of merged composites, which the report shows where the config has them merged."""
    return ["kriging/merged.csv"] if reported == (MODEL["estimation"]["duplicates"] == "merge") else []


def economic_tables():
    """Tables of value and pit."""
    return ["value/formula.csv", "pit/shells.csv", "pit/benches.csv", "resource/excluded.csv"] if ECONOMICS else []


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

    def below(file):
        return str(file).removeprefix("<results>/").removeprefix(f"{RESULTS}/")

    folders = {below(file).split("{")[0] for rule in own_rules().values() for file in rule.output if "{" in str(file)}
    folders = tuple(folder for folder in folders if folder.endswith("/"))

    def told(files):
        """Names below the results; of files by wildcard their folder."""
        named = (below(file) for file in files if not callable(file))
        named = (Path(name).name if Path(name).is_absolute() else name for name in named)
        return sorted(
            {Path(name).parent.as_posix() if name.startswith(folders) else name.split("{")[0].rstrip("/") for name in named}
        )

    return {name: {"inputs": told(rule.input), "outputs": told(rule.output)} for name, rule in own_rules().items() if rule.output}


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
    if "clean" in called(workflow.dag_settings.targets):
        return "Nothing more was removed; the lines above say why."
    if called(workflow.dag_settings.targets) & set(AUDITS):
        return f"The audit ended without a clean verdict; the lines above say why. Its pages: {RESULTS}/audit."
    refused = Path(RESULTS, "findings.csv").is_file() and not Path(RESULTS, "tables/accepted.txt").is_file()
    findings = f" Faults of the tables, all of them with a hint: {RESULTS}/findings.csv." if refused else ""
    log = f"The rules' messages: {RESULTS}/logs."
    killed = killed_jobs(Path(RESULTS, "logs"), os.environ.get(RUN_VARIABLE, ""))
    older = mark_stopped(RESULTS, f"The run stopped.{findings} {killed} {log}")
    told = "The lines above name the rule, its message and its log; nothing half-written was kept."
    return "\n".join(filter(None, [f"The run stopped. {told}{findings}", killed, older]))


def whole_run():
    """Whether this run was of everything, by whatever name it was called for, also by another workflow: its manifest was among it."""
    return own_rules()["write_manifest"] in {job.rule for job in workflow.dag.jobs}


def closing_words():
    """The last line of a run, for a person; a run that is whole takes the mark of a stopped one back."""
    wanted = called(workflow.dag_settings.targets or [workflow.default_target])
    if "clean" in wanted:
        return Path(CLEANED).read_text(encoding="utf-8").strip()
    pages = [Path(RESULTS, AUDITS[target]) for target in AUDITS if target in wanted]
    if pages:
        texts = [f"{page.read_text(encoding='utf-8').strip()}\nOpen {page.with_suffix('.html').as_posix()}" for page in pages]
        return "\n".join(texts)
    whole = whole_run()
    clear_stopped(RESULTS, whole=whole)
    if not whole:
        asked = ", ".join(sorted(map(str, workflow.dag_settings.targets or {job.rule.name for job in workflow.dag.targetjobs})))
        return f"Made: {asked}. What a whole run says and reports comes with `snakemake` alone."
    conclusion = Path(RESULTS, "resource" if MODEL else "published", "conclusion.txt")
    nothing = "No estimate: the config has no model section, so the run stops after the drillholes."
    words = conclusion.read_text(encoding="utf-8").strip() if conclusion.is_file() else nothing
    return f"{words}\nOpen {RESULTS}/report.html"
