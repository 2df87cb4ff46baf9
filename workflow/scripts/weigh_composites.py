from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.statistics.capping import apply_caps, candidate_caps, decile_table
from scandia.statistics.declustering import decluster
from scandia.statistics.settings import Statistics

with job(snakemake.log[0], snakemake.params.mark) as write:
    settings, variables = typed(Statistics, snakemake.params.statistics), snakemake.params.variables
    composites = read(snakemake.input[0])
    capped, caps = apply_caps(composites, settings.caps, variables)
    weighted, scan = decluster(capped, settings.declustering, lead=variables[0])
    write(decile_table(composites, variables), snakemake.output.deciles)
    write(candidate_caps(composites, variables), snakemake.output.candidates)
    write(caps, snakemake.output.caps)
    write(scan, snakemake.output.scan)
    write(weighted, snakemake.output.composites)
