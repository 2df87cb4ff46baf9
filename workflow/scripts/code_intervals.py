from scandia.config.typed import typed
from scandia.domains.flag import code_intervals
from scandia.domains.settings import Domains
from scandia.drillholes.desurvey import locate_intervals
from scandia.geometry.minegrid import MineGrid
from scandia.io.log import logged
from scandia.io.tables import read_table, write_table

with logged(snakemake.log[0]):
    domains = typed(Domains, snakemake.params.domains)
    assay, lithology = read_table(snakemake.input.assay), read_table(snakemake.input.lithology)
    collar, stations = read_table(snakemake.input.collar), read_table(snakemake.input.stations)
    intervals = code_intervals(assay, lithology, collar, domains, snakemake.params.analytes)
    write_table(locate_intervals(intervals, stations, typed(MineGrid, snakemake.params.mine_grid)), snakemake.output[0])
