from scandia.blockmodel.slabs import Streamed
from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job
from scandia.kriging.choices import merged_composites
from scandia.kriging.settings import Estimation
from scandia.variography.model import Models

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, tables = snakemake.params, snakemake.input
    estimation, models = typed(Estimation, given.estimation), typed(Models, read(tables.models))
    mine_grid = typed(MineGrid, given.mine_grid)
    write(Streamed(map(read, tables.chunks)), snakemake.output.parts)
    write(merged_composites(read(tables.composites), estimation, models, mine_grid), snakemake.output.merged)
