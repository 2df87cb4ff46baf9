from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job
from scandia.io.progress import show_progress
from scandia.io.readings import read_readings
from scandia.kriging.settings import Estimation
from scandia.validation.campaigns import campaign_ranks
from scandia.validation.crossval import cross_validate_domains
from scandia.validation.deciles import error_deciles
from scandia.validation.settings import Validation
from scandia.variography.model import Models

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, tables = snakemake.params, snakemake.input
    estimation, settings = typed(Estimation, given.estimation), typed(Validation, given.validation)
    composites, models = read(tables.composites), typed(Models, read(tables.models))
    options = {"leaves": settings.cross_validation, "folds": settings.folds, "campaigns": campaign_ranks(composites, settings)}
    options |= {"mine_grid": typed(MineGrid, given.mine_grid), "threads": snakemake.threads}
    options |= {"readings": read_readings(given.root, estimation.orientations, *map(read, tables.sides)), "watch": show_progress}
    errors, scores = cross_validate_domains(composites, estimation, models, estimation.variables, **options)
    write(errors, snakemake.output.errors)
    write(scores, snakemake.output.scores)
    write(error_deciles(errors), snakemake.output.deciles)
