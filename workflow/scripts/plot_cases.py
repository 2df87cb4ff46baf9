from scandia.config.load import load
from scandia.io.files import read
from scandia.io.job import job
from scandia.io.plain import whole_folder
from scandia.report.albums.drawing import album_files
from scandia.report.albums.validation import neighbourhood_album

with job(snakemake.log[0], snakemake.params.mark) as write:
    drawings = neighbourhood_album(load(snakemake.params.config), read(snakemake.input.matrix))
    with whole_folder(snakemake.output[0]) as folder:
        for name, content in album_files(drawings, rule="plot_cases").items():
            write(content, folder / name)
