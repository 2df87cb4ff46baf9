"""The other doors: the flow begins with samples that are desurveyed already, or with ready composites.

Required inputs: the file of drillholes.located.
Outputs: findings.csv, rows.csv, tables/*.parquet, drillholes/{stations.parquet,holes.csv}, domains/intervals.parquet, and for ready
composites composites/{uncapped.parquet,members.parquet,conservation.csv}.
Steps: read_located (checks; accept_tables is the gate), enter_samples, enter_composites (only for ready composites).
"""

if LOCATED:

    # These make the same files as the rules that begin with raw tables, which stay idle.
    ruleorder: read_located > validate_tables
    ruleorder: enter_samples > validate_tables > desurvey_holes > code_intervals

    rule read_located:
        input:
            files=raw_files(),
            snapshots=snapshots(),
        output:
            findings="<results>/findings.csv",
            findings_parquet="<results>/findings.parquet",
            rows="<results>/rows.csv",
            samples="<results>/tables/located.parquet",
        log:
            "<logs>/read_located.log",
        benchmark:
            "<benchmarks>/read_located.tsv"
        conda:
            "../../envs/scandia.yaml"
        resources:
            mem_mb=memory("read_located"),
            runtime=runtime("read_located"),
        params:
            drillholes=table_settings(),
            crs=CONFIG["crs"],
            analytes=analyte_settings(),
            topography=MODEL.get("topography"),
            orientations=ORIENTATIONS,
            solids=solid_files(),
            snapshots=lambda wildcards, output: Path(output.findings).parent.joinpath("snapshots").as_posix(),
            mark=SYNTHETIC,
            code=code("read_located"),
        script:
            "../scripts/read_located.py"

    rule enter_samples:
        input:
            accepted="<results>/tables/accepted.txt",
            samples="<results>/tables/located.parquet",
        output:
            **entered(),
        log:
            "<logs>/enter_samples.log",
        benchmark:
            "<benchmarks>/enter_samples.tsv"
        conda:
            "../../envs/scandia.yaml"
        resources:
            mem_mb=memory("enter_samples"),
            runtime=runtime("enter_samples"),
        params:
            domains=domain_settings(),
            variables=VARIABLES,
            mine_grid=CONFIG["mine_grid"],
            mark=SYNTHETIC,
            code=code("enter_samples"),
        script:
            "../scripts/enter_samples.py"


if DOOR == "composites":

    ruleorder: enter_composites > composite_samples

    rule enter_composites:
        input:
            intervals="<results>/domains/intervals.parquet",
        output:
            composites="<results>/composites/uncapped.parquet",
            members="<results>/composites/members.parquet",
            conservation="<results>/composites/conservation.csv",
        log:
            "<logs>/enter_composites.log",
        benchmark:
            "<benchmarks>/enter_composites.tsv"
        conda:
            "../../envs/scandia.yaml"
        resources:
            mem_mb=memory("enter_composites"),
            runtime=runtime("enter_composites"),
        params:
            variables=VARIABLES,
            mark=SYNTHETIC,
            code=code("enter_composites"),
        script:
            "../scripts/enter_composites.py"
