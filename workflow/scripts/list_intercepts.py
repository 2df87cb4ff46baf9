from scandia.config.typed import typed
from scandia.drillholes.intercept_settings import Intercepts
from scandia.drillholes.intercept_table import intercept_analytes, print_intercepts, with_true_widths
from scandia.drillholes.intercepts import significant_intercepts
from scandia.drillholes.sample_density import with_density
from scandia.drillholes.settings import Analyte
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    rules, analytes = typed(Intercepts, snakemake.params.intercepts), typed(dict[str, Analyte], snakemake.params.analytes)
    named, tolerance = intercept_analytes(rules, snakemake.params.variables), snakemake.params.tolerance
    assay = read(snakemake.input.assay)
    if snakemake.params.dense:
        assay = with_density(assay, read(snakemake.input.density) if snakemake.input.density else None)
    table = significant_intercepts(assay, rules, named, tolerance=tolerance)
    if snakemake.params.plane:
        table = with_true_widths(table, read(snakemake.input.stations), snakemake.params.plane)
    write(table, snakemake.output.table)
    write(print_intercepts(table, rules, analytes), snakemake.output.printed)
