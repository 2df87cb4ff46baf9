from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.resource.settings import Reporting
from scandia.resource.tonnage import cutoff_list, grade_tonnage

with job(snakemake.log[0], snakemake.params.mark) as write:
    reporting, parts = typed(Reporting, snakemake.params.reporting), read(snakemake.input[0])
    table = grade_tonnage(parts, cutoff_list(reporting), snakemake.params.variables, variable=reporting.variable)
    write(table, snakemake.output[0])
