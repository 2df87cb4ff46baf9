from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.kriging.parts import estimate_parts
from scandia.kriging.settings import Estimation
from scandia.variography.model import Models

with job(snakemake.log[0], snakemake.params.mark) as write:
    estimation, models = typed(Estimation, snakemake.params.estimation), typed(Models, read(snakemake.input.models))
    blocks, composites = read(snakemake.input.blocks), read(snakemake.input.composites)
    parts = estimate_parts(blocks, composites, estimation, models, units=snakemake.params.units, threads=snakemake.threads)
    write(parts, snakemake.output[0])
