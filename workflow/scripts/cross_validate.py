from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job
from scandia.io.progress import show_progress
from scandia.io.readings import read_readings
from scandia.kriging.settings import Estimation
from scandia.validation.crossval import cross_validate_domains
from scandia.variography.model import Models

with job(snakemake.log[0], snakemake.params.mark) as write:
    estimation, mine_grid = typed(Estimation, snakemake.params.estimation), typed(MineGrid, snakemake.params.mine_grid)
    composites, models = read(snakemake.input.composites), typed(Models, read(snakemake.input.models))
    options = {
        "mine_grid": mine_grid,
        "readings": read_readings(snakemake.params.root, estimation.orientations, *map(read, snakemake.input.sides)),
    }
    options |= {"leaves": snakemake.params.leaves, "folds": snakemake.params.folds, "threads": snakemake.threads}
    options |= {"watch": show_progress}
    errors, scores = cross_validate_domains(composites, estimation, models, estimation.variables, **options)
    write(errors, snakemake.output.errors)
    write(scores, snakemake.output.scores)
