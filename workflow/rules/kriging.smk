"""Grades of the blocks.

Required inputs: domains/blocks.nc, composites/composites.parquet, variography/models.yaml, and structural readings where the config has them.
Outputs: kriging/{compiled.txt,chunks/*.nc,parts.nc,merged.csv}, and kriging/{weights,covariances}.csv where the config asks for an audit.
Steps: compile_kernels (once, so that no two jobs compile at once), estimate_grades (kriging, or the estimator of the config; nearest neighbour
and inverse distance beside it; a job for each chunk of the grid), merge_chunks (one model of the chunks, which then vanish), list_weights (the weights of chosen blocks, checked against the model).
"""


rule compile_kernels:
    output:
        "<results>/kriging/compiled.txt",
    log:
        "<logs>/compile_kernels.log",
    benchmark:
        "<benchmarks>/compile_kernels.tsv"
    # After the checks of the tables, so that a fault is told at once. Not by an input: an ancient one would hide changed code from
    # Snakemake until the next run, another would compile again whenever tables are accepted.
    priority: -1
    conda:
        "../../envs/scandia.yaml"
    threads: 3
    resources:
        mem_mb=memory("compile_kernels"),
        runtime=runtime("compile_kernels"),
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
        temp("<results>/kriging/chunks/{chunk}.nc"),
    log:
        "<logs>/estimate_grades/{chunk}.log",
    benchmark:
        "<benchmarks>/estimate_grades/{chunk}.tsv"
    wildcard_constraints:
        chunk="[0-9]+",
    conda:
        "../../envs/scandia.yaml"
    threads: kriging_threads()
    resources:
        mem_mb=memory("estimate_grades"),
        runtime=runtime("estimate_grades"),
    params:
        estimation=MODEL.get("estimation"),
        chunks=MODEL.get("chunks"),
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        units=UNITS,
        mark=SYNTHETIC,
        code=code("estimate_grades"),
    script:
        "../scripts/estimate_grades.py"


rule merge_chunks:
    input:
        chunks=collect("<results>/kriging/chunks/{chunk}.nc", chunk=chunk_names()),
        composites="<results>/composites/composites.parquet",
        models="<results>/variography/models.yaml",
    output:
        parts="<results>/kriging/parts.nc",
        merged="<results>/kriging/merged.csv",
    log:
        "<logs>/merge_chunks.log",
    benchmark:
        "<benchmarks>/merge_chunks.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("merge_chunks"),
        runtime=runtime("merge_chunks"),
    params:
        estimation=MODEL.get("estimation"),
        mine_grid=CONFIG["mine_grid"],
        # Chunks vanish, and what made them with them: whatever changes one makes this rule run again, and ask for all of them.
        units=UNITS,
        estimate=code("estimate_grades"),
        mark=SYNTHETIC,
        code=code("merge_chunks"),
    script:
        "../scripts/merge_chunks.py"


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
    resources:
        mem_mb=memory("list_weights"),
        runtime=runtime("list_weights"),
    params:
        estimation=MODEL.get("estimation"),
        audit=MODEL.get("audit"),
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        mark=SYNTHETIC,
        code=code("list_weights"),
    script:
        "../scripts/list_weights.py"
