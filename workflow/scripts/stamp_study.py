from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    write(snakemake.params.stamp, snakemake.output[0])
