from scandia.composites.doors import enter_composites
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    composites, members, conservation = enter_composites(read(snakemake.input.intervals), snakemake.params.variables)
    write(composites, snakemake.output.composites)
    write(members, snakemake.output.members)
    write(conservation, snakemake.output.conservation)
