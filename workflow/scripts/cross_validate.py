from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.log import logged
from scandia.io.models import read_models
from scandia.io.tables import read_table, write_table
from scandia.kriging.settings import Estimation
from scandia.validation.crossval import cross_validate_domains

with logged(snakemake.log[0]):
    estimation, mine_grid = typed(Estimation, snakemake.params.estimation), typed(MineGrid, snakemake.params.mine_grid)
    composites, models = read_table(snakemake.input.composites), read_models(snakemake.input.models)
    errors, scores = cross_validate_domains(composites, estimation, models, mine_grid)
    write_table(errors, snakemake.output.errors)
    write_table(scores, snakemake.output.scores)
