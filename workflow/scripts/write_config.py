from scandia.io.log import logged
from scandia.io.plain import write_yaml

with logged(snakemake.log[0]):
    write_yaml(snakemake.params.config, snakemake.output[0])
