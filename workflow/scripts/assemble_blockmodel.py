from scandia.blockmodel.dataset import heading, summarise
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    blocks = summarise(read(snakemake.input[0]), snakemake.params.variables)
    write(blocks.assign_attrs(title=heading(snakemake.params.title, snakemake.params.mark)), snakemake.output[0])
