"""Which rock each interval and each block is.

Required inputs: tables/*.parquet, drillholes/stations.parquet.
Outputs: domains/{accepted.txt,intervals.parquet,density.csv,solid.csv,subcells.csv,blocks.nc}.
Steps: accept_grid (a gate: holes run through the block grid), code_intervals (logged codes, rules, solids from files, overburden), build_blocks (solid between the holes, volume fractions, ground, density).
"""


# First of all that could run after the desurvey. Compositing does not wait for its file, or a changed grid would composite again;
# an ancient input is no way round that: Snakemake then overlooks a changed parameter of the rule that has it.
rule accept_grid:
    input:
        "<results>/drillholes/stations.parquet",
    output:
        "<results>/domains/accepted.txt",
    log:
        "<logs>/accept_grid.log",
    priority: 1
    conda:
        "../../envs/scandia.yaml"
    params:
        grid=MODEL.get("grid"),
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("accept_grid"),
    script:
        "../scripts/accept_grid.py"


rule code_intervals:
    input:
        accepted="<results>/tables/accepted.txt",
        stations="<results>/drillholes/stations.parquet",
        collar="<results>/tables/collar.parquet",
        assay="<results>/tables/assay.parquet",
        lithology="<results>/tables/lithology.parquet",
        solids=geology_files(),
    output:
        "<results>/domains/intervals.parquet",
    log:
        "<logs>/code_intervals.log",
    benchmark:
        "<benchmarks>/code_intervals.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        domains=MODEL.get("domains"),
        overburden=MODEL.get("overburden"),
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        variables=VARIABLES,
        tolerance=CONFIG["drillholes"]["checks"]["depth_tolerance"],
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("code_intervals"),
    script:
        "../scripts/code_intervals.py"


rule build_blocks:
    input:
        accepted="<results>/domains/accepted.txt",
        intervals="<results>/domains/intervals.parquet",
        stations="<results>/drillholes/stations.parquet",
        density="<results>/tables/density.parquet" if "density" in TABLES else [],
        collar="<results>/tables/collar.parquet",
        topography=raw_topography(),
        solids=geology_files(),
    output:
        blocks="<results>/domains/blocks.nc",
        density="<results>/domains/density.csv",
        solid="<results>/domains/solid.csv",
        subcells="<results>/domains/subcells.csv",
    log:
        "<logs>/build_blocks.log",
    benchmark:
        "<benchmarks>/build_blocks.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        domains=MODEL.get("domains"),
        grid=MODEL.get("grid"),
        density=MODEL.get("density"),
        topography=MODEL.get("topography"),
        overburden=MODEL.get("overburden"),
        own_points=bool(MODEL) and MODEL["estimation"]["own_points"],
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        crs=CONFIG["crs"],
        mine_grid=CONFIG["mine_grid"],
        title=CONFIG["title"],
        mark=SYNTHETIC,
        code=code("build_blocks"),
    script:
        "../scripts/build_blocks.py"
