from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.resource.reconcile import published_context, waterfall
from scandia.resource.reconcile_settings import PublishedEstimate

with job(snakemake.log[0], snakemake.params.mark) as write:
    given = snakemake.params
    tables = {name: read(path) for name, path in zip(given.named, snakemake.input.tonnage, strict=True)}
    published = typed(tuple[PublishedEstimate, ...], given.published)
    write(waterfall(tables, given.cutoffs, given.named, given.variable, given.unit), snakemake.output.waterfall)
    write(published_context(published, given.unit), snakemake.output.published, mark=None)  # simulated is none of it
