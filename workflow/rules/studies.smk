"""Studies by targets of their own: variants of the config, the stages that each reaches, and what tells whether a study still holds."""

import hashlib
import json
from functools import cache

from scandia.config.variants import variants

# Studies by targets of their own: folder and tables, settings that no rule of theirs has among its static params, and sources.
STUDIES = {
    "trials": (["summary.csv"], lambda: list(trial_seeds()), lambda: []),
    "sensitivity": (["tornado.csv"], lambda: variant_settings(), lambda: variant_sources()),
}


def trial_config():
    """The config of a trial: all of it but how many there are, so that more trials leave those alone that are done."""
    return {key: section for key, section in CONFIG.items() if key not in ("trials", "sensitivity", "previous")}


def trial_seeds():
    """Seeds of the trials."""
    trials = CONFIG["trials"]
    return range(trials["first_seed"], trials["first_seed"] + trials["seeds"])


def study_rules(name):
    """The rules that make a study, by name: those with an output in one of its folders."""
    folders = (f"{RESULTS}/{name}/", f"{RESULTS}/figures/{name}")
    return {own: rule for own, rule in own_rules().items() if any(str(file).startswith(folders) for file in rule.output)}


def digest(*parts):
    """Digest of plain parts, such as sections of a config."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def made_by(name):
    """Digest of code and settings of a study: the params of its rules, and the settings that they take by wildcard."""
    made = study_rules(name)
    # Digests of raw files are given to rules later than this may be asked; what is made of the files is among the sources.
    params = {
        own: {key: one for key, one in rule.params.items() if key != "contents" and not callable(one)}
        for own, rule in made.items()
    }
    return digest(params, STUDIES[name][1]())


def study_sources(name):
    """Files of the base that a study is made from."""
    return STUDIES[name][2]()


def standing_studies():
    """Studies that were run by targets of their own, with all that tells whether they still hold when the report is written.

    Nothing in a whole run depends on them, so they are no inputs; their digests rerun the report when they are made again.
    """
    found = {}
    for name in STUDIES:
        stamp, *files = (file.replace("<results>", RESULTS) for file in (f"<results>/{name}/stamp.txt", *study_files(name)))
        if Path(stamp).is_file():
            seen = [file_digest(file) for file in (stamp, *files) if Path(file).is_file()]
            found[name] = {"stamp": stamp, "files": files, "seen": seen, "made_by": made_by(name), "sources": study_sources(name)}
    return found


def study_files(name):
    """Tables and album of a study."""
    return [*(f"<results>/{name}/{table}" for table in STUDIES[name][0]), f"<results>/figures/{name}"]


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


def outputs_below(folder, outputs):
    """The outputs of a rule in a folder of the results, such as that of a variant."""
    root = f"{RESULTS}/"
    return {name: f"<results>/{folder}/{str(path).removeprefix(root)}" for name, path in outputs.items()}


def variant_tables():
    """Grade-tonnage table of each variant in their order: its own, or that of the base where it reaches none of it."""
    own = {name: f"<results>/sensitivity/{name}" if is_varied(name, "tabulate") else "<results>" for name in variant_configs()}
    return [f"{folder}/{VARIED['tabulate'][0]}" for folder in own.values()]


def variant_settings():
    """The settings of every stage of every variant."""
    return {
        name: {stage: own(one.config["model"]) for stage, (_, own, _) in VARIED.items()}
        for name, one in variant_configs().items()
    }


def variant_sources():
    """Files of the base that all variants are made from."""
    return sources_above("sensitivity", "vary_")


def sources_above(study, prefix):
    """Files of the base that a study is made from: up from its last table, through the rules that the study runs as its own, too."""
    names = study_rules(study)
    own = [rule for name, rule in own_rules().items() if f"{prefix}{name}" in names]
    waiting, seen, made = [f"{RESULTS}/{VARIED['tabulate'][0]}"], set(), set()
    while waiting:
        file = waiting.pop()
        seen.add(file)
        maker = next((rule for rule in own if any(output.match(file) for output in rule.output)), None)  # chunks by wildcard
        if maker:
            made.add(file)
            waiting += [str(other) for other in maker.input if str(other) not in seen]
    return sorted(seen - made)
