from scandia.config.load import load
from scandia.io.files import read
from scandia.io.job import job
from scandia.io.plain import whole_folder
from scandia.report.albums.drawing import album_files
from scandia.report.albums.model import model_albums

with job(snakemake.log[0], snakemake.params.mark) as write:
    tables = {name: read(path) for name, path in snakemake.input.items() if path}
    for album, drawings in model_albums(load(snakemake.params.config), **tables):
        with whole_folder(snakemake.output[album]) as folder:
            for name, content in album_files(drawings, rule="plot_model").items():
                write(content, folder / name)
