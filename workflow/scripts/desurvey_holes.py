from scandia.config.typed import typed
from scandia.drillholes.desurvey import desurvey
from scandia.drillholes.holes import describe_holes
from scandia.drillholes.settings import Desurvey
from scandia.geometry.minegrid import MineGrid
from scandia.io.files import read
from scandia.io.job import job

with job(snakemake.log[0], snakemake.params.mark) as write:
    collar = read(snakemake.input.collar)
    settings = typed(Desurvey, snakemake.params.desurvey)
    stations = desurvey(collar, read(snakemake.input.survey), method=settings.method)
    write(stations, snakemake.output.stations)
    write(describe_holes(collar, stations, typed(MineGrid, snakemake.params.mine_grid)), snakemake.output.holes)
