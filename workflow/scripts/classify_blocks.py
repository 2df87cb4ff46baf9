from scandia.config.typed import typed
from scandia.io.log import logged
from scandia.io.netcdf import read_dataset, write_dataset
from scandia.io.tables import write_table
from scandia.resource.classify import classify, summarise_classes
from scandia.resource.settings import Classification

with logged(snakemake.log[0]):
    settings = typed(Classification, snakemake.params.classification)
    parts = classify(read_dataset(snakemake.input[0]), settings, snakemake.params.variables[0])
    write_dataset(parts, snakemake.output.parts)
    write_table(summarise_classes(parts, settings, snakemake.params.variables), snakemake.output.summary)
