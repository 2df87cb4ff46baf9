"""Equal supports and honest statistics.

Required inputs: domains/intervals.parquet.
Outputs: composites/{uncapped.parquet,members.parquet,conservation.csv,lengths.csv,composites.parquet}, statistics/*.csv.
Steps: composite_samples (inside domains, length and metal conserved), weigh_composites (capping study, caps, declustering),
summarise_statistics (by domain and group, means, trends), analyse_contacts.
"""


rule composite_samples:
    input:
        intervals="<results>/domains/intervals.parquet",
        stations="<results>/drillholes/stations.parquet",
        density="<results>/tables/density.parquet" if weighs_density() else [],
    output:
        composites="<results>/composites/uncapped.parquet",
        members="<results>/composites/members.parquet",
        conservation="<results>/composites/conservation.csv",
        lengths="<results>/composites/lengths.csv",
    log:
        "<logs>/composite_samples.log",
    benchmark:
        "<benchmarks>/composite_samples.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("composite_samples"),
        runtime=runtime("composite_samples"),
    params:
        composites=MODEL.get("composites"),
        plausible=plausible_densities(),
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
        methods="<results>/statistics/declustering_methods.csv",
        curve="<results>/statistics/cap_curve.csv",
        outliers="<results>/statistics/outliers.csv",
    log:
        "<logs>/weigh_composites.log",
    benchmark:
        "<benchmarks>/weigh_composites.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("weigh_composites"),
        runtime=runtime("weigh_composites"),
    params:
        declustering=MODEL and MODEL["statistics"]["declustering"],
        caps=MODEL and MODEL["statistics"]["caps"],
        variables=VARIABLES,
        mine_grid=CONFIG["mine_grid"],
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
        groups="<results>/statistics/groups.csv",
        means="<results>/statistics/means.csv",
        trends="<results>/statistics/trends.csv",
    log:
        "<logs>/summarise_statistics.log",
    benchmark:
        "<benchmarks>/summarise_statistics.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("summarise_statistics"),
        runtime=runtime("summarise_statistics"),
    params:
        variables=VARIABLES,
        mark=SYNTHETIC,
        code=code("summarise_statistics"),
    script:
        "../scripts/summarise_statistics.py"


rule analyse_contacts:
    input:
        intervals="<results>/domains/intervals.parquet",
    output:
        contacts="<results>/statistics/contacts.csv",
        jumps="<results>/statistics/contact_jumps.csv",
    log:
        "<logs>/analyse_contacts.log",
    benchmark:
        "<benchmarks>/analyse_contacts.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("analyse_contacts"),
        runtime=runtime("analyse_contacts"),
    params:
        contacts=MODEL and MODEL["statistics"]["contacts"],
        soft=MODEL and MODEL["estimation"]["boundaries"]["soft"],
        variables=VARIABLES,
        mark=SYNTHETIC,
        code=code("analyse_contacts"),
    script:
        "../scripts/analyse_contacts.py"
