"""Raw tables in, every fault named.

Required inputs: the files named in `drillholes`, `qaqc` and `published`.
Outputs: config.yaml (resolved), snapshots/*.parquet, findings.csv, findings.parquet, rows.csv, excluded.csv, corrections.csv,
merging.csv, tables/*.parquet, qaqc/*.csv, published/*.csv.
Steps: write_config, fetch_tables (only where a database holds tables: snapshots of the rows used), validate_tables, accept_tables
(the gate: errors stop the run), judge_quality, accept_quality (the second gate, where the config says that failed quality control
stops the run), hold_out_samples (where it says that the samples of failed batches are held out of the estimate).
"""


rule write_config:
    output:
        report(
            "<results>/config.yaml",
            category="Parameters",
            caption="../report/config.rst",
        ),
    log:
        "<logs>/write_config.log",
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("write_config"),
        runtime=runtime("write_config"),
    params:
        config=CONFIG,
        mark=SYNTHETIC,
        code=code("write_config"),
    script:
        "../scripts/write_config.py"


if IN_DATABASES:

    rule fetch_tables:
        input:
            database_files(),
        output:
            tables=snapshots(),
        log:
            "<logs>/fetch_tables.log",
        benchmark:
            "<benchmarks>/fetch_tables.tsv"
        conda:
            "../../envs/scandia.yaml"
        resources:
            mem_mb=memory("fetch_tables"),
            runtime=runtime("fetch_tables"),
        params:
            root=CONFIG["drillholes"]["root"],
            tables={name: raw_tables()[name] for name in IN_DATABASES},
            connect_timeout=patience,
            mark=SYNTHETIC,
            code=code("fetch_tables"),
        script:
            "../scripts/fetch_tables.py"


rule validate_tables:
    input:
        files=raw_files(),
        snapshots=snapshots(),
    output:
        findings="<results>/findings.csv",
        findings_parquet="<results>/findings.parquet",
        rows="<results>/rows.csv",
        excluded="<results>/excluded.csv",
        corrections="<results>/corrections.csv",
        merging="<results>/merging.csv",
        tables=expand("<results>/tables/{table}.parquet", table=TABLES),
    log:
        "<logs>/validate_tables.log",
    benchmark:
        "<benchmarks>/validate_tables.tsv"
    priority: 100
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("validate_tables"),
        runtime=runtime("validate_tables"),
    params:
        drillholes=table_settings(),
        analytes=analyte_settings(),
        crs=CONFIG["crs"],
        qaqc=quality_reading(),
        topography=MODEL.get("topography"),
        orientations=ORIENTATIONS,
        solids=solid_files(),
        codes=logged_codes(),
        snapshots=lambda wildcards, output: Path(output.findings).parent.joinpath("snapshots").as_posix(),
        mark=SYNTHETIC,
        code=code("validate_tables"),
    script:
        "../scripts/validate_tables.py"


rule accept_tables:
    input:
        "<results>/findings.csv",
    output:
        "<results>/tables/accepted.txt",
    log:
        "<logs>/accept_tables.log",
    priority: 100
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("accept_tables"),
        runtime=runtime("accept_tables"),
    params:
        mark=SYNTHETIC,
        code=code("accept_tables"),
    script:
        "../scripts/accept_tables.py"


rule judge_quality:
    input:
        accepted="<results>/tables/accepted.txt",
        qc="<results>/tables/qc.parquet",
        assay="<results>/tables/assay.parquet",
        collar="<results>/tables/collar.parquet",
    output:
        verdict="<results>/qaqc/verdict.csv",
        insertion="<results>/qaqc/insertion.csv",
        rates="<results>/qaqc/rates.csv",
        standards="<results>/qaqc/standards.csv",
        standard_summary="<results>/qaqc/standard_summary.csv",
        blanks="<results>/qaqc/blanks.csv",
        blank_summary="<results>/qaqc/blank_summary.csv",
        duplicates="<results>/qaqc/duplicates.csv",
        duplicate_summary="<results>/qaqc/duplicate_summary.csv",
        thompson_howarth="<results>/qaqc/thompson_howarth.csv",
        batches="<results>/qaqc/batches.csv",
        failed_samples="<results>/qaqc/failed_samples.csv",
    log:
        "<logs>/judge_quality.log",
    benchmark:
        "<benchmarks>/judge_quality.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("judge_quality"),
        runtime=runtime("judge_quality"),
    params:
        qaqc=CONFIG["qaqc"],
        analytes=analyte_settings(),
        mark=SYNTHETIC,
        code=code("judge_quality"),
    script:
        "../scripts/judge_quality.py"


rule accept_quality:
    input:
        verdict="<results>/qaqc/verdict.csv",
        batches="<results>/qaqc/batches.csv",
    output:
        "<results>/qaqc/accepted.txt",
    log:
        "<logs>/accept_quality.log",
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("accept_quality"),
        runtime=runtime("accept_quality"),
    params:
        on_failure=CONFIG["qaqc"] and CONFIG["qaqc"]["on_failure"],
        mark=SYNTHETIC,
        code=code("accept_quality"),
    script:
        "../scripts/accept_quality.py"


rule hold_out_samples:
    input:
        assay="<results>/tables/assay.parquet",
        failed="<results>/qaqc/failed_samples.csv",
    output:
        "<results>/qaqc/assay.parquet",
    log:
        "<logs>/hold_out_samples.log",
    benchmark:
        "<benchmarks>/hold_out_samples.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("hold_out_samples"),
        runtime=runtime("hold_out_samples"),
    params:
        analytes=analyte_settings(),
        mark=SYNTHETIC,
        code=code("hold_out_samples"),
    script:
        "../scripts/hold_out_samples.py"
