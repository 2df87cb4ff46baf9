from scandia.io.files import read
from scandia.io.job import job
from scandia.qaqc.gate import accept_tables

with job(snakemake.log[0], snakemake.params.mark) as write:
    write(accept_tables(read(snakemake.input[0]), table=snakemake.input[0]), snakemake.output[0])
