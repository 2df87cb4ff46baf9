"""Studies by targets of their own: variants of the config, the stages that each reaches, and stamps that say whether a study still holds."""

import hashlib
import json
from functools import cache

from scandia.config.variants import variants

# Studies by targets of their own: folder, what they are made by, and their tables.
STUDIES = {
    "trials": (lambda: trial_stamp(), ["summary.csv"]),
    "sensitivity": (lambda: sensitivity_stamp(), ["tornado.csv"]),
}


def trial_config():
    """The config of a trial: all of it but how many there are, so that more trials leave those alone that are done."""
    return {key: section for key, section in CONFIG.items() if key not in ("trials", "sensitivity", "previous")}


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
