"""The whole flow on simulated deposits drawn anew: do its intervals hold, and is it right on the mean?

Required inputs: none but the config of a simulated deposit.
Outputs: trials/{seeds/<seed>.parquet,trials.parquet,summary.csv,stamp.txt}, figures/trials/.
Steps: try_seed (a deposit drawn, estimated and compared with its truth, a job per seed), summarise_trials, plot_trials, stamp_study
(what a study was made by; of the sensitivities, too).
The target is `truth`; a whole run asks for none of these, and its report shows them where they stand.
"""


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
    params:
        made_by=lambda wildcards: made_by(wildcards.study),
        mark=SYNTHETIC,
        code=code("stamp_study"),
    script:
        "../scripts/stamp_study.py"
