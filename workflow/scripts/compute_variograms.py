from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job
from scandia.variography.experimental import experimental_variograms
from scandia.variography.settings import Variography

with job(snakemake.log[0], snakemake.params.mark) as write:
    settings, mine_grid = typed(Variography, snakemake.params.variography), typed(MineGrid, snakemake.params.mine_grid)
    composites, variables = read(snakemake.input.composites), snakemake.params.variables
    table = experimental_variograms(composites, settings, variables, mine_grid, threads=snakemake.threads)
    write(table, snakemake.output[0])
