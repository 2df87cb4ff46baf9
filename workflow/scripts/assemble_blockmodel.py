from scandia.blockmodel.dataset import summarise
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    write(summarise(read(snakemake.input[0]), snakemake.params.variables), snakemake.output[0])
