"""Where the samples are.

Required inputs: tables/*.parquet that passed the gate.
Outputs: drillholes/{stations.parquet,holes.csv,intercepts.csv,intercepts_printed.csv}, published/*.csv.
Steps: desurvey_holes (minimum curvature, or tangents), list_intercepts, check_published.
"""


rule desurvey_holes:
    input:
        accepted=gates(),
        collar="<results>/tables/collar.parquet",
        survey="<results>/tables/survey.parquet",
    output:
        stations="<results>/drillholes/stations.parquet",
        holes="<results>/drillholes/holes.csv",
    log:
        "<logs>/desurvey_holes.log",
    benchmark:
        "<benchmarks>/desurvey_holes.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("desurvey_holes"),
        runtime=runtime("desurvey_holes"),
    params:
        desurvey=CONFIG["drillholes"]["desurvey"],
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("desurvey_holes"),
    script:
        "../scripts/desurvey_holes.py"


rule list_intercepts:
    input:
        assay="<results>/tables/assay.parquet",
        density="<results>/tables/density.parquet" if intercepts_are_dense() and "density" in TABLES else [],
        stations="<results>/drillholes/stations.parquet" if intercept_plane() else [],
        accepted="<results>/tables/accepted.txt",
    output:
        table="<results>/drillholes/intercepts.csv",
        printed="<results>/drillholes/intercepts_printed.csv",
    log:
        "<logs>/list_intercepts.log",
    benchmark:
        "<benchmarks>/list_intercepts.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("list_intercepts"),
        runtime=runtime("list_intercepts"),
    params:
        intercepts=CONFIG["intercepts"],
        analytes=CONFIG["analytes"],
        dense=intercepts_are_dense(),
        plane=intercept_plane(),
        variables=VARIABLES,
        tolerance=CONFIG["drillholes"]["checks"]["depth_tolerance"],
        mark=SYNTHETIC,
        code=code("list_intercepts"),
    script:
        "../scripts/list_intercepts.py"


rule check_published:
    input:
        stations="<results>/drillholes/stations.parquet",
        collar="<results>/tables/collar.parquet",
        assay="<results>/tables/assay.parquet" if "assay" in TABLES else [],
        files=published_files(),
    output:
        checks="<results>/published/checks.csv",
        intercepts="<results>/published/intercepts.csv",
        conclusion="<results>/published/conclusion.txt",
    log:
        "<logs>/check_published.log",
    benchmark:
        "<benchmarks>/check_published.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("check_published"),
        runtime=runtime("check_published"),
    params:
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        published=CONFIG["published"],
        analytes=analyte_settings(),
        tolerance=CONFIG["drillholes"]["checks"]["depth_tolerance"],
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("check_published"),
    script:
        "../scripts/check_published.py"
