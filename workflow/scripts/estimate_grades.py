from scandia.blockmodel.dataset import grid_of
from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.io.progress import show_progress
from scandia.io.readings import read_readings
from scandia.kriging.choices import merged_composites
from scandia.kriging.parts import estimate_parts
from scandia.kriging.settings import Estimation
from scandia.variography.model import Models

with job(snakemake.log[0], snakemake.params.mark) as write:
    estimation, models = typed(Estimation, snakemake.params.estimation), typed(Models, read(snakemake.input.models))
    blocks, composites = read(snakemake.input.blocks), read(snakemake.input.composites)
    options = {"announce": print, "watch": show_progress, "threads": snakemake.threads}
    options |= {
        "readings": read_readings(snakemake.params.root, estimation.orientations, *map(read, snakemake.input.sides)),
        "units": snakemake.params.units,
    }
    parts = estimate_parts(blocks, composites, estimation, models, **options)
    write(parts, snakemake.output.parts)
    write(merged_composites(composites, estimation, models, grid_of(blocks).mine_grid), snakemake.output.merged)
