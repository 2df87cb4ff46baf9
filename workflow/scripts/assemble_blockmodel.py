from scandia.blockmodel.dataset import summarise
from scandia.io.log import logged
from scandia.io.netcdf import read_dataset, write_dataset

with logged(snakemake.log[0]):
    write_dataset(summarise(read_dataset(snakemake.input[0]), snakemake.params.variables), snakemake.output[0])
