from scandia.config.typed import typed
from scandia.io.log import logged
from scandia.io.netcdf import read_dataset, write_dataset
from scandia.synthetic.settings import Synthetic
from scandia.synthetic.truth import truth_parts

with logged(snakemake.log[0]):
    synthetic = typed(Synthetic, snakemake.params.synthetic)
    write_dataset(truth_parts(read_dataset(snakemake.input[0]), synthetic), snakemake.output[0])
