"""What all rules share: the resolved config, its sections, and the digest of the code a rule runs."""

import shlex
import sys
from functools import cache
from pathlib import Path

from scandia.io.exports.limits import require_room
from scandia.io.folders import require_folders
from scandia.io.source import code_digest, file_digest
from scandia.config.load import resolve
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


# Results of another run, for the target compare; no key of the config, and no part of a run. It stays where it is: another workflow
# that uses this one as a module reads the same config each time that it takes rules of it.
BASELINE = config.get("baseline")

try:
    CONFIG = resolve({key: section for key, section in config.items() if key != "baseline"})
    require_folders(CONFIG)
    require_room(CONFIG)
except SettingError as error:
    refuse(error)

DEPOSIT = CONFIG["deposit"]


pathvars:
    results=f"results/{DEPOSIT}",
    logs="<results>/logs",
    benchmarks="<results>/benchmarks",


# Where this run's results land: as the line above says, or where the workflow that uses this one as a module says.
RESULTS = workflow.pathvars.apply("<results>")
if workflow.modifier.path_modifier.replace_prefix(RESULTS) != RESULTS:
    refuse('a module of scandia takes no prefix, which would move the raw tables too. Hint: pathvars: results="path/to/results"')

MODEL = CONFIG["model"] or {}
VARIABLES = MODEL["estimation"]["variables"] if MODEL else []
ORIENTATIONS = MODEL["estimation"]["orientations"] if MODEL else {}
ECONOMICS = MODEL.get("economics")
UNITS = {name: CONFIG["analytes"][name]["unit"] for name in VARIABLES}
SYNTHETIC = f"SYNTHETIC: simulated by scandia, generator {CONFIG['synthetic']['generator']}" if CONFIG["synthetic"] else None
# Where the flow begins: with raw tables of drillholes (None), or with located samples or composites.
LOCATED = CONFIG["drillholes"]["located"]
DOOR = LOCATED["kind"] if LOCATED else None


MODIFIER = workflow.modifier  # another workflow that uses this one as a module gives its rules other names


def own_rules():
    """The rules of this workflow by the names they have here; beside them there may be those of another workflow."""
    names = {name: MODIFIER.modify_rulename(name) for name in rules._rules}
    if len(set(names.values())) < len(names):
        refuse("a module of scandia takes names with a star only. Hint: take it `as scandia_* with`")
    return {name: workflow.get_rule(other) for name, other in names.items() if workflow.is_rule(other)}


def called(targets):
    """Own names of the rules that the command line or another workflow calls for."""
    return {name for name, rule in own_rules().items() if rule.name in targets}


@cache
def code(rule):
    """Digest of everything that the rule's script runs, so that a changed source reruns it."""
    return code_digest(PROJECT / "workflow" / "scripts" / f"{rule}.py", LOCK)


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
