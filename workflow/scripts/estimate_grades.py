from scandia.config.typed import typed
from scandia.io.log import logged
from scandia.io.models import read_models
from scandia.io.netcdf import read_dataset, write_dataset
from scandia.io.tables import read_table
from scandia.kriging.parts import estimate_parts
from scandia.kriging.settings import Estimation

with logged(snakemake.log[0]):
    estimation = typed(Estimation, snakemake.params.estimation)
    blocks, composites = read_dataset(snakemake.input.blocks), read_table(snakemake.input.composites)
    models = read_models(snakemake.input.models)
    parts = estimate_parts(blocks, composites, estimation, models, units=snakemake.params.units, threads=snakemake.threads)
    write_dataset(parts, snakemake.output[0])
