from scandia.io.job import job
from scandia.io.studies import study_stamp

with job(snakemake.log[0], snakemake.params.mark) as write:
    stamp = study_stamp(snakemake.params.made_by, snakemake.input.sources, snakemake.input.files)
    write(f"{stamp}\n", snakemake.output[0])
