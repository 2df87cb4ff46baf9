from scandia.config.typed import typed
from scandia.drillholes.settings import Analyte
from scandia.io.job import job
from scandia.resource.economic_settings import Economics
from scandia.resource.formula import formula_sheet

with job(snakemake.log[0], snakemake.params.mark) as write:
    economics, analytes = typed(Economics, snakemake.params.economics), typed(dict[str, Analyte], snakemake.params.analytes)
    write(formula_sheet(economics, analytes), snakemake.output[0])
