from scandia.audit.decisions import decisions
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    corrections = read(snakemake.input.corrections) if snakemake.input.corrections else None
    write(decisions(snakemake.params.config, corrections), snakemake.output[0])
