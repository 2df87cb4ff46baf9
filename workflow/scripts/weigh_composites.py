from scandia.config.typed import typed
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job
from scandia.statistics.capping import apply_caps, candidate_caps, decile_table
from scandia.statistics.declustering import decluster
from scandia.statistics.outliers import cap_curve, outlier_table
from scandia.statistics.settings import Cap, Declustering

with job(snakemake.log[0], snakemake.params.mark) as write:
    settings, variables = typed(Declustering, snakemake.params.declustering), snakemake.params.variables
    given = typed(dict[str, dict[str, Cap]], snakemake.params.caps)
    composites = read(snakemake.input[0])
    capped, caps = apply_caps(composites, given, variables)
    mine_grid = typed(MineGrid, snakemake.params.mine_grid)
    weighted, scan, methods = decluster(capped, settings, lead=variables[0], mine_grid=mine_grid)
    write(decile_table(composites, variables), snakemake.output.deciles)
    write(candidate_caps(composites, variables), snakemake.output.candidates)
    write(cap_curve(composites, variables), snakemake.output.curve)
    write(outlier_table(composites, variables, given), snakemake.output.outliers)
    write(caps, snakemake.output.caps)
    write(scan, snakemake.output.scan)
    write(methods, snakemake.output.methods)
    write(weighted, snakemake.output.composites)
