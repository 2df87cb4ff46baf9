"""The pictures of the report, an album per phase.

Required inputs: the tables and models of the phases.
Outputs: figures/<album>/, PNG files and album.json with their captions.
Steps: plot_data (drilling, quality, density, composites, variograms), plot_model (model, validation, resource, pit, truth). Two rules and not one
per album, because starting to draw costs more than drawing. The whole config is at hand for captions, but only the sections among
the params make a rule run again.
"""

DATA_ALBUMS = [
    "drilling",
    *(["quality"] if CONFIG["qaqc"] else []),
    *(["density"] if MODEL and "density" in TABLES else []),
    *(["composites", "variograms"] if MODEL else []),
]
MODEL_ALBUMS = ["model", "validation", "resource", *(["pit"] if ECONOMICS else []), *(["truth"] if CONFIG["synthetic"] else [])]


rule plot_data:
    input:
        collar="<results>/tables/collar.parquet",
        stations="<results>/drillholes/stations.parquet",
        standards="<results>/qaqc/standards.csv" if CONFIG["qaqc"] else [],
        blanks="<results>/qaqc/blanks.csv" if CONFIG["qaqc"] else [],
        duplicates="<results>/qaqc/duplicates.csv" if CONFIG["qaqc"] else [],
        duplicate_summary="<results>/qaqc/duplicate_summary.csv" if CONFIG["qaqc"] else [],
        thompson_howarth="<results>/qaqc/thompson_howarth.csv" if CONFIG["qaqc"] else [],
        density_values="<results>/domains/density_values.csv" if MODEL and "density" in TABLES else [],
        density_regression="<results>/domains/density_regression.csv" if regresses_density() else [],
        assay="<results>/tables/assay.parquet" if MODEL else [],
        intervals="<results>/domains/intervals.parquet" if MODEL else [],
        composites="<results>/composites/composites.parquet" if MODEL else [],
        scan="<results>/statistics/declustering.csv" if MODEL else [],
        contacts="<results>/statistics/contacts.csv" if MODEL else [],
        curve="<results>/statistics/cap_curve.csv" if MODEL else [],
        outliers="<results>/statistics/outliers.csv" if MODEL else [],
        trends="<results>/statistics/trends.csv" if MODEL else [],
        experimental="<results>/variography/experimental.csv" if MODEL else [],
        models="<results>/variography/models.yaml" if MODEL else [],
        maps="<results>/variography/maps.csv" if MODEL else [],
        fans="<results>/variography/fans.csv" if MODEL else [],
    output:
        **{album: directory(f"<results>/figures/{album}") for album in DATA_ALBUMS},
    log:
        "<logs>/plot_data.log",
    benchmark:
        "<benchmarks>/plot_data.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("plot_data"),
        runtime=runtime("plot_data"),
    params:
        config=whole_config,
        sections=sections(
            *("title", "crs", "mine_grid", "qaqc", "analytes", "pictures"),
            *("model.domains", "model.density", "model.composites", "model.statistics", "model.variography"),
        ),
        mark=SYNTHETIC,
        code=code("plot_data"),
    script:
        "../scripts/plot_data.py"


rule plot_model:
    input:
        blocks="<results>/blockmodel.nc",
        composites="<results>/composites/composites.parquet",
        stations="<results>/drillholes/stations.parquet",
        swaths="<results>/validation/swaths.csv",
        errors="<results>/validation/errors.csv",
        deciles="<results>/validation/deciles.csv",
        scores="<results>/validation/scores.csv",
        variances="<results>/validation/variances.csv",
        curves="<results>/validation/curves.csv",
        neighbourhood="<results>/validation/neighbourhood.csv",
        parts="<results>/parts.nc",
        tonnage="<results>/resource/grade_tonnage.csv",
        compared="<results>/truth/blocks.parquet" if CONFIG["synthetic"] else [],
        totals="<results>/truth/totals.csv" if CONFIG["synthetic"] else [],
        shell="<results>/pit/shell.nc" if ECONOMICS else [],
        shells="<results>/pit/shells.csv" if ECONOMICS else [],
    output:
        **{album: directory(f"<results>/figures/{album}") for album in MODEL_ALBUMS},
    log:
        "<logs>/plot_model.log",
    benchmark:
        "<benchmarks>/plot_model.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("plot_model"),
        runtime=runtime("plot_model"),
    params:
        config=whole_config,
        sections=sections(
            *("model.domains", "model.grid", "model.validation", "model.classification", "model.economics", "model.reporting"),
            "pictures",
        ),
        analytes=analyte_names(),
        mark=SYNTHETIC,
        code=code("plot_model"),
    script:
        "../scripts/plot_model.py"
