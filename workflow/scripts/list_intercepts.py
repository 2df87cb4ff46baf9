from scandia.config.typed import typed
from scandia.drillholes.intercepts import significant_intercepts
from scandia.drillholes.settings import Intercepts
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    rules, assay = typed(Intercepts, snakemake.params.intercepts), read(snakemake.input[0])
    variables, tolerance = snakemake.params.variables, snakemake.params.tolerance
    write(significant_intercepts(assay, rules, variables, tolerance=tolerance), snakemake.output[0])
