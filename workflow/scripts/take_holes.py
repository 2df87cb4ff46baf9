from pathlib import Path

from scandia.io.files import read
from scandia.io.job import job
from scandia.resource.reconcile_holes import campaign_table, previous_holes, tables_of_holes

with job(snakemake.log[0], snakemake.params.mark) as write:
    tables, campaigns = {name: read(path) for name, path in snakemake.input.items()}, snakemake.params.campaigns
    taken = tables_of_holes(tables, previous_holes(tables["collar"], campaigns))
    write(campaign_table(tables["collar"], campaigns), snakemake.output.campaigns)
    for path in snakemake.output.tables:
        write(taken[Path(path).stem], path)
