from scandia.blockmodel.density_regression import describe_density
from scandia.blockmodel.settings import DensitySettings
from scandia.config.typed import typed
from scandia.domains.settings import Domains
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    domains, settings = typed(Domains, snakemake.params.domains), typed(DensitySettings, snakemake.params.density)
    assay = read(snakemake.input.assay) if snakemake.input.assay else None
    tables = (read(snakemake.input.density), read(snakemake.input.intervals), assay)
    values, lines = describe_density(*tables, domains, settings)
    write(values, snakemake.output.values)
    write(lines, snakemake.output.regression)
