"""How wrong is the model, where the truth is known; and on deposits drawn anew: do its intervals hold, is it right on the mean?

Required inputs: domains/blocks.nc, parts.nc and what they were made of; for the trials none but the config of a simulated deposit.
Outputs: truth/* of a run; trials/{seeds/<seed>.parquet,trials.parquet,summary.csv,stamp.txt}, figures/trials/ by the target truth.
Steps: compute_truth, compare_truth, compare_pits (the truth's own pit), compare_geology (volumes and means of the domains against the
truth). Target truth: try_seed (a deposit drawn, estimated and compared with its truth, a job per seed), summarise_trials, plot_trials,
stamp_study (what a study was made by; of the sensitivities, too). A whole run asks for no trials, and its report shows them where they
stand.
"""


rule compute_truth:
    input:
        "<results>/domains/blocks.nc",
        compiled="<results>/kriging/compiled.txt",
    output:
        "<results>/truth/parts.nc",
    log:
        "<logs>/compute_truth.log",
    benchmark:
        "<benchmarks>/compute_truth.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("compute_truth"),
        runtime=runtime("compute_truth"),
    params:
        synthetic=CONFIG["synthetic"],
        mark=SYNTHETIC,
        code=code("compute_truth"),
    script:
        "../scripts/compute_truth.py"


rule compare_truth:
    input:
        parts=reported_parts(),
        truth="<results>/truth/parts.nc",
        composites="<results>/composites/composites.parquet",
    output:
        classes="<results>/truth/classes.csv",
        conditional="<results>/truth/conditional.csv",
        totals="<results>/truth/totals.csv",
        local="<results>/truth/local.csv",
        uncertainty="<results>/truth/uncertainty.csv",
        confusion="<results>/truth/confusion.csv",
        blocks="<results>/truth/blocks.parquet",
    log:
        "<logs>/compare_truth.log",
    benchmark:
        "<benchmarks>/compare_truth.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("compare_truth"),
        runtime=runtime("compare_truth"),
    params:
        reporting=cutoff_settings(),
        domains=MODEL.get("domains"),
        estimation=MODEL.get("estimation"),
        mine_grid=CONFIG["mine_grid"],
        economics=economic_settings(),
        analytes=sold_analytes(),
        variables=VARIABLES,
        mark=SYNTHETIC,
        code=code("compare_truth"),
    script:
        "../scripts/compare_truth.py"


if ECONOMICS:

    rule compare_pits:
        input:
            parts="<results>/pit/parts.nc",
            shell="<results>/pit/shell.nc",
            truth="<results>/truth/parts.nc",
            collar="<results>/tables/collar.parquet",
            topography=raw_topography(),
            overburden=geology_files(),
        output:
            "<results>/truth/pits.csv",
        log:
            "<logs>/compare_pits.log",
        benchmark:
            "<benchmarks>/compare_pits.tsv"
        conda:
            "../../envs/scandia.yaml"
        resources:
            mem_mb=memory("compare_pits"),
            runtime=runtime("compare_pits"),
        params:
            economics=economic_settings(),
            analytes=sold_analytes(),
            reporting=cutoff_settings(),
            topography=MODEL["topography"],
            overburden=MODEL["overburden"],
            root=lambda wildcards: CONFIG["drillholes"]["root"],
            mark=SYNTHETIC,
            code=code("compare_pits"),
        script:
            "../scripts/compare_pits.py"


rule compare_geology:
    input:
        solid="<results>/domains/solid.csv",
        means="<results>/statistics/means.csv",
        truth="<results>/truth/parts.nc",
        intervals="<results>/domains/intervals.parquet",
        stations="<results>/drillholes/stations.parquet",
    output:
        "<results>/truth/geology.csv",
    log:
        "<logs>/compare_geology.log",
    benchmark:
        "<benchmarks>/compare_geology.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("compare_geology"),
        runtime=runtime("compare_geology"),
    params:
        domains=domain_settings(),
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("compare_geology"),
    script:
        "../scripts/compare_geology.py"


rule truth:
    input:
        "<results>/trials/stamp.txt",


rule try_seed:
    input:
        compiled="<results>/kriging/compiled.txt",
    output:
        "<results>/trials/seeds/{seed}.parquet",
    log:
        "<logs>/try_seed/{seed}.log",
    benchmark:
        "<benchmarks>/try_seed/{seed}.tsv"
    wildcard_constraints:
        seed=r"\d+",
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("try_seed"),
        runtime=runtime("try_seed"),
    params:
        config=trial_config(),
        mark=SYNTHETIC,
        code=code("try_seed"),
    script:
        "../scripts/try_seed.py"


rule summarise_trials:
    input:
        collect("<results>/trials/seeds/{seed}.parquet", seed=trial_seeds()),
    output:
        trials="<results>/trials/trials.parquet",
        summary="<results>/trials/summary.csv",
    log:
        "<logs>/summarise_trials.log",
    benchmark:
        "<benchmarks>/summarise_trials.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("summarise_trials"),
        runtime=runtime("summarise_trials"),
    params:
        level=CONFIG["trials"]["level"],
        mark=SYNTHETIC,
        code=code("summarise_trials"),
    script:
        "../scripts/summarise_trials.py"


rule plot_trials:
    input:
        trials="<results>/trials/trials.parquet",
        summary="<results>/trials/summary.csv",
    output:
        directory("<results>/figures/trials"),
    log:
        "<logs>/plot_trials.log",
    benchmark:
        "<benchmarks>/plot_trials.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("plot_trials"),
        runtime=runtime("plot_trials"),
    params:
        mark=SYNTHETIC,
        code=code("plot_trials"),
    script:
        "../scripts/plot_trials.py"


rule stamp_study:
    input:
        files=lambda wildcards: study_files(wildcards.study),
        sources=lambda wildcards: study_sources(wildcards.study),
    output:
        "<results>/{study}/stamp.txt",
    log:
        "<logs>/stamp_study/{study}.log",
    benchmark:
        "<benchmarks>/stamp_study/{study}.tsv"
    wildcard_constraints:
        study="|".join(STUDIES),
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("stamp_study"),
        runtime=runtime("stamp_study"),
    params:
        made_by=lambda wildcards: made_by(wildcards.study),
        mark=SYNTHETIC,
        code=code("stamp_study"),
    script:
        "../scripts/stamp_study.py"
