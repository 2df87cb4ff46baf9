"""From blocks to a statement.

Required inputs: kriging/parts.nc, domains/subcells.csv.
Outputs: parts.nc, value/formula.csv, pit/*, blockmodel.nc, resource/*.
Steps: classify_blocks (density by regression where the config says so; rules of the config, smoothing, overrides), optimise_pit (net smelter return and the pit
shells, where the config has economics), write_formula (the numbers of the economics with their sources), assemble_blockmodel (one value per block), tabulate_tonnage, state_resource.
"""


rule classify_blocks:
    input:
        parts="<results>/kriging/parts.nc",
        density="<results>/domains/density_regression.csv" if regresses_density(applied=True) else [],
        composites="<results>/composites/composites.parquet",
        holes="<results>/drillholes/holes.csv",
        collar="<results>/tables/collar.parquet",
        failed=distrusted_samples(),
        ground=raw_topography(),
        solids=override_files(),
    output:
        parts="<results>/parts.nc",
        summary="<results>/resource/classification.csv",
        reasons="<results>/resource/class_reasons.csv",
        moves="<results>/resource/class_moves.csv",
        groups="<results>/resource/class_groups.csv",
    log:
        "<logs>/classify_blocks.log",
    benchmark:
        "<benchmarks>/classify_blocks.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("classify_blocks"),
        runtime=runtime("classify_blocks"),
    params:
        classification=classification_settings(),
        topography=MODEL.get("topography"),
        root=lambda wildcards: CONFIG["drillholes"]["root"],
        mine_grid=CONFIG["mine_grid"],
        variables=VARIABLES,
        mark=SYNTHETIC,
        code=code("classify_blocks"),
    script:
        "../scripts/classify_blocks.py"


if ECONOMICS:

    rule optimise_pit:
        input:
            parts="<results>/parts.nc",
            collar="<results>/tables/collar.parquet",
            topography=raw_topography(),
            overburden=geology_files(),
        output:
            parts="<results>/pit/parts.nc",
            shell="<results>/pit/shell.nc",
            shells="<results>/pit/shells.csv",
            benches="<results>/pit/benches.csv",
        log:
            "<logs>/optimise_pit.log",
        benchmark:
            "<benchmarks>/optimise_pit.tsv"
        conda:
            "../../envs/scandia.yaml"
        resources:
            mem_mb=memory("optimise_pit"),
            runtime=runtime("optimise_pit"),
        params:
            economics=economic_settings(),
            analytes=sold_analytes(),
            topography=MODEL["topography"],
            overburden=MODEL["overburden"],
            root=lambda wildcards: CONFIG["drillholes"]["root"],
            mark=SYNTHETIC,
            code=code("optimise_pit"),
        script:
            "../scripts/optimise_pit.py"

    rule write_formula:
        input:
            accepted="<results>/tables/accepted.txt",
        output:
            "<results>/value/formula.csv",
        log:
            "<logs>/write_formula.log",
        benchmark:
            "<benchmarks>/write_formula.tsv"
        conda:
            "../../envs/scandia.yaml"
        resources:
            mem_mb=memory("write_formula"),
            runtime=runtime("write_formula"),
        params:
            economics=ECONOMICS,
            analytes=analyte_names(),
            mark=SYNTHETIC,
            code=code("write_formula"),
        script:
            "../scripts/write_formula.py"


rule assemble_blockmodel:
    input:
        reported_parts(),
    output:
        "<results>/blockmodel.nc",
    log:
        "<logs>/assemble_blockmodel.log",
    benchmark:
        "<benchmarks>/assemble_blockmodel.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("assemble_blockmodel"),
        runtime=runtime("assemble_blockmodel"),
    params:
        variables=VARIABLES,
        title=CONFIG["title"],
        mark=SYNTHETIC,
        code=code("assemble_blockmodel"),
    script:
        "../scripts/assemble_blockmodel.py"


rule tabulate_tonnage:
    input:
        reported_parts(),
    output:
        "<results>/resource/grade_tonnage.csv",
    log:
        "<logs>/tabulate_tonnage.log",
    benchmark:
        "<benchmarks>/tabulate_tonnage.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("tabulate_tonnage"),
        runtime=runtime("tabulate_tonnage"),
    params:
        reporting=cutoff_settings(),
        variables=VARIABLES,
        units=UNITS,
        mark=SYNTHETIC,
        code=code("tabulate_tonnage"),
    script:
        "../scripts/tabulate_tonnage.py"


rule state_resource:
    input:
        tonnage="<results>/resource/grade_tonnage.csv",
        parts=reported_parts(),
        shells="<results>/pit/shells.csv" if ECONOMICS else [],
        composites="<results>/composites/composites.parquet",
        holes="<results>/drillholes/holes.csv",
        density="<results>/domains/density.csv",
        subcells="<results>/domains/subcells.csv",
        verdicts="<results>/validation/verdicts.csv",
        verdict="<results>/qaqc/verdict.csv" if CONFIG["qaqc"] else [],
        batches="<results>/qaqc/batches.csv" if CONFIG["qaqc"] else [],
        failed_samples="<results>/qaqc/failed_samples.csv" if CONFIG["qaqc"] else [],
    output:
        **({"excluded": "<results>/resource/excluded.csv"} if ECONOMICS else {}),
        statement="<results>/resource/statement.csv",
        unrounded="<results>/resource/statement_unrounded.csv",
        footnotes="<results>/resource/footnotes.txt",
        conclusion="<results>/resource/conclusion.txt",
        workbook="<results>/resource/statement.xlsx",
        page="<results>/resource/statement.html",
    log:
        "<logs>/state_resource.log",
    benchmark:
        "<benchmarks>/state_resource.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("state_resource"),
        runtime=runtime("state_resource"),
    params:
        config=whole_config,
        sections=sections(
            *("title", "synthetic", "analytes", "qaqc", "model.reporting", "model.domains", "model.composites"),
            *("model.statistics", "model.grid", "model.density", "model.estimation", "model.classification", "model.economics"),
        ),
        mark=SYNTHETIC,
        code=code("state_resource"),
    script:
        "../scripts/state_resource.py"
