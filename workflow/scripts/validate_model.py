from scandia.config.typed import typed
from scandia.io.log import logged
from scandia.io.netcdf import read_dataset
from scandia.io.tables import read_table, write_table
from scandia.validation.bias import global_bias
from scandia.validation.settings import Validation
from scandia.validation.swath import swaths

with logged(snakemake.log[0]):
    settings, variables = typed(Validation, snakemake.params.validation), snakemake.params.variables
    parts, composites = read_dataset(snakemake.input.parts), read_table(snakemake.input.composites)
    write_table(global_bias(composites, parts, variables, settings), snakemake.output.bias)
    write_table(swaths(composites, parts, variables, settings), snakemake.output.swaths)
