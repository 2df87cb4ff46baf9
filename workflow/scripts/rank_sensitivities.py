from scandia.io.files import read
from scandia.io.job import job
from scandia.resource.sensitivity import rank_sensitivities

with job(snakemake.log[0], snakemake.params.mark) as write:
    given = snakemake.params
    tables = {name: read(path) for name, path in zip(given.named, snakemake.input.tonnage, strict=True)}
    write(rank_sensitivities(tables, given.cutoffs, given.named, given.variable), snakemake.output[0])
