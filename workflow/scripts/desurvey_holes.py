from scandia.config.typed import typed
from scandia.drillholes.desurvey import desurvey, describe_holes
from scandia.geometry.minegrid import MineGrid
from scandia.io.log import logged
from scandia.io.tables import read_table, write_table

with logged(snakemake.log[0]):
    mine_grid = typed(MineGrid, snakemake.params.mine_grid)
    collar, survey = read_table(snakemake.input.collar), read_table(snakemake.input.survey)
    stations = desurvey(collar, survey)
    write_table(stations, snakemake.output.stations)
    write_table(describe_holes(collar, stations, mine_grid), snakemake.output.holes)
