from scandia.composites.density import with_density
from scandia.composites.length import composite, conservation
from scandia.composites.lengths import sample_lengths
from scandia.composites.members import members
from scandia.composites.settings import Compositing
from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    settings, mine_grid = typed(Compositing, snakemake.params.composites), typed(MineGrid, snakemake.params.mine_grid)
    intervals, variables = read(snakemake.input.intervals), snakemake.params.variables
    if settings.weighting == "density":
        intervals = with_density(intervals, read(snakemake.input.density), **snakemake.params.plausible)
    composites = composite(intervals, settings, variables, read(snakemake.input.stations), mine_grid)
    write(composites, snakemake.output.composites)
    write(members(intervals, composites), snakemake.output.members)
    write(conservation(intervals, composites, variables, settings), snakemake.output.conservation)
    write(sample_lengths(intervals, settings.length), snakemake.output.lengths)
