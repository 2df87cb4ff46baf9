from scandia.composites.doors import enter_samples
from scandia.config.typed import typed
from scandia.domains.settings import Domains
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    domains, mine_grid = typed(Domains, snakemake.params.domains), typed(MineGrid, snakemake.params.mine_grid)
    tables = enter_samples(read(snakemake.input.samples), domains, snakemake.params.variables, mine_grid)
    for name, path in snakemake.output.items():
        write(tables[name], path)
