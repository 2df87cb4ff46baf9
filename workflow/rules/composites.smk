"""Equal supports and honest statistics.

Required inputs: domains/intervals.parquet.
Outputs: composites/{uncapped.parquet,members.parquet,conservation.csv,composites.parquet}, statistics/*.csv.
Steps: composite_samples (inside domains, length and metal conserved), weigh_composites (capping study, caps, declustering), summarise_statistics.
"""


rule composite_samples:
    input:
        intervals="<results>/domains/intervals.parquet",
        stations="<results>/drillholes/stations.parquet",
    output:
        composites="<results>/composites/uncapped.parquet",
        members="<results>/composites/members.parquet",
        conservation="<results>/composites/conservation.csv",
    log:
        "<logs>/composite_samples.log",
    benchmark:
        "<benchmarks>/composite_samples.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        composites=MODEL.get("composites"),
        variables=VARIABLES,
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("composite_samples"),
    script:
        "../scripts/composite_samples.py"


rule weigh_composites:
    input:
        composites="<results>/composites/uncapped.parquet",
    output:
        composites="<results>/composites/composites.parquet",
        deciles="<results>/statistics/deciles.csv",
        candidates="<results>/statistics/candidate_caps.csv",
        caps="<results>/statistics/caps.csv",
        scan="<results>/statistics/declustering.csv",
    log:
        "<logs>/weigh_composites.log",
    benchmark:
        "<benchmarks>/weigh_composites.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        statistics=MODEL.get("statistics"),
        variables=VARIABLES,
        mark=SYNTHETIC,
        code=code("weigh_composites"),
    script:
        "../scripts/weigh_composites.py"


rule summarise_statistics:
    input:
        intervals="<results>/domains/intervals.parquet",
        composites="<results>/composites/composites.parquet",
    output:
        summary="<results>/statistics/summary.csv",
        correlation="<results>/statistics/correlation.csv",
    log:
        "<logs>/summarise_statistics.log",
    benchmark:
        "<benchmarks>/summarise_statistics.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        variables=VARIABLES,
        mark=SYNTHETIC,
        code=code("summarise_statistics"),
    script:
        "../scripts/summarise_statistics.py"
