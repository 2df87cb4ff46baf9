from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.log import logged
from scandia.io.tables import read_table, write_table
from scandia.variography.experimental import experimental_variograms
from scandia.variography.settings import Variography

with logged(snakemake.log[0]):
    settings, mine_grid = typed(Variography, snakemake.params.variography), typed(MineGrid, snakemake.params.mine_grid)
    composites = read_table(snakemake.input.composites)
    write_table(experimental_variograms(composites, settings, snakemake.params.variables, mine_grid), snakemake.output[0])
