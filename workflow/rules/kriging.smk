"""Grades of the blocks.

Required inputs: domains/blocks.nc, composites/composites.parquet, variography/models.yaml, and structural readings where the config has them.
Outputs: kriging/{compiled.txt,parts.nc,merged.csv}, and kriging/{weights,covariances}.csv where the config asks for an audit.
Steps: compile_kernels (once, so that no two jobs compile at once), estimate_grades (kriging, or the estimator of the config; nearest neighbour
and inverse distance beside it), list_weights (the weights of chosen blocks, checked against the model).
"""


rule compile_kernels:
    input:
        # Nothing runs beside the checks of the tables, so that a fault is told at once; accepting them again compiles nothing.
        accepted=ancient("<results>/tables/accepted.txt"),
    output:
        "<results>/kriging/compiled.txt",
    log:
        "<logs>/compile_kernels.log",
    benchmark:
        "<benchmarks>/compile_kernels.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        mark=SYNTHETIC,
        code=code("compile_kernels"),
    script:
        "../scripts/compile_kernels.py"


rule estimate_grades:
    input:
        blocks="<results>/domains/blocks.nc",
        composites="<results>/composites/composites.parquet",
        models="<results>/variography/models.yaml",
        compiled="<results>/kriging/compiled.txt",
        readings=raw_readings(),
        sides=solid_sides(),
    output:
        parts="<results>/kriging/parts.nc",
        merged="<results>/kriging/merged.csv",
    log:
        "<logs>/estimate_grades.log",
    benchmark:
        "<benchmarks>/estimate_grades.tsv"
    conda:
        "../../envs/scandia.yaml"
    threads: kriging_threads()
    params:
        estimation=MODEL.get("estimation"),
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        units=UNITS,
        mark=SYNTHETIC,
        code=code("estimate_grades"),
    script:
        "../scripts/estimate_grades.py"


rule list_weights:
    input:
        parts="<results>/kriging/parts.nc",
        blocks="<results>/domains/blocks.nc",
        composites="<results>/composites/composites.parquet",
        models="<results>/variography/models.yaml",
        readings=raw_readings(),
        sides=solid_sides(),
    output:
        weights="<results>/kriging/weights.csv",
        covariances="<results>/kriging/covariances.csv",
    log:
        "<logs>/list_weights.log",
    benchmark:
        "<benchmarks>/list_weights.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        estimation=MODEL.get("estimation"),
        audit=MODEL.get("audit"),
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        mark=SYNTHETIC,
        code=code("list_weights"),
    script:
        "../scripts/list_weights.py"
