"""The rules of the flow once more for every step from a previous estimate to the present one, each with the sections of its config.

Required inputs: those of the rules that are taken, of the present run.
Outputs: reconcile/<step>/... as in a run of the step's config.
Steps: step_desurvey_holes, step_code_intervals, step_composite_samples, step_weigh_composites, step_compute_variograms,
step_fit_variograms, step_build_blocks, step_describe_density, step_estimate_grades, step_merge_chunks, step_classify_blocks,
step_optimise_pit, step_tabulate_tonnage, write_step. A stage that a step does not change is the file of an earlier step, or the present
run's own.
"""

if STEPS:

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
