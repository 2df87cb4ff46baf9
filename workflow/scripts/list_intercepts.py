from scandia.config.typed import typed
from scandia.drillholes.intercepts import significant_intercepts
from scandia.drillholes.settings import Intercepts
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    rules = typed(Intercepts, snakemake.params.intercepts)
    write(significant_intercepts(read(snakemake.input[0]), rules, snakemake.params.variables), snakemake.output[0])
