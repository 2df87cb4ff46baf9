from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.resource.settings import Reporting
from scandia.resource.tonnage import cutoff_list
from scandia.validation.truth import compare_truth

with job(snakemake.log[0], snakemake.params.mark) as write:
    reporting = typed(Reporting, snakemake.params.reporting)
    parts, truth = read(snakemake.input.parts), read(snakemake.input.truth)
    tables = compare_truth(parts, truth, snakemake.params.variables, cutoff_list(reporting), variable=reporting.variable)
    for name, path in snakemake.output.items():
        write(tables[name], path)
