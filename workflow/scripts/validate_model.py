from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.kriging.settings import Estimation
from scandia.validation.bias import global_bias
from scandia.validation.diagnostics import diagnostics
from scandia.validation.settings import Validation
from scandia.validation.support import change_of_support
from scandia.validation.swath import swaths
from scandia.variography.model import Models

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, output = snakemake.params, snakemake.output
    settings, estimation = typed(Validation, given.validation), typed(Estimation, given.estimation)
    parts, composites = read(snakemake.input.parts), read(snakemake.input.composites)
    models, lead = typed(Models, read(snakemake.input.models)), {"cutoff": given.cutoff, "lead": given.lead}
    write(global_bias(composites, parts, given.variables), output.bias)
    write(swaths(composites, parts, given.variables, settings), output.swaths)
    write(diagnostics(parts, given.variables), output.diagnostics)
    variances, curves = change_of_support(composites, parts, given.variables, models, estimation, **lead)
    write(variances, output.variances)
    write(curves, output.curves)
