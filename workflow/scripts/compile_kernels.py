from scandia.io.log import logged
from scandia.io.plain import write_text
from scandia.kriging.compile import compile_kernels

with logged(snakemake.log[0]):
    write_text(compile_kernels() + "\n", snakemake.output[0])
