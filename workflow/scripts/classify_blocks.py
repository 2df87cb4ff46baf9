from scandia.blockmodel.density_regression import with_regressed_density
from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.resource.classify import class_table, classify
from scandia.resource.settings import Classification

with job(snakemake.log[0], snakemake.params.mark) as write:
    settings, variable = typed(Classification, snakemake.params.classification), snakemake.params.variables[0]
    parts = read(snakemake.input.parts)
    if snakemake.input.density:
        parts = with_regressed_density(parts, read(snakemake.input.density))
    parts = classify(parts, settings, variable)
    write(parts, snakemake.output.parts)
    write(class_table(parts, settings, variable), snakemake.output.summary)
