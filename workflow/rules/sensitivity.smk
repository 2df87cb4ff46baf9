"""What each choice does to the resource: the run again with one choice changed, and no more of it than the choice reaches.

Required inputs: those of the rules of the estimate, of the base run.
Outputs: sensitivity/<variant>/... as in a run of the variant's config, sensitivity/{tornado.csv,stamp.txt}, figures/sensitivity/.
Steps: the rules of the flow themselves, each with the section of the variant's config; a stage that a variant does not reach is the
base's own file. rank_sensitivities, plot_sensitivities, stamp_study (in truth.smk).
The target is `sensitivity`; a whole run asks for none of these, and its report shows them where they stand.
"""

if MODEL:

    wildcard_constraints:
        variant="|".join(variant_configs()),

    use rule weigh_composites as vary_weigh_composites with:
        output:
            **outputs_below("sensitivity/{variant}", rules.weigh_composites.output),
        log:
            "<logs>/sensitivity/{variant}/weigh_composites.log",
        benchmark:
            "<benchmarks>/sensitivity/{variant}/weigh_composites.tsv"
        params:
            caps=of_variant("statistics", "caps"),

    use rule compute_variograms as vary_compute_variograms with:
        input:
            **varied_inputs(rules.compute_variograms.input, composites=varied("weigh")),
        output:
            "<results>/sensitivity/{variant}/variography/experimental.csv",
        log:
            "<logs>/sensitivity/{variant}/compute_variograms.log",
        benchmark:
            "<benchmarks>/sensitivity/{variant}/compute_variograms.tsv"

    use rule fit_variograms as vary_fit_variograms with:
        input:
            **varied_inputs(rules.fit_variograms.input, composites=varied("weigh"), experimental=varied("compute")),
        output:
            **outputs_below("sensitivity/{variant}", rules.fit_variograms.output),
        log:
            "<logs>/sensitivity/{variant}/fit_variograms.log",
        benchmark:
            "<benchmarks>/sensitivity/{variant}/fit_variograms.tsv"
        params:
            variography=lambda wildcards: fit_settings(variant_configs()[wildcards.variant].config["model"]),

    use rule build_blocks as vary_build_blocks with:
        output:
            **outputs_below("sensitivity/{variant}", rules.build_blocks.output),
        log:
            "<logs>/sensitivity/{variant}/build_blocks.log",
        benchmark:
            "<benchmarks>/sensitivity/{variant}/build_blocks.tsv"
        params:
            domains=of_variant("domains"),
            density=of_variant("density"),

    use rule describe_density as vary_describe_density with:
        output:
            **outputs_below("sensitivity/{variant}", rules.describe_density.output),
        log:
            "<logs>/sensitivity/{variant}/describe_density.log",
        benchmark:
            "<benchmarks>/sensitivity/{variant}/describe_density.tsv"
        params:
            domains=of_variant("domains"),
            density=of_variant("density"),

    use rule estimate_grades as vary_estimate_grades with:
        input:
            **varied_inputs(
                rules.estimate_grades.input,
                blocks=varied("build"),
                composites=varied("weigh"),
                models=varied("fit"),
                sides=varied("build", "domains/sides.csv") if solid_sides() else [],
            ),
        output:
            temp("<results>/sensitivity/{variant}/kriging/chunks/{chunk}.nc"),
        log:
            "<logs>/sensitivity/{variant}/estimate_grades/{chunk}.log",
        benchmark:
            "<benchmarks>/sensitivity/{variant}/estimate_grades/{chunk}.tsv"
        params:
            estimation=of_variant("estimation"),

    use rule merge_chunks as vary_merge_chunks with:
        input:
            chunks=collect("<results>/sensitivity/{{variant}}/kriging/chunks/{chunk}.nc", chunk=chunk_names()),
            composites=varied("weigh"),
            models=varied("fit"),
        output:
            **outputs_below("sensitivity/{variant}", rules.merge_chunks.output),
        log:
            "<logs>/sensitivity/{variant}/merge_chunks.log",
        benchmark:
            "<benchmarks>/sensitivity/{variant}/merge_chunks.tsv"
        params:
            estimation=of_variant("estimation"),

    use rule classify_blocks as vary_classify_blocks with:
        input:
            **varied_inputs(
                rules.classify_blocks.input,
                parts=varied("estimate"),
                density=varied("describe") if regresses_density(applied=True) else [],
                composites=varied("weigh"),
            ),
        output:
            **outputs_below("sensitivity/{variant}", rules.classify_blocks.output),
        log:
            "<logs>/sensitivity/{variant}/classify_blocks.log",
        benchmark:
            "<benchmarks>/sensitivity/{variant}/classify_blocks.tsv"

    if ECONOMICS:

        use rule optimise_pit as vary_optimise_pit with:
            input:
                **varied_inputs(rules.optimise_pit.input, parts=varied("classify")),
            output:
                **outputs_below("sensitivity/{variant}", rules.optimise_pit.output),
            log:
                "<logs>/sensitivity/{variant}/optimise_pit.log",
            benchmark:
                "<benchmarks>/sensitivity/{variant}/optimise_pit.tsv"
            params:
                economics=lambda wildcards: economic_settings(variant_configs()[wildcards.variant].config["model"]),

    use rule tabulate_tonnage as vary_tabulate_tonnage with:
        input:
            varied("value") if ECONOMICS else varied("classify"),
        output:
            "<results>/sensitivity/{variant}/resource/grade_tonnage.csv",
        log:
            "<logs>/sensitivity/{variant}/tabulate_tonnage.log",
        benchmark:
            "<benchmarks>/sensitivity/{variant}/tabulate_tonnage.tsv"
        params:
            reporting=lambda wildcards: cutoff_settings(variant_configs()[wildcards.variant].config["model"]),

    rule write_variant:
        input:
            "<results>/config.yaml",
        output:
            "<results>/sensitivity/{variant}/config.yaml",
        log:
            "<logs>/sensitivity/{variant}/write_variant.log",
        benchmark:
            "<benchmarks>/sensitivity/{variant}/write_variant.tsv"
        conda:
            "../../envs/scandia.yaml"
        resources:
            mem_mb=memory("write_variant"),
            runtime=runtime("write_variant"),
        params:
            config=lambda wildcards: variant_configs()[wildcards.variant].config,
            mark=SYNTHETIC,
            code=code("write_variant"),
        script:
            "../scripts/write_variant.py"

    rule rank_sensitivities:
        input:
            configs=collect("<results>/sensitivity/{variant}/config.yaml", variant=variant_configs()),
            tonnage=variant_tables(),
        output:
            "<results>/sensitivity/tornado.csv",
        log:
            "<logs>/rank_sensitivities.log",
        benchmark:
            "<benchmarks>/rank_sensitivities.tsv"
        conda:
            "../../envs/scandia.yaml"
        resources:
            mem_mb=memory("rank_sensitivities"),
            runtime=runtime("rank_sensitivities"),
        params:
            cutoffs={name: one.config["model"]["reporting"]["base_cutoff"] for name, one in variant_configs().items()},
            named={name: [one.choice, one.change] for name, one in variant_configs().items()},
            variable=main_variable(),
            mark=SYNTHETIC,
            code=code("rank_sensitivities"),
        script:
            "../scripts/rank_sensitivities.py"

    rule plot_sensitivities:
        input:
            "<results>/sensitivity/tornado.csv",
        output:
            directory("<results>/figures/sensitivity"),
        log:
            "<logs>/plot_sensitivities.log",
        benchmark:
            "<benchmarks>/plot_sensitivities.tsv"
        conda:
            "../../envs/scandia.yaml"
        resources:
            mem_mb=memory("plot_sensitivities"),
            runtime=runtime("plot_sensitivities"),
        params:
            mark=SYNTHETIC,
            code=code("plot_sensitivities"),
        script:
            "../scripts/plot_sensitivities.py"

    rule sensitivity:
        input:
            "<results>/sensitivity/stamp.txt",
