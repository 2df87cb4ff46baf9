from scandia.config.load import resolve
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    write(resolve(snakemake.params.config), snakemake.output[0])
