from scandia.blockmodel.reach import accept_grid
from scandia.blockmodel.settings import GridSettings
from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    grid, mine_grid = typed(GridSettings, snakemake.params.grid), typed(MineGrid, snakemake.params.mine_grid)
    write(accept_grid(read(snakemake.input[0]), grid, mine_grid), snakemake.output[0])
