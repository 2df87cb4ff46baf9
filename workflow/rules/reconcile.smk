"""From a previous estimate to the present one: the run again with the holes and settings of then, and what each cause changed since.

Required inputs: those of the rules of the estimate, of the present run.
Outputs: reconcile/<step>/... as in a run of the step's config, reconcile/{waterfall,campaigns,published}.csv, reconcile/stamp.txt,
figures/reconcile/.
Steps: take_holes (the tables of the previous estimate's holes), the rules of the flow themselves, each with the section of the step's
config; a stage that a step does not change is the file of an earlier step, or the present run's own. reconcile_estimates,
plot_reconciliation, stamp_study (in truth.smk).
The target is `reconcile`; a whole run asks for none of these, and its report shows them where they stand.
"""


rule reconcile:
    input:
        reconcile_target(),


if STEPS:

    wildcard_constraints:
        step="|".join(STEPS),

    rule take_holes:
        input:
            **{name: f"<results>/tables/{name}.parquet" for name in HELD if name != "assay"},
            assay=estimated_assay(),
        output:
            campaigns="<results>/reconcile/campaigns.csv",
            tables=expand(f"<results>/reconcile/{PREVIOUS}/tables/{{table}}.parquet", table=HELD),
        log:
            "<logs>/take_holes.log",
        benchmark:
            "<benchmarks>/take_holes.tsv"
        conda:
            "../../envs/scandia.yaml"
        resources:
            mem_mb=memory("take_holes"),
            runtime=runtime("take_holes"),
        params:
            campaigns=CONFIG["previous"]["campaigns"],
            mark=SYNTHETIC,
            code=code("take_holes"),
        script:
            "../scripts/take_holes.py"

    use rule desurvey_holes as step_desurvey_holes with:
        input:
            **varied_inputs(
                rules.desurvey_holes.input,
                collar=stepped("take"),
                survey=stepped_table("survey"),
            ),
        output:
            **outputs_below("reconcile/{step}", rules.desurvey_holes.output),
        log:
            "<logs>/reconcile/{step}/desurvey_holes.log",
        benchmark:
            "<benchmarks>/reconcile/{step}/desurvey_holes.tsv"

    use rule code_intervals as step_code_intervals with:
        input:
            **varied_inputs(
                rules.code_intervals.input,
                stations=stepped("desurvey"),
                collar=stepped("take"),
                assay=stepped_assay(),
                lithology=stepped_table("lithology"),
                solids=files_of("domains", "overburden"),
            ),
        output:
            "<results>/reconcile/{step}/domains/intervals.parquet",
        log:
            "<logs>/reconcile/{step}/code_intervals.log",
        benchmark:
            "<benchmarks>/reconcile/{step}/code_intervals.tsv"
        params:
            domains=of_step(domain_settings),
            overburden=of_step("overburden"),

    use rule composite_samples as step_composite_samples with:
        input:
            **varied_inputs(
                rules.composite_samples.input,
                intervals=stepped("code"),
                stations=stepped("desurvey"),
                density=stepped_table("density", plausible_densities),
            ),
        output:
            **outputs_below("reconcile/{step}", rules.composite_samples.output),
        log:
            "<logs>/reconcile/{step}/composite_samples.log",
        benchmark:
            "<benchmarks>/reconcile/{step}/composite_samples.tsv"
        params:
            composites=of_step("composites"),
            plausible=of_step(plausible_densities),

    use rule weigh_composites as step_weigh_composites with:
        input:
            **varied_inputs(
                rules.weigh_composites.input,
                composites=stepped("composite"),
            ),
        output:
            **outputs_below("reconcile/{step}", rules.weigh_composites.output),
        log:
            "<logs>/reconcile/{step}/weigh_composites.log",
        benchmark:
            "<benchmarks>/reconcile/{step}/weigh_composites.tsv"
        params:
            declustering=of_step(lambda model: model["statistics"]["declustering"]),
            caps=of_step(lambda model: model["statistics"]["caps"]),

    use rule compute_variograms as step_compute_variograms with:
        input:
            **varied_inputs(
                rules.compute_variograms.input,
                composites=stepped("weigh"),
            ),
        output:
            "<results>/reconcile/{step}/variography/experimental.csv",
        log:
            "<logs>/reconcile/{step}/compute_variograms.log",
        benchmark:
            "<benchmarks>/reconcile/{step}/compute_variograms.tsv"
        params:
            variography=of_step(experiment_settings),

    use rule fit_variograms as step_fit_variograms with:
        input:
            **varied_inputs(
                rules.fit_variograms.input,
                composites=stepped("weigh"),
                experimental=stepped("compute"),
            ),
        output:
            **outputs_below("reconcile/{step}", rules.fit_variograms.output),
        log:
            "<logs>/reconcile/{step}/fit_variograms.log",
        benchmark:
            "<benchmarks>/reconcile/{step}/fit_variograms.tsv"
        params:
            variography=of_step(fit_settings),

    use rule build_blocks as step_build_blocks with:
        input:
            **varied_inputs(
                rules.build_blocks.input,
                intervals=stepped("code"),
                stations=stepped("desurvey"),
                density=stepped_table("density"),
                collar=stepped("take"),
                topography=files_of("topography"),
                solids=files_of("domains", "overburden"),
            ),
        output:
            **outputs_below("reconcile/{step}", rules.build_blocks.output),
        log:
            "<logs>/reconcile/{step}/build_blocks.log",
        benchmark:
            "<benchmarks>/reconcile/{step}/build_blocks.tsv"
        params:
            domains=of_step(domain_settings),
            grid=of_step("grid"),
            density=of_step("density"),
            topography=of_step("topography"),
            overburden=of_step("overburden"),
            own_points=of_step(lambda model: model["estimation"]["own_points"]),
            orientations=of_step(solid_orientations),

    use rule describe_density as step_describe_density with:
        input:
            **varied_inputs(
                rules.describe_density.input,
                density=stepped_table("density"),
                intervals=stepped("code"),
                assay=stepped_assay(regresses_density),
            ),
        output:
            **outputs_below("reconcile/{step}", rules.describe_density.output),
        log:
            "<logs>/reconcile/{step}/describe_density.log",
        benchmark:
            "<benchmarks>/reconcile/{step}/describe_density.tsv"
        params:
            domains=of_step(domain_settings),
            density=of_step("density"),

    use rule estimate_grades as step_estimate_grades with:
        input:
            **varied_inputs(
                rules.estimate_grades.input,
                blocks=stepped("build"),
                composites=stepped("weigh"),
                models=stepped("fit"),
                readings=files_of("estimation"),
                sides=stepped("build", "domains/sides.csv", solid_orientations),
            ),
        output:
            temp("<results>/reconcile/{step}/kriging/chunks/{chunk}.nc"),
        log:
            "<logs>/reconcile/{step}/estimate_grades/{chunk}.log",
        benchmark:
            "<benchmarks>/reconcile/{step}/estimate_grades/{chunk}.tsv"
        params:
            estimation=of_step("estimation"),

    use rule merge_chunks as step_merge_chunks with:
        input:
            chunks=stepped_chunks,
            composites=stepped("weigh"),
            models=stepped("fit"),
        output:
            **outputs_below("reconcile/{step}", rules.merge_chunks.output),
        log:
            "<logs>/reconcile/{step}/merge_chunks.log",
        benchmark:
            "<benchmarks>/reconcile/{step}/merge_chunks.tsv"
        params:
            estimation=of_step("estimation"),

    use rule classify_blocks as step_classify_blocks with:
        input:
            **varied_inputs(
                rules.classify_blocks.input,
                parts=stepped("estimate"),
                density=stepped("describe", asked=partial(regresses_density, applied=True)),
                composites=stepped("weigh"),
                holes=stepped("desurvey", "drillholes/holes.csv"),
                collar=stepped("take"),
                ground=files_of("topography"),
                solids=files_of("classification"),
            ),
        output:
            **outputs_below("reconcile/{step}", rules.classify_blocks.output),
        log:
            "<logs>/reconcile/{step}/classify_blocks.log",
        benchmark:
            "<benchmarks>/reconcile/{step}/classify_blocks.tsv"
        params:
            classification=of_step("classification"),
            topography=of_step("topography"),

    if ECONOMICS:

        use rule optimise_pit as step_optimise_pit with:
            input:
                **varied_inputs(
                    rules.optimise_pit.input,
                    parts=stepped("classify"),
                    collar=stepped("take"),
                    topography=files_of("topography"),
                    overburden=files_of("domains", "overburden"),
                ),
            output:
                **outputs_below("reconcile/{step}", rules.optimise_pit.output),
            log:
                "<logs>/reconcile/{step}/optimise_pit.log",
            benchmark:
                "<benchmarks>/reconcile/{step}/optimise_pit.tsv"
            params:
                economics=of_step("economics"),
                topography=of_step("topography"),
                overburden=of_step("overburden"),

    use rule tabulate_tonnage as step_tabulate_tonnage with:
        input:
            stepped("value") if ECONOMICS else stepped("classify"),
        output:
            "<results>/reconcile/{step}/resource/grade_tonnage.csv",
        log:
            "<logs>/reconcile/{step}/tabulate_tonnage.log",
        benchmark:
            "<benchmarks>/reconcile/{step}/tabulate_tonnage.tsv"
        params:
            reporting=of_step("reporting"),

    use rule write_variant as write_step with:
        output:
            "<results>/reconcile/{step}/config.yaml",
        log:
            "<logs>/reconcile/{step}/write_variant.log",
        benchmark:
            "<benchmarks>/reconcile/{step}/write_variant.tsv"
        params:
            config=lambda wildcards: STEPS[wildcards.step].config,

    rule reconcile_estimates:
        input:
            configs=collect("<results>/reconcile/{step}/config.yaml", step=STEPS),
            tonnage=step_tables(),
        output:
            waterfall="<results>/reconcile/waterfall.csv",
            published="<results>/reconcile/published.csv",
        log:
            "<logs>/reconcile_estimates.log",
        benchmark:
            "<benchmarks>/reconcile_estimates.tsv"
        conda:
            "../../envs/scandia.yaml"
        resources:
            mem_mb=memory("reconcile_estimates"),
            runtime=runtime("reconcile_estimates"),
        params:
            cutoffs={name: one.config["model"]["reporting"]["base_cutoff"] for name, one in STEPS.items()},
            named={name: [one.cause, one.changed] for name, one in STEPS.items()},
            variable=main_variable(),
            unit=UNITS[main_variable()],
            published=CONFIG["previous"]["published"],
            mark=SYNTHETIC,
            code=code("reconcile_estimates"),
        script:
            "../scripts/reconcile_estimates.py"

    rule plot_reconciliation:
        input:
            "<results>/reconcile/waterfall.csv",
        output:
            directory("<results>/figures/reconcile"),
        log:
            "<logs>/plot_reconciliation.log",
        benchmark:
            "<benchmarks>/plot_reconciliation.tsv"
        conda:
            "../../envs/scandia.yaml"
        resources:
            mem_mb=memory("plot_reconciliation"),
            runtime=runtime("plot_reconciliation"),
        params:
            previous=CONFIG["previous"]["title"],
            mark=SYNTHETIC,
            code=code("plot_reconciliation"),
        script:
            "../scripts/plot_reconciliation.py"
