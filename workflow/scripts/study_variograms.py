from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job
from scandia.io.readings import read_readings
from scandia.kriging.settings import Estimation
from scandia.validation.alternatives import compare_models
from scandia.variography.exploration import explore
from scandia.variography.fit import residuals
from scandia.variography.intervals import parameter_intervals
from scandia.variography.model import Models
from scandia.variography.settings import Variography

with job(snakemake.log[0], snakemake.params.mark) as write:
    settings, mine_grid = typed(Variography, snakemake.params.variography), typed(MineGrid, snakemake.params.mine_grid)
    estimation, models = typed(Estimation, snakemake.params.estimation), typed(Models, read(snakemake.input.models))
    experimental, composites = read(snakemake.input.experimental), read(snakemake.input.composites)
    maps, fans = explore(composites, settings, estimation.variables, mine_grid)
    write(maps, snakemake.output.maps)
    write(fans, snakemake.output.fans)
    write(residuals(models, experimental, composites, settings, mine_grid), snakemake.output.residuals)
    write(parameter_intervals(experimental, composites, settings, estimation.variables, mine_grid), snakemake.output.intervals)
    readings = read_readings(snakemake.params.root, estimation.orientations, *map(read, snakemake.input.sides))
    options = {"mine_grid": mine_grid, "readings": readings}
    write(compare_models(experimental, composites, settings, estimation, models, **options), snakemake.output.alternatives)
