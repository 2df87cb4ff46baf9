"""What the manifest tells of the rules; files, codes and the command of a rerun for the targets of an auditor."""

import json

from scandia.io.folders import declared_roots

AUDITS = {"verify": "audit/verify.txt", "audit": "audit/verdict.txt", "compare": "compare/comparison.txt"}

CLEANED = ".snakemake/clean.log"  # not below the results, which are to be gone
TAKERS = ["merge_chunks"]  # rules that take files which vanish when they are done: whoever makes those made the run, too


def rule_codes():
    """Digest of the code of every rule."""
    return {script.stem: code(script.stem) for script in sorted((PROJECT / "workflow" / "scripts").glob("*.py"))}


def gate_files():
    """What the gates and the sides of the solids left; not the list of compiled kernels, which is the machine's."""
    files = ["tables/accepted.txt", *(["tables/located.parquet"] if LOCATED else [])]
    files += ["domains/accepted.txt", "domains/sides.csv"] if MODEL else []
    return [f"<results>/{file}" for file in files]


def run_rules(wildcards, input):
    """Code, parameters and outputs of each rule that made an output of this run, in the order of the flow.

    A function of the input, so that nothing runs again because of it; whatever changes it changes an output as well.
    """
    made = [str(path) for path in input.outputs]
    own_ones = own_rules()
    taking = [own_ones[name] for name in TAKERS if any(str(file) in made for file in own_ones[name].output)]
    made += [str(path) for own in taking for path in own.input]
    flowing = {name: own for name, own in own_ones.items() if name not in idle_rules()}
    owned = {name: [path for path in made if any(output.match(path) for output in own.output)] for name, own in flowing.items()}
    return {name: _facts(name, flowing[name], outputs) for name, outputs in owned.items() if outputs}


def idle_rules():
    """Rules whose outputs are made by those of located samples, where the flow begins with them."""
    idle = ["validate_tables", "desurvey_holes", "code_intervals"] if LOCATED else []
    return [*idle, *(["composite_samples"] if DOOR == "composites" else [])]


OWN_WORDS = ("mark", "code", "contents")  # parameters that stand in the manifest by another name


def _facts(rule, own, outputs):
    given = {name: value for name, value in own.params.items() if name not in OWN_WORDS and not callable(value)}
    given = {name: "the resolved config" if value == CONFIG else value for name, value in given.items()}
    below_results = [Path(path).relative_to(RESULTS).as_posix() for path in outputs]
    return {"code": code(rule), "parameters": json.loads(json.dumps(given, default=str)), "outputs": below_results}


def written(folders):
    """Regular expressions of the files, or of the folders, that rules write."""
    outputs = [output for own in own_rules().values() for output in own.output]
    return sorted({output.regex().pattern for output in outputs if bool(output.is_directory) == folders})


def require_baseline():
    """The folder of the baseline's results; without one the run ends in plain words."""
    if not isinstance(BASELINE, str):
        refuse("compare needs the results of another run. Hint: snakemake compare --config baseline=path/to/results/deposit")
    return BASELINE


def rerun_command():
    """The command of a rerun, as a list of texts; it runs in the clean folder."""
    return [
        *shlex.split(sys.executable),
        "-m",
        "snakemake",
        "--snakefile",
        str(PROJECT / "Snakefile"),
        "--configfile",
        "config.yaml",
    ]
