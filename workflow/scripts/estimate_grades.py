from scandia.blockmodel.settings import Chunks
from scandia.blockmodel.slabs import chunk_of
from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.io.progress import show_progress
from scandia.io.readings import read_readings
from scandia.kriging.parts import estimate_parts
from scandia.kriging.settings import Estimation
from scandia.variography.model import Models

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, tables = snakemake.params, snakemake.input
    estimation, models = typed(Estimation, given.estimation), typed(Models, read(tables.models))
    blocks = chunk_of(read(tables.blocks), typed(Chunks, given.chunks).blocks, int(snakemake.wildcards.chunk))
    options = {"announce": print, "watch": show_progress, "threads": snakemake.threads, "units": given.units}
    options |= {"readings": read_readings(given.root, estimation.orientations, *map(read, tables.sides))}
    write(estimate_parts(blocks, read(tables.composites), estimation, models, **options), snakemake.output[0])
