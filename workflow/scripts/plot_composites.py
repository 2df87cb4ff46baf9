from scandia.config.load import load
from scandia.io.files import read
from scandia.io.job import job
from scandia.report.albums.data import composites_album
from scandia.report.albums.drawing import album_files

with job(snakemake.log[0], snakemake.params.mark) as write:
    config = load(read(snakemake.input.config))
    drawings = composites_album(config, *(read(snakemake.input[name]) for name in ("assay", "intervals", "composites", "scan")))
    for name, content in album_files(drawings, rule="plot_composites").items():
        write(content, f"{snakemake.output[0]}/{name}")
