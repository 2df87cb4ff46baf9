from scandia.config.typed import typed
from scandia.drillholes.settings import Analyte
from scandia.io.files import read
from scandia.io.job import job
from scandia.qaqc.core import tables_of
from scandia.qaqc.hold_out import hold_out

with job(snakemake.log[0], snakemake.params.mark) as write:
    assay, failed = read(snakemake.input.assay), read(snakemake.input.failed)
    write(hold_out(assay, failed, tables_of(typed(dict[str, Analyte], snakemake.params.analytes))), snakemake.output[0])
