"""Proof of what was run, and the tools to check it.

Required inputs: every table, model and picture of the run.
Outputs: manifest.json, ro-crate-metadata.json, audit/{Snakefile,requirements.lock}; of the targets verify and
audit audit/verify.{html,txt} and audit/verdict.{html,txt}.
Steps: write_manifest (hashes of inputs, config, code, lock file and outputs; parameters
and times of every rule), write_crate (the same as an RO-Crate). `snakemake verify` holds every hash against the files; `snakemake
audit` also runs all from raw in a clean folder, compares, and recomputes blocks and totals by a second path. Both judge what lies
there: they have no inputs, or Snakemake would mend a changed file before it is seen, and no outputs, so that they always run.
"""

import json

from scandia.io.folders import declared_roots

AUDITS = {"verify": "audit/verify.txt", "audit": "audit/verdict.txt", "compare": "compare/comparison.txt"}


def rule_codes():
    """Digest of the code of every rule."""
    return {script.stem: code(script.stem) for script in sorted((PROJECT / "workflow" / "scripts").glob("*.py"))}


def gate_files():
    """What the gates and the sides of the solids left; not the list of compiled kernels, which is the machine's."""
    files = ["tables/accepted.txt", *(["tables/located.parquet"] if LOCATED else [])]
    files += ["domains/accepted.txt", "domains/sides.csv"] if MODEL else []
    return [f"<results>/{file}" for file in files]


def run_rules(wildcards, input):
    """Every rule that made an output of this run, in the order of the flow: its code, parameters and outputs.

    A function of the input, so that it makes no rule run again: whatever changes it changes an output as well.
    """
    made, facts = [str(path) for path in input.outputs], {}
    for rule in workflow.rules:
        outputs = [path for path in made if any(output.match(path) for output in rule.output)]
        if outputs and rule.name not in idle_rules():
            facts[rule.name] = _facts(rule, outputs)
    return facts


def idle_rules():
    """Rules whose outputs are made by those of located samples, where the flow begins with them."""
    idle = ["validate_tables", "desurvey_holes", "code_intervals"] if LOCATED else []
    return [*idle, *(["composite_samples"] if DOOR == "composites" else [])]


def _facts(rule, outputs):
    given = {name: value for name, value in rule.params.items() if name not in ("mark", "code") and not callable(value)}
    given = {name: "the resolved config" if value == CONFIG else value for name, value in given.items()}
    below_results = [Path(path).relative_to(Path("results", DEPOSIT)).as_posix() for path in outputs]
    return {"code": code(rule.name), "parameters": json.loads(json.dumps(given, default=str)), "outputs": below_results}


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


rule write_manifest:
    input:
        raw=[*raw_files(), *database_files(), *snapshots(), *published_files(), *override_files()],
        outputs=[
            "<results>/config.yaml",
            "<results>/report.html",
            *reported_files(),
            *model_files(),
            *hashed_exports(),
            *gate_files(),
        ],
    output:
        "<results>/manifest.json",
    log:
        "<logs>/write_manifest.log",
    benchmark:
        "<benchmarks>/write_manifest.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        config=CONFIG,
        results=lambda wildcards, output: Path(output[0]).parent.as_posix(),
        rules=run_rules,
        lock=file_digest(LOCK),
        mark=SYNTHETIC,
        code=code("write_manifest"),
    script:
        "../scripts/write_manifest.py"


rule write_crate:
    input:
        "<results>/manifest.json",
    output:
        crate="<results>/ro-crate-metadata.json",
        workflow="<results>/audit/Snakefile",
        lock="<results>/audit/requirements.lock",
    log:
        "<logs>/write_crate.log",
    benchmark:
        "<benchmarks>/write_crate.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        snakefile=lambda wildcards: (PROJECT / "Snakefile").as_posix(),
        lock=lambda wildcards: LOCK.as_posix(),
        workflow="audit/Snakefile",
        locked="audit/requirements.lock",
        license="The licence of the results is for their owner to state; scandia itself is under BSD-3-Clause.",
        code=code("write_crate"),
    script:
        "../scripts/write_crate.py"


rule verify:
    log:
        "<logs>/verify.log",
    conda:
        "../../envs/scandia.yaml"
    params:
        results=f"results/{DEPOSIT}",
        config=f"results/{DEPOSIT}/config.yaml",
        roots=declared_roots(CONFIG),
        codes=rule_codes(),
        lock=file_digest(LOCK),
        mark=SYNTHETIC,
        code=code("verify"),
    script:
        "../scripts/verify.py"


rule audit:
    log:
        "<logs>/audit.log",
    conda:
        "../../envs/scandia.yaml"
    threads: workflow.cores
    params:
        results=f"results/{DEPOSIT}",
        config=f"results/{DEPOSIT}/config.yaml",
        roots=declared_roots(CONFIG),
        codes=rule_codes(),
        lock=file_digest(LOCK),
        command=lambda wildcards: rerun_command(),
        mark=SYNTHETIC,
        code=code("audit"),
    script:
        "../scripts/audit.py"


rule compare:
    log:
        "<logs>/compare.log",
    conda:
        "../../envs/scandia.yaml"
    params:
        results=f"results/{DEPOSIT}",
        baseline=lambda wildcards: require_baseline(),
        mark=SYNTHETIC,
        code=code("compare"),
    script:
        "../scripts/compare.py"
