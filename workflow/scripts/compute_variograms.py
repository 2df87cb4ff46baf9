from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job
from scandia.variography.experimental import experimental_variograms
from scandia.variography.settings import Variography

with job(snakemake.log[0], snakemake.params.mark) as write:
    settings, mine_grid = typed(Variography, snakemake.params.variography), typed(MineGrid, snakemake.params.mine_grid)
    table = experimental_variograms(read(snakemake.input.composites), settings, snakemake.params.variables, mine_grid)
    write(table, snakemake.output[0])
