"""Which rock each interval and each block is.

Required inputs: tables/*.parquet (lithology only where logged codes choose a domain), drillholes/stations.parquet.
Outputs: domains/{accepted.txt,intervals.parquet,density.csv,density_values.csv,density_regression.csv,solid.csv,sides.csv,
subcells.csv,blocks.nc}.
Steps: accept_grid (a gate: holes run through the block grid), code_intervals (logged codes, rules, solids from files, overburden),
describe_density (measurements by domain, and density against a grade), build_blocks (solid between the holes, volume fractions,
ground, density).
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
    resources:
        mem_mb=memory("accept_grid"),
        runtime=runtime("accept_grid"),
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
        assay=estimated_assay(),
        lithology="<results>/tables/lithology.parquet" if "lithology" in TABLES else [],
        solids=geology_files(),
    output:
        "<results>/domains/intervals.parquet",
    log:
        "<logs>/code_intervals.log",
    benchmark:
        "<benchmarks>/code_intervals.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("code_intervals"),
        runtime=runtime("code_intervals"),
    params:
        domains=domain_settings(),
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
        sides="<results>/domains/sides.csv",
        subcells="<results>/domains/subcells.csv",
    log:
        "<logs>/build_blocks.log",
    benchmark:
        "<benchmarks>/build_blocks.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("build_blocks"),
        runtime=runtime("build_blocks"),
    params:
        domains=domain_settings(),
        grid=MODEL.get("grid"),
        density=MODEL.get("density"),
        topography=MODEL.get("topography"),
        overburden=MODEL.get("overburden"),
        own_points=bool(MODEL) and MODEL["estimation"]["own_points"],
        orientations={name: readings for name, readings in ORIENTATIONS.items() if readings["source"] == "solid"},
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        crs=CONFIG["crs"],
        mine_grid=CONFIG["mine_grid"],
        title=DEPOSIT,
        mark=SYNTHETIC,
        code=code("build_blocks"),
    script:
        "../scripts/build_blocks.py"


rule describe_density:
    input:
        density="<results>/tables/density.parquet",
        intervals="<results>/domains/intervals.parquet",
        assay=estimated_assay() if regresses_density() else [],
    output:
        values="<results>/domains/density_values.csv",
        regression="<results>/domains/density_regression.csv",
    log:
        "<logs>/describe_density.log",
    benchmark:
        "<benchmarks>/describe_density.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("describe_density"),
        runtime=runtime("describe_density"),
    params:
        domains=domain_settings(),
        density=MODEL.get("density"),
        mark=SYNTHETIC,
        code=code("describe_density"),
    script:
        "../scripts/describe_density.py"
