from scandia.io.job import job
from scandia.kriging.compile import compile_kernels

with job(snakemake.log[0], snakemake.params.mark) as write:
    write(compile_kernels(snakemake.threads), snakemake.output[0])
