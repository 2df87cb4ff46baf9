from scandia.config.load import load
from scandia.config.typed import typed
from scandia.io.files import read
from scandia.io.job import job
from scandia.report.albums.data import variogram_album
from scandia.report.albums.drawing import album_files
from scandia.variography.model import Models

with job(snakemake.log[0], snakemake.params.mark) as write:
    config = load(read(snakemake.input.config))
    models = typed(Models, read(snakemake.input.models))
    drawings = variogram_album(config, read(snakemake.input.experimental), models, read(snakemake.input.stations))
    for name, content in album_files(drawings, rule="plot_variograms").items():
        write(content, f"{snakemake.output[0]}/{name}")
