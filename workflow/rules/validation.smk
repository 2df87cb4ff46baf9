"""Is the model right: the checks of every model, and the neighbourhood study.

Required inputs: parts.nc, composites/composites.parquet, variography/models.yaml.
Outputs: validation/*.csv; neighbourhood/* by the target neighbourhood.
Steps: validate_model (global bias, swaths, diagnostics, change of support), cross_validate (without itself, its hole, its part of space or
later campaigns), study_neighbourhood (one setting at a time), judge_model (the verdict on every check). Target neighbourhood: study_case
(a job for each case), gather_cases, plot_cases.
"""

CASES = neighbourhood_cases()


rule validate_model:
    input:
        parts="<results>/parts.nc",
        composites="<results>/composites/composites.parquet",
        models="<results>/variography/models.yaml",
    output:
        bias="<results>/validation/bias.csv",
        swaths="<results>/validation/swaths.csv",
        diagnostics="<results>/validation/diagnostics.csv",
        variances="<results>/validation/variances.csv",
        curves="<results>/validation/curves.csv",
    log:
        "<logs>/validate_model.log",
    benchmark:
        "<benchmarks>/validate_model.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("validate_model"),
        runtime=runtime("validate_model"),
    params:
        validation=validation_section("directions"),
        estimation=MODEL.get("estimation"),
        cutoff=MODEL["reporting"]["base_cutoff"] if MODEL else None,
        lead=MODEL["reporting"]["variable"] if MODEL else None,
        variables=VARIABLES,
        mark=SYNTHETIC,
        code=code("validate_model"),
    script:
        "../scripts/validate_model.py"


rule cross_validate:
    input:
        composites="<results>/composites/composites.parquet",
        models="<results>/variography/models.yaml",
        compiled="<results>/kriging/compiled.txt",
        readings=raw_readings(),
        sides=solid_sides(),
    output:
        errors="<results>/validation/errors.csv",
        scores="<results>/validation/scores.csv",
        deciles="<results>/validation/deciles.csv",
    log:
        "<logs>/cross_validate.log",
    benchmark:
        "<benchmarks>/cross_validate.tsv"
    conda:
        "../../envs/scandia.yaml"
    threads: kriging_threads()
    resources:
        mem_mb=memory("cross_validate"),
        runtime=runtime("cross_validate"),
    params:
        estimation=MODEL.get("estimation"),
        validation=validation_section("cross_validation", "folds", "campaigns", "campaign_letters"),
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("cross_validate"),
    script:
        "../scripts/cross_validate.py"


rule study_neighbourhood:
    input:
        blocks="<results>/domains/blocks.nc",
        composites="<results>/composites/composites.parquet",
        models="<results>/variography/models.yaml",
        compiled="<results>/kriging/compiled.txt",
        readings=raw_readings(),
        sides=solid_sides(),
    output:
        study="<results>/validation/neighbourhood.csv",
        recommendation="<results>/validation/recommendation.csv",
    log:
        "<logs>/study_neighbourhood.log",
    benchmark:
        "<benchmarks>/study_neighbourhood.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("study_neighbourhood"),
        runtime=runtime("study_neighbourhood"),
    params:
        estimation=MODEL.get("estimation"),
        validation=validation_section("neighbourhood"),
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        mark=SYNTHETIC,
        code=code("study_neighbourhood"),
    script:
        "../scripts/study_neighbourhood.py"


rule judge_model:
    input:
        bias="<results>/validation/bias.csv",
        swaths="<results>/validation/swaths.csv",
        scores="<results>/validation/scores.csv",
        diagnostics="<results>/validation/diagnostics.csv",
        variances="<results>/validation/variances.csv",
    output:
        "<results>/validation/verdicts.csv",
    log:
        "<logs>/judge_model.log",
    benchmark:
        "<benchmarks>/judge_model.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("judge_model"),
        runtime=runtime("judge_model"),
    params:
        validation=validation_section("limits", "judged", "cross_validation", "swath_composites"),
        mark=SYNTHETIC,
        code=code("judge_model"),
    script:
        "../scripts/judge_model.py"


rule study_case:
    input:
        blocks="<results>/domains/blocks.nc",
        composites="<results>/composites/composites.parquet",
        models="<results>/variography/models.yaml",
        compiled="<results>/kriging/compiled.txt",
        readings=raw_readings(),
        sides=solid_sides(),
    output:
        "<results>/neighbourhood/cases/{case}.csv",
    log:
        "<logs>/study_case/{case}.log",
    benchmark:
        "<benchmarks>/study_case/{case}.tsv"
    wildcard_constraints:
        case="case[0-9]+",
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("study_case"),
        runtime=runtime("study_case"),
    params:
        number=lambda wildcards: int(wildcards.case.removeprefix("case")),
        estimation=MODEL.get("estimation"),
        validation=validation_section("neighbourhood"),
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        mark=SYNTHETIC,
        code=code("study_case"),
    script:
        "../scripts/study_case.py"


rule gather_cases:
    input:
        expand("<results>/neighbourhood/cases/{case}.csv", case=CASES),
    output:
        matrix="<results>/neighbourhood/matrix.csv",
        recommendation="<results>/neighbourhood/recommendation.csv",
    log:
        "<logs>/gather_cases.log",
    benchmark:
        "<benchmarks>/gather_cases.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("gather_cases"),
        runtime=runtime("gather_cases"),
    params:
        validation=validation_section("neighbourhood"),
        mark=SYNTHETIC,
        code=code("gather_cases"),
    script:
        "../scripts/gather_cases.py"


rule plot_cases:
    input:
        matrix="<results>/neighbourhood/matrix.csv",
    output:
        directory("<results>/neighbourhood/figures"),
    log:
        "<logs>/plot_cases.log",
    benchmark:
        "<benchmarks>/plot_cases.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("plot_cases"),
        runtime=runtime("plot_cases"),
    params:
        config=whole_config,
        sections=sections("analytes", "model.domains", "model.validation"),
        mark=SYNTHETIC,
        code=code("plot_cases"),
    script:
        "../scripts/plot_cases.py"


rule neighbourhood:
    input:
        "<results>/neighbourhood/recommendation.csv",
        "<results>/neighbourhood/figures",
