"""Proof of what was run, and the tools to check it.

Required inputs: every table, model and picture of the run.
Outputs: manifest.json, ro-crate-metadata.json, audit/{Snakefile,requirements.lock}; of the targets verify, audit and compare
audit/verify.{html,txt}, audit/verdict.{html,txt} and compare/comparison.{html,txt}.
Steps: write_manifest (hashes of inputs, config, code, lock file and outputs; parameters and times of every rule), write_crate (the same
as an RO-Crate). `snakemake verify` holds every hash against the files; `snakemake audit` also runs all from raw in a clean folder,
compares, and recomputes blocks and totals by a second path; `snakemake compare` puts another run beside this one. They judge what
lies there: they have no inputs, or Snakemake would mend a changed file before it is seen, and no outputs, so that they always run.
`snakemake clean` takes the results of the deposit away again.
"""


rule write_manifest:
    input:
        raw=[*raw_files(), *database_files(), *published_files(), *override_files()],  # not what lies in the results
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
    resources:
        mem_mb=memory("write_manifest"),
        runtime=runtime("write_manifest"),
    params:
        config=CONFIG,
        results=lambda wildcards, output: Path(output[0]).parent.as_posix(),
        studies=standing_studies(),
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
    resources:
        mem_mb=memory("write_crate"),
        runtime=runtime("write_crate"),
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
    resources:
        mem_mb=memory("verify"),
        runtime=runtime("verify"),
    params:
        results=RESULTS,
        config=CONFIG,
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
    resources:
        mem_mb=memory("audit"),
        runtime=runtime("audit"),
    params:
        results=RESULTS,
        config=CONFIG,
        roots=declared_roots(CONFIG),
        codes=rule_codes(),
        lock=file_digest(LOCK),
        command=lambda wildcards: rerun_command(),
        rerun=f"results/{DEPOSIT}",
        mark=SYNTHETIC,
        code=code("audit"),
    script:
        "../scripts/audit.py"


rule compare:
    log:
        "<logs>/compare.log",
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("compare"),
        runtime=runtime("compare"),
    params:
        results=RESULTS,
        baseline=lambda wildcards: require_baseline(),
        mark=SYNTHETIC,
        code=code("compare"),
    script:
        "../scripts/compare.py"


rule clean:
    log:
        CLEANED,
    localrule: True
    conda:
        "../../envs/scandia.yaml"
    params:
        results=RESULTS,
        patterns=lambda wildcards: written(folders=False),
        folders=lambda wildcards: written(folders=True),
        code=code("clean"),
    script:
        "../scripts/clean.py"


include: "start.smk"
