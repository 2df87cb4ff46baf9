from scandia.io.files import read
from scandia.io.job import job
from scandia.statistics.means import domain_means
from scandia.statistics.overview import correlation_overview, group_overview, statistics_overview
from scandia.statistics.trends import trend_table

with job(snakemake.log[0], snakemake.params.mark) as write:
    intervals, composites = read(snakemake.input.intervals), read(snakemake.input.composites)
    write(statistics_overview(intervals, composites, snakemake.params.variables), snakemake.output.summary)
    write(correlation_overview(composites, snakemake.params.variables), snakemake.output.correlation)
    write(group_overview(intervals, composites, snakemake.params.variables), snakemake.output.groups)
    write(domain_means(composites, snakemake.params.variables), snakemake.output.means)
    write(trend_table(composites, snakemake.params.variables), snakemake.output.trends)
