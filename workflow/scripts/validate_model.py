from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.validation.bias import global_bias
from scandia.validation.settings import Validation
from scandia.validation.swath import swaths

with job(snakemake.log[0], snakemake.params.mark) as write:
    settings, variables = typed(Validation, snakemake.params.validation), snakemake.params.variables
    parts, composites = read(snakemake.input.parts), read(snakemake.input.composites)
    write(global_bias(composites, parts, variables, settings), snakemake.output.bias)
    write(swaths(composites, parts, variables, settings), snakemake.output.swaths)
