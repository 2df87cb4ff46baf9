"""scandia: from raw drillhole tables to a resource statement. `snakemake --cores all` runs the default deposit."""

from snakemake.utils import min_version

min_version("9.14.8")


if "deposit" not in config:  # another deposit comes in by --configfile; a second configfile would be merged into the first

    configfile: "config/config.yaml"


include: "workflow/rules/common.smk"
include: "workflow/rules/settings.smk"
include: "workflow/rules/inputs.smk"
include: "workflow/rules/studies.smk"
include: "workflow/rules/steps.smk"
include: "workflow/rules/outputs.smk"
include: "workflow/rules/proof.smk"


report: "workflow/report/workflow.rst"


include: "workflow/rules/tables.smk"
include: "workflow/rules/located.smk"
include: "workflow/rules/drillholes.smk"
include: "workflow/rules/domains.smk"
include: "workflow/rules/composites.smk"
include: "workflow/rules/variography.smk"
include: "workflow/rules/kriging.smk"
include: "workflow/rules/resource.smk"
include: "workflow/rules/validation.smk"
include: "workflow/rules/sensitivity.smk"
include: "workflow/rules/reconcile.smk"
include: "workflow/rules/steps_flow.smk"
include: "workflow/rules/truth.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/exports.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/audit.smk"


rule all:
    default_target: True
    input:
        targets(),


onsuccess:
    print(closing_words())


onerror:
    print(stopping_words())
