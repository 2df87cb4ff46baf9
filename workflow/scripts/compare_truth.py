from scandia.config.typed import typed
from scandia.drillholes.settings import Analyte
from scandia.io.files import read
from scandia.io.job import job
from scandia.resource.economic_settings import Economics
from scandia.resource.settings import Reporting
from scandia.resource.tonnage import cutoff_list
from scandia.resource.value import with_nsr
from scandia.validation.truth import compare_truth

with job(snakemake.log[0], snakemake.params.mark) as write:
    reporting = typed(Reporting, snakemake.params.reporting)
    sold = typed(Economics, snakemake.params.economics), typed(dict[str, Analyte], snakemake.params.analytes)
    parts, truth = read(snakemake.input.parts), with_nsr(read(snakemake.input.truth), *sold)
    tables = compare_truth(parts, truth, snakemake.params.variables, cutoff_list(reporting), variable=reporting.variable)
    for name, path in snakemake.output.items():
        write(tables[name], path)
