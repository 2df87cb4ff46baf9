from scandia.config.typed import typed
from scandia.domains.flag import code_intervals
from scandia.domains.settings import Domains
from scandia.drillholes.desurvey import locate_intervals
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    domains, mine_grid = typed(Domains, snakemake.params.domains), typed(MineGrid, snakemake.params.mine_grid)
    assay, lithology, collar = (read(snakemake.input[name]) for name in ("assay", "lithology", "collar"))
    variables, tolerance = snakemake.params.variables, snakemake.params.tolerance
    intervals = code_intervals(assay, lithology, collar, domains, variables, tolerance=tolerance)
    write(locate_intervals(intervals, read(snakemake.input.stations), mine_grid), snakemake.output[0])
