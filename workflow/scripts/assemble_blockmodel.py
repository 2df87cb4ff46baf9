from scandia.blockmodel.dataset import heading, summarise
from scandia.blockmodel.slabs import Streamed, slabs
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    title, windows = heading(snakemake.params.title, snakemake.params.mark), slabs(read(snakemake.input[0]))
    blocks = (summarise(window, snakemake.params.variables).assign_attrs(title=title) for window in windows)
    write(Streamed(blocks), snakemake.output[0])
