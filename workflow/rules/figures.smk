"""The pictures of the report, an album per phase.

Required inputs: the tables and models of the phase.
Outputs: figures/<phase>/, PNG files and album.json with their captions.
Steps: plot_<phase>. The whole config is read for captions, but only the sections among the params make a rule run again.
"""


rule plot_drilling:
    input:
        config=ancient("<results>/config.yaml"),
        collar="<results>/tables/collar.parquet",
        stations="<results>/drillholes/stations.parquet",
    output:
        directory("<results>/figures/drilling"),
    log:
        "<logs>/plot_drilling.log",
    benchmark:
        "<benchmarks>/plot_drilling.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        sections=sections("title", "crs", "mine_grid"),
        mark=SYNTHETIC,
        code=code("plot_drilling"),
    script:
        "../scripts/plot_drilling.py"


rule plot_quality:
    input:
        config=ancient("<results>/config.yaml"),
        standards="<results>/qaqc/standards.csv",
        blanks="<results>/qaqc/blanks.csv",
        duplicates="<results>/qaqc/duplicates.csv",
    output:
        directory("<results>/figures/quality"),
    log:
        "<logs>/plot_quality.log",
    benchmark:
        "<benchmarks>/plot_quality.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        sections=sections("qaqc", "analytes"),
        mark=SYNTHETIC,
        code=code("plot_quality"),
    script:
        "../scripts/plot_quality.py"


rule plot_composites:
    input:
        config=ancient("<results>/config.yaml"),
        assay="<results>/tables/assay.parquet",
        intervals="<results>/domains/intervals.parquet",
        composites="<results>/composites/composites.parquet",
        scan="<results>/statistics/declustering.csv",
    output:
        directory("<results>/figures/composites"),
    log:
        "<logs>/plot_composites.log",
    benchmark:
        "<benchmarks>/plot_composites.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        sections=sections("model.domains", "model.composites", "model.statistics"),
        mark=SYNTHETIC,
        code=code("plot_composites"),
    script:
        "../scripts/plot_composites.py"


rule plot_variograms:
    input:
        config=ancient("<results>/config.yaml"),
        experimental="<results>/variography/experimental.csv",
        models="<results>/variography/models.yaml",
        stations="<results>/drillholes/stations.parquet",
    output:
        directory("<results>/figures/variograms"),
    log:
        "<logs>/plot_variograms.log",
    benchmark:
        "<benchmarks>/plot_variograms.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        sections=sections("model.variography"),
        mark=SYNTHETIC,
        code=code("plot_variograms"),
    script:
        "../scripts/plot_variograms.py"


rule plot_model:
    input:
        config=ancient("<results>/config.yaml"),
        blocks="<results>/blockmodel.nc",
        composites="<results>/composites/composites.parquet",
        stations="<results>/drillholes/stations.parquet",
    output:
        directory("<results>/figures/model"),
    log:
        "<logs>/plot_model.log",
    benchmark:
        "<benchmarks>/plot_model.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        sections=sections("model.domains", "model.grid"),
        mark=SYNTHETIC,
        code=code("plot_model"),
    script:
        "../scripts/plot_model.py"


rule plot_validation:
    input:
        config=ancient("<results>/config.yaml"),
        swaths="<results>/validation/swaths.csv",
        errors="<results>/validation/errors.csv",
    output:
        directory("<results>/figures/validation"),
    log:
        "<logs>/plot_validation.log",
    benchmark:
        "<benchmarks>/plot_validation.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        sections=sections("model.validation"),
        mark=SYNTHETIC,
        code=code("plot_validation"),
    script:
        "../scripts/plot_validation.py"


rule plot_resource:
    input:
        config=ancient("<results>/config.yaml"),
        tonnage="<results>/resource/grade_tonnage.csv",
    output:
        directory("<results>/figures/resource"),
    log:
        "<logs>/plot_resource.log",
    benchmark:
        "<benchmarks>/plot_resource.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        sections=sections("model.reporting"),
        mark=SYNTHETIC,
        code=code("plot_resource"),
    script:
        "../scripts/plot_resource.py"


rule plot_truth:
    input:
        config=ancient("<results>/config.yaml"),
        blocks="<results>/truth/blocks.parquet",
        totals="<results>/truth/totals.csv",
    output:
        directory("<results>/figures/truth"),
    log:
        "<logs>/plot_truth.log",
    benchmark:
        "<benchmarks>/plot_truth.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        sections=sections("model.reporting"),
        mark=SYNTHETIC,
        code=code("plot_truth"),
    script:
        "../scripts/plot_truth.py"
