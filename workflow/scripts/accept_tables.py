from scandia.io.files import read
from scandia.io.job import job
from scandia.qaqc.gate import accept

with job(snakemake.log[0], snakemake.params.mark) as write:
    batches = read(snakemake.input.batches) if snakemake.input.batches else None
    write(accept(read(snakemake.input.findings), batches), snakemake.output[0])
