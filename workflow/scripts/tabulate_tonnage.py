from scandia.config.typed import typed
from scandia.io.log import logged
from scandia.io.netcdf import read_dataset
from scandia.io.tables import write_table
from scandia.resource.settings import Reporting
from scandia.resource.tonnage import grade_tonnage

with logged(snakemake.log[0]):
    reporting = typed(Reporting, snakemake.params.reporting)
    parts = read_dataset(snakemake.input[0])
    write_table(grade_tonnage(parts, reporting, snakemake.params.variables), snakemake.output[0])
