"""Steps from a previous estimate to the present one: which stage of each step is a run of its own, and whose file it takes where not."""

from functools import cache, partial

from scandia.config.previous import PREVIOUS, steps

try:
    STEPS = steps(CONFIG) if CONFIG["previous"] else {}
except SettingError as error:
    refuse(error)

HELD = [name for name in TABLES if name != "qc"]  # tables that the holes of the previous estimate are taken from
if STEPS:
    tables = ["waterfall.csv", "campaigns.csv", "published.csv"]
    STUDIES["reconcile"] = (tables, lambda: step_settings(), lambda: sources_above("reconcile", "step_"))


def block_settings(model):
    """What the blocks are built by; of the estimate only what changes them."""
    turned = {name: readings for name, readings in model["estimation"]["orientations"].items() if readings["source"] == "solid"}
    sections = [model[key] for key in ("domains", "grid", "density", "topography", "overburden")]
    return [*sections, model["estimation"]["own_points"], turned]


def composite_settings(model):
    """Compositing, and the plausible densities where composites are weighted by them."""
    return [model["composites"], plausible_densities(model)]


def parts_of(*names):
    """The named sections of a model, as a function of it."""
    return lambda model: [model[name] for name in names]


# Stages of a step: the file that stands for what each makes, its own settings, and the stages above it.
STAGES = {
    "take": ("tables/collar.parquet", parts_of(), []),
    "desurvey": ("drillholes/stations.parquet", parts_of(), ["take"]),
    "code": ("domains/intervals.parquet", parts_of("domains", "overburden"), ["desurvey"]),
    "composite": ("composites/uncapped.parquet", composite_settings, ["code"]),
    "weigh": (VARIED["weigh"][0], parts_of("statistics"), ["composite"]),
    "compute": VARIED["compute"],
    "fit": VARIED["fit"],
    "build": ("domains/blocks.nc", block_settings, ["code"]),
    "describe": (VARIED["describe"][0], VARIED["describe"][1], ["code"]),
    "estimate": VARIED["estimate"],
    "classify": ("parts.nc", parts_of("classification", "topography"), VARIED["classify"][2]),
    "value": ("pit/parts.nc", parts_of("economics", "topography", "overburden"), ["classify"]),
    "tabulate": VARIED["tabulate"],
}


@cache
def signature(step, stage):
    """Digest of all settings that reach a stage of a step, and of whose holes it has; code reaches all steps alike."""
    _, own, above = STAGES[stage]
    holes = STEPS[step].all_holes if stage == "take" else None
    return digest(holes, own(STEPS[step].config["model"]), *(signature(step, other) for other in above))


@cache
def home(step, stage):
    """Folder of a stage of a step: the run's own where nothing differs, else that of the first step that has the same."""
    mine = signature(step, stage)
    if mine == signature(list(STEPS)[-1], stage):
        return "<results>"
    return f"<results>/reconcile/{next(name for name in STEPS if signature(name, stage) == mine)}"


def stepped(stage, file=None, asked=lambda model: True):
    """Input of a step: a file of a stage, where the step's model asks for it."""

    def path(wildcards):
        model = STEPS[wildcards.step].config["model"]
        return f"{home(wildcards.step, stage)}/{file or STAGES[stage][0]}" if asked(model) else []

    return path


def stepped_chunks(wildcards):
    """Input of a step: its chunks of the estimate."""
    names = chunk_names(STEPS[wildcards.step].config["model"])
    return [f"<results>/reconcile/{wildcards.step}/kriging/chunks/{name}.nc" for name in names]


def stepped_assay(asked=lambda model: True):
    """The assays of a step's holes, without those of failed batches where the run holds them out."""

    def path(wildcards):
        folder = home(wildcards.step, "take")
        held = estimated_assay() if folder == "<results>" else f"{folder}/tables/assay.parquet"
        return held if asked(STEPS[wildcards.step].config["model"]) else []

    return path


def stepped_table(name, asked=lambda model: True):
    """A table of a step's holes, where there is one and the step's model asks for it."""
    return stepped("take", f"tables/{name}.parquet", lambda model: name in TABLES and asked(model))


def files_of(*names):
    """Input of a step: files that the named sections of its model read, those that exist."""

    def named(section):
        if isinstance(section, dict):
            own = [section["file"]] if isinstance(section.get("file"), str) else []
            return own + [file for inner in section.values() for file in named(inner)]
        return [file for inner in section for file in named(inner)] if isinstance(section, list) else []

    def files(wildcards):
        model = STEPS[wildcards.step].config["model"]
        paths = (below(None, file) for name in names for file in named(model[name]))
        return [path.as_posix() for path in dict.fromkeys(paths) if path.is_file()]

    files.raw = True  # for the digest of their contents
    return files


def of_step(own):
    """A parameter of a step: a section of its model by name, or what a function makes of the model."""
    return lambda wildcards: (
        own(STEPS[wildcards.step].config["model"]) if callable(own) else STEPS[wildcards.step].config["model"][own]
    )


def solid_orientations(model):
    """Orientations that come from the solid, by domain."""
    return block_settings(model)[-1]


def step_tables():
    """Grade-tonnage table of each step in their order."""
    return [f"{home(step, 'tabulate')}/{STAGES['tabulate'][0]}" for step in STEPS]


def step_settings():
    """The settings of every stage of every step, and whose holes it has."""
    return {
        name: [one.all_holes, {stage: own(one.config["model"]) for stage, (_, own, _) in STAGES.items()}]
        for name, one in STEPS.items()
    }


def reconcile_target():
    """What `snakemake reconcile` makes; without a previous estimate it ends in words."""

    def refused(wildcards):
        refuse("`reconcile` compares with a previous estimate, and the config has no section `previous` (config/README.md).")

    return "<results>/reconcile/stamp.txt" if STEPS else refused
