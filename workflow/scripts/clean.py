from scandia.io.clean import clear_results
from scandia.io.job import job

with job(snakemake.log[0]):
    print(clear_results(snakemake.params.results, snakemake.params.patterns, snakemake.params.folders))
