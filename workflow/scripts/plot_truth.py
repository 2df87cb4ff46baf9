from scandia.config.load import load
from scandia.io.files import read
from scandia.io.job import job
from scandia.report.albums.drawing import album_files
from scandia.report.albums.model import truth_album

with job(snakemake.log[0], snakemake.params.mark) as write:
    config = load(read(snakemake.input.config))
    drawings = truth_album(config, read(snakemake.input.blocks), read(snakemake.input.totals))
    for name, content in album_files(drawings, rule="plot_truth").items():
        write(content, f"{snakemake.output[0]}/{name}")
