from scandia.composites.length import composite, conservation
from scandia.composites.settings import Compositing
from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.log import logged
from scandia.io.tables import read_table, write_table

with logged(snakemake.log[0]):
    settings, mine_grid = typed(Compositing, snakemake.params.composites), typed(MineGrid, snakemake.params.mine_grid)
    intervals, stations = read_table(snakemake.input.intervals), read_table(snakemake.input.stations)
    composites = composite(intervals, settings, snakemake.params.variables, stations, mine_grid)
    write_table(composites, snakemake.output.composites)
    write_table(conservation(intervals, composites, snakemake.params.variables), snakemake.output.conservation)
