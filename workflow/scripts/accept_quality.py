from scandia.io.files import read
from scandia.io.job import job
from scandia.qaqc.gate import accept_quality

with job(snakemake.log[0], snakemake.params.mark) as write:
    verdict, batches = read(snakemake.input.verdict), read(snakemake.input.batches)
    write(accept_quality(verdict, batches, on_failure=snakemake.params.on_failure), snakemake.output[0])
