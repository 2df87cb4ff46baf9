"""Grades of the blocks.

Required inputs: domains/blocks.nc, composites/composites.parquet, variography/models.yaml, and structural readings where the config has them.
Outputs: kriging/{compiled.txt,parts.nc,merged.csv}.
Steps: compile_kernels (once, so that no two jobs compile at once), estimate_grades (ordinary block kriging; nearest neighbour and inverse distance beside it).
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
