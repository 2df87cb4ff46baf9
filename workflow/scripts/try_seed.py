from pathlib import Path

from scandia.config.load import load
from scandia.io.drawn import drawn_tables
from scandia.io.job import job
from scandia.trials.seed import try_seed

with job(snakemake.log[0], snakemake.params.mark) as write:
    config, seed = load(snakemake.params.config), int(snakemake.wildcards.seed)
    tables, surface = drawn_tables(config, seed, Path(snakemake.output[0]).parent)
    write(try_seed(config, tables, surface, seed, threads=snakemake.threads), snakemake.output[0])
