from scandia.blockmodel.settings import Overburden
from scandia.config.typed import typed
from scandia.domains.intervals import domain_intervals
from scandia.domains.settings import Domains
from scandia.drillholes.desurvey import locate_intervals
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.ground import read_ground
from scandia.io.job import job
from scandia.io.meshes import read_solids

with job(snakemake.log[0], snakemake.params.mark) as write:
    domains, mine_grid = typed(Domains, snakemake.params.domains), typed(MineGrid, snakemake.params.mine_grid)
    names = ("assay", "lithology", "collar")
    tables = {name: read(snakemake.input[name]) if snakemake.input[name] else None for name in names}
    stations, root = read(snakemake.input.stations), snakemake.params.root
    cuts = {
        "solids": read_solids(root, domains, mine_grid),
        "overburden": read_ground(root, typed(Overburden, snakemake.params.overburden)),
    }
    options = {"tolerance": snakemake.params.tolerance, **cuts}
    intervals = domain_intervals(tables, stations, domains, snakemake.params.variables, mine_grid, **options)
    write(locate_intervals(intervals, stations, mine_grid), snakemake.output[0])
