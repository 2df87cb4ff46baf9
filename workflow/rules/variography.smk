"""How grade varies with distance and direction.

Required inputs: composites/composites.parquet.
Outputs: variography/{experimental,fits,maps,fans,residuals,intervals,alternatives}.csv, variography/models.yaml.
Steps: compute_variograms (downhole and three directions), fit_variograms (fitted, given or borrowed), study_variograms (maps, fans,
residuals, intervals by holes drawn anew, other models; the estimate does not wait for them). Each rule's params hold only the keys
that it uses, so that a changed one reruns no more than it must.
"""


rule compute_variograms:
    input:
        composites="<results>/composites/composites.parquet",
        compiled="<results>/kriging/compiled.txt",
    output:
        "<results>/variography/experimental.csv",
    log:
        "<logs>/compute_variograms.log",
    benchmark:
        "<benchmarks>/compute_variograms.tsv"
    conda:
        "../../envs/scandia.yaml"
    threads: 2
    resources:
        mem_mb=memory("compute_variograms"),
        runtime=runtime("compute_variograms"),
    params:
        variography=experiment_settings(),
        variables=VARIABLES,
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("compute_variograms"),
    script:
        "../scripts/compute_variograms.py"


rule fit_variograms:
    input:
        composites="<results>/composites/composites.parquet",
        experimental="<results>/variography/experimental.csv",
    output:
        models="<results>/variography/models.yaml",
        fits="<results>/variography/fits.csv",
    log:
        "<logs>/fit_variograms.log",
    benchmark:
        "<benchmarks>/fit_variograms.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("fit_variograms"),
        runtime=runtime("fit_variograms"),
    params:
        variography=fit_settings(),
        variables=VARIABLES,
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("fit_variograms"),
    script:
        "../scripts/fit_variograms.py"


rule study_variograms:
    input:
        composites="<results>/composites/composites.parquet",
        experimental="<results>/variography/experimental.csv",
        models="<results>/variography/models.yaml",
        compiled="<results>/kriging/compiled.txt",
        readings=raw_readings(),
        sides=solid_sides(),
    output:
        maps="<results>/variography/maps.csv",
        fans="<results>/variography/fans.csv",
        residuals="<results>/variography/residuals.csv",
        intervals="<results>/variography/intervals.csv",
        alternatives="<results>/variography/alternatives.csv",
    log:
        "<logs>/study_variograms.log",
    benchmark:
        "<benchmarks>/study_variograms.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("study_variograms"),
        runtime=runtime("study_variograms"),
    params:
        variography=MODEL.get("variography"),
        estimation=MODEL.get("estimation"),
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("study_variograms"),
    script:
        "../scripts/study_variograms.py"
