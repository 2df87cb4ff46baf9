"""The model and the holes for other programs.

Required inputs: tables/collar.parquet, drillholes/stations.parquet; blockmodel.nc and composites/composites.parquet where there is a model.
Outputs: exports/<format>/, each a folder of files with a README.
Steps: export_format, a job per format: those of `exports.formats` in every run, all of them by `snakemake exports` (OMF where
its library is installed).
"""


rule export_format:
    input:
        collar="<results>/tables/collar.parquet",
        stations="<results>/drillholes/stations.parquet",
        blocks="<results>/blockmodel.nc" if MODEL else [],
        composites="<results>/composites/composites.parquet" if MODEL else [],
    output:
        directory("<results>/exports/{format}"),
    log:
        "<logs>/export_format.{format}.log",
    benchmark:
        "<benchmarks>/export_format.{format}.tsv"
    wildcard_constraints:
        format="|".join(EXPORT_FORMATS),
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("export_format"),
        runtime=runtime("export_format"),
    params:
        title=CONFIG["title"],
        crs=CONFIG["crs"],
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("export_format"),
    script:
        "../scripts/export_format.py"


rule exports:
    input:
        all_exports(),
