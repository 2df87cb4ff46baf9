from scandia.config.typed import typed
from scandia.domains.settings import Domains
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job
from scandia.validation.geology import compare_geology

with job(snakemake.log[0], snakemake.params.mark) as write:
    tables = {name: read(path) for name, path in snakemake.input.items()}
    domains, mine_grid = typed(Domains, snakemake.params.domains), typed(MineGrid, snakemake.params.mine_grid)
    write(compare_geology(**tables, domains=domains, mine_grid=mine_grid), snakemake.output[0])
