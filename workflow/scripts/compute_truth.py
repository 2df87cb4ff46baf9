from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.synthetic.settings import Synthetic
from scandia.synthetic.truth import truth_parts

with job(snakemake.log[0], snakemake.params.mark) as write:
    write(truth_parts(read(snakemake.input[0]), typed(Synthetic, snakemake.params.synthetic)), snakemake.output[0])
