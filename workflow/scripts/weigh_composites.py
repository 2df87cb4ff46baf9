from scandia.config.typed import typed
from scandia.io.log import logged
from scandia.io.tables import read_table, write_table
from scandia.statistics.capping import apply_caps, capping_table
from scandia.statistics.declustering import decluster
from scandia.statistics.settings import Statistics

with logged(snakemake.log[0]):
    settings, variables = typed(Statistics, snakemake.params.statistics), snakemake.params.variables
    composites = read_table(snakemake.input.composites)
    write_table(capping_table(composites, settings.caps, variables), snakemake.output.capping)
    capped, caps = apply_caps(composites, settings.caps, variables)
    weighted, scan = decluster(capped, settings.declustering, variables[0])
    write_table(caps, snakemake.output.caps)
    write_table(scan, snakemake.output.scan)
    write_table(weighted, snakemake.output.composites)
