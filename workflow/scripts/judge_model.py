from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.validation.checks import judge_model
from scandia.validation.settings import Validation

with job(snakemake.log[0], snakemake.params.mark) as write:
    tables = {name: read(path) for name, path in snakemake.input.items()}
    write(judge_model(typed(Validation, snakemake.params.validation), **tables), snakemake.output[0])
