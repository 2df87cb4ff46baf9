from scandia.io.files import read
from scandia.io.job import job
from scandia.statistics.overview import correlation_overview, statistics_overview

with job(snakemake.log[0], snakemake.params.mark) as write:
    intervals, composites = read(snakemake.input.intervals), read(snakemake.input.composites)
    write(statistics_overview(intervals, composites, snakemake.params.variables), snakemake.output.summary)
    write(correlation_overview(composites, snakemake.params.variables), snakemake.output.correlation)
