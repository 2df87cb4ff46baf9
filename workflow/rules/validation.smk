"""Is the model right, and, where the truth is known, how wrong is it.

Required inputs: parts.nc, composites/composites.parquet, variography/models.yaml.
Outputs: validation/*.csv, truth/* (simulated deposits only).
Steps: validate_model (global bias, swaths), cross_validate (without itself, its hole or its part of space), compute_truth, compare_truth,
compare_geology (volumes and means of the domains against the truth).
"""


rule validate_model:
    input:
        parts="<results>/parts.nc",
        composites="<results>/composites/composites.parquet",
    output:
        bias="<results>/validation/bias.csv",
        swaths="<results>/validation/swaths.csv",
    log:
        "<logs>/validate_model.log",
    benchmark:
        "<benchmarks>/validate_model.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        validation=validation_settings(),
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
    log:
        "<logs>/cross_validate.log",
    benchmark:
        "<benchmarks>/cross_validate.tsv"
    conda:
        "../../envs/scandia.yaml"
    threads: kriging_threads()
    params:
        estimation=MODEL.get("estimation"),
        leaves=MODEL["validation"]["cross_validation"] if MODEL else [],
        folds=MODEL["validation"]["folds"] if MODEL and "fold" in MODEL["validation"]["cross_validation"] else None,
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("cross_validate"),
    script:
        "../scripts/cross_validate.py"


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
    params:
        synthetic=CONFIG["synthetic"],
        mark=SYNTHETIC,
        code=code("compute_truth"),
    script:
        "../scripts/compute_truth.py"


rule compare_truth:
    input:
        parts="<results>/parts.nc",
        truth="<results>/truth/parts.nc",
    output:
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
    params:
        reporting=MODEL.get("reporting"),
        variables=VARIABLES,
        mark=SYNTHETIC,
        code=code("compare_truth"),
    script:
        "../scripts/compare_truth.py"


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
    params:
        domains=domain_settings(),
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("compare_geology"),
    script:
        "../scripts/compare_geology.py"
