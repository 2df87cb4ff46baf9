"""From a previous estimate to the present one: the run again with the holes and settings of then, and what each cause changed since.

Required inputs: those of the rules of the estimate, of the present run.
Outputs: reconcile/{waterfall,campaigns,published}.csv, reconcile/<previous>/tables/, reconcile/stamp.txt, figures/reconcile/.
Steps: take_holes (the tables of the previous estimate's holes), the rules of the flow themselves for every step (steps_flow.smk),
reconcile_estimates, plot_reconciliation, stamp_study (in truth.smk).
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
